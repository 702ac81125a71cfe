// Where the sentences of the refusals come from: on the web they are fetched once the page stands, in WeChat they are there.
// #ifdef MP-WEIXIN
import { REFUSALS } from '@/words/refusals.catalogue'
// #endif
import type { Catalogue } from '@/words/refusals.catalogue'

export function readCatalogue(): Promise<Catalogue> {
  // #ifdef H5
  return import('@/words/refusals.catalogue').then((found) => found.REFUSALS)
  // #endif
  // #ifdef MP-WEIXIN
  // eslint-disable-next-line no-unreachable
  return Promise.resolve(REFUSALS)
  // #endif
}
