// WeChat's own question about messages: one yes is one message. Asked only where the person pressed a button for it.

/** Which of these the person said yes to; none where they said no, or outside WeChat. */
export function askAboutMessages(templates: string[]): Promise<string[]> {
  // #ifdef MP-WEIXIN
  return new Promise((resolve) => {
    wx.requestSubscribeMessage({
      tmplIds: templates,
      success: (said) => resolve(templates.filter((one) => said[one] === 'accept')),
      fail: () => resolve([]),
    })
  })
  // #endif
  // #ifndef MP-WEIXIN
  // eslint-disable-next-line no-unreachable
  return Promise.resolve(templates.slice(0, 0))
  // #endif
}
