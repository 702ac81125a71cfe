// Which components the pages reach, and whether each is there with all its files.
import { posix } from 'node:path'

import { packageOf } from './package.mjs'

function found(pack, from, asked) {
  if (/^(plugin|npm):/.test(asked)) return undefined
  const path = asked.startsWith('/') ? asked.slice(1) : posix.join(posix.dirname(from), asked)
  const npm = `miniprogram_npm/${asked}`
  return [path, `${path}/index`, npm, `${npm}/index`].find((one) => pack.has.has(`${one}.json`))
}

export function components(pack, problems) {
  const parts = {}
  function visit(path) {
    if (parts[path]) return
    for (const kind of ['.js', '.wxml', '.json']) if (!pack.has.has(path + kind)) problems.push(`${path}${kind} is missing`)
    const told = pack.has.has(`${path}.json`) ? JSON.parse(pack.read(`${path}.json`)) : {}
    parts[path] = told
    const used = { ...(pack.app.usingComponents ?? {}), ...(told.usingComponents ?? {}) }
    told.usingComponents = {}
    for (const [name, asked] of Object.entries(used)) {
      const there = found(pack, path, asked)
      if (!there) problems.push(`${path}: no component ${name} at ${asked}`)
      else if (packageOf(pack, there) && packageOf(pack, there) !== packageOf(pack, path)) problems.push(`${path}: component ${name} lies in another subpackage (${there})`)
      else {
        told.usingComponents[name] = `/${there}`
        visit(there)
      }
    }
  }
  for (const page of pack.pages) if (pack.has.has(`${page}.json`)) visit(page)
  return parts
}
