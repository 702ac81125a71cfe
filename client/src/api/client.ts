// The server's own description is the type of every call: a changed server fails to compile.
import { type Answer, Offline, request } from '@/platform/request'
import { storage } from '@/platform/storage'
import { lang, sayNo } from '@/words'

import type { paths } from './schema'

type Method = 'get' | 'post' | 'put' | 'patch' | 'delete'
type Operation<P extends keyof paths, M extends Method> = paths[P] extends Record<M, infer O> ? O : never
type Json<R> = R extends { content: { 'application/json': infer J } } ? J : undefined
type Done<O> = O extends { responses: infer R } ? Json<R[Extract<keyof R, 200 | 201 | 202>]> : never
type Parameters<O> = O extends { parameters: infer P } ? P : Record<string, never>
type Part<O, N extends string> = Parameters<O> extends Partial<Record<N, infer X>> ? X : never
type Body<O> = O extends { requestBody: { content: { 'application/json': infer B } } } ? B : undefined
type With<M extends Method> = { [P in keyof paths]: Operation<P, M> extends never ? never : P }[keyof paths]

export interface Asked<O> {
  path?: Part<O, 'path'>
  query?: Part<O, 'query'>
  body?: Body<O>
  key?: string // Idempotency-Key: the same again does the same thing once
  as?: 'till'
}

/** The server said no: `code` for programs, `words` for people. */
export class No extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly facts: Record<string, unknown>,
    readonly words: string,
  ) {
    super(code)
  }
}

export { Offline }

const written = (value: unknown) => encodeURIComponent(String(value))

function address(path: string, parts: Record<string, unknown> = {}, query: Record<string, unknown> = {}): string {
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => written(parts[name]))
  const asked = Object.entries(query).filter(([, value]) => value !== undefined && value !== null && value !== '')
  return asked.length ? `${filled}?${asked.map(([name, value]) => `${name}=${written(value)}`).join('&')}` : filled
}

export function token(as?: 'till'): string | undefined {
  return storage.read<string>(as === 'till' ? 'till-token' : 'token')
}

/** Another device, or the desk, has ended this one: what waits to be sent stays, and one signs in again. */
function endSession() {
  if (token() === undefined) return
  storage.drop('token')
  storage.write('session-ended', true)
  uni.reLaunch({ url: '/pages/resident/join' })
}

const under_way = new Map<string, Promise<Answer>>()

/** The parts of a page may ask the same at once: it is asked once. */
function once(name: string, ask: () => Promise<Answer>): Promise<Answer> {
  const asked = under_way.get(name) ?? ask().finally(() => under_way.delete(name))
  under_way.set(name, asked)
  return asked
}

export async function call<M extends Method, P extends With<M>>(
  method: M,
  path: P,
  asked: Asked<Operation<P, M>> = {},
): Promise<Done<Operation<P, M>>> {
  const header: Record<string, string> = {
    'content-type': 'application/json',
    'Accept-Language': lang.value === 'en' ? 'en' : 'zh-CN',
  }
  const secret = token(asked.as)
  if (secret) header.Authorization = `Bearer ${secret}`
  if (asked.key) header['Idempotency-Key'] = asked.key
  const url = address(String(path), asked.path as Record<string, unknown>, asked.query as Record<string, unknown>)
  const ask = () => request({ url, method: method.toUpperCase(), data: asked.body, header })
  const answer = await (method === 'get' ? once(`${url} ${secret ?? ''} ${lang.value}`, ask) : ask())
  if (answer.status < 400) return answer.data as Done<Operation<P, M>>
  const said = (answer.data ?? {}) as { code?: string; facts?: Record<string, unknown>; title?: string }
  const code = said.code ?? `http_${answer.status}`
  if (answer.status === 401 && secret && !asked.as) endSession()
  throw new No(answer.status, code, said.facts ?? {}, sayNo(code, said.facts, said.title))
}
