// Every English word. Chinese is always there; English is read when a reader wants it.
import { en } from './en'
import { en as organiserEn } from './organiser.en'
import { en as residentEn } from './resident.en'
import { en as shopEn } from './shop.en'

export const english = { ...en, ...shopEn, ...organiserEn, ...residentEn }
