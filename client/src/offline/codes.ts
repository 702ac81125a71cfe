// What a scanned or typed text is: a code of the village, or one of something else that we can name.

export type Code =
  | { is: 'presence'; activity: string }
  | { is: 'sign'; shop: string }
  | { is: 'activity'; activity: string } // a poster
  | { is: 'digits' } // six digits of an activity's screen: which activity, the person says
  | { is: 'pay-code' } // somebody's own pay code: a shop takes it, nobody else
  | { is: 'wechat' }
  | { is: 'foreign' }

/** GF1:activity:step:tag is a presence code; …/pay/<number> is a shop's sign, …/a/<number> a poster; 20 digits are a pay code. */
export function whatCode(content: string): Code {
  const text = content.trim()
  const presence = /^GF1:(\d{1,19}):/.exec(text)
  if (presence) return { is: 'presence', activity: presence[1] }
  const sign = /\/pay\/(\d{1,19})(?:$|[/?#])/.exec(text)
  if (sign) return { is: 'sign', shop: sign[1] }
  const poster = /\/a\/(\d{1,19})(?:$|[/?#])/.exec(text)
  if (poster) return { is: 'activity', activity: poster[1] }
  if (/^wxp:\/\/|weixin\.qq\.com|^https?:\/\/(payapp|wx)\./i.test(text) || /^1[0-5]\d{16}$/.test(text)) return { is: 'wechat' }
  const digits = text.replace(/\s/g, '')
  if (/^\d{20}$/.test(digits)) return { is: 'pay-code' }
  if (/^\d{6}$/.test(digits)) return { is: 'digits' }
  if (/^\d{7,19}$/.test(digits)) return { is: 'sign', shop: digits }
  return { is: 'foreign' }
}
