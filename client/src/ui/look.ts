// How the app looks for this reader: elder mode, dark, amounts hidden.
import { reactive } from 'vue'

import { storage } from '@/platform/storage'

interface Look {
  elder: boolean
  dark: boolean
  hidden: boolean
}

export const look = reactive<Look>({
  elder: storage.read<boolean>('elder') ?? false,
  dark: false,
  hidden: storage.read<boolean>('hidden') ?? false,
})

/** Elder mode when the reader asked for it, or when their own font size says so. */
export function startLook() {
  const system = uni.getSystemInfoSync() as { fontSizeSetting?: number; theme?: string }
  if (storage.read('elder') === undefined && (system.fontSizeSetting ?? 16) >= 20) look.elder = true
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
