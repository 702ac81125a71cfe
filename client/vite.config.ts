import uniPlugin from '@dcloudio/vite-plugin-uni'
import { defineConfig } from 'vite'

import { installable } from './web/installable'

// The plugin is CommonJS: its default export arrives one level deeper.
const uni = (uniPlugin as unknown as { default?: typeof uniPlugin }).default ?? uniPlugin
const isWeb = process.env.UNI_PLATFORM === 'h5'

// What the first screens need is one file: a phone on a slow network waits once, not in turn for twenty small ones.
// Any other page is a small file of its own, and what such pages share is one more; English comes when it is read.
const FIRST = /\/(?:index\.html|src\/main\.ts|src\/pages\/(?:resident\/(?:home|pay)|guest\/week)\.vue)/
const OTHER = /\/src\/pages\/|jsqr|\/words\/(?:english|en|\w+\.en|refusals\.catalogue)\.ts/
const first = new Set<string>()

interface Graph {
  getModuleIds: () => Iterable<string>
  getModuleInfo: (id: string) => { importedIds: readonly string[] } | null
}

function together(id: string, { getModuleIds, getModuleInfo }: Graph): string | undefined {
  const add = (one: string) => {
    if (first.has(one)) return
    first.add(one)
    getModuleInfo(one)?.importedIds.forEach(add)
  }
  if (!first.size) [...getModuleIds()].filter((one) => FIRST.test(one)).forEach(add)
  if (first.has(id) || id.startsWith('\0')) return 'start' // the latter are the builder's own few lines
  return OTHER.test(id) ? undefined : 'more'
}

export default defineConfig({
  base: './',
  plugins: [uni(), isWeb && installable()],
  build: { target: 'es2019', sourcemap: false, rollupOptions: isWeb ? { output: { manualChunks: together } } : {} },
  css: { preprocessorOptions: { scss: { silenceDeprecations: ['legacy-js-api', 'import'] } } },
})
