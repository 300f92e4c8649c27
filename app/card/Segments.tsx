import { useId, useState } from 'preact/hooks'
import type { Card, CardSegment } from '../../worker/customers/card.ts'
import { Icon } from '../ui/Icon.tsx'
import { Section } from '../ui/Section.tsx'
import { Tag } from '../ui/Tag.tsx'
import { dayNumber, useWords } from '../words.ts'
import { SegmentFacts } from './SegmentFacts.tsx'
import { SegmentName, toneOf } from '../ui/SegmentName.tsx'

/** So many chips before the rest waits behind a "+2". */
const shownAtOnce = 6
/** A membership that ends within so many days carries a mark. */
const soon = 14

/** The segments of a person; each opens the facts behind it. */
export function Segments({
  card,
  channel,
}: {
  card: Card
  channel: Card['channels'][number] | null
}) {
  const { t } = useWords()
  return (
    <Section name="segments" title={t('segments.title')} hidesTitle>
      {card.segments.length === 0 ? (
        <p class="small subtle">{t('segments.none')}</p>
      ) : (
        <Chips card={card} />
      )}
      {channel !== null && <ChannelSegments channel={channel} />}
    </Section>
  )
}

function Chips({ card }: { card: Card }) {
  const { t } = useWords()
  const [open, setOpen] = useState<string | null>(null)
  const [all, setAll] = useState(false)
  const panel = useId()
  const shown = all ? card.segments : card.segments.slice(0, shownAtOnce)
  const hidden = card.segments.length - shown.length
  const chosen = card.segments.find(({ key }) => key === open)
  return (
    <>
      <ul class="chips" aria-label={t('segments.title')}>
        {shown.map((segment) => (
          <li key={segment.key}>
            <Chip
              segment={segment}
              today={card.freshness.today}
              open={segment.key === open}
              panel={panel}
              toggle={() => setOpen(segment.key === open ? null : segment.key)}
            />
          </li>
        ))}
        {hidden > 0 && (
          <li>
            <button type="button" class="tag grey chip" onClick={() => setAll(true)}>
              <span aria-hidden="true">+{hidden}</span>
              <span class="hidden-text">{t('segments.more', { count: hidden })}</span>
            </button>
          </li>
        )}
      </ul>
      <div id={panel}>
        {chosen !== undefined && (
          <SegmentFacts key={chosen.key} segment={chosen} card={card} close={() => setOpen(null)} />
        )}
      </div>
    </>
  )
}

function Chip(props: {
  segment: CardSegment
  today: string
  open: boolean
  panel: string
  toggle: () => void
}) {
  const { t, fromDay } = useWords()
  const { segment, today, open, panel, toggle } = props
  const { key, until } = segment
  const ending = until !== null && dayNumber(until) - dayNumber(today) <= soon
  return (
    <button
      type="button"
      class={`tag chip ${toneOf(key)}`}
      aria-expanded={open}
      aria-controls={panel}
      onClick={toggle}
      onKeyDown={(event) => {
        if (event.key === 'Escape' && open) toggle()
      }}
    >
      {key === 'vip' && <Icon name="star" tiny />}
      <span class="cut">
        <SegmentName segment={segment} />
      </span>
      {ending && (
        <>
          <Icon name="clock" tiny />
          <span class="hidden-text">{t('segment.ending', { when: fromDay(until, today) })}</span>
        </>
      )}
    </button>
  )
}

function ChannelSegments({ channel }: { channel: Card['channels'][number] }) {
  const { t } = useWords()
  return (
    <p class="channel-segments small subtle">
      {t(channel.segments.length === 0 ? 'segments.noneIn' : 'segments.in', {
        channel: channel.channel,
      })}
      {channel.segments.map((segment) => (
        <Tag key={segment.key} tone={toneOf(segment.key)}>
          <SegmentName segment={segment} />
        </Tag>
      ))}
    </p>
  )
}
