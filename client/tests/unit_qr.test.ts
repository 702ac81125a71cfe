// A QR code of ours is read by a reader that is not ours.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { inflateSync } from 'node:zlib'

import jsQR from 'jsqr'

import { modules, picture } from '@/ui/qr'

function read(text: string): string | undefined {
  const png = Buffer.from(picture(text).split(',')[1], 'base64')
  const size = png.readUInt32BE(16)
  const rows = inflateSync(png.subarray(41, png.length - 16)) // between IHDR and the sums at the end
  const dots = new Uint8ClampedArray(size * size * 4).fill(255)
  for (let at = 0; at < size * size; at += 1) {
    const [y, x] = [Math.floor(at / size), at % size]
    if (!((rows[y * (size / 8 + 1) + 1 + (x >> 3)] >> (7 - (x & 7))) & 1)) dots.fill(0, at * 4, at * 4 + 3)
  }
  return jsQR(dots, size, size)?.data
}

test('a pay code is read, and is as small as a code can be', () => {
  for (const code of ['12345678901234567897', '00000000000000000000', '99999999999999999999']) {
    assert.equal(read(code), code)
    assert.equal(modules(code).length, 21)
  }
})

test('an address, a presence code and Chinese are read', () => {
  for (const text of ['https://village.example/pay/250381878480076800?x=1', 'GF1:250381878568157184:29561234:ab12cd34ef56ab12', '工分：戴村镇'])
    assert.equal(read(text), text)
})

/** As few dots as a reader needs: three to a module, four modules of white around. */
function readSmall(text: string): string | undefined {
  const code = modules(text)
  const size = (code.length + 8) * 3
  const dots = new Uint8ClampedArray(size * size * 4).fill(255)
  for (let y = 0; y < size; y += 1) {
    for (let x = 0; x < size; x += 1) if (code[Math.floor(y / 3) - 4]?.[Math.floor(x / 3) - 4]) dots.fill(0, (y * size + x) * 4, (y * size + x) * 4 + 3)
  }
  return jsQR(dots, size, size)?.data
}

test('a full code of every version is read, and a text that is too long is refused', () => {
  for (const length of [14, 26, 42, 62, 84, 106, 122, 152, 180, 213, 251, 287, 331, 362, 412]) {
    const text = Array.from({ length }, (_, i) => 'abcdefghijklmnop.:/'[(i * 7 + length) % 19]).join('')
    assert.equal(readSmall(text), text, String(length))
  }
  assert.throws(() => modules('a'.repeat(413)), RangeError)
})
