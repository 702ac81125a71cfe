// Days and months as the server writes them, counted on this phone's calendar.

const two = (n: number) => String(n).padStart(2, '0')

/** 2026-11-22, so many days from `now`. */
export function dayFrom(now: Date, days: number): string {
  const there = new Date(now.getFullYear(), now.getMonth(), now.getDate() + days)
  return `${there.getFullYear()}-${two(there.getMonth() + 1)}-${two(there.getDate())}`
}

/** 2026-11, so many months from `month` (2026-11). */
export function monthFrom(month: string, months: number): string {
  const there = new Date(Number(month.slice(0, 4)), Number(month.slice(5, 7)) - 1 + months, 1)
  return `${there.getFullYear()}-${two(there.getMonth() + 1)}`
}

export const monthOf = (now: Date) => dayFrom(now, 0).slice(0, 7)
