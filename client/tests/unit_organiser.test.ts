// What an organiser's phone makes of what was typed: a survey's questions, an earlier activity's words, sums and days.
import assert from 'node:assert/strict'
import { test } from 'node:test'

Object.assign(globalThis, { uni: { getStorageSync: () => '', setStorageSync: () => undefined, removeStorageSync: () => undefined } })
const { answersOf, blank, optionsOf, readYuan, toSend, without } = await import('../src/pages/organiser/questions')
const { daysAfter, isWhole, like } = await import('../src/pages/organiser/begin')

const lamp = { ...blank(), zh: '要不要路灯？', options: '要 | Yes\n不要｜No\n\n' }
const why = { ...blank(), asks: 'text' as const, zh: '为什么？', only: '1', answers: ['a2'] }

test('an answer is a line, its English stands after a bar, its place is its code', () => {
  assert.deepEqual(optionsOf(lamp.options), [
    { code: 'a1', zh: '要', en: 'Yes' },
    { code: 'a2', zh: '不要', en: 'No' },
  ])
  assert.deepEqual(answersOf({ ...blank(), asks: 'scale', least: '1', most: '3' }).map((one) => one.key), ['1', '2', '3'])
  assert.deepEqual(answersOf({ ...blank(), asks: 'text' }), [])
})

test('questions are sent with what their way of asking has, and nothing besides', () => {
  const age = { ...blank(), asks: 'number' as const, zh: '几岁？', least: '0', most: '120', bands: '0，18 60' }
  assert.deepEqual(toSend([lamp, why, age]), [
    { code: 'q1', asks: 'one', zh: '要不要路灯？', en: '', options: optionsOf(lamp.options) },
    { code: 'q2', asks: 'text', zh: '为什么？', en: '', most: 0, only_if: { question: 'q1', answers: ['a2'] } },
    { code: 'q3', asks: 'number', zh: '几岁？', en: '', least: 0, most: 120, bands: [0, 18, 60] },
  ])
})

test('a question that is taken out takes the conditions on it along, and later ones move up', () => {
  assert.deepEqual(without([lamp, why], 0).map((one) => [one.zh, one.only]), [['为什么？', '']])
  assert.equal(without([blank(), lamp, { ...why, only: '2' }], 0)[1].only, '1')
})

test('an earlier activity gives its words and its pay, never its day or its order', () => {
  const before = {
    kind: 'labor', what: 'paid', title: '疏果', title_en: '', text: '', place: '果园', places: 10, reserved_places: 0,
    paper_path: '登记', payer: '合作社', pay_money: 1_205_000,
  }
  const typed = like(before)
  assert.deepEqual([typed.pay, typed.places, typed.reserved, typed.day, typed.order], ['120.50', '10', '', undefined, undefined])
  assert.equal(readYuan(typed.pay ?? ''), 1_205_000)
  assert.equal(readYuan('一百'), undefined)
  assert.equal(daysAfter('2026-12-30', 3), '2027-01-02')
  assert.deepEqual([isWhole('12'), isWhole(''), isWhole('1.5')], [true, true, false])
})
