// The built package as files: what app.json promises, what is there, how much it weighs.
import { readFileSync, readdirSync, statSync } from 'node:fs'
import { join, relative, sep } from 'node:path'

export const MOST_MAIN = 600 * 1024 // ours; WeChat's own limit is 2 MB a package
const MOST_OF_A_PACKAGE = 2 * 1024 * 1024
const MOST_OF_ALL = 30 * 1024 * 1024

export function readPackage(folder, problems) {
  const files = readdirSync(folder, { recursive: true })
    .map((one) => String(one).split(sep).join('/'))
    .filter((one) => statSync(join(folder, one)).isFile())
  const has = new Set(files)
  const read = (file) => readFileSync(join(folder, file), 'utf8')
  const app = JSON.parse(read('app.json'))
  const roots = (app.subPackages ?? app.subpackages ?? []).map((one) => ({ ...one, root: one.root.replace(/\/$/, '') }))
  const pages = [...app.pages, ...roots.flatMap((one) => one.pages.map((page) => `${one.root}/${page}`))]
  for (const page of pages) if (!has.has(`${page}.json`)) problems.push(`page ${page} is in app.json but not in the package`)
  for (const tab of app.tabBar?.list ?? []) if (!app.pages.includes(tab.pagePath)) problems.push(`tab ${tab.pagePath} is not a page of the main package`)
  return { folder, files, has, read, app, roots, pages, weigh: (file) => statSync(join(folder, file)).size, at: (file) => relative(folder, file) }
}

/** The subpackage a file is in; '' for the main package. */
export function packageOf(pack, file) {
  return pack.roots.find((one) => file.startsWith(`${one.root}/`))?.root ?? ''
}

export function sizes(pack, problems) {
  const weights = { '': 0 }
  for (const file of pack.files) {
    const root = packageOf(pack, file)
    weights[root] = (weights[root] ?? 0) + pack.weigh(file)
  }
  const { '': main, ...sub } = weights
  const all = Object.values(weights).reduce((sum, one) => sum + one, 0)
  if (main > MOST_MAIN) problems.push(`the main package has ${main} bytes, more than ${MOST_MAIN}`)
  for (const [root, weight] of Object.entries(sub)) if (weight > MOST_OF_A_PACKAGE) problems.push(`${root} has ${weight} bytes`)
  if (all > MOST_OF_ALL) problems.push(`all packages have ${all} bytes`)
  return { main, sub, all }
}
