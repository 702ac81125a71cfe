// On the web, uni-app wraps the browser's own controls: names and roles are carried to what a screen reader meets.

// #ifdef H5
function carry() {
  document.querySelectorAll<HTMLElement>('uni-input input, uni-textarea textarea').forEach((field) => {
    const host = field.closest('uni-input,uni-textarea')
    const name = host?.getAttribute('aria-label') ?? ''
    if (name && field.getAttribute('aria-label') !== name) field.setAttribute('aria-label', name)
  })
  document.querySelectorAll('uni-image > img').forEach((image) => {
    if (!image.hasAttribute('alt')) image.setAttribute('alt', image.parentElement?.getAttribute('aria-label') ?? '')
  })
  document.querySelectorAll('uni-page-wrapper').forEach((page) => page.setAttribute('role', 'main'))
  document.querySelectorAll('uni-page-head').forEach((head) => head.setAttribute('role', 'banner'))
  document.querySelectorAll('.uni-page-head__title').forEach((title) => {
    title.setAttribute('role', 'heading')
    title.setAttribute('aria-level', '1')
  })
  document.querySelectorAll('uni-button').forEach((button) => {
    button.setAttribute('role', button.getAttribute('role') ?? 'button')
    const isOff = button.hasAttribute('disabled') && button.getAttribute('disabled') !== 'false'
    button.setAttribute('aria-disabled', String(isOff))
    if (!button.hasAttribute('tabindex')) button.setAttribute('tabindex', '0')
  })
}
// #endif

export function carryNames() {
  // #ifdef H5
  new MutationObserver(carry).observe(document.documentElement, {
    childList: true,
    subtree: true,
    attributeFilter: ['disabled', 'aria-label'],
  })
  document.addEventListener('keydown', (event) => {
    const target = event.target as HTMLElement
    if ((event.key === 'Enter' || event.key === ' ') && target.getAttribute('role') === 'button') {
      event.preventDefault()
      target.click()
    }
  })
  carry()
  // #endif
}
