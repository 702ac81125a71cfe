// What an announcement is made from: a ready template, an earlier activity, or nothing but its kind.
import { money } from '@/words/format'

export const EMPTY = {
  kind: '', what: '', title: '', title_en: '', text: '', place: '', day: '', last: '', from: '08:30', until: '11:30',
  places: '', reserved: '', paper: '', budget: '', payer: '', pay: '', order: '',
}
export type Typed = typeof EMPTY

interface Earlier {
  kind: string
  what: string
  title: string
  title_en: string
  text: string
  place: string
  places?: number | null
  reserved_places: number
  paper_path: string
  payer: string
  pay_money: number
}

const whole = (count?: number | null) => (count ? String(count) : '')
/** 120.50 from hundredths of a fen; empty for nothing. */
const yuan = (amount: number) => (amount ? money(amount).replace(/[¥,]/g, '').replace(/\.00$/, '') : '')

/** The words of an earlier activity; the day and the order are chosen anew. */
export const like = (one: Earlier): Partial<Typed> => ({
  kind: one.kind, what: one.what, title: one.title, title_en: one.title_en, text: one.text, place: one.place,
  places: whole(one.places), reserved: whole(one.reserved_places), paper: one.paper_path, payer: one.payer, pay: yuan(one.pay_money),
})

/** The village's clock, wherever the phone thinks it is. */
export const at = (day: string, time: string) => `${day}T${time}:00+08:00`

/** So many days after a day, as a day: 2026-11-22 and 2 is 2026-11-24. */
export const daysAfter = (day: string, days: number) => new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)

export const isWhole = (text: string) => /^\s*\d{0,6}\s*$/.test(text)
