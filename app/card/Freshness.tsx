import type { Card } from '../../worker/customers/card.ts'
import { useSurroundings } from '../surroundings.ts'
import { Icon } from '../ui/Icon.tsx'
import { useWords } from '../words.ts'
import type { Requester } from '../zaf.ts'
import { matchedBy } from './match.ts'

/** As of when, what is still on its way, and why we think that this is the person. */
export function Freshness(props: {
  card: Card | null
  /** Whom the help desk names; null where nobody was matched. */
  requester: Requester | null
  busy: boolean
  refresh: () => void
}) {
  const { t, time, dateTime, date, list } = useWords()
  const { now } = useSurroundings()
  const { card, requester, busy, refresh } = props
  const keys = card === null || requester === null ? [] : matchedBy(card, requester)
  const waiting = card?.freshness.waiting ?? 0
  const asOf = card?.freshness.asOf
  const today = new Date(now()).toISOString()
  return (
    <footer class="freshness small subtle">
      <div>
        {asOf !== undefined && (
          <p class={waiting > 0 ? 'waiting' : ''}>
            <span title={dateTime(asOf)}>
              {t('freshness.asOf', {
                time: date(asOf) === date(today) ? time(asOf) : dateTime(asOf),
              })}
            </span>
            {waiting > 0 && <>{t('freshness.waiting', { count: waiting })}</>}
          </p>
        )}
        {keys.length > 0 && (
          <p>{t('match.by', { keys: list(keys.map((key) => t(`key.${key}`))) })}</p>
        )}
      </div>
      <button
        type="button"
        class={`icon-button${busy ? ' turning' : ''}`}
        aria-label={t('refresh')}
        title={t('refresh')}
        onClick={refresh}
      >
        <Icon name="refresh" />
      </button>
    </footer>
  )
}
