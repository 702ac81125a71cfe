// Amounts and days as people say them. Amounts come as whole hundredths and are only shown here, never computed with.

export type Lang = 'zh' | 'en'

const grouped = (whole: string) => whole.replace(/\B(?=(\d{3})+$)/g, ',')

function decimal(hundredths: number, digits: number): { sign: string; whole: string; rest: string } {
  const sign = hundredths < 0 ? '−' : ''
  const text = String(Math.abs(hundredths)).padStart(digits + 1, '0')
  return { sign, whole: grouped(text.slice(0, -digits)), rest: text.slice(-digits) }
}

/** ¥12.50 from hundredths of a fen (125000). Hundredths of a fen themselves are shown only where there are some. */
export function money(amount: number): string {
  const { sign, whole, rest } = decimal(amount, 4)
  const shown = rest.endsWith('00') ? rest.slice(0, 2) : rest.replace(/0+$/, '')
  return `${sign}¥${whole}.${shown}`
}

/** 30 or 1.5 from hundredths of a point: no needless zeros. */
export function points(amount: number): string {
  const { sign, whole, rest } = decimal(amount, 2)
  const shown = rest.replace(/0+$/, '')
  return `${sign}${whole}${shown ? `.${shown}` : ''}`
}

const two = (n: number) => String(n).padStart(2, '0')
const WEEK_ZH = ['周日', '周一', '周二', '周三', '周四', '周五', '周六']
const WEEK_EN = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat']
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

const VILLAGE_TIME = 8 * 3_600_000 // the village's clock, wherever the phone thinks it is
const A_DAY = 86_400_000

/** The moment as the village's clock shows it, to be read by the UTC getters. A day alone is that day. */
function there(iso: string): Date {
  return new Date(iso.length === 10 ? Date.parse(`${iso}T00:00:00Z`) : Date.parse(iso) + VILLAGE_TIME)
}
const dayNumber = (shown: Date) => Math.floor(shown.getTime() / A_DAY)

/** 今天, 昨天, 明天, 11月3日 周二 (with its year when it is another one). */
export function day(iso: string, lang: Lang, now = new Date()): string {
  const shown = there(iso)
  const today = new Date(now.getTime() + VILLAGE_TIME)
  const near: Record<number, [string, string]> = { 0: ['今天', 'today'], [-1]: ['昨天', 'yesterday'], 1: ['明天', 'tomorrow'] }
  const close = near[dayNumber(shown) - dayNumber(today)]
  if (close) return close[lang === 'zh' ? 0 : 1]
  const year = shown.getUTCFullYear() === today.getUTCFullYear() ? '' : shown.getUTCFullYear()
  if (lang === 'en') {
    return `${WEEK_EN[shown.getUTCDay()]} ${shown.getUTCDate()} ${MONTHS[shown.getUTCMonth()]}${year ? ` ${year}` : ''}`
  }
  return `${year ? `${year}年` : ''}${shown.getUTCMonth() + 1}月${shown.getUTCDate()}日 ${WEEK_ZH[shown.getUTCDay()]}`
}

/** 2026年11月, Nov 2026: a month named as 2026-11. */
export function month(key: string, lang: Lang): string {
  const [year, number] = key.split('-').map(Number)
  return lang === 'en' ? `${MONTHS[number - 1]} ${year}` : `${year}年${number}月`
}

/** 14:05, by the village's clock. */
export function clockTime(iso: string): string {
  const shown = there(iso)
  return `${two(shown.getUTCHours())}:${two(shown.getUTCMinutes())}`
}

/** 今天 14:05 */
export function moment(iso: string, lang: Lang, now = new Date()): string {
  return `${day(iso, lang, now)} ${clockTime(iso)}`
}
