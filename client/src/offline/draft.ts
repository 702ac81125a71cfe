// What is being typed, kept on this phone until it is sent: a call, an empty battery or a lost network take nothing.
import { reactive, watch } from 'vue'

import { storage } from '@/platform/storage'

/** The fields of a form under a name; `forget` once they are sent. */
export function draft<T extends Record<string, unknown>>(name: string, empty: T): { typed: T; forget: () => void } {
  const key = `draft-${name}`
  const typed = reactive({ ...empty, ...(storage.read<T>(key) ?? {}) }) as T
  watch(typed, () => storage.write(key, typed), { deep: true })
  function forget() {
    Object.assign(typed, empty)
    storage.drop(key)
    // The watch above runs after this and would keep the empty form: that is as good as none.
  }
  return { typed, forget }
}
