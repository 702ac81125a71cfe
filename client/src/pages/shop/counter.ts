// Taking a payment at the counter. What was sent and not answered is kept, so that it is asked again and never taken twice.
import { ref } from 'vue'

import { No, Offline, call } from '@/api/client'
import { newKey } from '@/api/session'
import { online } from '@/offline/network'
import { storage } from '@/platform/storage'
import { lang } from '@/words'

export interface Card {
  card: string
  pin: string
  part?: number | null
}
/** What is asked of the server. A card's PIN is never kept: after a break its holder types it again. */
export type Wanted = { pay_code: string; money: number } | { cards: Card[]; money: number }
export interface Answer {
  number: number
  money: number
  state: string
  spoken: string
  phrase: string
}
interface Unsure {
  pay_code: string
  money: number
  key: string
}

const KEPT = 'till-unsure'
export const unsure = ref(storage.read<Unsure>(KEPT))
export const last = ref<Answer>()
/** The sum under the keypad, kept while the person goes to the card page and back. */
export const sum = ref('')

function remember(what: Unsure | undefined) {
  unsure.value = what
  if (what) storage.write(KEPT, what)
  else storage.drop(KEPT)
}

const said = (words: unknown) => (words as Record<string, string>)[lang.value] ?? ''

/** Take it; a no is thrown as `No`. When the answer is lost it is kept as unsure, and `Offline` is thrown. */
export async function take(wanted: Wanted): Promise<Answer> {
  const before = unsure.value
  const isAgain = before && 'pay_code' in wanted && before.pay_code === wanted.pay_code && before.money === wanted.money
  const key = isAgain ? before.key : await newKey()
  try {
    const got =
      'pay_code' in wanted
        ? await call('post', '/api/v1/till/payments', { body: wanted, key, as: 'till' })
        : await call('post', '/api/v1/till/card-payments', { body: wanted, key, as: 'till' })
    online.value = true
    remember(undefined)
    last.value = { number: got.number, money: got.money, state: got.state, spoken: said(got.spoken), phrase: said(got.phrase) }
    return last.value
  } catch (problem) {
    if (problem instanceof No && problem.status < 500) remember(undefined)
    if (problem instanceof Offline && 'pay_code' in wanted) remember({ ...wanted, key })
    throw problem
  }
}

/** What became of a payment that waits for the customer's phone. */
export async function whatBecame(number: number): Promise<Answer> {
  const got = await call('get', '/api/v1/till/payments/{number}', { path: { number }, as: 'till' })
  return { number: got.number, money: got.money, state: got.state, spoken: said(got.spoken), phrase: said(got.phrase) }
}

let newest: number | undefined // the newest payment that this till knows of

/** What was paid at the shop's printed sign since this was asked last; the first time nothing is new. */
export async function bySign(): Promise<Answer | undefined> {
  const { items } = await call('get', '/api/v1/till/payments', { query: { limit: 5 }, as: 'till' })
  const before = newest
  newest = Math.max(before ?? 0, ...items.map((one) => one.number))
  const fresh = before === undefined ? undefined : items.find((one) => one.how === 'sign' && one.number > before)
  return fresh && whatBecame(fresh.number)
}
