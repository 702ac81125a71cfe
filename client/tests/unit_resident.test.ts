// What the app decides by itself, and shows: days and sums as typed, codes as read, questions as asked, what waits.
import assert from 'node:assert/strict'
import { test } from 'node:test'

const kept = new Map<string, string>()
let answers: { statusCode: number; data: unknown }[] | 'no network' = []
const sent: { url: string; data: unknown; header: Record<string, string> }[] = []
Object.assign(globalThis, {
  uni: {
    getStorageSync: (key: string) => kept.get(key) ?? '',
    setStorageSync: (key: string, text: string) => void kept.set(key, text),
    removeStorageSync: (key: string) => void kept.delete(key),
    request: (o: { url: string; data: unknown; header: Record<string, string>; success: (r: unknown) => void; fail: () => void }) => {
      if (answers === 'no network') return o.fail()
      sent.push({ url: o.url, data: o.data, header: o.header })
      o.success(answers.shift() ?? { statusCode: 200, data: {} })
    },
  },
})
const { hundredths, yuan } = await import('../src/words/amounts')
const { byTime, dayFrom, daysDone, monthFrom } = await import('../src/words/when')
const { fit } = await import('../src/offline/fit')
const { whatCode } = await import('../src/offline/codes')
const { handIn, isAsked } = await import('../src/offline/asking')
const { nowOrLater } = await import('../src/offline/kept')
const { sent: outcomes, sync } = await import('../src/offline/sync')
const { waiting } = await import('../src/offline/queue')
const { Offline } = await import('../src/api/client')
const { span, length } = await import('../src/words/names')

test('a sum as typed is whole hundredths, or nothing at all', () => {
  assert.equal(hundredths('12.5'), 1250)
  assert.equal(yuan('0.01'), 100)
  for (const typed of ['', 'abc', '1.234', '-3', '1e3', '１２']) assert.equal(hundredths(typed), undefined, typed)
})

test('days and months are the village’s, wherever the phone is', () => {
  const lateInLondon = new Date('2026-12-31T16:30:00Z') // half past midnight in the village
  assert.equal(dayFrom(lateInLondon, 0), '2027-01-01')
  assert.equal(dayFrom(lateInLondon, -1), '2026-12-31')
  assert.equal(monthFrom('2026-12', 1), '2027-01')
  assert.equal(monthFrom('2026-01', -1), '2025-12')
})

test('one may mean the days of the activity, the latest first, and never a day to come', () => {
  const now = new Date('2026-11-22T04:00:00Z')
  assert.deepEqual(daysDone('2026-11-19T16:00:00Z', '2026-11-30T10:00:00Z', now), ['2026-11-22', '2026-11-21', '2026-11-20'])
  assert.deepEqual(daysDone('2026-11-03T05:00:00Z', '2026-11-03T08:00:00Z', now), ['2026-11-03'])
  assert.deepEqual(daysDone('2026-11-25T00:00:00Z', '2026-11-25T03:00:00Z', now), ['2026-11-25'])
  assert.equal(daysDone('2025-01-01T00:00:00Z', '2026-12-31T00:00:00Z', now).length, 4)
})

test('what begins next stands first, what is long under way after it, what is over apart', () => {
  const at = (id: string, from: string, until: string) => ({ id, starts_at: `${from}T01:00:00Z`, ends_at: `${until}T09:00:00Z` })
  const all = [at('all year', '2026-01-01', '2026-12-31'), at('over', '2026-02-01', '2026-02-02'), at('tomorrow', '2026-11-23', '2026-11-23'), at('today', '2026-11-22', '2026-11-22')]
  const { soon, past } = byTime(all, new Date('2026-11-22T04:00:00Z'))
  assert.deepEqual(soon.map((one) => one.id), ['today', 'tomorrow', 'all year'])
  assert.deepEqual(past.map((one) => one.id), ['over'])
})

test('times are told as people say them', () => {
  const now = new Date('2026-11-22T04:00:00Z')
  assert.equal(span('2026-11-23T01:00:00Z', '2026-11-23T03:30:00Z', now), '明天 09:00–11:30')
  assert.equal(span('2026-11-22T01:00:00Z', '2026-11-30T03:30:00Z', now), '今天 – 11月30日 周一')
  assert.equal(length(150), '2 小时 30 分钟')
})

