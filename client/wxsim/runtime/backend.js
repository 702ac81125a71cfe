// glass-easel on the browser's own DOM, and what happens there handed over as plain objects, as WeChat does.
import { glassEasel as ge } from 'glass-easel-miniprogram-adapter'

import { heard, make } from './controls.js'

const ATTACHED = '__wxHeard'

export class Backend extends ge.CurrentWindowBackendContext {
  constructor() {
    super()
    this.document = {
      createTextNode: (text) => document.createTextNode(text),
      createDocumentFragment: () => document.createDocumentFragment(),
      createElement: make,
    }
  }

  onEvent(listener) {
    this.listener = listener
    super.onEvent(listener)
  }

  raise(happened, kind, detail) {
    let target = happened.target
    while (target && !target.__wxElement) target = target.parentNode
    if (target) this.listener(target.__wxElement, kind, detail, { originalEvent: happened, bubbles: false, composed: false, capturePhase: false })
  }

  setListenerStats(element, kind, capture, mutable) {
    const told = heard(element, kind)
    if (told) {
      element[ATTACHED] ??= new Set()
      if (element[ATTACHED].has(kind)) return undefined
      element[ATTACHED].add(kind)
      element.addEventListener(told.from, (happened) => {
        if (!told.when || told.when(happened)) this.raise(happened, kind, told.detail(happened))
      })
      return undefined
    }
    return kind === 'tap' ? undefined : super.setListenerStats(element, kind, capture, mutable) // the context raises taps itself
  }
}

function plainTarget(target) {
  const own = target?._$?.dataset ? target._$ : target
  const element = own?.getBackendElement?.() ?? own?.$$
  return { id: own?.id ?? '', dataset: { ...(own?.dataset ?? {}) }, offsetLeft: element?.offsetLeft ?? 0, offsetTop: element?.offsetTop ?? 0 }
}

const touches = (list) =>
  Array.from(list ?? []).map((one) => ({ identifier: one.identifier, clientX: one.clientX, clientY: one.clientY, pageX: one.pageX, pageY: one.pageY }))

function plain(happened) {
  const original = happened.getOriginalEvent?.() ?? happened._$originalEvent
  return {
    type: happened.type,
    timeStamp: happened.timeStamp,
    detail: happened.detail,
    mark: happened.mark ?? {},
    target: plainTarget(happened.target),
    currentTarget: plainTarget(happened.currentTarget),
    touches: touches(original?.touches),
    changedTouches: touches(original?.changedTouches),
    mut: false,
    _userTap: true,
    stopPropagation: () => happened.stopPropagation(),
    preventDefault: () => happened.preventDefault(),
  }
}

export function plainEvents() {
  const find = ge.Component.getMethod
  ge.Component.getMethod = (caller, name) => {
    const method = find.call(ge.Component, caller, name)
    return method && function (happened, ...rest) {
      return method.call(this, happened instanceof ge.Event ? plain(happened) : happened, ...rest)
    }
  }
}
