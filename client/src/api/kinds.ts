// The kinds of activity with their forms, as the server describes them: the client draws what it reads.
import { storage } from '@/platform/storage'
import { either } from '@/words/names'

import { call } from './client'

export interface Option {
  key: string
  zh: string
  en: string
}
export interface Field {
  name: string
  asks: 'number' | 'hours' | 'choice' | 'photo' | 'text'
  zh: string
  en: string
  required: boolean
  least?: number
  most?: number
  longest?: number
  options?: Option[]
}
export interface Kind {
  key: string
  zh: string
  en: string
  about_zh: string
  about_en: string
  proof: 'tap' | 'check_in' | 'review' | 'agreed'
  form: Field[]
  whats: Option[]
}

const KEPT = 'kept-kinds'

/** The kinds: the server's, or the last that this phone heard of. */
export async function allKinds(): Promise<Kind[]> {
  try {
    const found = (await call('get', '/api/v1/kinds')) as unknown as Kind[]
    storage.write(KEPT, found)
    return found
  } catch (problem) {
    const kept = storage.read<Kind[]>(KEPT)
    if (kept) return kept
    throw problem
  }
}

export const kindWord = (kinds: Kind[] | undefined, key: string) => {
  const found = kinds?.find((one) => one.key === key)
  return found ? either(found.zh, found.en) : key
}

export const whatWord = (kinds: Kind[] | undefined, kind: string, what: string) => {
  const found = kinds?.find((one) => one.key === kind)?.whats.find((one) => one.key === what)
  return found ? either(found.zh, found.en) : kindWord(kinds, kind)
}
