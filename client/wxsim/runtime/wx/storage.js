// Storage: 1 MB a key, 10 MB in all, or nothing at all when the phone is full.
import { sim } from '../report.js'
import { no, yes } from './answer.js'

const PREFIX = 'wx:'
const MOST = 1024 * 1024
const MOST_OF_ALL = 10 * MOST

const names = () => Object.keys(localStorage).filter((key) => key.startsWith(PREFIX))
const weight = () => names().reduce((sum, key) => sum + localStorage.getItem(key).length, 0)

function read(key) {
  const text = localStorage.getItem(PREFIX + key)
  return text === null ? undefined : JSON.parse(text)
}

function write(key, value) {
  const text = JSON.stringify(value)
  if (text.length > MOST) throw new Error('setStorage:fail entry size limit reached')
  if (sim.world.storageIsFull || weight() + text.length > MOST_OF_ALL) throw new Error('setStorage:fail storage size limit reached')
  localStorage.setItem(PREFIX + key, text)
}

const attempt = (name, options, act) => {
  try {
    return yes(name, options, act())
  } catch (problem) {
    return no(name, options, problem.message.replace(/^.*:fail /, ''))
  }
}

export const storage = {
  getStorageSync: (key) => read(key) ?? '',
  setStorageSync: write,
  removeStorageSync: (key) => localStorage.removeItem(PREFIX + key),
  clearStorageSync: () => names().forEach((key) => localStorage.removeItem(key)),
  getStorageInfoSync: () => ({ keys: names().map((key) => key.slice(PREFIX.length)), currentSize: Math.ceil(weight() / 1024), limitSize: 10240 }),
  getStorage(options) {
    const data = read(options.key)
    return data === undefined ? no('getStorage', options, 'data not found') : yes('getStorage', options, { data })
  },
  setStorage: (options) => attempt('setStorage', options, () => write(options.key, options.data)),
  removeStorage: (options) => attempt('removeStorage', options, () => localStorage.removeItem(PREFIX + options.key)),
  clearStorage: (options) => attempt('clearStorage', options, () => storage.clearStorageSync()),
  getStorageInfo: (options) => yes('getStorageInfo', options, storage.getStorageInfoSync()),
}
