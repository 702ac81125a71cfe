// The stack of pages: at most ten, as in WeChat, each with its life: onLoad, onShow, onReady, onHide, onUnload.
import { no, yes } from './wx/answer.js'
import { sim, wrong } from './report.js'

const MOST = 10
const MP = window.__MP
export const stack = []
let open // how a page's component is made; given by start.js

export const startPages = (maker) => (open = maker)

function call(instance, method, asked) {
  try {
    return instance[method]?.call(instance, asked)
  } catch (problem) {
    return wrong(`${instance.route}.${method}`, problem)
  }
}

export function place(url) {
  const [asked, query = ''] = url.split('?')
  const from = stack.at(-1)?.path ?? ''
  const path = asked.startsWith('/') ? asked.slice(1) : new URL(asked, `http://x/${from}`).pathname.slice(1)
  // WeChat hands the query over as it is written: decoding it is up to the page, and uni does.
  const pairs = query.split('&').filter(Boolean).map((pair) => [pair.split('=')[0], pair.split('=').slice(1).join('=')])
  return { path, query: Object.fromEntries(pairs) }
}

function show(page) {
  page.host.hidden = false
  call(page.instance, 'onShow')
}

function hide(page) {
  page.host.hidden = true
  call(page.instance, 'onHide')
}

function pop() {
  const page = stack.pop()
  call(page.instance, 'onUnload')
  page.root.release()
  page.host.remove()
}

export function push({ path, query }) {
  if (!MP.pages.includes(path)) throw new Error(`page "${path}" is not found`)
  const host = document.createElement('section')
  host.className = 'wx-page'
  host.dataset.route = path
  const inside = host.appendChild(document.createElement('span'))
  document.getElementById('pages').appendChild(host)
  const root = open(path)
  const instance = root.get()
  Object.assign(instance, { route: path, options: query, __route__: path, __wxWebviewId__: stack.length + 1 })
  instance.getPageId ??= () => `pageId:${stack.length}`
  if (stack.length) hide(stack.at(-1))
  const page = { path, query, host, root, instance }
  stack.push(page)
  sim.routes.push(path)
  root.attach(host, inside)
  call(instance, 'onLoad', query)
  show(page)
  requestAnimationFrame(() => call(instance, 'onReady'))
  window.scrollTo(0, 0)
}

function back(pages) {
  for (let left = pages; left > 0 && stack.length > 1; left -= 1) pop()
  show(stack.at(-1))
}

function clear() {
  while (stack.length) pop()
}

const way = (name, act) => (options) => {
  try {
    const asked = place(options.url)
    if (name === 'navigateTo' && stack.length >= MOST) return no(name, options, 'webview count limit exceed')
    if (!MP.pages.includes(asked.path)) throw new Error(`page "${asked.path}" is not found`)
    act(asked)
    return yes(name, options, { eventChannel: { on() {}, emit() {}, once() {}, off() {} } })
  } catch (problem) {
    wrong(`wx.${name}`, problem)
    return no(name, options, problem.message)
  }
}

const opened = () => ({ path: MP.pages[0], query: sim.world.launch, scene: 1001, referrerInfo: {} })

export const navigation = {
  navigateTo: way('navigateTo', push),
  redirectTo: way('redirectTo', (asked) => (pop(), push(asked))),
  reLaunch: way('reLaunch', (asked) => (clear(), push(asked))),
  switchTab: way('switchTab', (asked) => (clear(), push(asked))),
  navigateBack: (options = {}) => (back(options.delta ?? 1), yes('navigateBack', options)),
  getLaunchOptionsSync: opened,
  getEnterOptionsSync: opened,
  createSelectorQuery: () => stack.at(-1).instance.createSelectorQuery(),
  createIntersectionObserver: (part, options) => (stack.at(-1).instance ?? part).createIntersectionObserver(options),
}

/** For walks: open an address as a scanned mini program code would. */
sim.open = (url) => {
  clear()
  push(place(url))
}
