// Whether the server can be reached, as far as the device knows.
import { ref } from 'vue'

export const online = ref(true)

export function watchNetwork() {
  uni.getNetworkType({ success: (r) => (online.value = r.networkType !== 'none') })
  uni.onNetworkStatusChange((r) => (online.value = r.isConnected))
}
