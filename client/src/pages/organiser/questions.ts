// A survey's questions as they are typed on the phone, and as the server takes them. Whether they can be asked, it says.
import type { Question } from '@/offline/asking'

export type Asks = Question['asks']
export const WAYS: Asks[] = ['one', 'many', 'scale', 'number', 'text']

/** One question in the form. Numbers are text until they are sent; `only` is the number of an earlier question. */
export interface TypedQuestion {
  asks: Asks
  zh: string
  en: string
  options: string // one a line, English after a bar
  least: string
  most: string
  bands: string
  only: string
  answers: string[]
}

export const blank = (): TypedQuestion => ({ asks: 'one', zh: '', en: '', options: '', least: '', most: '', bands: '', only: '', answers: [] })

/** 12050 hundredths times a hundred for "120.5"; undefined where it is no sum. */
export function readYuan(typed: string): number | undefined {
  const found = /^\s*(\d{1,6})(?:[.。](\d{1,2}))?\s*$/.exec(typed)
  return found ? Number(found[1]) * 10_000 + Number((found[2] ?? '').padEnd(2, '0')) * 100 : undefined
}

/** 要 | Yes on a line of its own; a line's place is its code. */
export function optionsOf(text: string): { code: string; zh: string; en: string }[] {
  return text
    .split('\n')
    .map((line) => line.replace(/｜/g, '|').split('|'))
    .filter(([zh]) => zh.trim())
    .map(([zh, en], at) => ({ code: `a${at + 1}`, zh: zh.trim(), en: (en ?? '').trim() }))
}

const whole = (text: string) => (/^\d{1,9}$/.test(text.trim()) ? Number(text) : 0)
const code = (at: number) => `q${at + 1}`

/** What may stand as a condition of a later question: its answers by their codes. */
export function answersOf(one: TypedQuestion): { key: string; words: string }[] {
  if (one.asks === 'one' || one.asks === 'many') return optionsOf(one.options).map((each) => ({ key: each.code, words: each.zh }))
  if (one.asks !== 'scale') return []
  const count = Math.min(11, whole(one.most) - whole(one.least) + 1)
  return Array.from({ length: Math.max(0, count) }, (_, at) => String(whole(one.least) + at)).map((key) => ({ key, words: key }))
}

/** The questions as they are sent: a question keeps its place as its code, so that the columns never change. */
export function toSend(typed: TypedQuestion[]): Record<string, unknown>[] {
  return typed.map((one, at) => {
    const isChoice = one.asks === 'one' || one.asks === 'many'
    const bands = one.asks === 'number' ? one.bands.split(/[\s,，、]+/).filter(Boolean).map(whole) : []
    return {
      code: code(at),
      asks: one.asks,
      zh: one.zh.trim(),
      en: one.en.trim(),
      ...(isChoice ? { options: optionsOf(one.options) } : {}),
      ...(one.asks === 'scale' || one.asks === 'number' ? { least: whole(one.least) } : {}),
      ...(one.asks === 'one' ? {} : { most: whole(one.most) }),
      ...(bands.length ? { bands } : {}),
      ...(one.only && one.answers.length ? { only_if: { question: code(Number(one.only) - 1), answers: one.answers } } : {}),
    }
  })
}

/** Without the question at this place; a condition that named it falls, later ones move up. */
export function without(typed: TypedQuestion[], at: number): TypedQuestion[] {
  return typed
    .filter((_, place) => place !== at)
    .map((one) => {
      const named = Number(one.only) - 1
      if (!one.only || named < at) return one
      return named === at ? { ...one, only: '', answers: [] } : { ...one, only: String(named) }
    })
}
