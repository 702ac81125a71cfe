// Whether the device has a network. A browser says it by events of its window; uni's own way misses them in some.

export function watchConnection(changed: (isConnected: boolean) => void) {
  uni.onNetworkStatusChange((now) => changed(now.isConnected))
  // #ifdef H5
  window.addEventListener('online', () => changed(true))
  window.addEventListener('offline', () => changed(false))
  // #endif
}
