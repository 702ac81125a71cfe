// Photos that only staff may see: fetched with one's own token, shown full-screen, kept nowhere.
import { Offline, token } from '@/api/client'
import { base } from '@/platform/request'
import { t } from '@/words'

/** Show the photo at this address of the api; rejects with words when it does not open. */
export function showPhoto(path: string): Promise<void> {
  return new Promise((resolve, reject) => {
    uni.downloadFile({
      url: `${base()}/api/v1${path}`,
      header: { Authorization: `Bearer ${token() ?? ''}` },
      success: (got) => {
        if (got.statusCode >= 400) return reject(new Error(t('photo.not')))
        // #ifdef H5
        // In a window of the browser's own: uni's viewer would weigh on every visitor, and our pages show no such address.
        if (!window.open(got.tempFilePath, '_blank')) location.assign(got.tempFilePath)
        // #endif
        // #ifndef H5
        uni.previewImage({ urls: [got.tempFilePath] })
        // #endif
        resolve()
      },
      fail: () => reject(new Offline()),
    })
  })
}
