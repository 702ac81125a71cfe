// Which village one looks at: one's own when signed in, else the one chosen here, else the first.
import { isSignedIn } from '@/api/session'
import { storage } from '@/platform/storage'

import { call } from './client'

export interface VillageSeen {
  id: string
  name: string
  name_en: string
}

const CHOSEN = 'village'

export function chooseVillage(id: string) {
  storage.write(CHOSEN, id)
}

/** The id of the village that pages show. The last answer is kept, so that pages open without a network. */
export async function villageHere(): Promise<string> {
  const kept = storage.read<{ village: string }>('kept-me')
  if (isSignedIn()) return kept?.village ?? (await call('get', '/api/v1/me')).village
  const chosen = storage.read<string>(CHOSEN)
  if (chosen) return chosen
  const first = (await call('get', '/api/v1/villages'))[0]?.id ?? ''
  if (first) chooseVillage(first)
  return first
}
