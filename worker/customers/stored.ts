import type { OrderTotals } from '../orders/totals.ts'
import type { Live } from '../segments/live.ts'
import type { BadRating } from '../tickets/bad-rating.ts'
import type { Day } from '../time.ts'
import type { Reason } from './card.ts'

export type StoredEvent = NonNullable<Reason['events']>[number]

/** A reason whose events are positions in the card's list, because segments share them. */
export interface StoredReason extends Omit<Reason, 'events'> {
  events?: number[]
}

/** A stretch of membership that holds on the day of the card or begins later. */
export interface StoredSpan {
  since: Day
  /** First day outside; null = no known end. */
  until: Day | null
  /** Left out within channels. */
  because?: StoredReason[]
}

export interface StoredSegment {
  key: string
  spans: StoredSpan[]
  /** Of rank segments: what decides membership once today's line is known. */
  live?: Live
}

export interface StoredChannel {
  channel: string
  totals: OrderTotals
  /** Segments whose basis is the channel, within this channel; without reasons. */
  segments: StoredSegment[]
}

/** JSON of `persons.card`, about 2 kB at most: everything that needs no further facts to be shown on a later day. */
export interface StoredCard {
  /** The day it was derived for. */
  day: Day
  name: string | null
  email: string | null
  phone: string | null
  totals: OrderTotals
  channels: StoredChannel[]
  segments: StoredSegment[]
  /** The events that reasons name. */
  events: StoredEvent[]
  openTickets: number
  tickets: number
  /** Shown until its days are over. */
  badRating: BadRating | null
  /** Keys of the person's profiles. */
  profiles: string[]
}

/**
 * Size, in characters, that derivation keeps All of a card to by naming fewer events; channels come on top, so that
 * they never change what All says.
 */
export const CARD_LIMIT = 1400
