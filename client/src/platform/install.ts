// The web app keeps its own files on the phone (web/worker.js): from the second visit on it opens without network.

const AFTER_THE_FIRST_PAGE = 2_000 // ms: keeping every file must not take the network from what a person waits for

export function keepFiles() {
  // #ifdef H5
  const worker = navigator.serviceWorker as ServiceWorkerContainer | undefined
  if (!worker) return
  const start = () => void worker.register('./worker.js').catch(() => undefined)
  const soon = () => (worker.controller ? start() : setTimeout(start, AFTER_THE_FIRST_PAGE))
  if (document.readyState === 'complete') soon()
  else window.addEventListener('load', soon)
  // #endif
}

/** The first page stands: what the HTML painted in its place goes. */
export function stands() {
  // #ifdef H5
  document.getElementById('start')?.remove()
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
