import { useSurroundings } from '../surroundings.ts'
import { Failed } from '../ui/Failed.tsx'
import { Icon } from '../ui/Icon.tsx'
import { Section } from '../ui/Section.tsx'
import { Tag } from '../ui/Tag.tsx'
import { useWords } from '../words.ts'
import { levelKey } from './Bars.tsx'
import type { Filter } from './filter.ts'
import type { RatedPage, RatedTicket } from './shapes.ts'

const tones = { good: 'green', neutral: 'grey', bad: 'red' } as const

/** The ratings behind what is shown, the latest first; level and reason narrow them. */
export function Ratings(props: {
  page: RatedPage | undefined
  error: unknown
  retry: () => void
  filter: Filter
  narrow: (change: Partial<Filter>) => void
  more: (() => void) | null
  save: () => void
}) {
  const { t, number } = useWords()
  const { page, error, filter, narrow } = props
  return (
    <Section
      name="ratings"
      title={t('ratings.title')}
      note={<span class="small subtle number">{page !== undefined && number(page.total)}</span>}
    >
      <div class="pills">
        {filter.level !== '' && (
          <Pill name={t(levelKey(Number(filter.level)))} drop={() => narrow({ level: '' })} />
        )}
        {filter.reason !== '' && <Pill name={filter.reason} drop={() => narrow({ reason: '' })} />}
        <button type="button" class="text-button small" onClick={props.save}>
          {t('satisfaction.csv')}
        </button>
      </div>
      {page === undefined && error !== null && (
        <Failed error={error} retry={props.retry} level={2} />
      )}
      {page === undefined && error === null && (
        <div class="bone table-bone bones" aria-hidden="true" />
      )}
      {page?.items.length === 0 && <p class="subtle">{t('ratings.none')}</p>}
      <ul class="rated">
        {page?.items.map((one) => (
          <Rated key={one.id} rated={one} />
        ))}
      </ul>
      {props.more !== null && (
        <button type="button" class="button" onClick={props.more}>
          {t('ratings.more')}
        </button>
      )}
    </Section>
  )
}

function Pill({ name, drop }: { name: string; drop: () => void }) {
  const { t } = useWords()
  return (
    <button
      type="button"
      class="pill small"
      aria-label={t('ratings.drop', { name })}
      onClick={drop}
    >
      <bdi>{name}</bdi> <Icon name="cross" tiny />
    </button>
  )
}

function Rated({ rated }: { rated: RatedTicket }) {
  const { t, date, dateTime } = useWords()
  const { zaf } = useSurroundings()
  const id = rated.ticket.replace(/^zendesk:/, '')
  const about = [rated.customer.name, rated.agentName ?? rated.agent, rated.channel]
  return (
    <li>
      <p class="rated-head">
        <Tag tone={tones[rated.verdict]} square>
          {t('ratings.level', { level: rated.level, scale: rated.scale })}
        </Tag>
        <button type="button" class="text-button cut" onClick={() => zaf.openTicket(id)}>
          <bdi>{rated.subject ?? t('ticket.noSubject')}</bdi>
        </button>
        <time class="small subtle" dateTime={rated.ratedAt} title={dateTime(rated.ratedAt)}>
          {date(rated.ratedAt)}
        </time>
      </p>
      {rated.comment !== null && (
        <p class="comment">
          <bdi>{rated.comment}</bdi>
        </p>
      )}
      <p class="small subtle">
        {about
          .filter((one) => one !== null)
          .map((one, at) => (
            <span key={one}>
              {at > 0 && ' · '}
              <bdi>{one}</bdi>
            </span>
          ))}
        {rated.reasons.map((reason) => (
          <Tag key={reason} square>
            {reason}
          </Tag>
        ))}
      </p>
    </li>
  )
}
