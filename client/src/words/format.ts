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
const sameDay = (a: Date, b: Date) => a.toDateString() === b.toDateString()
const WEEK_ZH = ['周日', '周一', '周二', '周三', '周四', '周五', '周六']
const WEEK_EN = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat']
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** 今天, 昨天, 明天, 11月3日 周二 (with its year when it is another one). */
export function day(iso: string, lang: Lang, now = new Date()): string {
  const there = new Date(iso.length === 10 ? `${iso}T00:00:00` : iso) // a day alone is a day here, not midnight in Greenwich
  const shifted = (days: number) => new Date(now.getFullYear(), now.getMonth(), now.getDate() + days)
  const near: [number, string, string][] = [
    [0, '今天', 'today'],
    [-1, '昨天', 'yesterday'],
    [1, '明天', 'tomorrow'],
  ]
  for (const [days, zh, en] of near) if (sameDay(there, shifted(days))) return lang === 'zh' ? zh : en
  const year = there.getFullYear() === now.getFullYear() ? '' : there.getFullYear()
  if (lang === 'en') {
    return `${WEEK_EN[there.getDay()]} ${there.getDate()} ${MONTHS[there.getMonth()]}${year ? ` ${year}` : ''}`
  }
  return `${year ? `${year}年` : ''}${there.getMonth() + 1}月${there.getDate()}日 ${WEEK_ZH[there.getDay()]}`
}

/** 今天 14:05 */
export function moment(iso: string, lang: Lang, now = new Date()): string {
  const there = new Date(iso)
  return `${day(iso, lang, now)} ${two(there.getHours())}:${two(there.getMinutes())}`
}
