// Who signed up and who is here, as the leader's phone knows it. In a field without network it is the last list, and what
// is written down waits on this phone, in its order, until it can be sent.
import { onHide, onShow, onUnload } from '@dcloudio/uni-app'
import { type Ref, computed, ref, watch } from 'vue'

import { Offline, call } from '@/api/client'
import { newKey } from '@/api/session'
import { nowOrLater } from '@/offline/kept'
import { told } from '@/offline/loaded'
import { later, letGo, waiting } from '@/offline/queue'
import { sync } from '@/offline/sync'
import { now as serverNow } from '@/platform/server'
import { storage } from '@/platform/storage'
import { sayNo, t } from '@/words'

const ask = (activity: string) =>
  Promise.all([
    call('get', '/api/v1/activities/{activity}/attendance', { path: { activity } }),
    call('get', '/api/v1/activities/{activity}/places', { path: { activity } }).catch((problem) => {
      if (problem instanceof Offline) throw problem
      return [] // a second person sees who is here, not who signed up
    }),
  ])
export type Person = Awaited<ReturnType<typeof ask>>[0][number]
export type Signed = Awaited<ReturnType<typeof ask>>[1][number]
export interface Who {
  id: string
  called: string
}
/** A line that was written down here and is not sent yet. */
export interface Waits {
  key: string
  resident: string
  words: string
  left: boolean
}
interface Line {
  refused?: string
  facts?: Record<string, unknown>
}
interface TickBody {
  ticks: { resident: string; in_at: string; out_at?: string }[]
}
interface Kept {
  activity: string
  people: Person[]
  signed: Signed[]
}
const TRY_AGAIN_AFTER = 4000
const KEPT = 'kept-roll' // of one activity, the last: a list of names is not gathered on a phone

/** What was refused in a set, each reason once. */
export const refusedIn = (lines: Line[]) =>
  Array.from(new Set(lines.filter((one) => one.refused).map((one) => sayNo(one.refused ?? '', one.facts)))).join('\n')

export function roll(id: Ref<string>) {
  const people = ref<Person[]>()
  const signed = ref<Signed[]>([])
  const no = ref('')
  const isOld = ref(false)
  const url = computed(() => `/api/v1/activities/${id.value}/ticks`)
  const waits = computed<Waits[]>(() =>
    waiting
      .filter((one) => one.url === url.value)
      .map((one) => {
        const [line] = (one.body as TickBody).ticks
        return { key: one.key, resident: line.resident, words: one.words, left: line.out_at !== undefined }
      }),
  )
  const isHere = (resident: string) =>
    (people.value ?? []).some((one) => one.resident === resident) || waits.value.some((one) => one.resident === resident)
  const toCome = computed(() => signed.value.filter((one) => ['has_place', 'reconfirmed'].includes(one.state) && !isHere(one.resident)))

  async function load() {
    try {
      ;[people.value, signed.value] = await ask(id.value)
      storage.write(KEPT, { activity: id.value, people: people.value, signed: signed.value })
      isOld.value = false
      no.value = ''
    } catch (problem) {
      no.value = told(problem)
      const kept = storage.read<Kept>(KEPT)
      if (kept?.activity === id.value && !people.value) [people.value, signed.value] = [kept.people, kept.signed]
      isOld.value = people.value !== undefined
    }
  }
  let again: ReturnType<typeof setInterval> | undefined
  onShow(() => {
    void load()
    again = setInterval(() => waits.value.length && void sync(), TRY_AGAIN_AFTER)
  })
  const rest = () => again && clearInterval(again)
  onHide(rest)
  onUnload(rest)
  watch(() => waits.value.length, (left, before) => left < before && void load())

  /** Write down that somebody came or left; what is refused is told, and what cannot be sent waits. */
  async function tick(who: Who, way: 'in' | 'out', at = new Date(serverNow()).toISOString()): Promise<{ no: string; waits: boolean }> {
    const open = (people.value ?? []).find((one) => one.resident === who.id && !one.out_at)?.in_at
    const unsent = waiting.filter((one) => one.url === url.value).map((one) => (one.body as TickBody).ticks[0])
    const since = open ?? unsent.find((one) => one.resident === who.id)?.in_at ?? at
    const body = { ticks: [way === 'out' ? { resident: who.id, in_at: since, out_at: at } : { resident: who.id, in_at: at }] }
    const words = t(way === 'out' ? 'people.waits.left' : 'people.waits.came', { name: who.called })
    const key = await newKey()
    const one = { key, url: url.value, method: 'POST', body, words }
    if (unsent.length) {
      later({ ...one, at }) // behind what waits already: who left is not sent before who came
      await sync()
      return { no: '', waits: waiting.some((each) => each.key === key) }
    }
    const path = { activity: id.value }
    const lines = await nowOrLater(() => call('post', '/api/v1/activities/{activity}/ticks', { path, body, key }), one)
    if (lines) await load()
    return { no: refusedIn((lines ?? []) as Line[]), waits: lines === undefined }
  }

  return { people, signed, toCome, waits, no, isOld, load, tick, forget: letGo }
}
