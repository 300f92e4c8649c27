import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import type { Card } from '../../worker/customers/card.ts'
import { Guarded } from '../ui/Guarded.tsx'
import { BadRating } from './BadRating.tsx'
import { CaseLine } from './CaseLine.tsx'
import { Identity } from './Identity.tsx'
import { Mood } from './Mood.tsx'
import { Orders } from './Orders.tsx'
import { Segments } from './Segments.tsx'
import { Tickets } from './Tickets.tsx'
import { Totals } from './Totals.tsx'
import './card.css'

/** What is known of a person, in the order in which an agent needs it. Children stand below the name. */
export function CardBody(props: {
  card: Card
  /** How the help desk calls the person; shown where we know no name. */
  name: string | null
  ticketId: string | null
  children?: ComponentChildren
}) {
  const { card, name, ticketId } = props
  const [channel, setChannel] = useState<string | null>(null)
  const shown = card.channels.find((one) => one.channel === channel) ?? null
  return (
    <>
      <Identity card={card} name={card.name ?? name} />
      {props.children}
      {card.badRating !== null && (
        <Guarded>
          <BadRating rating={card.badRating} today={card.freshness.today} ticketId={ticketId} />
        </Guarded>
      )}
      <Guarded>
        <Segments card={card} channel={shown} />
      </Guarded>
      <Guarded>
        <Mood card={card} />
      </Guarded>
      <Guarded>
        <Totals card={card} channel={shown} choose={setChannel} />
      </Guarded>
      <Guarded>
        <CaseLine card={card} ticketId={ticketId} />
      </Guarded>
      <div class="sections">
        <Guarded>
          <Tickets card={card} ticketId={ticketId} />
        </Guarded>
        <Guarded>
          <Orders card={card} channel={shown?.channel ?? null} />
        </Guarded>
      </div>
    </>
  )
}
