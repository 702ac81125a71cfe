// What a screen measures, as numbers: [what is too small, cut off or covered: which words, …]. Nothing is said of what cannot be seen.
;({ text, target, spacing, contrast }) => {
  const wrong = []
  const say = (what, element, words) => wrong.push(`${what}: ${(words || element.getAttribute('aria-label') || element.textContent || element.tagName).trim().slice(0, 40)} <${element.className || element.tagName}>`)
  const colour = (value) => {
    const [r, g, b, a = 1] = (value.match(/[\d.]+/g) || [0, 0, 0, 0]).map(Number)
    return { r, g, b, a }
  }
  const light = ({ r, g, b }) => {
    const [x, y, z] = [r, g, b].map((one) => one / 255).map((one) => (one <= 0.04045 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4))
    return 0.2126 * x + 0.7152 * y + 0.0722 * z
  }
  const behind = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const style = getComputedStyle(at)
      if (style.backgroundImage !== 'none') return undefined
      const under = colour(style.backgroundColor)
      if (under.a > 0.99) return under
    }
    return { r: 255, g: 255, b: 255, a: 1 }
  }
  const seen = (element) => {
    const style = getComputedStyle(element)
    const box = element.getBoundingClientRect()
    return style.visibility === 'visible' && style.display !== 'none' && Number(style.opacity) > 0 && box.width > 1 && box.height > 1 && !element.closest('[aria-hidden=true]')
  }
  const still = (element) => {
    for (let at = element; at; at = at.parentElement) if (getComputedStyle(at).position === 'fixed') return false
    return true
  }
  const cut = (element, box) => {
    for (let at = element; at && at !== document.body; at = at.parentElement) {
      const style = getComputedStyle(at)
      if (style.overflowX === 'auto' || style.overflowX === 'scroll') return false
      const frame = at.getBoundingClientRect()
      if (style.overflowX !== 'visible' && (box.left < frame.left - 2 || box.right > frame.right + 2)) return true
      if (['hidden', 'clip'].includes(style.overflowY) && (box.top < frame.top - box.height / 3 || box.bottom > frame.bottom + box.height / 3)) return true
    }
    return box.left < -1 || box.right > document.documentElement.clientWidth + 1
  }
  const lines = []
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const words = node.textContent.trim()
    const element = node.parentElement
    if (!words || !element || ['SCRIPT', 'STYLE', 'NOSCRIPT'].includes(element.tagName) || !seen(element)) continue
    const range = document.createRange()
    range.selectNodeContents(node)
    const boxes = [...range.getClientRects()].filter((box) => box.width > 1)
    if (boxes.some((box) => cut(element, box))) say('cut off', element, words)
    if (still(element)) for (const box of boxes) lines.push({ box, node, element, words })
    const style = getComputedStyle(element)
    const size = parseFloat(style.fontSize)
    if (size < (still(element) ? text : Math.min(text, 24)) - 0.01) say(`text of ${size} px`, element, words)
    const line = style.lineHeight === 'normal' ? 1.2 * size : parseFloat(style.lineHeight)
    const alone = element.closest('button,uni-button,[role=button]') && element.scrollHeight <= line * 1.9
    if (line < size * spacing - 0.01 && !alone) say(`line of ${(line / size).toFixed(2)}`, element, words)
    const under = behind(element)
    if (!under || element.closest('[disabled],[aria-disabled=true]')) continue
    const [one, other] = [light(colour(style.color)), light(under)].sort((a, b) => b - a)
    const ratio = (one + 0.05) / (other + 0.05)
    if (ratio < contrast - 0.005) say(`contrast of ${ratio.toFixed(2)}`, element, words)
  }
  for (const [at, one] of lines.entries()) {
    for (const other of lines.slice(at + 1)) {
      if (other.node === one.node) continue
      const wide = Math.min(one.box.right, other.box.right) - Math.max(one.box.left, other.box.left)
      const high = Math.min(one.box.bottom, other.box.bottom) - Math.max(one.box.top, other.box.top)
      if (wide > 4 && high > 0.4 * Math.min(one.box.height, other.box.height)) say(`over “${other.words.slice(0, 12)}”`, one.element, one.words)
    }
  }
  for (const element of document.querySelectorAll('button,uni-button,[role=button],[role=switch],[role=checkbox],[role=radio],a[href],input,textarea,select')) {
    if (!seen(element) || element.closest('uni-input,uni-textarea') !== null && !['INPUT', 'TEXTAREA'].includes(element.tagName)) continue
    const around = ['INPUT', 'TEXTAREA'].includes(element.tagName) ? element.closest('uni-input,uni-textarea') || element : element
    const { width, height } = around.getBoundingClientRect()
    if (width < target - 0.5 || height < target - 0.5) say(`target of ${Math.round(width)}×${Math.round(height)}`, element)
  }
  return [...new Set(wrong)]
}
