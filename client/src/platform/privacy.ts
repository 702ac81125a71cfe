// WeChat's privacy agreement: asked before the camera and before the album, in our own words. Saying no stops nothing else:
// one types instead, or sends no photo.
import { ref } from 'vue'

/** What it is asked for: to scan a code, or to take or choose a photo. */
export type Use = 'camera' | 'photos'
interface Asking {
  use: Use
  name: string // of the guide as WeChat knows it
  answer: (agreed: boolean) => void
}
export const asking = ref<Asking>()

/** Whether the camera or the album may be used. On the web the browser itself asks. */
export function mayUse(use: Use): Promise<boolean> {
  // #ifdef MP-WEIXIN
  return new Promise((resolve) => {
    wx.getPrivacySetting({
      success: (found) => {
        if (!found.needAuthorization) return resolve(true)
        asking.value = { use, name: found.privacyContractName, answer: resolve }
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
