// Scripts as functions that see what a mini program sees: no window, no document, no fetch.
import { posix } from 'node:path'

import { packageOf } from './package.mjs'

export const GIVEN = ['require', 'module', 'exports', 'wx', 'App', 'Page', 'Component', 'Behavior', 'getApp', 'getCurrentPages', 'global', '__wxConfig']
const HIDDEN = `window self document navigator location localStorage sessionStorage XMLHttpRequest fetch Headers Request Response URL
  URLSearchParams FormData Blob File AbortController TextEncoder TextDecoder crypto history Image Audio WebSocket Worker indexedDB Element
  HTMLElement MutationObserver IntersectionObserver requestAnimationFrame cancelAnimationFrame structuredClone queueMicrotask globalThis btoa
  atob performance Intl alert confirm prompt Event CustomEvent getComputedStyle matchMedia speechSynthesis Notification caches`.split(/\s+/)

const FORBIDDEN = /\beval\s*\(|new Function\s*\(/

export function modules(pack, problems) {
  const scripts = pack.files.filter((file) => file.endsWith('.js'))
  for (const file of scripts) {
    const code = pack.read(file)
    if (FORBIDDEN.test(code)) problems.push(`${file} makes code from text, which WeChat forbids`)
    for (const [, asked] of code.matchAll(/\brequire\(["']([^"']+)["']\)/g)) {
      const target = asked.startsWith('/') ? asked.slice(1) : posix.join(posix.dirname(file), asked)
      const from = packageOf(pack, file)
      const to = packageOf(pack, target)
      if (to && to !== from) problems.push(`${file} asks for ${target}, which lies in another subpackage`)
    }
  }
  return scripts.map((file) => `${JSON.stringify(file)}:function(${[...GIVEN, ...HIDDEN].join(',')}){${pack.read(file)}\n}`).join(',\n')
}
