// Who opens it, what they agreed to, what they want to hear of.
import { note, sim } from '../report.js'
import { always, no, yes } from './answer.js'

let asksForPrivacy

function requirePrivacyAuthorize(options) {
  note('privacy')
  if (sim.world.needsPrivacy && asksForPrivacy) {
    asksForPrivacy((answer) => {
      note(`privacy ${answer.event}`)
      if (answer.event === 'exposureAuthorization') return
      sim.world.privacy = answer.event
      answer.event === 'agree' ? yes('requirePrivacyAuthorize', options) : no('requirePrivacyAuthorize', options, 'user disagree')
    }, { referrer: 'scanCode' })
    return undefined
  }
  return sim.world.privacy === 'agree' ? yes('requirePrivacyAuthorize', options) : no('requirePrivacyAuthorize', options, 'user disagree')
}

function requestSubscribeMessage(options) {
  note(`subscribe ${options.tmplIds.join(' ')}`)
  return yes('requestSubscribeMessage', options, Object.fromEntries(options.tmplIds.map((one) => [one, sim.world.subscribe])))
}

function login(options) {
  note('login')
  return sim.world.login === null ? no('login', options, 'network') : yes('login', options, { code: sim.world.login })
}

export const account = {
  login,
  checkSession: always('checkSession'),
  getAccountInfoSync: () => ({ miniProgram: { appId: 'wxsim', envVersion: 'develop', version: '' } }),
  getPrivacySetting: (options) =>
    yes('getPrivacySetting', options, { needAuthorization: sim.world.needsPrivacy && sim.world.privacy !== 'agree', privacyContractName: '《隐私保护指引》' }),
  onNeedPrivacyAuthorization: (listener) => (asksForPrivacy = listener),
  requirePrivacyAuthorize,
  openPrivacyContract: always('openPrivacyContract'),
  getSetting: (options) => yes('getSetting', options, { authSetting: {}, subscriptionsSetting: { mainSwitch: true, itemSettings: {} } }),
  openSetting: always('openSetting', { authSetting: {} }),
  authorize: always('authorize'),
  requestSubscribeMessage,
}
