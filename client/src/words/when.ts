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

interface Timed {
  starts_at: string
  ends_at: string
}

/** What people look for first: what is still to begin (the next first), then what goes on for long; what is over stands apart. */
export function byTime<T extends Timed>(all: T[], now: Date): { soon: T[]; past: T[] } {
  const at = (iso: string) => new Date(iso).getTime()
  const today = new Date(now.getFullYear(), now.getMonth(), now.getDate()).getTime()
  const by = (key: (one: T) => number) => (a: T, b: T) => key(a) - key(b)
  const open = all.filter((one) => at(one.ends_at) >= now.getTime())
  const coming = open.filter((one) => at(one.starts_at) >= today).sort(by((one) => at(one.starts_at)))
  const goingOn = open.filter((one) => at(one.starts_at) < today).sort(by((one) => at(one.ends_at)))
  const past = all.filter((one) => at(one.ends_at) < now.getTime()).sort(by((one) => -at(one.ends_at)))
  return { soon: [...coming, ...goingOn], past }
}
