// The pay code, made on the phone so that it works offline: 2 town check · 11 handle · 6 TOTP (RFC 6238, SHA-256, 60 s) · Luhn.
import { hmac } from '@noble/hashes/hmac.js'
import { sha256 } from '@noble/hashes/sha2.js'

import { call } from '@/api/client'
import { newKey } from '@/api/session'
import { now as serverNow } from '@/platform/server'
import { storage } from '@/platform/storage'

interface Kept {
  town_check: string
  secret: string // hex
  handles: string[]
}

const KEPT = 'handles'
const FILL_BELOW = 30
const STEP_SECONDS = 60

const bytesOf = (hex: string) => Uint8Array.from(hex.match(/../g) ?? [], (pair) => parseInt(pair, 16))

function counter(step: number): Uint8Array {
  const bytes = new Uint8Array(8)
  for (let i = 7, rest = step; i >= 0; i -= 1, rest = Math.floor(rest / 256)) bytes[i] = rest % 256
  return bytes
}

/** RFC 4226 with HMAC-SHA-256, six digits. */
export function hotp(secret: Uint8Array, step: number): string {
  const mac = hmac(sha256, secret, counter(step))
  const at = mac[mac.length - 1] & 15
  const number = (((mac[at] & 127) << 24) | (mac[at + 1] << 16) | (mac[at + 2] << 8) | mac[at + 3]) % 1_000_000
  return String(number).padStart(6, '0')
}

export function luhn(digits: string): string {
  const total = Array.from(digits)
    .reverse()
    .map((digit, i) => (i % 2 ? Number(digit) : Number(digit) * 2))
    .reduce((sum, value) => sum + (value > 9 ? value - 9 : value), 0)
  return String((10 - (total % 10)) % 10)
}

export function makePayCode(kept: Kept, seconds: number): string {
  const handle = kept.handles[0]
  const digits = kept.town_check + handle + hotp(bytesOf(kept.secret), Math.floor(seconds / STEP_SECONDS))
  return digits + luhn(digits)
}

export const grouped = (digits: string) => digits.replace(/(.{4})(?=.)/g, '$1 ')

/** What can be shown now, from what the phone keeps; undefined when nothing is kept. */
export function payCodeNow(now = serverNow()): string | undefined {
  const kept = storage.read<Kept>(KEPT)
  return kept?.handles.length ? makePayCode(kept, Math.floor(now / 1000)) : undefined
}

/** The code on the screen was used, or the person wants another: the next handle is in front. */
export function nextHandle() {
  const kept = storage.read<Kept>(KEPT)
  if (kept && kept.handles.length > 1) storage.write(KEPT, { ...kept, handles: kept.handles.slice(1) })
}

/** Fill up to sixty while the server can be reached. */
export async function fillHandles(always = false): Promise<void> {
  const kept = storage.read<Kept>(KEPT)
  if (!always && kept && kept.handles.length >= FILL_BELOW) return
  const filled = await call('post', '/api/v1/me/handles', { body: { renew: false }, key: await newKey() })
  storage.write(KEPT, { town_check: filled.town_check, secret: filled.secret, handles: filled.handles })
}

export const handlesLeft = () => storage.read<Kept>(KEPT)?.handles.length ?? 0
