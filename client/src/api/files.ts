// A photo for a claim, and papers to take away.
import { openPaper, sendFile } from '@/platform/files'
import type { Photo } from '@/platform/photo'
import { lang, sayNo } from '@/words'

import { No, token } from './client'

const header = (more: Record<string, string> = {}) => ({
  Authorization: `Bearer ${token() ?? ''}`,
  'Accept-Language': lang.value === 'en' ? 'en' : 'zh-CN',
  ...more,
})

/** Send a photo; its id goes into the claim's form. */
export async function sendPhoto(photo: Photo, key: string): Promise<string> {
  const answer = await sendFile({ ...photo, url: '/api/v1/evidence', name: 'photo', header: header({ 'Idempotency-Key': key }) })
  const said = JSON.parse(answer.text || '{}') as { id?: string; code?: string; facts?: Record<string, unknown>; title?: string }
  if (answer.status < 400 && said.id) return said.id
  const code = said.code ?? `http_${answer.status}`
  throw new No(answer.status, code, said.facts ?? {}, sayNo(code, said.facts, said.title))
}

/** Open one of one's own papers (PDF). */
export async function paper(path: string, name: string): Promise<void> {
  const status = await openPaper({ url: `/api/v1${path}`, name, header: header() })
  if (status >= 400) throw new No(status, `http_${status}`, {}, sayNo(`http_${status}`))
}
