// Whether the server can be reached, as far as the device knows.
import { watchConnection } from '@/platform/connection'
import { reached } from '@/platform/server'

export const online = reached // every request tells, and so does the phone

export function watchNetwork() {
  uni.getNetworkType({ success: (r) => (online.value = r.networkType !== 'none') })
  watchConnection((isConnected) => (online.value = isConnected))
}
