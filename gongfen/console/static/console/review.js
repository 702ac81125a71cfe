// The review desk by keyboard: J and K walk, space ticks, A approves, R refuses what is ticked (or the line one is at).
const rows = [...document.querySelectorAll('tr.claim')]
const box = (row) => row.querySelector('input[type=checkbox]')
let at = -1

function walk(to) {
  at = Math.max(0, Math.min(rows.length - 1, to))
  rows.forEach((row, i) => row.classList.toggle('here', i === at))
  box(rows[at]).focus()
}

function decide(button) {
  if (!rows.some((row) => box(row).checked) && at >= 0) box(rows[at]).checked = true
  document.getElementById(button).click()
}

document.getElementById('all').addEventListener('change', (event) => {
  for (const row of rows) box(row).checked = event.target.checked
})

document.addEventListener('keydown', (event) => {
  if (event.target.matches('input:not([type=checkbox]), select, textarea') || event.ctrlKey || event.metaKey) return
  const keys = { j: () => walk(at + 1), k: () => walk(at - 1), a: () => decide('approve'), r: () => decide('refuse') }
  const press = keys[event.key.toLowerCase()]
  if (press) {
    event.preventDefault()
    press()
  }
})
