// Lines of people: while one types, the line's meaning stands below; Enter takes the only answer and goes on.
// Without this script the same lines are read by the server when they are sent.
for (const form of document.querySelectorAll('form.typing')) {
  const field = form.querySelector('textarea')
  const meant = form.querySelector('.meant')
  const known = new Map()

  async function ask(line) {
    if (!known.has(line)) {
      known.set(line, fetch(`${form.dataset.names}?q=${encodeURIComponent(line)}`).then((answer) => answer.json()).catch(() => null))
    }
    return known.get(line)
  }

  let drawn = 0
  async function draw() {
    const turn = ++drawn
    const lines = field.value.split('\n').map((line) => line.trim()).filter(Boolean)
    const answers = await Promise.all(lines.map(ask))
    if (turn !== drawn) return
    meant.replaceChildren(...answers.map((answer, place) => {
      const row = document.createElement('li')
      if (!answer) row.textContent = lines[place]
      else if (answer.one) {
        row.textContent = `✓ ${answer.found[0]} · ${answer.times}`
        row.className = 'yes'
      } else {
        row.textContent = `？ ${answer.no} ${answer.found.join('、')}`
        row.className = 'no'
      }
      return row
    }))
  }

  let later = 0
  field.addEventListener('input', () => {
    clearTimeout(later)
    later = setTimeout(draw, 150)
  })
  if (field.value.trim()) draw()
}
