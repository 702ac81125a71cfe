// The web app keeps its own files on the phone (web/worker.js): from the second visit on it opens without network.

export function keepFiles() {
  // #ifdef H5
  if (!('serviceWorker' in navigator)) return
  const start = () => void navigator.serviceWorker.register('./worker.js').catch(() => undefined)
  if (document.readyState === 'complete') start()
  else window.addEventListener('load', start)
  // #endif
}

/** Open the app anew, with the version that the server has now. */
export async function openNewest(): Promise<void> {
  // #ifdef H5
  const kept = await navigator.serviceWorker?.getRegistration()
  await kept?.update().catch(() => undefined)
  const waiting = kept?.waiting ?? kept?.installing
  if (waiting) {
    const taken = new Promise((resolve) => navigator.serviceWorker.addEventListener('controllerchange', resolve, { once: true }))
    waiting.postMessage('now')
    await Promise.race([taken, new Promise((resolve) => setTimeout(resolve, 5_000))])
  }
  location.reload()
  // #endif
  // #ifdef MP-WEIXIN
  uni.getUpdateManager().applyUpdate()
  // #endif
}
