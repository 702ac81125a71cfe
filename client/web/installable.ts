// What makes the web app one that is installed and opens without network: the service worker with its list of files,
// the manifest, the icons. Only in the web build.
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

import type { Plugin } from 'vite'

const here = (name: string) => fileURLToPath(new URL(name, import.meta.url))
const ICONS = ['icon.svg', 'icon-192.png', 'icon-512.png', 'icon-mask-512.png']
const MANIFEST = {
  name: '工分',
  short_name: '工分',
  description: '村里的工分：一起干活记工分，工分能在店里花，年底按工分分红。',
  lang: 'zh-CN',
  start_url: './',
  scope: './',
  id: './',
  display: 'standalone',
  background_color: '#FBFAF6',
  theme_color: '#2B6A4A',
  icons: [
    { src: 'icon.svg', sizes: 'any', type: 'image/svg+xml' },
    { src: 'icon-192.png', sizes: '192x192', type: 'image/png' },
    { src: 'icon-512.png', sizes: '512x512', type: 'image/png' },
    { src: 'icon-mask-512.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
  ],
}
// uni-app's frame asks a shadow of the maker's own server: nothing of ours leaves our origin.
const ELSEWHERE = /https:\/\/cdn\.dcloud\.net\.cn\/img\/[\w-]+\.png/g
const NOTHING = 'data:,'
const TAGS = [
  ['link', { rel: 'manifest', href: './manifest.webmanifest' }],
  ['link', { rel: 'icon', href: './icon.svg', type: 'image/svg+xml' }],
  ['link', { rel: 'apple-touch-icon', href: './icon-192.png' }],
] as const

export function installable(): Plugin {
  return {
    name: 'gongfen-installable',
    apply: 'build',
    enforce: 'post',
    transformIndexHtml: () => TAGS.map(([tag, attrs]) => ({ tag, attrs: { ...attrs }, injectTo: 'head' as const })),
    generateBundle(_, bundle) {
      for (const file of Object.values(bundle)) {
        if (file.type === 'chunk') file.code = file.code.replace(ELSEWHERE, NOTHING)
        else if (file.fileName.endsWith('.css')) file.source = String(file.source).replace(ELSEWHERE, NOTHING)
      }
      for (const name of ICONS) this.emitFile({ type: 'asset', fileName: name, source: readFileSync(here(`./${name}`)) })
      this.emitFile({ type: 'asset', fileName: 'manifest.webmanifest', source: JSON.stringify(MANIFEST, null, 1) })
      const built = Object.keys(bundle).filter((name) => /^assets\/.*\.(js|css)$/.test(name))
      const start = bundle['index.html'] ? String((bundle['index.html'] as { source?: unknown }).source) : ''
      const version = createHash('sha256').update([...built].sort().join() + start).digest('hex').slice(0, 12)
      const files = ['./', 'manifest.webmanifest', 'icon.svg', ...built.sort()]
      const source = readFileSync(here('./worker.js'), 'utf8')
        .replace("'VERSION'", JSON.stringify(version))
        .replace("['FILES']", JSON.stringify(files))
      this.emitFile({ type: 'asset', fileName: 'worker.js', source })
    },
  }
}
