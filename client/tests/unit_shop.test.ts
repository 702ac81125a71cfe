// What a till and a leader's phone decide by themselves: sums, what was scanned, what was sent without an answer, the rotating code.
import assert from 'node:assert/strict'
import { test } from 'node:test'

const kept = new Map<string, string>()
let answer: { statusCode: number; data: unknown } | 'no network' = 'no network'
const sent: { url: string; data: unknown; key: string; token: string }[] = []
Object.assign(globalThis, {
  uni: {
    getStorageSync: (key: string) => kept.get(key) ?? '',
    setStorageSync: (key: string, text: string) => void kept.set(key, text),
    removeStorageSync: (key: string) => void kept.delete(key),
    request: (o: { url: string; data: unknown; header: Record<string, string>; success: (r: unknown) => void; fail: () => void }) => {
      sent.push({ url: o.url, data: o.data, key: o.header['Idempotency-Key'], token: o.header.Authorization })
      if (answer === 'no network') return o.fail()
      o.success({ header: {}, ...answer })
    },
  },
})
const { readSum, whatIs } = await import('../src/pages/shop/sums')
const { last, take, unsure } = await import('../src/pages/shop/counter')
const { askTill, isPaired, pair, readToken, wasEnded } = await import('../src/pages/shop/paired')
const { codeAt, fetchKey, shownNow } = await import('../src/pages/organiser/rotating')
const { No, Offline } = await import('../src/api/client')
const { sayNo, speak } = await import('../src/words')
const { startRefusals } = await import('../src/words/refusals')

const CODE = '37772178954282213060'
const TOKEN = '17.WbpdrjSOQb3Ku3MIpmwhgGyBuAyDSTQuO4igylb5D_8'
const RECEIPT = { number: 7, money: 80_000, state: 'paid', spoken: { zh: '收到8元' }, phrase: { zh: '黄牛 小虾' } }

test('a sum as it is typed is whole hundredths of a fen, or no sum', () => {
  assert.equal(readSum('12.5'), 125_000)
  assert.equal(readSum('.5'), 5_000)
  assert.equal(readSum('8'), 80_000)
  assert.equal(readSum(''), 0)
  for (const typed of ['abc', '1.234', '-3', '1e3', '12345678']) assert.equal(readSum(typed), undefined, typed)
})

test('what is scanned at the counter is known for what it is', () => {
  assert.equal(whatIs('3777 2178 9542 8221 3060'), 'code')
  assert.equal(whatIs('GPJNBQUPW4EF7HOABXCX7OHRWE'), 'card')
  assert.equal(whatIs('https://village.example/pay/250330368228458496'), 'sign')
  assert.equal(whatIs('134567890123456789'), 'weixin')
  assert.equal(whatIs('wxp://f2f0abc'), 'weixin')
  assert.equal(whatIs('WIFI:S:village;;'), 'other')
})

test('a till’s token is found in what was scanned or typed, and nothing else is one', () => {
  assert.equal(readToken(TOKEN), TOKEN)
  assert.equal(readToken(`  ${TOKEN} `), TOKEN)
  for (const text of ['', '17.short', CODE, 'https://village.example/']) assert.equal(readToken(text), undefined, text)
})

test('what was sent and not answered is asked again with its key, and is then no longer unsure', async () => {
  answer = 'no network'
  await assert.rejects(take({ pay_code: CODE, money: 80_000 }), Offline)
  assert.equal(unsure.value?.money, 80_000)
  assert.ok(kept.get('till-unsure')?.includes(CODE)) // a closed page keeps it, too
  answer = { statusCode: 201, data: RECEIPT }
  assert.equal((await take({ pay_code: CODE, money: 80_000 })).spoken, '收到8元')
  const [first, again] = sent.slice(-2)
  assert.equal(again.key, first.key)
  assert.equal(unsure.value, undefined)
  assert.equal(last.value?.number, 7)
})

test('a no ends the unsureness, and a card’s PIN is never kept', async () => {
  answer = { statusCode: 409, data: { code: 'too_little', facts: {}, title: '不够' } }
  await assert.rejects(take({ pay_code: CODE, money: 80_000 }), No)
  assert.equal(unsure.value, undefined)
  answer = 'no network'
  await assert.rejects(take({ cards: [{ card: 'GPJNBQUPW4EF7HOABXCX7OHRWE', pin: '290417' }], money: 80_000 }), Offline)
  assert.equal(unsure.value, undefined)
  assert.ok(!Array.from(kept.values()).join().includes('290417'))
})

test('a till speaks with its own token, and a till that was ended says so and takes nothing', async () => {
  pair(TOKEN)
  answer = { statusCode: 200, data: { shop: '小芳超市', label: '柜台', place: '', hours: [] } }
  assert.equal((await askTill())?.shop, '小芳超市')
  assert.equal(sent[sent.length - 1].token, `Bearer ${TOKEN}`)
  answer = { statusCode: 401, data: { code: 'sign_in_first', facts: {}, title: '请先登录' } }
  assert.equal(await askTill(), undefined)
  assert.equal(isPaired.value, false)
  assert.equal(wasEnded.value, true)
})

test('the rotating code is the server’s: its QR and its six digits', () => {
  const key = 'AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8='
  assert.deepEqual(codeAt(key, '250330368228458496', 59_000_000), {
    qr: 'GF1:250330368228458496:59000000:HKR7PVGQYMQQRC2R',
    digits: '348014',
  })
  assert.equal(codeAt(key, '250330368228458496', 59_000_001).digits, '635171')
})

test('with the key the phone shows the code without network, by the server’s clock', async () => {
  assert.equal(shownNow('5'), undefined)
  const ahead = 3_600_000 // this phone is an hour slow
  const key = 'AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8='
  answer = { statusCode: 200, data: { activity: '5', key, now: new Date(Date.now() + ahead).toISOString(), codes: [] } }
  await fetchKey('5')
  answer = 'no network'
  const now = 59_000_000 * 30_000 + 12_000 - ahead
  const shown = shownNow('5', now)
  assert.equal(shown?.digits, '348014')
  assert.ok(shown && shown.left > 0 && shown.left <= 30)
})

test('every no has words in both languages, its facts read as people read them', async () => {
  startRefusals(0)
  while (sayNo('allowance_reached', { left: 1 }).includes('allowance_reached')) await new Promise((next) => setImmediate(next))
  assert.match(sayNo('allowance_reached', { left: 125_000 }), /¥12\.50/)
  assert.match(sayNo('allowance_reached', {}), /…/)
  speak('en')
  assert.match(sayNo('allowance_reached', { left: 125_000 }), /limit/)
  assert.match(sayNo('a_code_of_a_newer_server'), /a_code_of_a_newer_server/)
  assert.equal(sayNo('too_little', {}, 'as the server said'), 'as the server said')
  speak('zh')
})
