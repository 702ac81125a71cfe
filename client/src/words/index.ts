// One catalogue, zh first. `t('pay.done', {shop, sum})` fills {shop} and {sum}. (vue-i18n prints {n} raw in WeChat.)
import { computed, reactive, shallowRef } from 'vue'

import { readEnglish } from '@/platform/english'
import { storage } from '@/platform/storage'

import { type Lang, day, moment, money, points } from './format'
import { zh as organiserZh } from './organiser.zh'
import { zh as ownZh } from './own.zh'
import { zh as payingZh } from './paying.zh'
import { sentenceOf } from './refusals'
import { zh as residentZh } from './resident.zh'
import { zh as shopZh } from './shop.zh'
import { zh as villageZh } from './village.zh'
import { zh } from './zh'

const CHINESE = { ...zh, ...shopZh, ...organiserZh, ...residentZh, ...payingZh, ...ownZh, ...villageZh }
export type Word = keyof typeof CHINESE
const english = shallowRef<Record<Word, string>>() // a missing English word does not compile
const state = reactive<{ lang: Lang }>({ lang: storage.read<Lang>('lang') ?? 'zh' })

/** Whether there is a word by this name: for names that come from the server. */
export const has = (word: string): word is Word => word in CHINESE

export const lang = computed(() => state.lang)

async function read() {
  if (state.lang === 'en' && !english.value) english.value = await readEnglish()
}
// Without a network the words stay Chinese until it is back; the kept files of an installed app have both.
void read().catch(() => undefined)

export function speak(chosen: Lang) {
  state.lang = chosen
  void read().catch(() => undefined)
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
  const said = fill((state.lang === 'en' && english.value ? english.value : CHINESE)[word], facts)
  return state.lang === 'en' ? oneOf(said) : said
}

/** The sentence of a refusal: the server's own, which is in the reader's language, else the catalogue's by its code. */
export function sayNo(code: string, facts: Record<string, unknown> = {}, title = ''): string {
  const known = sentenceOf(code, state.lang)
  return title || (known ? fill(known, facts) : t('no.unknown', { code }))
}
