// What a person did while the server could not be reached waits here, in its order, with its key, until it is sent.
import { reactive } from 'vue'

import { No, Offline } from '@/api/client'
import { request } from '@/platform/request'
import { storage } from '@/platform/storage'
import { lang, sayNo } from '@/words'

export interface Waiting {
  key: string
  url: string
  method: string
  body: unknown
  words: string // what it is, for the person
  at: string
  stamped?: boolean // the phone's clock at sending goes along, so that a wrong clock can be told from a late one
}

const KEPT = 'waiting'
export const waiting = reactive<Waiting[]>(storage.read<Waiting[]>(KEPT) ?? [])
const keep = () => storage.write(KEPT, waiting)

export function later(one: Waiting) {
  if (!waiting.some((other) => other.key === one.key)) waiting.push(one)
  keep()
}

interface Line {
  refused?: string
  facts?: Record<string, unknown>
}
/** What waits is not wanted any more: nothing was sent of it. */
export function letGo(key: string) {
  const at = waiting.findIndex((one) => one.key === key)
  if (at >= 0) waiting.splice(at, 1)
  keep()
}

export interface Sent {
  one: Waiting
  no?: No
}

/** Send what waits, oldest first; stops at the first that cannot be reached. A no ends the waiting and is told. */
export async function sendAll(token: string | undefined): Promise<Sent[]> {
  const sent: Sent[] = []
  while (waiting.length) {
    const one = waiting[0]
    const header = {
      'content-type': 'application/json',
      'Accept-Language': lang.value === 'en' ? 'en' : 'zh-CN',
      'Idempotency-Key': one.key,
      ...(token ? { Authorization: `Bearer ${token}` } : {}),
    }
    try {
      const data = one.stamped ? { ...(one.body as object), sent_at: new Date().toISOString() } : one.body
      const answer = await request({ url: one.url, method: one.method, data, header })
      if (answer.status >= 500 || answer.status === 401) break // it waits on: for the server, or for signing in again
      const said = (answer.data || {}) as { code: string; facts: Record<string, unknown>; title: string }
      const line = Array.isArray(answer.data) ? (answer.data as Line[]).find((each) => each.refused) : undefined // a set answers line by line
      if (line?.refused) sent.push({ one, no: new No(answer.status, line.refused, line.facts ?? {}, sayNo(line.refused, line.facts)) })
      else sent.push(answer.status < 400 ? { one } : { one, no: new No(answer.status, said.code, said.facts, sayNo(said.code, said.facts, said.title)) })
      letGo(one.key)
    } catch (problem) {
      if (problem instanceof Offline) break
      throw problem
    }
  }
  return sent
}
