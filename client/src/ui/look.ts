// How the app looks for this reader: elder mode, dark, amounts hidden.
import { reactive } from 'vue'

import { storage } from '@/platform/storage'

/** How much larger than elder mode's own 24 px the text is: 24, 32 or 40. */
export type Step = 0 | 1 | 2

interface Look {
  elder: boolean
  step: Step
  dark: boolean
  hidden: boolean
}

export const look = reactive<Look>({
  elder: storage.read<boolean>('elder') ?? false,
  step: storage.read<Step>('step') ?? 0,
  dark: false,
  hidden: storage.read<boolean>('hidden') ?? false,
})

/** Elder mode when the reader asked for it, or when their own font size says so. */
export function startLook() {
  const system = uni.getSystemInfoSync() as { fontSizeSetting?: number; theme?: string }
  const own = system.fontSizeSetting ?? 16
  if (storage.read('elder') === undefined && own >= 20) look.elder = true
  if (storage.read('step') === undefined && own >= 22) look.step = own >= 24 ? 2 : 1
  look.dark = system.theme === 'dark'
  // #ifdef H5
  const dark = window.matchMedia('(prefers-color-scheme: dark)')
  look.dark = dark.matches
  dark.addEventListener('change', (event) => (look.dark = event.matches))
  // #endif
}

export function choose(what: 'elder' | 'hidden', value: boolean) {
  look[what] = value
  storage.write(what, value)
}

/** The next size of text: 24, 32, 40, and 24 again. */
export function larger() {
  look.step = ((look.step + 1) % 3) as Step
  storage.write('step', look.step)
}
