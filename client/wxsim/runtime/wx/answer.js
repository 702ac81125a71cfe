// How WeChat answers: by success, fail and complete, or by a promise when none of them is given.
import { wrong } from '../report.js'

const asksBack = (options) => options && (options.success || options.fail || options.complete)

function later(name, options, way, answer) {
  setTimeout(() => {
    try {
      options[way]?.(answer)
      options.complete?.(answer)
    } catch (problem) {
      wrong(`wx.${name}`, problem)
    }
  })
}

export function yes(name, options, facts = {}) {
  const answer = { errMsg: `${name}:ok`, ...facts }
  return asksBack(options) ? later(name, options, 'success', answer) : Promise.resolve(answer)
}

export function no(name, options, why = '', facts = {}) {
  const answer = { errMsg: `${name}:fail${why && ` ${why}`}`, ...facts }
  return asksBack(options) ? later(name, options, 'fail', answer) : Promise.reject(answer)
}

export const always = (name, facts) => (options) => yes(name, options, facts)
