// The review desk by keyboard: J and K walk, space ticks, E ticks all, A approves, R asks why and refuses
// what is ticked (or the line one is at); in the list of reasons 1 to 4 choose.
const rows = [...document.querySelectorAll('tr.claim')]
const box = (row) => row.querySelector('input[type=checkbox]')
const all = document.getElementById('all')
const ticked = document.getElementById('ticked')
const why = document.getElementById('why')
const reasons = [...why.querySelectorAll('input[type=radio]')]
let at = -1

function count() {
  const many = rows.filter((row) => box(row).checked).length
  ticked.textContent = many ? `${ticked.dataset.one} ${many} / ${rows.length}` : ''
  all.checked = many === rows.length
}

function walk(to) {
  at = Math.max(0, Math.min(rows.length - 1, to))
  rows.forEach((row, i) => row.classList.toggle('here', i === at))
  box(rows[at]).focus()
  rows[at].scrollIntoView({ block: 'nearest' })
}

function tickHere() {
  if (!rows.some((row) => box(row).checked)) box(rows[Math.max(at, 0)]).checked = true
  count()
}

function tickAll(on) {
  for (const row of rows) box(row).checked = on
  count()
}

const press = {
  j: () => walk(at + 1),
  k: () => walk(at - 1),
  e: () => tickAll(!all.checked),
  a: () => { tickHere(); document.getElementById('approve').click() },
  r: () => { tickHere(); why.open = true; (reasons.find((one) => one.checked) || reasons[0]).focus() },
}

all.addEventListener('change', () => tickAll(all.checked))
document.getElementById('claims').addEventListener('change', count)
document.getElementById('claims').addEventListener('submit', () => {
  // Pressed twice it would be decided twice; the second page would only say so.
  setTimeout(() => { for (const button of document.querySelectorAll('.decide button')) button.disabled = true })
})
for (const row of rows) box(row).addEventListener('focus', () => { at = rows.indexOf(row) })

why.addEventListener('keydown', (event) => {
  const chosen = event.target.matches('input[type=radio]') && reasons[Number(event.key) - 1]
  if (chosen) { chosen.checked = true; chosen.focus() }
  if (event.key === 'Enter' && event.target.matches('input')) {
    event.preventDefault()
    document.getElementById('refuse').click()
  }
  if (event.key === 'Escape') { why.open = false; walk(Math.max(at, 0)) }
})

document.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches('input[type=text], input:not([type]), select, textarea')) return
  if (event.key === 'Enter' && event.target.matches('tr.claim input')) return event.preventDefault()
  const found = press[event.key.toLowerCase()]
  if (found) {
    event.preventDefault()
    found()
  }
})
