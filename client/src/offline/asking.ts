// Which questions of a survey are shown: one with a condition appears once its condition is answered. Shown only; the
// server reads the answers by the same published form.
import type { Answers } from './surveys'

export interface Question {
  code: string
  asks: 'one' | 'many' | 'scale' | 'number' | 'text'
  zh: string
  en: string
  least: number
  most: number
  bands?: number[]
  options: { code: string; zh: string; en: string }[]
  only_if?: { question: string; answers: string[] }
}

export const PREFER_NOT = 'prefer_not'

/** Whether a question is asked, given what was answered so far: its own condition, and that of the question it names. */
export function isAsked(question: Question, all: Question[], answers: Answers): boolean {
  const rule = question.only_if
  if (!rule) return true
  const before = all.find((one) => one.code === rule.question)
  if (!before || !isAsked(before, all, answers)) return false
  const given = answers[rule.question]
  const said = Array.isArray(given) ? given : [given === undefined ? 'blank' : String(given)]
  return said.some((one) => rule.answers.includes(one))
}

/** The answers that are handed in: of the questions that are asked, without what was left empty. */
export function handIn(all: Question[], answers: Answers): Answers {
  const asked = all.filter((one) => isAsked(one, all, answers))
  const given = asked.filter((one) => answers[one.code] !== undefined && answers[one.code] !== '' && String(answers[one.code]).length)
  return Object.fromEntries(
    given.map((one) => {
      const answer = answers[one.code]
      const isNumber = one.asks === 'number' || one.asks === 'scale'
      return [one.code, isNumber && answer !== PREFER_NOT ? Number(answer) : answer]
    }),
  )
}
