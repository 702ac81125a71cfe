// A sum as it is typed, and as the server takes it (hundredths of a fen).

/** 125000 for "12.5"; 0 for nothing. What is no sum is undefined. */
export function readSum(typed: string): number | undefined {
  const found = /^\s*(\d{1,7})?(?:[.。](\d{0,2}))?\s*$/.exec(typed)
  if (!found) return undefined
  return Number(found[1] ?? '0') * 10_000 + Number(((found[2] ?? '') + '00').slice(0, 2)) * 100
}

/** What a scanned text is, where it is no pay code: told so that the customer shows the right one. */
export type Seen = 'code' | 'card' | 'sign' | 'weixin' | 'other'

export function whatIs(text: string): Seen {
  const digits = text.replace(/[ -]/g, '')
  if (/^\d{20}$/.test(digits)) return 'code'
  if (/^[A-Z2-7]{26}$/.test(text.trim().toUpperCase())) return 'card'
  if (/\/pay\/\d+/.test(text)) return 'sign'
  if (/^1[0-5]\d{16}$/.test(digits) || /^(2[5-9]|30)\d{14,22}$/.test(digits) || /wxp:|weixin|alipay/i.test(text)) return 'weixin'
  return 'other'
}
