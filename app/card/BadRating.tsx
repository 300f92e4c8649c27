import type { CardBadRating } from '../../worker/customers/card.ts'
import { useSurroundings } from '../surroundings.ts'
import { Notice } from '../ui/Notice.tsx'
import { useWords } from '../words.ts'

/** The last bad rating that no good one has followed: what it was, why, where, and when it stops counting. */
export function BadRating(props: {
  rating: CardBadRating
  today: string
  ticketId: string | null
}) {
  const { t, day, fromDay, list } = useWords()
  const { zaf } = useSurroundings()
  const { rating, today, ticketId } = props
  const id = rating.ticket.replace(/^zendesk:/, '')
  return (
    <Notice tone="red" icon="warning">
      <p>
        <strong title={day(rating.day)}>
          {t('badRating.title', {
            level: rating.level,
            scale: rating.scale,
            when: fromDay(rating.day, today),
          })}
        </strong>
        {rating.reasons.length > 0 && (
          <>
            {': '}
            <bdi>{list(rating.reasons)}</bdi>
          </>
        )}
      </p>
      {id !== ticketId && (
        <button type="button" class="text-button" onClick={() => zaf.openTicket(id)}>
          {t('badRating.ticket', { id })}
        </button>
      )}
      <p class="small">{t('badRating.until', { day: day(rating.until) })}</p>
    </Notice>
  )
}
