import type { OrderTotals } from '../orders/totals.ts'
import type { Live } from '../segments/live.ts'
import type { Day } from '../time.ts'
import type { Reason } from './card.ts'

/** A stretch of membership that holds on the day of the card or begins later. */
export interface StoredSpan {
  since: Day
  /** First day outside; null = no known end. */
  until: Day | null
  because: Reason[]
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

/** JSON of `persons.card`, at most 2 kB: everything that needs no further facts to be shown on a later day. */
export interface StoredCard {
  /** The day it was derived for. */
  day: Day
  name: string | null
  email: string | null
  phone: string | null
  totals: OrderTotals
  channels: StoredChannel[]
  segments: StoredSegment[]
  openTickets: number
  tickets: number
  /** Keys of the person's profiles. */
  profiles: string[]
}

/** Size of a stored card, in characters, that derivation keeps to by naming fewer events. */
export const CARD_LIMIT = 2000
