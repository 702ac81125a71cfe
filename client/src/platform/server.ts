// What every answer of the server tells besides itself: which version of the interface it speaks, and what time it is.
import { ref } from 'vue'

import { storage } from './storage'

/** The interface this app was built for; the server says its own in every answer (gongfen/headers.py). */
export const INTERFACE = 1

/** Whether the app and the server understand each other; `newer` when the server has moved on, `older` when it has not yet. */
export const server = ref<'fits' | 'newer' | 'older'>('fits')

/** Whether the server could be reached when we last asked, or the phone says that there is a network. */
export const reached = ref(true)

const MOST_WRONG = 20_000 // ms that a phone's clock may be off before we count with the server's
const KEPT = 'clock-wrong-by'

function named(header: Record<string, string>, name: string): string | undefined {
  return Object.entries(header).find(([key]) => key.toLowerCase() === name)?.[1]
}

export function hear(header: Record<string, string> | undefined) {
  if (!header) return
  const theirs = Number(named(header, 'gongfen-interface') ?? INTERFACE)
  server.value = theirs === INTERFACE ? 'fits' : theirs > INTERFACE ? 'newer' : 'older'
  const there = Date.parse(named(header, 'gongfen-time') ?? '')
  if (Number.isNaN(there)) return
  const wrong = there - Date.now()
  const counts = Math.abs(wrong) > MOST_WRONG
  if (counts && Math.abs(wrong - wrongBy()) > MOST_WRONG) storage.write(KEPT, wrong)
  if (!counts && storage.read(KEPT) !== undefined) storage.drop(KEPT)
}

const wrongBy = () => storage.read<number>(KEPT) ?? 0

/** The time as the server had it when we last heard from it: a phone's clock may be an hour off. In milliseconds. */
export const now = () => Date.now() + wrongBy()
