import uniPlugin from '@dcloudio/vite-plugin-uni'
import { defineConfig } from 'vite'

import { installable } from './web/installable'

// The plugin is CommonJS: its default export arrives one level deeper.
const uni = (uniPlugin as unknown as { default?: typeof uniPlugin }).default ?? uniPlugin
const isWeb = process.env.UNI_PLATFORM === 'h5'

export default defineConfig({
  base: './',
  plugins: [uni(), isWeb && installable()],
  build: { target: 'es2019', sourcemap: false },
  css: { preprocessorOptions: { scss: { silenceDeprecations: ['legacy-js-api', 'import'] } } },
})
