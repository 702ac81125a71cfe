// A screen that stays lit while a code is shown or a till is open. Where a device cannot, it simply goes dark as always.

// #ifdef H5
let held: { release(): Promise<void> } | undefined
let wanted = false
type Lock = { request(kind: 'screen'): Promise<{ release(): Promise<void> }> }
// #endif

export function keepScreenOn(on: boolean) {
  // #ifdef H5
  wanted = on
  const lock = (navigator as unknown as { wakeLock?: Lock }).wakeLock
  if (!on) {
    void held?.release().catch(() => undefined)
    held = undefined
  } else if (lock && !held) {
    lock.request('screen').then(
      (given) => {
        if (wanted) held = given
        else void given.release()
      },
      () => undefined,
    )
  }
  // #endif
  // #ifdef MP-WEIXIN
  wx.setKeepScreenOn({ keepScreenOn: on })
  // #endif
}

/** Bright enough for a shop's camera. A browser has no say in it. */
export function brighten() {
  // #ifdef MP-WEIXIN
  wx.setScreenBrightness({ value: 0.9 })
  // #endif
}

/** A screen that others read from: bright, and not going dark while it is shown. */
export function shine() {
  keepScreenOn(true)
  brighten()
}

/** As the person had it. */
export function dim() {
  keepScreenOn(false)
  // #ifdef MP-WEIXIN
  wx.setScreenBrightness({ value: -1 })
  // #endif
}
