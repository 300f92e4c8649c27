import type { Reason } from '../../../worker/push/reason.ts'
import type { Words } from '../../words.ts'

/** Why a field holds what it holds, as a sentence; `nameOf` names the account's segments. */
export function sayReason(
  words: Words,
  reason: Reason,
  nameOf: (segment: string) => string,
): string {
  const { t, day, list, number } = words
  const dayOr = (text: string | null | undefined) => (text == null ? '–' : day(text))
  switch (reason.why) {
    case 'orders': {
      const told = { count: number(reason.orders), last: dayOr(reason.last) }
      return reason.first === undefined
        ? t('push.why.orders', told)
        : t('push.why.ordersSince', { ...told, first: dayOr(reason.first) })
    }
    case 'segments':
      return t('push.why.segments', {
        names: list(reason.segments.map(nameOf)),
      })
    case 'member':
      return reason.until === null
        ? t('push.why.member', { since: day(reason.since) })
        : t('push.why.memberUntil', { since: day(reason.since), until: day(reason.until) })
    case 'trait':
      return t('push.why.trait', { name: reason.name })
    case 'rating':
      return t('push.why.rating', { ticket: reason.ticket, until: day(reason.until) })
    default:
      return t(`push.why.${reason.why}`)
  }
}
