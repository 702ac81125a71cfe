// One's own amounts, unless the reader has hidden them; what is public is never hidden.
import { look } from '@/ui/look'
import { money, points } from '@/words/format'

const VEIL = '···'

export const ownMoney = (amount: number) => (look.hidden ? VEIL : money(amount))
export const ownPoints = (amount: number) => (look.hidden ? VEIL : points(amount))

/** A sentence about one's own money: its numbers are covered too. */
export const veiled = (told: string) => (look.hidden ? told.replace(/[+−-]?¥?\d[\d,]*(\.\d+)?/g, VEIL) : told)
