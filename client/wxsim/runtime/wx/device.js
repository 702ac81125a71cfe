// The phone: its size and settings, its screen, its clipboard, its camera, its album.
import { note, sim } from '../report.js'
import { always, no, yes } from './answer.js'

const facts = () => ({
  platform: 'android',
  brand: 'wxsim',
  model: 'wxsim',
  system: 'Android 13',
  SDKVersion: '3.6.0',
  version: '8.0.50',
  language: 'zh_CN',
  theme: sim.world.theme,
  pixelRatio: 3,
  screenWidth: innerWidth,
  screenHeight: innerHeight,
  windowWidth: innerWidth,
  windowHeight: innerHeight,
  statusBarHeight: 0,
  fontSizeSetting: sim.world.fontSize,
  fontSizeScaleFactor: sim.world.fontSize / 16,
  benchmarkLevel: 20,
  safeArea: { top: 0, bottom: innerHeight, left: 0, right: innerWidth, width: innerWidth, height: innerHeight },
  deviceOrientation: 'portrait',
})

function scanCode(options) {
  note('scanCode')
  if (sim.world.needsPrivacy && sim.world.privacy !== 'agree') return no('scanCode', options, 'privacy permission is not authorized')
  if (sim.world.scan === null) return no('scanCode', options, 'cancel')
  return yes('scanCode', options, { result: sim.world.scan, scanType: 'QR_CODE', charSet: 'UTF-8', path: '', rawData: '' })
}

function chooseMedia(options) {
  note('chooseMedia')
  if (sim.world.privacy !== 'agree') return no('chooseMedia', options, 'privacy permission is not authorized')
  const tempFiles = sim.world.files.slice(0, options.count ?? 9).map((one) => ({ tempFilePath: one.path, size: one.size, fileType: 'image' }))
  return tempFiles.length ? yes('chooseMedia', options, { tempFiles, type: 'image' }) : no('chooseMedia', options, 'cancel')
}

function chooseImage(options) {
  note('chooseImage')
  if (sim.world.needsPrivacy && sim.world.privacy !== 'agree') return no('chooseImage', options, 'privacy permission is not authorized')
  const tempFiles = sim.world.files.slice(0, options.count ?? 9)
  return tempFiles.length ? yes('chooseImage', options, { tempFiles, tempFilePaths: tempFiles.map((one) => one.path) }) : no('chooseImage', options, 'cancel')
}

/** A photo made smaller weighs a tenth. */
function compressImage(options) {
  if (sim.world.cannotCompress) return no('compressImage', options, 'system error')
  const before = sim.world.files.find((one) => one.path === options.src)
  if (!before) return no('compressImage', options, 'file not found')
  const after = { ...before, path: `${before.path}.small.jpg`, size: Math.ceil(before.size / 10) }
  sim.world.files.push(after)
  return yes('compressImage', options, { tempFilePath: after.path })
}

let clipboard = ''
const nothing = () => {}
const sound = () => {
  const kept = {}
  kept.play = () => note(`plays ${kept.src}`)
  return new Proxy(kept, { get: (_, key) => (key in kept ? kept[key] : nothing) })
}

export const device = {
  env: { USER_DATA_PATH: 'http://usr' },
  canIUse: () => true,
  nextTick: (act) => void Promise.resolve().then(act),
  getSystemInfoSync: facts,
  getWindowInfo: facts,
  getDeviceInfo: facts,
  getAppBaseInfo: facts,
  getSystemInfo: (options) => yes('getSystemInfo', options, facts()),
  getSystemInfoAsync: (options) => yes('getSystemInfoAsync', options, facts()),
  getSystemSetting: () => ({ bluetoothEnabled: false, locationEnabled: false, wifiEnabled: true }),
  getAppAuthorizeSetting: () => ({ cameraAuthorized: 'authorized' }),
  getMenuButtonBoundingClientRect: () => ({ width: 87, height: 32, top: 6, left: innerWidth - 97, right: innerWidth - 10, bottom: 38 }),
  getNetworkType: (options) => yes('getNetworkType', options, { networkType: sim.world.network }),
  getRandomValues: (options) => yes('getRandomValues', options, { randomValues: crypto.getRandomValues(new Uint8Array(options.length)).buffer }),
  setKeepScreenOn: (options) => (note(`keep screen ${options.keepScreenOn}`), yes('setKeepScreenOn', options)),
  setScreenBrightness: (options) => (note(`brightness ${options.value}`), yes('setScreenBrightness', options)),
  getScreenBrightness: always('getScreenBrightness', { value: 0.5 }),
  setVisualEffectOnCapture: always('setVisualEffectOnCapture'),
  vibrateShort: always('vibrateShort'),
  vibrateLong: always('vibrateLong'),
  setClipboardData: (options) => ((clipboard = options.data), note(`clipboard ${clipboard}`), yes('setClipboardData', options)),
  getClipboardData: (options) => yes('getClipboardData', options, { data: clipboard }),
  createInnerAudioContext: sound,
  scanCode,
  chooseMedia,
  chooseImage,
  compressImage,
  previewImage: always('previewImage'),
  getImageInfo: (options) => yes('getImageInfo', options, { width: 4000, height: 3000, path: options.src, orientation: 'up', type: 'jpeg' }),
  getFileInfo: (options) => yes('getFileInfo', options, { size: sim.world.files.find((one) => one.path === options.filePath)?.size ?? 0 }),
  saveImageToPhotosAlbum: always('saveImageToPhotosAlbum'),
  openDocument: always('openDocument'),
  downloadFile: (options) => (yes('downloadFile', options, { statusCode: 200, tempFilePath: 'http://tmp/file' }), { abort() {}, onProgressUpdate() {} }),
  makePhoneCall: always('makePhoneCall'),
  getFileSystemManager: () => ({
    writeFile: always('writeFile'),
    readFile: (options) => yes('readFile', options, { data: sim.world.files.find((one) => one.path === options.filePath)?.base64 ?? '' }),
    getFileInfo: (options) => device.getFileInfo(options),
    unlink: always('unlink'),
  }),
}
