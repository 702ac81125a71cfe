// Done now where the server can be reached, else kept and sent later, with the same key.
import { Offline } from '@/api/client'
import { online } from '@/offline/network'
import { type Waiting, later } from '@/offline/queue'

/** What the server answered; undefined when it waits on this phone. */
export async function nowOrLater<T>(send: () => Promise<T>, one: Omit<Waiting, 'at'>): Promise<T | undefined> {
  try {
    return await send()
  } catch (problem) {
    if (!(problem instanceof Offline)) throw problem
    online.value = false
    later({ ...one, at: new Date().toISOString() })
    return undefined
  }
}
