// A photo from the camera or the album, made smaller on the phone before it leaves it.
import { LONGEST, fit } from '@/offline/fit'

/** The path of a photo that is small enough to send; undefined when the person went back or it is no picture. */
export function pickPhoto(): Promise<string | undefined> {
  return new Promise((resolve) => {
    uni.chooseImage({
      count: 1,
      sizeType: ['compressed'],
      success: (r) => void smaller((r.tempFilePaths as string[])[0]).then(resolve, () => resolve(undefined)),
      fail: () => resolve(undefined),
    })
  })
}

async function smaller(path: string): Promise<string | undefined> {
  // #ifdef H5
  const image = new Image()
  image.src = path
  await image.decode()
  const size = fit(image.naturalWidth, image.naturalHeight)
  const canvas = document.createElement('canvas')
  canvas.width = size.width
  canvas.height = size.height
  canvas.getContext('2d')?.drawImage(image, 0, 0, size.width, size.height)
  const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/jpeg', 0.8))
  return blob ? URL.createObjectURL(blob) : undefined
  // #endif
  // #ifdef MP-WEIXIN
  // eslint-disable-next-line no-unreachable
  const whole = await new Promise<{ width: number; height: number }>((resolve, reject) =>
    uni.getImageInfo({ src: path, success: resolve, fail: reject }),
  )
  const { width } = fit(whole.width, whole.height, LONGEST)
  return new Promise((resolve) =>
    uni.compressImage({
      src: path,
      quality: 80,
      compressedWidth: width,
      success: (r) => resolve(r.tempFilePath),
      fail: () => resolve(path), // as it is: the server says so if it is too large
    } as UniApp.CompressImageOptions),
  )
  // #endif
}
