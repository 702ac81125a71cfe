// Where the English words come from: on the web they are fetched when a reader wants them, in WeChat they are there.
// #ifdef MP-WEIXIN
import { english } from '@/words/english'
// #endif
import type { english as English } from '@/words/english'

export function readEnglish(): Promise<typeof English> {
  // #ifdef H5
  return import('@/words/english').then((found) => found.english)
  // #endif
  // #ifdef MP-WEIXIN
  // eslint-disable-next-line no-unreachable
  return Promise.resolve(english)
  // #endif
}