test('a photo is made smaller, never larger, and never vanishes', () => {
  assert.deepEqual(fit(4000, 3000), { width: 1600, height: 1200 })
  assert.deepEqual(fit(800, 600), { width: 800, height: 600 })
  assert.deepEqual(fit(90_000, 3), { width: 1600, height: 1 })
})

test('a code is what it is, also one of WeChat or of nobody we know', () => {
  assert.deepEqual(whatCode(' GF1:7:58123:AbC '), { is: 'presence', activity: '7' })
  assert.deepEqual(whatCode('https://village.example/pay/250315678152654850'), { is: 'sign', shop: '250315678152654850' })
  assert.deepEqual(whatCode('https://village.example/a/12?x=1'), { is: 'activity', activity: '12' })
  assert.deepEqual(whatCode('123456'), { is: 'digits' })
  assert.deepEqual(whatCode('3714 2425 1520 4408 7818'), { is: 'pay-code' })
  assert.deepEqual(whatCode('wxp://f2f0abc'), { is: 'wechat' })
  assert.deepEqual(whatCode('134567890123456789'), { is: 'wechat' })
  for (const foreign of ['', 'hello', 'https://elsewhere.example/pay/abc']) assert.deepEqual(whatCode(foreign), { is: 'foreign' })
})

const question = (code: string, more: object = {}) => ({ code, asks: 'one' as const, zh: code, en: code, least: 0, most: 0, options: [], ...more })

test('a question with a condition is asked once it holds, and its answer goes along only then', () => {
  const all = [question('lamp'), question('where', { asks: 'text', only_if: { question: 'lamp', answers: ['dark'] } }), question('how', { asks: 'scale', only_if: { question: 'where', answers: ['prefer_not'] } })]
  assert.deepEqual(all.map((one) => isAsked(one, all, { lamp: 'fine', where: 'at the bridge' })), [true, false, false])
  assert.deepEqual(handIn(all, { lamp: 'fine', where: 'at the bridge' }), { lamp: 'fine' })
  assert.deepEqual(handIn(all, { lamp: 'dark', where: 'prefer_not', how: '3' }), { lamp: 'dark', where: 'prefer_not', how: 3 })
  assert.deepEqual(handIn(all, { lamp: '', where: 'x' }), {})
})

test('a check-in without a network waits with its time, goes once, and says what came of it', async () => {
  answers = 'no network'
  const one = { key: 'k1', url: '/api/v1/activities/7/in', method: 'POST', body: { code: '123456', read_at: 'then' }, words: '清渠 · 签到了', stamped: true }
  const never = () => Promise.reject(new Offline())
  assert.equal(await nowOrLater(never, one), undefined)
  assert.equal(await nowOrLater(never, one), undefined)
  await sync()
  assert.equal(waiting.length, 1)
  answers = [{ statusCode: 409, data: { code: 'wrong', facts: {}, title: '签到码不对' } }]
  await Promise.all([sync(), sync()])
  assert.equal(sent.length, 1)
  assert.equal(sent[0].header['Idempotency-Key'], 'k1')
  assert.equal((sent[0].data as { read_at: string }).read_at, 'then')
  assert.ok((sent[0].data as { sent_at?: string }).sent_at)
  assert.deepEqual([...outcomes], [{ what: '清渠 · 签到了', no: '签到码不对' }])
  assert.equal(waiting.length, 0)
})

test('what waits is kept while the server is ill or the person is signed out, and a real no is not kept', async () => {
  answers = 'no network'
  await nowOrLater(() => Promise.reject(new Offline()), { key: 'k2', url: '/x', method: 'POST', body: {}, words: 'x' })
  for (const statusCode of [500, 401]) {
    answers = [{ statusCode, data: {} }]
    await sync()
    assert.equal(waiting.length, 1)
  }
  await assert.rejects(nowOrLater(() => Promise.reject(new Error('no')), { key: 'k3', url: '/x', method: 'POST', body: {}, words: 'x' }))
  assert.equal(waiting.length, 1)
})
