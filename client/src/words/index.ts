// One catalogue, zh first. `t('pay.done', {shop, sum})` fills {shop} and {sum}. (vue-i18n prints {n} raw in WeChat.)
import { computed, reactive } from 'vue'

import { storage } from '@/platform/storage'

import { en } from './en'
import { type Lang, day, moment, money, points } from './format'
import { en as organiserEn } from './organiser.en'
import { zh as organiserZh } from './organiser.zh'
import { sentenceOf } from './refusals'
import { en as residentEn } from './resident.en'
import { zh as residentZh } from './resident.zh'
import { en as shopEn } from './shop.en'
import { zh as shopZh } from './shop.zh'
import { zh } from './zh'

const WORDS = { zh: { ...zh, ...shopZh, ...organiserZh, ...residentZh }, en: { ...en, ...shopEn, ...organiserEn, ...residentEn } }
export type Word = keyof typeof WORDS.zh
const state = reactive<{ lang: Lang }>({ lang: storage.read<Lang>('lang') ?? 'zh' })

/** Whether there is a word by this name: for names that come from the server. */
export const has = (word: string): word is Word => word in WORDS.zh

export const lang = computed(() => state.lang)

export function speak(chosen: Lang) {
  state.lang = chosen
  storage.write('lang', chosen)
}

const READ: Record<string, (value: unknown) => string> = {
  money: (value) => money(Number(value)),
  points: (value) => points(Number(value)),
  day: (value) => day(String(value), state.lang),
  moment: (value) => moment(String(value), state.lang),
}

/** Facts into a sentence, each read the way it asks for: {left:money}, {until:day}. One that is missing reads as …. */
function fill(sentence: string, facts: Record<string, unknown>): string {
  return sentence.replace(/\{(\w+)(?::(\w+))?\}/g, (_, name: string, how?: string) => {
    const value = facts[name]
    if (value === undefined || value === null) return '…'
    return how && READ[how] ? READ[how](value) : String(value)
  })
}

/** "1 points" is "1 point". */
const oneOf = (said: string) => said.replace(/(^|[^\d.,])1 (point|place|photo|notice|line|time|thing|day|month|payment)s\b/g, (_, before: string, what: string) => `${before}1 ${what}`)

export function t(word: Word, facts: Record<string, unknown> = {}): string {
  const said = fill(WORDS[state.lang][word], facts)
  return state.lang === 'en' ? oneOf(said) : said
}

/** The sentence of a refusal: the server's own, which is in the reader's language, else the catalogue's by its code. */
export function sayNo(code: string, facts: Record<string, unknown> = {}, title = ''): string {
  const known = sentenceOf(code, state.lang)
  return title || (known ? fill(known, facts) : t('no.unknown', { code }))
}
