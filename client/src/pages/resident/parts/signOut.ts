// Signing this phone out: the server forgets the device, the phone forgets what it kept of the person.
import { call } from '@/api/client'
import { forget } from '@/api/session'
import { waiting } from '@/offline/queue'
import { storage } from '@/platform/storage'
import { t } from '@/words'

const OWN = /^(kept-|draft-|here-)/

export async function signOut() {
  const sure = await uni.showModal({
    title: t('mine.sign-out'),
    content: waiting.length ? t('mine.sign-out.waits', { n: waiting.length }) : t('mine.sign-out.sure'),
    confirmText: t('yes'),
    cancelText: t('not-now'),
  })
  if (!sure.confirm) return
  try {
    const mine = (await call('get', '/api/v1/me/devices')).find((one) => one.is_this)
    if (mine) await call('delete', '/api/v1/me/devices/{device}', { path: { device: mine.id }, key: `out-${mine.id}` })
  } catch {
    // Without a network the phone forgets all the same; the device can be ended from another one or at the desk.
  }
  forget()
  for (const key of storage.keys()) if (OWN.test(key)) storage.drop(key)
  uni.reLaunch({ url: '/pages/guest/week' })
}
