// What a person does with one tap: pressed twice it happens once, and what went wrong is said in words.
import { type Ref, ref } from 'vue'

import { Offline } from '@/api/client'
import { newKey } from '@/api/session'
import { told } from '@/offline/loaded'

export interface Acting {
  busy: Ref<boolean>
  no: Ref<string>
  done: Ref<string>
  act: (what: (key: string) => Promise<unknown>, words?: string, about?: string) => Promise<boolean>
}

/**
 * One act at a time. Its key stays the same until the server has answered: an answer lost on the way is asked for again.
 * Where a page has several acts, or their words may be changed meanwhile, `about` tells one from another.
 */
export function acting(): Acting {
  const busy = ref(false)
  const no = ref('')
  const done = ref('')
  let key = ''
  let keyOf = ''
  async function act(what: (key: string) => Promise<unknown>, words = '', about = ''): Promise<boolean> {
    if (busy.value) return false
    busy.value = true
    no.value = done.value = ''
    try {
      if (about !== keyOf) key = ''
      keyOf = about
      key = key || (await newKey())
      await what(key)
      key = ''
      done.value = words
      return true
    } catch (problem) {
      if (!(problem instanceof Offline)) key = ''
      no.value = told(problem)
      return false
    } finally {
      busy.value = false
    }
  }
  return { busy, no, done, act }
}
