// One catalogue, zh first. `t('pay.done', {shop, sum})` fills {shop} and {sum}. (vue-i18n prints {n} raw in WeChat.)
import { computed, reactive } from 'vue'

import { storage } from '@/platform/storage'

import { en } from './en'
import type { Lang } from './format'
import { NO } from './refusals'
import { zh } from './zh'

export type Word = keyof typeof zh
const state = reactive<{ lang: Lang }>({ lang: storage.read<Lang>('lang') ?? 'zh' })

export const lang = computed(() => state.lang)

export function speak(chosen: Lang) {
  state.lang = chosen
  storage.write('lang', chosen)
}

function fill(sentence: string, facts: Record<string, unknown>): string {
  return sentence.replace(/\{(\w+)(?::\w+)?\}/g, (_, name: string) => String(facts[name] ?? '…'))
}

export function t(word: Word, facts: Record<string, unknown> = {}): string {
  return fill((state.lang === 'zh' ? zh : en)[word], facts)
}

/** The sentence of a refusal: the server's own, which is in the reader's language, else the catalogue's by its code. */
export function sayNo(code: string, facts: Record<string, unknown> = {}, title = ''): string {
  const known = NO[code]
  return title || (known ? fill(known[state.lang === 'zh' ? 0 : 1], facts) : t('no.unknown', { code }))
}
