// What waits for oneself, each with where to go: payments to confirm, corrections, agreed help, surveys, the month's notices.
import { No, call } from '@/api/client'
import { villageHere } from '@/api/village'
import { isHandedIn } from '@/offline/surveys'
import type { Page } from '@/ui/go'
import type { Icon } from '@/ui/icons'
import { type Word, lang } from '@/words'
import { day, money, points } from '@/words/format'
import { either } from '@/words/names'

export interface Wait {
  key: string
  icon: Icon
  word: Word
  facts: Record<string, unknown>
  page: Page
  asked: Record<string, string>
}

/** A list that may not be there for this person: nothing then, and the others are still shown. */
async function ifThere<T>(asked: Promise<T[]>): Promise<T[]> {
  try {
    return await asked
  } catch (problem) {
    if (problem instanceof No) return []
    throw problem
  }
}

export async function whatWaits(): Promise<Wait[]> {
  const village = await villageHere()
  const path = { village }
  const running = (kind: string) =>
    call('get', '/api/v1/villages/{village}/activities', { path, query: { kind, running: true, limit: 5 } }).then((page) => page.items)
  const [asks, corrections, helps, surveys, notices, mine, errands, unread] = await Promise.all([
    ifThere(call('get', '/api/v1/me/confirmations')),
    ifThere(call('get', '/api/v1/me/corrections')),
    ifThere(call('get', '/api/v1/me/helps')),
    ifThere(call('get', '/api/v1/villages/{village}/surveys', { path })),
    ifThere(running('article')),
    ifThere(call('get', '/api/v1/me/participations', { query: { limit: 50 } }).then((page) => page.items)),
    ifThere(call('get', '/api/v1/me/errands')),
    call('get', '/api/v1/me/inbox/unread'),
  ])
  const done = new Set(mine.map((one) => one.activity))
  const found: Wait[] = [
    ...asks.map((one): Wait => ({ key: `ask-${one.id}`, icon: 'money', word: 'home.confirm', facts: { shop: one.shop, money: money(one.money) }, page: 'confirm', asked: { id: one.id } })),
    ...corrections.map((one): Wait => ({ key: `fix-${one.id}`, icon: 'paper', word: 'waits.correction', facts: { title: one.title }, page: 'corrections', asked: {} })),
    ...helps
      .filter((one) => one.state === 'proposed' && !one.i_proposed)
      .map((one): Wait => ({ key: `help-${one.id}`, icon: 'help', word: 'waits.help', facts: { who: one.called, points: points(one.points) }, page: 'board', asked: {} })),
    ...surveys
      .filter((one) => one.state === 'open' && !done.has(one.activity) && !isHandedIn(one.id))
      .map((one): Wait => ({ key: `survey-${one.id}`, icon: 'list', word: 'waits.survey', facts: { title: either(one.title, one.title_en), day: day(one.closes_at, lang.value) }, page: 'survey', asked: { id: one.id, village } })),
    ...notices
      .filter((one) => !done.has(one.id))
      .slice(0, 1)
      .map((one): Wait => ({ key: `notice-${one.id}`, icon: 'paper', word: 'waits.notices', facts: { title: either(one.title, one.title_en) }, page: 'activity', asked: { id: one.id, village } })),
  ]
  if (errands.length) found.push({ key: 'errands', icon: 'people', word: 'waits.errands', facts: { n: errands.length }, page: 'roster', asked: {} })
  if (unread.unread) found.push({ key: 'inbox', icon: 'bell', word: 'waits.inbox', facts: { n: unread.unread }, page: 'inbox', asked: {} })
  return found
}
