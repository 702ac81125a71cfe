// Secrets and keys made on the device.

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

/** `length` letters of 6 random bits each. */
export function randomText(length: number): Promise<string> {
  // #ifdef H5
  const bytes = crypto.getRandomValues(new Uint8Array(length))
  return Promise.resolve(Array.from(bytes, (byte) => LETTERS[byte & 63]).join(''))
  // #endif
  // #ifdef MP-WEIXIN
  // eslint-disable-next-line no-unreachable
  return new Promise((resolve, reject) => {
    wx.getRandomValues({
      length,
      success: (r: { randomValues: ArrayBuffer }) =>
        resolve(Array.from(new Uint8Array(r.randomValues), (byte) => LETTERS[byte & 63]).join('')),
      fail: reject,
    })
  })
  // #endif
}
