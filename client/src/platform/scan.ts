// Reading a QR code. The camera is asked for here alone, when a person scans, and let go when the code is read.
import { t } from '@/words'

import { mayUse } from './privacy'

/** The text of a code; undefined when the person went back, or said no to the camera: then one types. */
export async function scan(): Promise<string | undefined> {
  if (!(await mayUse('camera'))) return undefined
  // #ifdef MP-WEIXIN
  return new Promise((resolve) => {
    uni.scanCode({ onlyFromCamera: true, scanType: ['qrCode'], success: (r) => resolve(r.result), fail: () => resolve(undefined) })
  })
  // #endif
  // #ifdef H5
  // eslint-disable-next-line no-unreachable
  return onTheWeb()
  // #endif
}

// #ifdef H5
type Read = (data: Uint8ClampedArray, width: number, height: number) => { data: string } | null

async function onTheWeb(): Promise<string | undefined> {
  const stream = await navigator.mediaDevices
    ?.getUserMedia({ video: { facingMode: 'environment' } })
    .catch(() => undefined)
  return stream ? live(stream) : photo()
}

/** The camera's picture fills the screen until a code is in it, or the person stops. */
async function live(stream: MediaStream): Promise<string | undefined> {
  const video = document.createElement('video')
  video.className = 'g-scanner__picture'
  video.playsInline = video.muted = true
  video.srcObject = stream
  const close = document.createElement('button')
  close.className = 'g-scanner__close'
  close.textContent = t('scan.close')
  const aim = document.createElement('p')
  aim.className = 'g-scanner__aim'
  aim.textContent = t('scan.aim')
  const all = document.createElement('div')
  all.className = 'g-scanner'
  all.setAttribute('role', 'dialog')
  all.setAttribute('aria-label', t('scan.aim'))
  all.append(video, aim, close)
  document.body.append(all)
  let stopped = false
  close.onclick = () => (stopped = true)
  try {
    const { default: read } = (await import('jsqr')) as { default: Read }
    await video.play()
    while (!stopped) {
      const found = readFrame(read, video, video.videoWidth, video.videoHeight)
      if (found) return found
      await new Promise((next) => requestAnimationFrame(next))
    }
    return undefined
  } finally {
    stream.getTracks().forEach((track) => track.stop())
    all.remove()
  }
}

/** Where there is no camera to look through: a photo of the code. */
function photo(): Promise<string | undefined> {
  return new Promise((resolve) => {
    uni.chooseImage({
      count: 1,
      sourceType: ['camera'],
      success: (r) => void readPicture((r.tempFiles as unknown as File[])[0]).then(resolve, () => resolve(undefined)),
      fail: () => resolve(undefined),
    })
  })
}

async function readPicture(file: File): Promise<string | undefined> {
  const { default: read } = (await import('jsqr')) as { default: Read }
  const image = await createImageBitmap(file) // never by its address: our pages load no pictures but the server's own
  return readFrame(read, image, image.width, image.height)
}

function readFrame(read: Read, what: CanvasImageSource, wide: number, high: number): string | undefined {
  const scale = Math.min(1, 1000 / Math.max(wide, high, 1))
  const canvas = document.createElement('canvas')
  canvas.width = Math.round(wide * scale)
  canvas.height = Math.round(high * scale)
  const pen = canvas.getContext('2d', { willReadFrequently: true })
  if (!pen || !canvas.width || !canvas.height) return undefined
  pen.drawImage(what, 0, 0, canvas.width, canvas.height)
  const { data, width, height } = pen.getImageData(0, 0, canvas.width, canvas.height)
  return read(data, width, height)?.data || undefined
}
// #endif
