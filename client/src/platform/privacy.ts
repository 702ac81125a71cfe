// WeChat's privacy agreement: asked before the camera, in our own words. Saying no stops nothing else: one types instead.
import { ref } from 'vue'

interface Asking {
  name: string // of the guide as WeChat knows it
  answer: (agreed: boolean) => void
}
export const asking = ref<Asking>()

/** Whether the camera may be used. On the web the browser itself asks. */
export function mayUseCamera(): Promise<boolean> {
  // #ifdef MP-WEIXIN
  return new Promise((resolve) => {
    wx.getPrivacySetting({
      success: (found) => {
        if (!found.needAuthorization) return resolve(true)
        asking.value = { name: found.privacyContractName, answer: resolve }
      },
      fail: () => resolve(true),
    })
  })
  // #endif
  // #ifndef MP-WEIXIN
  // eslint-disable-next-line no-unreachable
  return Promise.resolve(true)
  // #endif
}

export function answer(agreed: boolean) {
  asking.value?.answer(agreed)
  asking.value = undefined
}

export function readGuide() {
  // #ifdef MP-WEIXIN
  wx.openPrivacyContract({})
  // #endif
}
