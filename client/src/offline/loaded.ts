// What a page shows: the last answer at once, the new one when it comes, or why it does not.
import { onShow } from '@dcloudio/uni-app'
import { type Ref, ref } from 'vue'

import { No, Offline } from '@/api/client'
import { online } from '@/offline/network'
import { storage } from '@/platform/storage'
import { t } from '@/words'

export interface Loaded<T> {
  value: Ref<T | undefined>
  no: Ref<string>
  isOld: Ref<boolean>
  load: () => Promise<void>
}

/** Load when the page shows. With `keep` the last answer is kept on the device under that name. */
export function loaded<T>(ask: () => Promise<T>, keep?: string): Loaded<T> {
  const value = ref(keep ? storage.read<T>(`kept-${keep}`) : undefined) as Ref<T | undefined>
  const no = ref('')
  const isOld = ref(value.value !== undefined)
  let turn = 0
  async function load() {
    const mine = ++turn
    try {
      const found = await ask()
      if (mine !== turn) return // something else was asked for since: a late answer must not take its place
      value.value = found
      isOld.value = false
      no.value = ''
      online.value = true
      if (keep) storage.write(`kept-${keep}`, value.value)
    } catch (problem) {
      if (mine === turn) no.value = told(problem)
    }
  }
  onShow(() => void load())
  return { value, no, isOld, load }
}

/** What went wrong, in words for people. */
export function told(problem: unknown): string {
  if (problem instanceof No) return problem.words
  if (problem instanceof Offline) {
    online.value = false
    return t('offline.why')
  }
  throw problem
}
