// WeChat's login code: says to our server, by way of WeChat, whose phone this is. It needs no agreement and tells no number.

export function isWeChat(): boolean {
  // #ifdef MP-WEIXIN
  return true
  // #endif
  // #ifndef MP-WEIXIN
  // eslint-disable-next-line no-unreachable
  return false
  // #endif
}

/** A code that is good once, for five minutes; undefined where WeChat gives none. */
export function weChatCode(): Promise<string | undefined> {
  return new Promise((resolve) => {
    uni.login({ provider: 'weixin', success: (got) => resolve(got.code), fail: () => resolve(undefined) })
  })
}
