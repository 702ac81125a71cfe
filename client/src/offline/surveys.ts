// Answers on their way: kept on this phone while they are written, forgotten once they are handed in.
import { storage } from '@/platform/storage'

export type Answer = string | number | string[]
export type Answers = Record<string, Answer>

const draft = (survey: string) => `draft-survey-${survey}`
const HANDED_IN = 'handed-in' // which surveys, never what was answered

export const answersOf = (survey: string) => storage.read<Answers>(draft(survey)) ?? {}
export const keepAnswers = (survey: string, answers: Answers) => storage.write(draft(survey), answers)

export function handedIn(survey: string) {
  storage.drop(draft(survey))
  storage.write(HANDED_IN, [...new Set([survey, ...(storage.read<string[]>(HANDED_IN) ?? [])])].slice(0, 100))
}

export const isHandedIn = (survey: string) => (storage.read<string[]>(HANDED_IN) ?? []).includes(survey)
