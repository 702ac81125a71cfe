// A QR code of level M and its picture, ours because it must be there at once: the pay code may wait for nothing.

const CORRECTING = [10, 16, 26, 18, 24, 16, 18, 22, 22, 26, 30, 22, 22, 24, 24] // codewords a block, by version from 1
const BLOCKS = [1, 1, 1, 2, 2, 4, 4, 4, 5, 5, 5, 8, 9, 9, 10]
const QUIET = 4 // modules of white around it
const DOTS = 8 // to a module's side: a byte of the picture

type Square = number[][] // 1 is black

const EXP: number[] = [1]
for (let i = 1; i < 255; i += 1) EXP[i] = (EXP[i - 1] << 1) ^ (EXP[i - 1] > 127 ? 0x11d : 0)
const LOG: number[] = []
EXP.forEach((value, i) => (LOG[value] = i))
const times = (a: number, b: number) => (a && b ? EXP[(LOG[a] + LOG[b]) % 255] : 0)

/** The codewords that let a reader mend `data` (Reed and Solomon). */
function correcting(data: number[], degree: number): number[] {
  let divisor = [1]
  for (let i = 0; i < degree; i += 1) divisor = [...divisor, 0].map((value, at) => value ^ times(divisor[at - 1] ?? 0, EXP[i]))
  const rest = new Array<number>(degree).fill(0)
  for (const byte of data) {
    const factor = byte ^ (rest.shift() as number)
    rest.push(0)
    for (let i = 0; i < degree; i += 1) rest[i] ^= times(divisor[i + 1], factor)
  }
  return rest
}

const bits = (value: number, length: number) => value.toString(2).padStart(length, '0')

/** How many codewords there are in all. */
function capacity(version: number): number {
  const aligned = Math.floor(version / 7) + 2
  const modules = (16 * version + 128) * version + 64 - (version > 1 ? (25 * aligned - 10) * aligned - 55 : 0) - (version > 6 ? 36 : 0)
  return modules >> 3
}

const room = (version: number) => capacity(version) - CORRECTING[version - 1] * BLOCKS[version - 1]

/** The text as bits: digits three by three, anything else as UTF-8. */
function written(text: string, version: number): string {
  if (/^\d+$/.test(text)) {
    return `0001${bits(text.length, version < 10 ? 10 : 12)}${(text.match(/\d{1,3}/g) ?? []).map((part) => bits(Number(part), part.length * 3 + 1)).join('')}`
  }
  const bytes = encodeURIComponent(text).match(/%..|./g) ?? []
  const each = bytes.map((one) => bits(one.length > 1 ? parseInt(one.slice(1), 16) : one.charCodeAt(0), 8))
  return `0100${bits(bytes.length, version < 10 ? 8 : 16)}${each.join('')}`
}

/** Every codeword in the order in which it stands on the square. */
function codewords(text: string, version: number): number[] {
  const most = room(version) * 8
  let all = written(text, version)
  all += '0'.repeat(Math.min(4, most - all.length))
  all += '0'.repeat((8 - (all.length % 8)) % 8)
  for (let pad = 0; all.length < most; pad += 1) all += pad % 2 ? '00010001' : '11101100'
  const data = (all.match(/.{8}/g) ?? []).map((byte) => parseInt(byte, 2))
  const count = BLOCKS[version - 1]
  const short = count - (data.length % count) // so many blocks are one codeword shorter
  const blocks: number[][] = []
  for (let i = 0; i < count; i += 1) blocks.push(data.splice(0, Math.floor(room(version) / count) + (i < short ? 0 : 1)))
  const mending = blocks.map((block) => correcting(block, CORRECTING[version - 1]))
  const inTurn = (of: number[][]) => of[of.length - 1].flatMap((_, at) => of.filter((block) => at < block.length).map((block) => block[at]))
  return [...inTurn(blocks), ...inTurn(mending)]
}

