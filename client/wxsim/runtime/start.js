// Boot the package: styles, components, app.js, the first page.
import * as adapter from 'glass-easel-miniprogram-adapter'

import { Backend, plainEvents } from './backend.js'
import { makeModules, theApp } from './modules.js'
import { navigation, place, push, startPages } from './pages.js'
import { note, sim, wrong } from './report.js'
import { makeWx } from './wx/index.js'

const ge = adapter.glassEasel
const MP = window.__MP

function listen() {
  ge.globalOptions.throwGlobalError = false
  ge.addGlobalErrorListener?.((problem, where) => {
    wrong(`glass-easel ${where?.method ?? where?.type ?? ''}`, problem)
    return false
  })
  ge.addGlobalWarningListener?.((words) => {
    note(`warning: ${words}`)
    return false
  })
  window.addEventListener('unhandledrejection', (happened) => wrong('unhandled', happened.reason))
  window.addEventListener('error', (happened) => wrong('error', happened.error ?? happened.message))
}

function style(name) {
  const element = document.createElement('style')
  element.dataset.of = name
  element.textContent = MP.sheets[name]
  document.head.appendChild(element)
}

function space() {
  const backend = new Backend()
  backend.onEvent((target, kind, detail, options) => ge.triggerEvent(target, kind, detail, options))
  const environment = new adapter.MiniProgramEnv()
  const attached = environment.associateBackend(backend)
  const codeSpace = environment.createCodeSpace('', true)
  codeSpace.getComponentSpace().updateComponentOptions({ useMethodCallerListeners: true })
  for (const [name, sheet] of Object.entries(MP.sheets)) attached.registerStyleSheetContent(name, sheet)
  // Class names of Vue's scoped styles are unique already: sheets may be global, the app's first.
  for (const name of ['app', ...Object.keys(MP.sheets).filter((one) => one !== 'app')]) if (MP.sheets[name]) style(name)
  for (const [path, told] of Object.entries(MP.comps)) {
    codeSpace.addComponentStaticConfig(path, { ...told, styleIsolation: 'shared' })
    codeSpace.addCompiledTemplate(path, { groupList: MP.tmpl, content: MP.tmpl[path] })
  }
  return { attached, codeSpace }
}

function boot() {
  listen()
  plainEvents()
  const { attached, codeSpace } = space()
  const wx = makeWx(navigation)
  const { run, read } = makeModules(wx, codeSpace)
  startPages((path) => attached.createRoot('page-root', codeSpace, path))

  run('app.js')
  const first = place(`/${decodeURIComponent(location.hash.slice(1)) || MP.pages[0]}`)
  const opened = { ...wx.getLaunchOptionsSync(), path: first.path, query: first.query }
  theApp()?.onLaunch?.call(theApp(), opened)
  theApp()?.onShow?.call(theApp(), opened)
  for (const path of Object.keys(MP.comps).reverse()) {
    codeSpace.componentEnv(path, (environment) => {
      try {
        if (!read(`${path}.js`, environment)) wrong(path, 'neither Page() nor Component() is called')
      } catch (problem) {
        wrong(`load ${path}`, problem)
      }
    })
  }
  push(first)
  sim.ready = true
}

try {
  boot()
} catch (problem) {
  wrong('boot', problem)
}
