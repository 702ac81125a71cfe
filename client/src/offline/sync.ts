// What waited is sent as soon as the server can be reached again; what came of it stands on the home page until it was read.
import { reactive, watch } from 'vue'

import { token } from '@/api/client'
import { online } from '@/offline/network'
import { sendAll, waiting } from '@/offline/queue'
import { storage } from '@/platform/storage'

export interface Outcome {
  what: string
  no: string // why it was not accepted; empty where it was
}

const KEPT = 'sent'
export const sent = reactive<Outcome[]>(storage.read<Outcome[]>(KEPT) ?? [])
let under_way: Promise<void> | undefined

/** Send what waits, once at a time. */
export function sync(): Promise<void> {
  if (!waiting.length) return Promise.resolve()
  under_way ??= sendAll(token())
    .then((all) => {
      sent.push(...all.map(({ one, no }) => ({ what: one.words, no: no?.words ?? '' })))
      storage.write(KEPT, sent)
    })
    .finally(() => (under_way = undefined))
  return under_way
}

export function startSync() {
  watch(online, (is) => is && void sync())
  void sync()
}

export function readSent() {
  sent.splice(0)
  storage.drop(KEPT)
}
