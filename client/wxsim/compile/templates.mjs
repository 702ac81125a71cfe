// WXML and WXS through glass-easel's own compiler; its notes are kept out, its warnings and errors are problems.
import { createRequire } from 'node:module'

const { TmplGroup } = createRequire(import.meta.url)('glass-easel-template-compiler')
const NOTE = 'Note' // Note, Warn, Error, Fatal
// The compiler wants a colon between `bind` and the name of what happens; WeChat takes both.
const BOUND = /(\s)(capture-bind|capture-catch|mut-bind|bind|catch)([a-z][\w-]*)(?=\s*=)/g

export function templates(pack, problems) {
  const group = new TmplGroup()
  for (const file of pack.files) {
    if (file.endsWith('.wxs')) {
      group.addScript(file.slice(0, -4), pack.read(file))
      group.addScript(file, pack.read(file))
    }
    if (!file.endsWith('.wxml')) continue
    const said = group.addTmpl(file.slice(0, -5), pack.read(file).replace(BOUND, '$1$2:$3')) ?? []
    for (const one of said) if (one.level !== NOTE) problems.push(`${file}:${one.startLine ?? ''} ${one.message ?? JSON.stringify(one)}`)
  }
  return group.getTmplGenObjectGroups()
}
