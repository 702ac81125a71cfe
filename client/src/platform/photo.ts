// A photo from the camera or the album, made smaller on the phone before it leaves it.
import { LONGEST, MOST_BYTES, fit } from '@/offline/fit'

import { mayUse } from './privacy'

/** `shown` is for the eye; what is sent is the file (a browser's) or the path (WeChat's). */
export interface Photo {
  shown: string
  path?: string
  file?: File
}

/**
 * A photo that is small enough to send; undefined when the person went back, said no to the camera, or it is no picture;
 * 'too-large' when this phone could not make it small enough.
 */
export async function pickPhoto(): Promise<Photo | 'too-large' | undefined> {
  if (!(await mayUse('photos'))) return undefined
  return new Promise((resolve) => {
    uni.chooseImage({
      count: 1,
      sizeType: ['compressed'],
      success: (r) => {
        const file = (r.tempFiles as unknown[])[0]
        const path = (r.tempFilePaths as string[])[0]
        void smaller(path, file).then(resolve, () => resolve(undefined))
      },
      fail: () => resolve(undefined),
    })
  })
}

async function smaller(path: string, file: unknown): Promise<Photo | 'too-large' | undefined> {
  // #ifdef H5
  // A bitmap, not an image by its address: our pages load no pictures but the server's own.
  const picture = await createImageBitmap(file as File)
  const canvas = drawn(picture, LONGEST)
  const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/jpeg', 0.8))
  if (!blob) return undefined
  return { shown: drawn(picture, 600).toDataURL('image/jpeg', 0.7), file: new File([blob], 'photo.jpg', { type: 'image/jpeg' }) }
  // #endif
  // #ifdef MP-WEIXIN
  // eslint-disable-next-line no-unreachable
  const whole = await new Promise<{ width: number; height: number }>((resolve, reject) =>
    uni.getImageInfo({ src: path, success: resolve, fail: reject }),
  )
  const { width } = fit(whole.width, whole.height)
  return new Promise((resolve) =>
    uni.compressImage({
      src: path,
      quality: 80,
      compressedWidth: width,
      success: (r) => resolve({ shown: r.tempFilePath, path: r.tempFilePath }),
      fail: () => void asItIs(path).then(resolve),
    } as UniApp.CompressImageOptions),
  )
  // #endif
}

// #ifdef MP-WEIXIN
/** A phone that cannot make it smaller sends it as it is, where the server takes that much. */
function asItIs(path: string): Promise<Photo | 'too-large'> {
  return new Promise((resolve) =>
    uni.getFileSystemManager().getFileInfo({
      filePath: path,
      success: (r: { size: number }) => resolve(r.size > MOST_BYTES ? 'too-large' : { shown: path, path }),
      fail: () => resolve({ shown: path, path }),
    }),
  )
}
// #endif

// #ifdef H5
function drawn(picture: ImageBitmap, longest: number): HTMLCanvasElement {
  const size = fit(picture.width, picture.height, longest)
  const canvas = document.createElement('canvas')
  canvas.width = size.width
  canvas.height = size.height
  canvas.getContext('2d')?.drawImage(picture, 0, 0, size.width, size.height)
  return canvas
}
// #endif
