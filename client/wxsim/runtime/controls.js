// Built-in parts of a mini program as the browser's own elements, with the attributes WeChat gives them.
import { sim } from './report.js'

const isOn = (value) => Boolean(value) && value !== 'false'

function typed(element, key, value, write) {
  if (key === 'value') {
    if (element.value !== String(value ?? '')) element.value = value ?? ''
  } else if (key === 'maxlength') {
    if (Number(value) > 0) write(key, value)
  } else if (key === 'disabled') element.disabled = isOn(value)
  else if (key === 'focus') {
    if (isOn(value)) element.focus()
  } else write(key, value)
}

function input(element) {
  element.classList.add('wx-input')
  return (key, value, write) => {
    if (key === 'password') write('type', isOn(value) ? 'password' : 'text')
    else if (key !== 'type') typed(element, key, value, write)
    else {
      write('type', value === 'password' || value === 'safe-password' ? 'password' : 'text')
      write('inputmode', { number: 'numeric', digit: 'decimal' }[value] ?? 'text')
    }
  }
}

function picture(element) {
  element.className = 'wx-image'
  element.alt = ''
  return (key, value, write) => {
    write(key, value)
    if (key === 'aria-label') element.alt = value
  }
}

function button(element) {
  element.type = 'button'
  return (key, value, write) => {
    if (key === 'disabled') element.disabled = isOn(value)
    else if (key === 'type') write('data-type', value)
    else write(key, value)
  }
}

function chooser(element) {
  element.tabIndex = 0
  return (key, value, write) => {
    element[`wx_${key}`] = value
    if (!['value', 'range'].includes(key)) write(key, typeof value === 'object' ? JSON.stringify(value) : value)
  }
}

const CONTROLS = {
  image: ['img', picture],
  input: ['input', input],
  textarea: ['textarea', (element) => (key, value, write) => typed(element, key, value, write)],
  button: ['button', button],
  picker: ['picker', chooser],
  switch: ['switch', chooser],
  slider: ['slider', chooser],
}

export function make(tag) {
  const [own, rules] = CONTROLS[tag] ?? []
  const element = document.createElement(own ?? tag)
  if (rules) {
    const write = element.setAttribute.bind(element)
    const rule = rules(element)
    element.setAttribute = (key, value) => rule(key, value, write)
  }
  return element
}

const TYPED = ['input', 'blur', 'focus', 'change', 'confirm']

/** What a built-in part tells: which DOM event it comes from and what its detail is; undefined where the DOM's own will do. */
export function heard(element, kind) {
  const tag = element?.tagName
  if ((tag === 'INPUT' || tag === 'TEXTAREA') && TYPED.includes(kind)) {
    const detail = () => ({ value: element.value, cursor: element.selectionStart ?? element.value.length, keyCode: 0 })
    return kind === 'confirm' ? { from: 'keydown', when: (raised) => raised.key === 'Enter', detail } : { from: kind, detail }
  }
  if (tag === 'IMG' && (kind === 'load' || kind === 'error')) {
    return { from: kind, detail: () => ({ width: element.naturalWidth, height: element.naturalHeight }) }
  }
  if (tag === 'BUTTON' && kind === 'agreeprivacyauthorization') {
    return { from: 'click', detail: () => ((sim.world.privacy = 'agree'), {}) } // WeChat learns of the yes by this button
  }
  // A walk chooses: element.dispatchEvent(new CustomEvent('wx-choose', { detail: value }))
  if (['PICKER', 'SWITCH', 'SLIDER'].includes(tag) && kind === 'change') {
    return { from: 'wx-choose', detail: (raised) => ({ value: raised.detail }) }
  }
  return undefined
}
