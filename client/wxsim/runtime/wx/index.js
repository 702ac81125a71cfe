// The simulated `wx`. What the package asks for and does not find is written down in sim.missing.
import { note, sim } from '../report.js'
import { account } from './account.js'
import { always } from './answer.js'
import { device } from './device.js'
import { dialogs } from './dialogs.js'
import { requests } from './request.js'
import { storage } from './storage.js'

const HEARD = `AppShow AppHide Error UnhandledRejection ThemeChange PageNotFound WindowResize KeyboardHeightChange MemoryWarning LazyLoadError
  AudioInterruptionBegin AudioInterruptionEnd LocaleChange NetworkWeakChange UserCaptureScreen`.split(/\s+/)

const listeners = new Set()
/** The walk takes the network away or gives it back. */
sim.connect = (type) => {
  sim.world.network = type
  for (const listener of listeners) listener({ isConnected: type !== 'none', networkType: type })
}

const others = {
  getUpdateManager: () => ({ onCheckForUpdate() {}, onUpdateReady() {}, onUpdateFailed() {}, applyUpdate() {} }),
  getLogManager: () => ({ log() {}, info() {}, warn() {}, debug() {} }),
  getRealtimeLogManager: () => ({ info() {}, warn() {}, error() {} }),
  reportEvent: (name) => note(`reports ${name}`),
  getPerformance: () => ({ createObserver: () => ({ observe() {}, disconnect() {} }) }),
  preloadAssets: always('preloadAssets'),
  onNetworkStatusChange: (listener) => listeners.add(listener),
  offNetworkStatusChange: (listener) => listeners.delete(listener),
  showShareMenu: always('showShareMenu'),
  hideShareMenu: always('hideShareMenu'),
}
for (const name of HEARD) {
  others[`on${name}`] = () => {}
  others[`off${name}`] = () => {}
}

export function makeWx(navigation) {
  const there = { ...device, ...storage, ...requests, ...dialogs, ...account, ...others, ...navigation }
  return new Proxy(there, {
    get(kept, key) {
      if (key in kept || typeof key !== 'string') return kept[key]
      // Vue and uni ask a few names of anything, and uni writes its own entrances into wx before it reads them.
      if (!/^(then|toJSON|\$|__v|create(App|Page|Component|PluginApp|SubpackageApp)$)/.test(key) && !sim.missing.includes(key)) sim.missing.push(key)
      return undefined
    },
    set: (kept, key, value) => ((kept[key] = value), true),
    has: (kept, key) => key in kept,
  })
}
