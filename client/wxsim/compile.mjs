// Compile a BUILT WeChat package into a web page that glass-easel, WeChat's own component framework, runs in Chromium.
// node wxsim/compile.mjs <built package> <out>: writes bundle.js, runtime.js, index.html and report.json into <out>.
import { mkdirSync, rmSync, writeFileSync, copyFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

import { buildSync } from 'esbuild'

import { apisUsed } from './compile/apis.mjs'
import { components } from './compile/components.mjs'
import { modules } from './compile/modules.mjs'
import { readPackage, sizes } from './compile/package.mjs'
import { sheets } from './compile/styles.mjs'
import { templates } from './compile/templates.mjs'

const HERE = dirname(fileURLToPath(import.meta.url))
const PICTURES = /\.(png|jpe?g|gif|svg|webp|ttf|woff2?|mp3)$/

/** Everything that is wrong with the package as it stands is in the report's `problems`, in words. */
function compile(folder, out) {
  const problems = []
  const pack = readPackage(folder, problems)
  const parts = components(pack, problems)
  const compiled = templates(pack, problems)
  const styles = sheets(pack, Object.keys(parts), problems)
  const code = modules(pack, problems)
  const apis = apisUsed(pack, problems)

  rmSync(out, { recursive: true, force: true })
  mkdirSync(out, { recursive: true })
  const facts = { app: pack.app, pages: pack.pages, comps: parts, sheets: styles }
  const told = Object.entries(facts).map(([name, value]) => `${name}:${JSON.stringify(value)}`)
  writeFileSync(join(out, 'bundle.js'), `window.__MP={${told.join(',')},tmpl:${compiled},mods:{${code}}};`)
  buildSync({ entryPoints: [join(HERE, 'runtime/start.js')], bundle: true, format: 'iife', outfile: join(out, 'runtime.js'), logLevel: 'error' })
  copyFileSync(join(HERE, 'page.html'), join(out, 'index.html'))
  for (const file of pack.files.filter((one) => PICTURES.test(one))) {
    mkdirSync(dirname(join(out, file)), { recursive: true })
    copyFileSync(join(folder, file), join(out, file))
  }
  return { pages: pack.pages, sizes: sizes(pack, problems), apis, problems: [...new Set(problems)] }
}

const [folder, out] = process.argv.slice(2)
const report = compile(folder, out)
writeFileSync(join(out, 'report.json'), JSON.stringify(report, null, 1))
console.log(`${report.pages.length} pages, main package ${Math.round(report.sizes.main / 1024)} kB, ${report.problems.length} problems`)
for (const problem of report.problems.slice(0, 40)) console.log(`  ${problem}`)