/** What is the same in every code of a version; undefined where there is room for data. */
function ground(version: number): (number | undefined)[][] {
  const size = version * 4 + 17
  const square = Array.from({ length: size }, () => new Array<number | undefined>(size).fill(undefined))
  const put = (x: number, y: number, black: boolean) => {
    if (square[y] && x >= 0 && x < size) square[y][x] = Number(black)
  }
  for (let i = 0; i < size; i += 1) {
    put(6, i, i % 2 === 0)
    put(i, 6, i % 2 === 0)
  }
  const ring = (x: number, y: number, reach: number, black: number[]) => {
    for (let dy = -reach; dy <= reach; dy += 1) {
      for (let dx = -reach; dx <= reach; dx += 1) put(x + dx, y + dy, black.includes(Math.max(Math.abs(dx), Math.abs(dy))))
    }
  }
  for (const [x, y] of [[3, 3], [size - 4, 3], [3, size - 4]]) ring(x, y, 4, [0, 1, 3])
  const aligned = version > 1 ? Math.floor(version / 7) + 2 : 0
  const step = Math.floor((version * 8 + aligned * 3 + 5) / (aligned * 4 - 4)) * 2
  const at = Array.from({ length: aligned }, (_, i) => (i ? size - 7 - (aligned - 1 - i) * step : 6))
  for (const x of at) for (const y of at) if (!((x < 9 && y < 9) || (x < 9 && y > size - 9) || (x > size - 9 && y < 9))) ring(x, y, 2, [0, 2])
  return square
}

/** Which level and mask it is, and from version 7 which version, beside the corners. */
function name(square: (number | undefined)[][], version: number, mask: number) {
  const size = square.length
  const remainder = (value: number, length: number, by: number) => {
    let rest = value
    for (let i = 0; i < length; i += 1) rest = (rest << 1) ^ ((rest >> (length - 1)) * by)
    return rest
  }
  const format = ((mask << 10) | remainder(mask, 10, 0x537)) ^ 0x5412
  for (let i = 0; i < 15; i += 1) {
    const bit = (format >> i) & 1
    const far = i < 8 ? size - 1 - i : size - 15 + i
    square[i < 6 ? i : Math.min(i + 1, 8)][i < 8 ? 8 : i < 9 ? 7 : 14 - i] = bit
    if (i < 8) square[8][far] = bit
    else square[far][8] = bit
  }
  square[size - 8][8] = 1
  if (version < 7) return
  const told = (version << 12) | remainder(version, 12, 0x1f25)
  for (let i = 0; i < 18; i += 1) {
    const [far, near] = [size - 11 + (i % 3), Math.floor(i / 3)]
    square[near][far] = square[far][near] = (told >> i) & 1
  }
}

const MASKS: ((x: number, y: number) => number)[] = [
  (x, y) => (x + y) % 2,
  (_, y) => y % 2,
  (x) => x % 3,
  (x, y) => (x + y) % 3,
  (x, y) => (Math.floor(x / 3) + Math.floor(y / 2)) % 2,
  (x, y) => ((x * y) % 2) + ((x * y) % 3),
  (x, y) => (((x * y) % 2) + ((x * y) % 3)) % 2,
  (x, y) => (((x + y) % 2) + ((x * y) % 3)) % 2,
]

/** How hard a square is to read: long runs, patches, what looks like a corner, too much of one colour. */
function hard(square: Square): number {
  const size = square.length
  const lines = [...square.map((row) => row.join('')), ...square.map((_, x) => square.map((row) => row[x]).join(''))]
  let penalty = 0
  for (const line of lines) {
    for (const run of line.match(/0{5,}|1{5,}/g) ?? []) penalty += run.length - 2
    penalty += 40 * (line.match(/(?=10111010000|00001011101)/g) ?? []).length
  }
  for (let y = 1; y < size; y += 1) {
    for (let x = 1; x < size; x += 1) {
      const sum = square[y][x] + square[y - 1][x] + square[y][x - 1] + square[y - 1][x - 1]
      if (sum === 0 || sum === 4) penalty += 3
    }
  }
  const black = lines.slice(0, size).join('').replace(/0/g, '').length / (size * size)
  return penalty + Math.floor(Math.abs(black - 0.5) * 20) * 10
}

