// What waited is sent as soon as the server can be reached again; what came of it stands here until it was read.
import { reactive, watch } from 'vue'

import { token } from '@/api/client'
import { online } from '@/offline/network'
import { type Sent, sendAll, waiting } from '@/offline/queue'

export const sent = reactive<Sent[]>([])
let under_way: Promise<void> | undefined

/** Send what waits, once at a time. */
export function sync(): Promise<void> {
  if (!waiting.length) return Promise.resolve()
  under_way ??= sendAll(token())
    .then((all) => void sent.push(...all))
    .finally(() => (under_way = undefined))
  return under_way
}

export function startSync() {
  watch(online, (is) => is && void sync())
  void sync()
}

export const readSent = () => sent.splice(0)
