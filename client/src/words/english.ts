// Every English word. Chinese is always there; English is read when a reader wants it.
import { en } from './en'
import { en as organiserEn } from './organiser.en'
import { en as ownEn } from './own.en'
import { en as payingEn } from './paying.en'
import { en as residentEn } from './resident.en'
import { en as shopEn } from './shop.en'
import { en as villageEn } from './village.en'

export const english = { ...en, ...shopEn, ...organiserEn, ...residentEn, ...payingEn, ...ownEn, ...villageEn }