/** The modules of a code, row by row. A text that is too long for us (412 bytes) is refused. */
export function modules(text: string): Square {
  const version = BLOCKS.findIndex((_, i) => written(text, i + 1).length <= room(i + 1) * 8) + 1
  if (!version) throw new RangeError('too long for a QR code')
  const stream = codewords(text, version).map((one) => bits(one, 8)).join('')
  let best: Square | undefined
  let least = Infinity
  MASKS.forEach((mask, number) => {
    const square = ground(version)
    name(square, version, number)
    const made = filled(square, stream, mask)
    const penalty = hard(made)
    if (penalty < least) [best, least] = [made, penalty]
  })
  return best as Square
}

/** The bits two columns at a time, from the right, up and down, where nothing else stands. */
function filled(square: (number | undefined)[][], stream: string, mask: (x: number, y: number) => number): Square {
  const size = square.length
  let next = 0
  for (let right = size - 1; right > 0; right -= 2) {
    if (right === 6) right = 5
    for (let i = 0; i < size; i += 1) {
      const y = ((right + 1) & 2) === 0 ? size - 1 - i : i
      for (const x of [right, right - 1]) {
        if (square[y][x] !== undefined) continue
        square[y][x] = Number(stream[next] ?? 0) ^ Number(mask(x, y) === 0)
        next += 1
      }
    }
  }
  return square as Square
}

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

function base64(bytes: number[]): string {
  let text = ''
  for (let i = 0; i < bytes.length; i += 3) {
    const three = (bytes[i] << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0)
    text += LETTERS[three >> 18] + LETTERS[(three >> 12) & 63] + LETTERS[(three >> 6) & 63] + LETTERS[three & 63]
  }
  const missing = (3 - (bytes.length % 3)) % 3
  return text.slice(0, text.length - missing) + '=='.slice(0, missing)
}

const four = (value: number) => [24, 16, 8, 0].map((shift) => (value >>> shift) & 255)

const SUMS = Array.from({ length: 256 }, (_, byte) => {
  let sum = byte
  for (let i = 0; i < 8; i += 1) sum = (sum >>> 1) ^ (sum & 1 ? 0xedb88320 : 0)
  return sum
})

function chunk(kind: string, bytes: number[]): number[] {
  const body = Array.from(kind, (letter) => letter.charCodeAt(0)).concat(bytes)
  let sum = -1
  for (const byte of body) sum = (sum >>> 8) ^ SUMS[(sum ^ byte) & 255]
  return four(bytes.length).concat(body, four(~sum))
}

/** The code as the address of a picture (PNG), which shows everywhere without a canvas. */
export function picture(text: string): string {
  const code = modules(text)
  const size = code.length + 2 * QUIET
  const raw: number[] = []
  let [low, high] = [1, 0]
  const add = (byte: number) => {
    raw.push(byte)
    low = (low + byte) % 65521
    high = (high + low) % 65521
  }
  for (let y = 0; y < size * DOTS; y += 1) {
    const row = code[Math.floor(y / DOTS) - QUIET]
    add(0) // a row as it is
    for (let x = -QUIET; x < size - QUIET; x += 1) add(row?.[x] ? 0 : 255)
  }
  const length = [raw.length & 255, raw.length >> 8]
  const stored = [0x78, 1, 1, ...length, ...length.map((byte) => byte ^ 255)].concat(raw, [high >> 8, high & 255, low >> 8, low & 255])
  const head = [...four(size * DOTS), ...four(size * DOTS), 1, 0, 0, 0, 0]
  const all = [137, 80, 78, 71, 13, 10, 26, 10].concat(chunk('IHDR', head), chunk('IDAT', stored), chunk('IEND', []))
  return `data:image/png;base64,${base64(all)}`
}
