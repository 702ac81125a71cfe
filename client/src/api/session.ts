// Signing in once with a join code; then the device stays. The device makes its token; the server keeps only its hash.
import { randomText } from '@/platform/random'
import { storage } from '@/platform/storage'

import { call } from './client'

export const isSignedIn = () => storage.read<string>('token') !== undefined

async function withToken(ask: (token: string) => Promise<unknown>): Promise<void> {
  const made = storage.read<string>('token-in-the-making') ?? (await randomText(43))
  storage.write('token-in-the-making', made) // the answer may be lost on the way: the same token asks again
  await ask(made)
  storage.write('token', made)
  storage.drop('token-in-the-making')
}

export const signIn = (joinCode: string) =>
  withToken((token) => call('post', '/api/v1/sessions', { body: { join_code: joinCode, token, label: '' } }))

/** By the WeChat account of this phone; with the join code the first time, which binds the two. */
export const signInByWeChat = (code: string, joinCode = '') =>
  withToken((token) => call('post', '/api/v1/sessions/wechat', { body: { code, token, join_code: joinCode, label: '' } }))

export function forget() {
  for (const key of ['token', 'kept-me', 'kept-accounts', 'handles']) storage.drop(key)
}

/** A key for something that a person does now: the same act sent again has the same key. */
export const newKey = () => randomText(22)
