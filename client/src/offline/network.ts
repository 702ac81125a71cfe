// Whether the server can be reached, as far as the device knows.
import { ref } from 'vue'

import { watchConnection } from '@/platform/connection'

export const online = ref(true)

export function watchNetwork() {
  uni.getNetworkType({ success: (r) => (online.value = r.networkType !== 'none') })
  watchConnection((isConnected) => (online.value = isConnected))
}
