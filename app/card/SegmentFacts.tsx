import { useId } from 'preact/hooks'
import type { Card, CardSegment } from '../../worker/customers/card.ts'
import { Icon } from '../ui/Icon.tsx'
import { useWords } from '../words.ts'
import { type Said, sayReason } from './reason.ts'
import { SegmentName } from '../ui/SegmentName.tsx'

/** Why somebody is in a segment: the facts that satisfy its rule, since when, and when it ends by itself. */
export function SegmentFacts(props: { segment: CardSegment; card: Card; close: () => void }) {
  const words = useWords()
  const { t } = words
  const { segment, card, close } = props
  const title = useId()
  const said = segment.because.map((reason) => sayReason(words, reason, card.currency))
  return (
    <section class="facts-panel" aria-labelledby={title}>
      <div class="facts-head">
        <h3 id={title}>
          <SegmentName segment={segment} />
        </h3>
        <button type="button" class="icon-button" aria-label={t('close')} onClick={close}>
          <Icon name="cross" tiny />
        </button>
      </div>
      <ul class="reasons">
        {said.map((one, index) => (
          <Reason key={index} said={one} />
        ))}
      </ul>
      <Term segment={segment} card={card} ranked={said.some(({ line }) => line !== null)} />
    </section>
  )
}

function Reason({ said }: { said: Said }) {
  const { t } = useWords()
  const { fact, need, events, line } = said
  return (
    <li>
      <Icon name="check" tiny />
      <div>
        <p>
          {fact}
          {need !== null && <span class="subtle small need">{t('need.text', { need })}</span>}
        </p>
        {line !== null && <Line line={line} />}
        {events.length > 0 && (
          <ul class="events small subtle">
            {events.map(({ key, id, day, amount }) => (
              <li key={key}>
                <bdi class="cut">{id}</bdi>
                <span>{day}</span>
                {amount !== null && <span class="number">{amount}</span>}
              </li>
            ))}
          </ul>
        )}
      </div>
    </li>
  )
}

function Line({ line }: { line: NonNullable<Said['line']> }) {
  return (
    <div class="small">
      <p class="subtle">{line.text}</p>
      {line.share !== null && (
        <div class="line-bar" aria-hidden="true">
          <span style={{ insetInlineStart: `${Math.round(line.share * 100)}%` }} />
        </div>
      )}
      {line.distance !== null && <p>{line.distance}</p>}
    </div>
  )
}

function Term(props: { segment: CardSegment; card: Card; ranked: boolean }) {
  const { t, day, fromDay } = useWords()
  const { since, until } = props.segment
  const { today } = props.card.freshness
  return (
    <dl class="term small">
      <dt>{t('segment.since')}</dt>
      <dd>
        <time dateTime={since}>{day(since)}</time>
      </dd>
      <dt>{t('segment.until')}</dt>
      <dd>
        {until === null ? (
          t(props.ranked ? 'segment.movingEnd' : 'segment.noEnd')
        ) : (
          <time dateTime={until}>
            {t('segment.end', { day: day(until), when: fromDay(until, today) })}
          </time>
        )}
      </dd>
    </dl>
  )
}
