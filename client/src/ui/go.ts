// Where things are. One name a page, so that an address stands in one place.

const PAGES = {
  home: '/pages/resident/home',
  join: '/pages/resident/join',
  activities: '/pages/resident/activities',
  activity: '/pages/resident/activity',
  claim: '/pages/resident/claim',
  mine: '/pages/resident/mine',
  participations: '/pages/resident/participations',
  participation: '/pages/resident/participation',
  statement: '/pages/resident/statement',
  receipts: '/pages/resident/receipts',
  pay: '/pages/resident/pay',
  scan: '/pages/resident/scan',
  sign: '/pages/resident/sign',
  confirm: '/pages/resident/confirm',
  fund: '/pages/resident/fund',
  inbox: '/pages/resident/inbox',
  standing: '/pages/resident/standing',
  shares: '/pages/resident/shares',
  devices: '/pages/resident/devices',
  looks: '/pages/resident/looks',
  here: '/pages/resident/here',
  surveys: '/pages/resident/surveys',
  survey: '/pages/resident/survey',
  notice: '/pages/resident/notice',
  board: '/pages/resident/board',
  corrections: '/pages/resident/corrections',
  receipt: '/pages/resident/receipt',
  proofs: '/pages/resident/proofs',
  calculator: '/pages/resident/calculator',
  wishes: '/pages/resident/wishes',
  helpers: '/pages/resident/helpers',
  limits: '/pages/resident/limits',
  record: '/pages/resident/record',
  office: '/pages/resident/office',
  roster: '/pages/resident/roster',
  week: '/pages/guest/week',
  'shop-list': '/pages/guest/shops',
  terms: '/pages/guest/terms',
  ask: '/pages/guest/ask',
  till: '/pages/shop/till',
  'till-card': '/pages/shop/card',
  'till-day': '/pages/shop/day',
  'till-refund': '/pages/shop/refund',
  'till-offers': '/pages/shop/offers',
  shops: '/pages/shop/mine',
  organise: '/pages/organiser/mine',
  make: '/pages/organiser/make',
  questions: '/pages/organiser/questions',
  lead: '/pages/organiser/activity',
  'lead-code': '/pages/organiser/code',
  'lead-people': '/pages/organiser/people',
  'lead-places': '/pages/organiser/places',
  'lead-sheets': '/pages/organiser/sheets',
  review: '/pages/organiser/review',
} as const

export type Page = keyof typeof PAGES
const TABS: Page[] = ['home', 'activities', 'statement', 'mine']

export function go(page: Page, asked: Record<string, string> = {}) {
  const query = Object.entries(asked).map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
  const url = query.length ? `${PAGES[page]}?${query.join('&')}` : PAGES[page]
  if (TABS.includes(page)) uni.reLaunch({ url })
  else uni.navigateTo({ url })
}
