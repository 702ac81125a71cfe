// Where a participation is, and what comes next and by when, in one breath.
import { type Word, lang, t } from '@/words'
import { day } from '@/words/format'

export function stateWords(one: { state: string; next: string; next_until?: string | null; reason: string }): string {
  const until = one.next_until ? day(one.next_until, lang.value) : ''
  if (one.next === 'notice' && until) return t('state.notice', { day: until })
  if (one.next === 'may_appeal' && until) return t('state.may-appeal', { day: until })
  return t(`claim.${one.state}` as Word)
}
