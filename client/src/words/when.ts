// Days and months as the server writes them, by the village's calendar, wherever the phone thinks it is.

const VILLAGE_TIME = 8 * 3_600_000
const A_DAY = 86_400_000

/** 2026-11-22: the village's day at this moment. */
export const dayOf = (moment: number) => new Date(moment + VILLAGE_TIME).toISOString().slice(0, 10)

/** 2026-11-22, so many days from `now`. */
export const dayFrom = (now: Date, days: number) => dayOf(now.getTime() + days * A_DAY)

/** 2026-11, so many months from `month` (2026-11). */
export function monthFrom(month: string, months: number): string {
  const there = new Date(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5, 7)) - 1 + months, 1))
  return there.toISOString().slice(0, 7)
}

export const monthOf = (now: Date) => dayFrom(now, 0).slice(0, 7)

/** The days of an activity that one may mean by "I did this": the latest first, at most `most`. The server decides. */
export function daysDone(from: string, until: string, now: Date, most = 4): string[] {
  const first = dayOf(Date.parse(from))
  const last = [dayOf(Date.parse(until)), dayOf(now.getTime())].sort()[0]
  const found: string[] = []
  for (let day = last; day >= first && found.length < most; day = dayOf(Date.parse(`${day}T00:00:00Z`) - VILLAGE_TIME - A_DAY)) found.push(day)
  return found.length ? found : [first]
}

interface Timed {
  starts_at: string
  ends_at: string
}

/** What people look for first: what is still to begin (the next first), then what goes on for long; what is over stands apart. */
export function byTime<T extends Timed>(all: T[], now: Date): { soon: T[]; past: T[] } {
  const at = (iso: string) => new Date(iso).getTime()
  const today = Date.parse(`${dayOf(now.getTime())}T00:00:00Z`) - VILLAGE_TIME
  const by = (key: (one: T) => number) => (a: T, b: T) => key(a) - key(b)
  const open = all.filter((one) => at(one.ends_at) >= now.getTime())
  const coming = open.filter((one) => at(one.starts_at) >= today).sort(by((one) => at(one.starts_at)))
  const goingOn = open.filter((one) => at(one.starts_at) < today).sort(by((one) => at(one.ends_at)))
  const past = all.filter((one) => at(one.ends_at) < now.getTime()).sort(by((one) => -at(one.ends_at)))
  return { soon: [...coming, ...goingOn], past }
}

/** 2026Q4: the village's quarter at this moment. */
export function quarterOf(now: Date): string {
  const month = monthOf(now)
  return `${month.slice(0, 4)}Q${Math.ceil(Number(month.slice(5)) / 3)}`
}
