// Which till this phone is. Its token stays on the phone until the owner ends it or the phone stops being a till.
import { ref } from 'vue'

import { No, call } from '@/api/client'
import { storage } from '@/platform/storage'

const TOKEN = 'till-token'
const KEPT = 'kept-till'

export interface Till {
  shop: string
  label: string
  place: string
  hours: string[]
  unlocked_until?: string | null
}

export const till = ref(storage.read<Till>(KEPT))
/** This phone was a till until its token was ended. */
export const wasEnded = ref(false)
export const isPaired = ref(storage.read<string>(TOKEN) !== undefined)

/** The token out of what was scanned or typed; undefined when it is none. */
export function readToken(text: string): string | undefined {
  return /(?:^|[\s:=])(\d{1,8}\.[A-Za-z0-9_-]{40,60})\s*$/.exec(text)?.[1]
}

/** Ask the server which till this is; undefined when the token was ended. */
export async function askTill(): Promise<Till | undefined> {
  try {
    till.value = await call('get', '/api/v1/till', { as: 'till' })
    storage.write(KEPT, till.value)
    return till.value
  } catch (problem) {
    if (problem instanceof No && problem.status === 401) {
      unpair()
      wasEnded.value = true
      return undefined
    }
    throw problem
  }
}

export function pair(token: string) {
  storage.write(TOKEN, token)
  isPaired.value = true
  wasEnded.value = false
}

export function unpair() {
  storage.drop(TOKEN)
  storage.drop(KEPT)
  till.value = undefined
  isPaired.value = false
}

export const isUnlocked = () => Boolean(till.value?.unlocked_until && Date.parse(till.value.unlocked_until) > Date.now())
