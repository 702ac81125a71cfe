// WXSS as CSS: rpx becomes a share of the width, `page` and `image` become what stands for them in the browser.
import { posix } from 'node:path'

import postcss from 'postcss'

const inPixels = (value) => value.replace(/(-?[\d.]+)rpx/g, (_, number) => `calc(var(--rpx) * ${number})`)
const inBrowser = (selector) =>
  selector
    .replace(/(^|[\s>+~,])page(?=$|[\s>+~.:#[])/g, '$1.wx-page')
    .replace(/(^|[\s>+~])image(?=$|[\s>+~.:#[])/g, '$1img')
    .replace(/::v-deep|:deep/g, '')

function sheet(pack, file, problems, seen = new Set()) {
  if (seen.has(file)) return ''
  seen.add(file)
  if (!pack.has.has(file)) {
    problems.push(`style ${file} is missing`)
    return ''
  }
  const root = postcss.parse(pack.read(file), { from: file })
  root.walkAtRules('import', (rule) => {
    const asked = rule.params.replace(/^(url\()?['"]?|['"]?\)?;?$/g, '')
    const target = asked.startsWith('/') ? asked.slice(1) : posix.join(posix.dirname(file), asked)
    rule.replaceWith(postcss.parse(sheet(pack, target, problems, seen)))
  })
  root.walkDecls((declared) => {
    if (/url\(\s*['"]?(https?:)?\/\//.test(declared.value)) problems.push(`${file} loads from elsewhere: ${declared.value.slice(0, 80)}`)
    declared.value = inPixels(declared.value)
  })
  root.walkRules((rule) => {
    if (!rule.parent?.name?.includes('keyframes')) rule.selectors = rule.selectors.map(inBrowser)
  })
  return root.toString()
}

export function sheets(pack, parts, problems) {
  const written = ['app', ...parts].filter((part) => pack.has.has(`${part}.wxss`))
  return Object.fromEntries(written.map((part) => [part, sheet(pack, `${part}.wxss`, problems)]))
}
