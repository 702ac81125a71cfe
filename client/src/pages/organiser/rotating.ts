// The rotating code, made on the leader's phone from the activity's key, so that it can be shown without network.
// HMAC-SHA-256 over 'gongfen/presence/' and the number of the half minute; six digits the way RFC 4226 cuts them.
import { hmac } from '@noble/hashes/hmac.js'
import { sha256 } from '@noble/hashes/sha2.js'

import { call } from '@/api/client'
import { storage } from '@/platform/storage'

interface Kept {
  key: string // base64url
  ahead: number // how far the server's clock is ahead of this phone's, in milliseconds
}
export interface Shown {
  qr: string
  digits: string
  left: number // seconds
}

export const STEP = 30_000
const TAG_BYTES = 10
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
const LETTERS_32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/** Bytes from text in letters of so many bits each (6: base64url, without its padding). */
function bytesOf(text: string): Uint8Array {
  const found: number[] = []
  let bits = 0
  let held = 0
  for (const letter of text.replace(/=+$/, '').replace(/\+/g, '-').replace(/\//g, '_')) {
    held = (held << 6) | LETTERS.indexOf(letter)
    bits += 6
    if (bits >= 8) {
      bits -= 8
      found.push((held >> bits) & 255)
      held &= (1 << bits) - 1
    }
  }
  return Uint8Array.from(found)
}

function base32(bytes: Uint8Array): string {
  let text = ''
  let bits = 0
  let held = 0
  for (const byte of Array.from(bytes)) {
    held = (held << 8) | byte
    bits += 8
    while (bits >= 5) {
      bits -= 5
      text += LETTERS_32[(held >> bits) & 31]
      held &= (1 << bits) - 1
    }
  }
  return text
}

function message(step: number): Uint8Array {
  const mark = Array.from('gongfen/presence/', (letter) => letter.charCodeAt(0))
  const bytes = new Array<number>(8).fill(0)
  for (let at = 7, rest = step; at >= 0; at -= 1, rest = Math.floor(rest / 256)) bytes[at] = rest % 256
  return Uint8Array.from([...mark, ...bytes])
}

export function codeAt(key: string, activity: string, step: number): { qr: string; digits: string } {
  const tag = hmac(sha256, bytesOf(key), message(step))
  const start = tag[tag.length - 1] & 15
  const number = ((tag[start] & 127) << 24) | (tag[start + 1] << 16) | (tag[start + 2] << 8) | tag[start + 3]
  return {
    qr: `GF1:${activity}:${step}:${base32(tag.slice(0, TAG_BYTES))}`,
    digits: String(number % 1_000_000).padStart(6, '0'),
  }
}

const kept = (activity: string) => `presence-${activity}`

/** Ask for the key once; it is kept for as long as the activity needs it. */
export async function fetchKey(activity: string): Promise<void> {
  const got = await call('get', '/api/v1/activities/{activity}/code', { path: { activity } })
  storage.write(kept(activity), { key: got.key, ahead: Date.parse(got.now) - Date.now() })
}

/** What stands on the screen now; undefined while this phone has no key of the activity. */
export function shownNow(activity: string, now = Date.now()): Shown | undefined {
  const has = storage.read<Kept>(kept(activity))
  if (!has) return undefined
  const there = now + has.ahead
  const step = Math.floor(there / STEP)
  return { ...codeAt(has.key, activity, step), left: Math.ceil(((step + 1) * STEP - there) / 1000) }
}
