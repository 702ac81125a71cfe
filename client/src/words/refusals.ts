// What a no says when the server did not say it itself: in a preview, or for one line of a set.
import { shallowRef } from 'vue'

import { readCatalogue } from '@/platform/catalogue'

import type { Catalogue } from './refusals.catalogue'

const AFTER_THE_FIRST_PAGE = 1500
const catalogue = shallowRef<Catalogue>({})

/** The sentence of a code, its facts still in braces; undefined for a code of a newer server. */
export function sentenceOf(code: string, lang: 'zh' | 'en'): string | undefined {
  return catalogue.value[code]?.[lang === 'zh' ? 0 : 1]
}

/** Read the sentences, after the first page stands. */
export function startRefusals(after = AFTER_THE_FIRST_PAGE) {
  setTimeout(() => void readCatalogue().then((found) => (catalogue.value = found)).catch(() => undefined), after)
}
