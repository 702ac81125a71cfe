// Names that come in two languages, and the little words around numbers.
import { clockTime, day, points } from './format'
import { type Word, lang, t } from './index'

/** In the reader's language, where there is one. */
export const either = (zh: string, en?: string | null) => (lang.value === 'en' && en ? en : zh)

/** 每小时 10 工分 */
export const worth = (terms: { points: number; unit: string }) =>
  terms.points ? t(`worth.${terms.unit}` as Word, { points: points(terms.points) }) : ''

/** 明天 09:00–11:30; what takes longer than a day is told by its days alone: 今天 – 11月30日 周一. */
export function span(from: string, until: string, now = new Date()): string {
  const first = day(from, lang.value, now)
  const last = day(until, lang.value, now)
  return first === last ? `${first} ${clockTime(from)}–${clockTime(until)}` : `${first} – ${last}`
}

/** 2 小时 30 分钟 */
export function length(minutes: number): string {
  const hours = Math.floor(minutes / 60)
  const rest = minutes % 60
  if (!hours) return t('length.minutes', { minutes: rest })
  return rest ? t('length.both', { hours, minutes: rest }) : t('length.hours', { hours })
}
