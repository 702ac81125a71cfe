import type { zh } from './zh'

// English, complete: a missing word does not compile.
export const en: Record<keyof typeof zh, string> = {
  back: 'Back',
  loading: 'Opening',
  'offline.now': 'There is no network now. The pay code still works; what you do is kept and sent later.',
  'offline.why': 'The server cannot be reached. What you typed is still here; try again when there is a network.',
  'no.unknown': 'This did not happen. Please tell the village desk this code: {code}',
  'tab.all': 'Main pages',
  'tab.home': 'Home',
  'tab.activities': 'Activities',
  'tab.statement': 'Statement',
  'tab.mine': 'Mine',
  'keypad.back': 'Back one digit',
  'home.title': 'Gongfen',
  'join.title': 'Sign in',
  'join.code': 'Join code (12 letters on the slip from the clerk)',
  'join.go': 'Sign in',
  'join.guest': 'Look around without signing in',
  'join.ask': 'I have no join code: ask to join',
  'home.points': 'points',
  'home.cash': 'to spend',
  'home.hide': 'Hide the figures',
  'home.show': 'Show the figures',
}
