// Which APIs of WeChat's the package names, and since which base library WeChat has them (its own published types say so).
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'

const OLDEST = '3.6.0' // src/manifest.json: libVersion; README
const UNIS_OWN = /^(\$\w+|__\w+|upx2px|rpx2px|addInterceptor|removeInterceptor|interceptors|invokePushCallback|onPushMessage|offPushMessage|getLocale|setLocale|onLocaleChange|report|getProvider|getPushClientId)$/
const TYPES = createRequire(import.meta.url).resolve('miniprogram-api-typings/types/wx/lib.wx.api.d.ts')

const number = (version) => version.split('.').reduce((sum, part) => sum * 1000 + Number(part), 0)

/** Every API with the base library it came with; '0.0.0' when it was there from the beginning. */
function published() {
  const since = new Map()
  const text = readFileSync(TYPES, 'utf8')
  const inWx = text.slice(text.indexOf('interface Wx {'))
  for (const [, told, name] of inWx.matchAll(/\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\s+(\w+)\s*[(<:?]/g)) {
    if (!told.includes(`[wx.${name}`) && !told.includes(`wx.${name}`)) continue
    const version = /需要基础库：\s*`(\d+\.\d+\.\d+)`/.exec(told)?.[1] ?? '0.0.0'
    if (!since.has(name)) since.set(name, version)
  }
  return since.set('env', '0.0.0')
}

export function apisUsed(pack, problems) {
  const since = published()
  const used = new Map()
  for (const file of pack.files.filter((one) => one.endsWith('.js'))) {
    const code = pack.read(file)
    const own = new Set([...code.matchAll(/\bwx\.(\w+)\s*=[^=]/g)].map((hit) => hit[1]))
    const names = [...code.matchAll(/\bwx\.([a-zA-Z]\w*)/g)].map((hit) => hit[1]).filter((name) => !own.has(name) && !name.startsWith('create'))
    const throughUni = file.includes('vendor') ? [] : [...code.matchAll(/(?:\.index|\bwx\$1)\)?\??\.([$a-zA-Z_]\w*)/g)].map((hit) => hit[1])
    for (const name of [...names, ...throughUni]) if (!UNIS_OWN.test(name)) used.set(name, file)
  }
  for (const [name, file] of used) {
    if (!since.has(name)) problems.push(`${file}: WeChat has no wx.${name}`)
    else if (number(since.get(name)) > number(OLDEST)) problems.push(`${file}: wx.${name} came with ${since.get(name)}, after ${OLDEST}`)
  }
  return Object.fromEntries([...used.keys()].sort().map((name) => [name, since.get(name) ?? 'unknown']))
}
