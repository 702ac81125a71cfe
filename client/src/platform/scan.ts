// Reading a QR code. The camera is asked for here alone, when a person scans.

/** The text of a code; undefined when the person went back. On the web without a camera reader, undefined at once. */
export function scan(): Promise<string | undefined> {
  return new Promise((resolve) => {
    // #ifdef MP-WEIXIN
    uni.scanCode({ onlyFromCamera: true, scanType: ['qrCode'], success: (r) => resolve(r.result), fail: () => resolve(undefined) })
    // #endif
    // #ifdef H5
    uni.chooseImage({
      count: 1,
      sourceType: ['camera'],
      success: (r) => {
        const path = (r.tempFilePaths as string[])[0]
        void readPicture(path).then(resolve)
      },
      fail: () => resolve(undefined),
    })
    // #endif
  })
}

// #ifdef H5
async function readPicture(path: string): Promise<string | undefined> {
  const { default: jsQR } = await import('jsqr')
  const image = new Image()
  image.src = path
  await image.decode()
  const scale = Math.min(1, 1000 / Math.max(image.naturalWidth, image.naturalHeight))
  const canvas = document.createElement('canvas')
  canvas.width = Math.round(image.naturalWidth * scale)
  canvas.height = Math.round(image.naturalHeight * scale)
  const pen = canvas.getContext('2d')
  if (!pen) return undefined
  pen.drawImage(image, 0, 0, canvas.width, canvas.height)
  const { data, width, height } = pen.getImageData(0, 0, canvas.width, canvas.height)
  return (jsQR as (d: Uint8ClampedArray, w: number, h: number) => { data: string } | null)(data, width, height)?.data
}
// #endif
