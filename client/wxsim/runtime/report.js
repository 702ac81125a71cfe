// What a walk asserts on: `errors` and `missing` must stay empty; the rest says what happened, and what is to happen.
export const sim = (window.__wxsim = {
  errors: [], // what went wrong in the package's own code
  missing: [], // what the package asked of wx that is not there
  calls: [], // what it asked for, in words
  requests: [],
  routes: [],
  ready: false,
  // What the world is like; a walk changes it.
  world: {
    scan: null, // what the camera reads; null: the person goes back
    login: 'code-of-wxsim', // what wx.login answers; null: it fails
    network: 'wifi', // 'none': nothing goes out
    storageIsFull: false,
    privacy: 'agree', // 'refuse': a private interface fails as WeChat lets it fail
    needsPrivacy: false,
    confirm: true, // what a person answers to a question
    sheet: 0, // which line of an action sheet is chosen; null: none
    subscribe: 'accept',
    files: [], // what the album gives: [{path, size}]
    cannotCompress: false, // a phone that makes no picture smaller
    fontSize: 16,
    theme: 'light',
    launch: {}, // the query the mini program is opened with
    ...JSON.parse(sessionStorage.getItem('wxsim-world') ?? '{}'),
  },
})

export function wrong(where, problem) {
  sim.errors.push(`${where}: ${(problem && (problem.stack || problem.message || problem.errMsg)) || problem}`)
}

export const note = (words) => sim.calls.push(words)
