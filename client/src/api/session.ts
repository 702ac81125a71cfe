// Signing in once with a join code; then the device stays. The device makes its token; the server keeps only its hash.
import { randomText } from '@/platform/random'
import { storage } from '@/platform/storage'

import { call } from './client'

export const isSignedIn = () => storage.read<string>('token') !== undefined

export async function signIn(joinCode: string): Promise<void> {
  const made = storage.read<string>('token-in-the-making') ?? (await randomText(43))
  storage.write('token-in-the-making', made) // the answer may be lost on the way: the same token asks again
  await call('post', '/api/v1/sessions', { body: { join_code: joinCode, token: made, label: '' } })
  storage.write('token', made)
  storage.drop('token-in-the-making')
}

export function forget() {
  for (const key of ['token', 'kept-me', 'kept-accounts', 'handles']) storage.drop(key)
}

/** A key for something that a person does now: the same act sent again has the same key. */
export const newKey = () => randomText(22)
