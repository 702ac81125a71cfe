// One way to the server, on both platforms.
import { hear, reached } from './server'

const AWAY = [502, 503, 504] // somebody in front of the server says that it is not there

export interface Answer {
  status: number
  data: unknown
  header: Record<string, string>
}

/** The server is not reachable: nothing was done, or we cannot know (send the same key again). */
export class Offline extends Error {}

/** Where the server is. The web app is served by it; the mini program is told at build time (VITE_API). */
export function base(): string {
  // #ifdef H5
  return ''
  // #endif
  // #ifndef H5
  // eslint-disable-next-line no-unreachable
  return (import.meta.env.VITE_API as string | undefined) ?? 'http://127.0.0.1:8000'
  // #endif
}

/** A page instead of an answer: a café's sign-in page, or a machine in front of the server. Ours always answers in JSON. */
const isPage = (data: unknown) => typeof data === 'string' && data.trimStart().startsWith('<')

export function request(o: {
  url: string
  method: string
  data?: unknown
  header: Record<string, string>
  timeout?: number
}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    uni.request({
      url: base() + o.url,
      method: o.method as UniApp.RequestOptions['method'],
      data: o.data as UniApp.RequestOptions['data'],
      header: o.header,
      timeout: o.timeout ?? 10_000,
      success: (r) => {
        const header = r.header as Record<string, string>
        hear(header)
        reached.value = !AWAY.includes(r.statusCode) && !isPage(r.data)
        if (!reached.value) reject(new Offline())
        else resolve({ status: r.statusCode, data: r.data, header })
      },
      fail: () => {
        reached.value = false
        reject(new Offline())
      },
    })
  })
}
