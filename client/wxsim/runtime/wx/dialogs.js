// What WeChat shows over a page, and what the person answers (sim.world says it).
import { note, sim } from '../report.js'
import { always, no, yes } from './answer.js'

function showToast(options) {
  const toast = document.getElementById('toast')
  toast.textContent = options.title
  setTimeout(() => (toast.textContent = ''), options.duration ?? 1500)
  note(`toast ${options.title}`)
  return yes('showToast', options)
}

function showModal(options) {
  note(`asks ${options.title ?? ''} ${options.content ?? ''}`.trim())
  const confirm = Boolean(sim.world.confirm)
  return yes('showModal', options, { confirm, cancel: !confirm, content: options.editable ? String(sim.world.confirm) : undefined })
}

function showActionSheet(options) {
  note(`sheet ${options.itemList.join('|')}`)
  return sim.world.sheet === null ? no('showActionSheet', options, 'cancel') : yes('showActionSheet', options, { tapIndex: sim.world.sheet })
}

export const dialogs = {
  showToast,
  showModal,
  showActionSheet,
  hideToast: always('hideToast'),
  showLoading: always('showLoading'),
  hideLoading: always('hideLoading'),
  setNavigationBarTitle: always('setNavigationBarTitle'),
  setNavigationBarColor: always('setNavigationBarColor'),
  setBackgroundColor: always('setBackgroundColor'),
  setBackgroundTextStyle: always('setBackgroundTextStyle'),
  startPullDownRefresh: always('startPullDownRefresh'),
  stopPullDownRefresh: always('stopPullDownRefresh'),
  pageScrollTo: always('pageScrollTo'),
  hideKeyboard: always('hideKeyboard'),
}
