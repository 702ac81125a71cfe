// Scripts of the package: each runs once, sees wx and its few friends, and nothing of the browser.
import { stack } from './pages.js'

const MP = window.__MP
const ran = {}
const shared = {}
let app
let reading // the component file that is being read: its environment and whether it made something

export const theApp = () => app

function resolve(from, asked) {
  const path = asked.startsWith('/') ? asked.slice(1) : new URL(asked, `http://x/${from}`).pathname.slice(1)
  const found = [path, `${path}.js`, `${path}/index.js`, `miniprogram_npm/${asked}/index.js`, `miniprogram_npm/${asked}.js`].find((one) => MP.mods[one])
  if (!found) throw new Error(`module '${asked}' is not defined, require args is '${asked}' in ${from}`)
  return found
}

export function makeModules(wx, codeSpace) {
  const builtIn = {}
  const behave = (told) => codeSpace.behavior().definition(told).register()
  const formField = (name) => (builtIn[name] ??= behave({ properties: name === 'wx://form-field' ? { name: String, value: null } : {} }))
  const App = (told) => (app = told)
  const Page = (told) => ((reading.made = true), reading.environment.Page(told))
  const Component = (told) => {
    reading.made = true
    const behaviors = told.behaviors?.map((one) => (typeof one === 'string' && one.startsWith('wx://') ? formField(one) : one))
    return reading.environment.Component(behaviors ? { ...told, behaviors } : told)
  }
  const Behavior = (told) => (reading ? reading.environment.Behavior(told) : behave(told))

  function run(file) {
    if (ran[file]) return ran[file].exports
    const module = (ran[file] = { exports: {} })
    const require = (asked) => run(resolve(file, asked))
    MP.mods[file].call(undefined, require, module, module.exports, wx, App, Page, Component, Behavior, () => app, () => stack.map((one) => one.instance), shared, {})
    return module.exports
  }

  /** Whether the file of a component made one. */
  function read(file, environment) {
    reading = { environment, made: false }
    run(file)
    const { made } = reading
    reading = undefined
    return made
  }
  return { run, read }
}
