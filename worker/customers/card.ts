import type { CardCase } from '../cases/latest.ts'
import type { CardSentiment } from '../sentiment/mood.ts'
/** A calendar day `YYYY-MM-DD` in the account's zone, as the API writes it. */
export type DayText = string

/** Money in minor units of the account's base currency. */
export type Minor = number

/** One fact that satisfies a condition of a rule: enough to say it in words and to check it. */
export interface Reason {
  /** The fact of the condition, e.g. `orders.count`. */
  fact: string
  op?: string
  /** What the rule asks for. */
  value?: unknown
  within?: { days: number } | { months: number }
  where?: { property: string; op: string; value?: unknown }[]
  /** Rank conditions: who is asked for. */
  rank?: { top: number; unit: '%' | 'people' }
  /** The condition does not hold, as the rule asks (`none`). */
  not?: true
  /** What the person has on that day; money in minor units, days as text, null = nothing. */
  actual: unknown
  /** The events counted, the latest first, at most five. */
  events?: {
    kind: 'order' | 'ticket' | 'rating' | 'message' | 'case'
    id: string
    day: DayText
    amount?: Minor
  }[]
  /**
   * Rank conditions: the day's line (null: nobody is ranked, or too few), the number of ranked persons, the rank
   * cut, and how far above the line the person is.
   */
  line?: { value: Minor | null; n: number; k: number; distance: Minor | null; tooFew?: boolean }
}

/** Why, since when and until when a person is in a segment. */
export interface CardSegment {
  key: string
  name: string
  since: DayText
  /** First day outside the segment if nothing happens; null when no end is known. */
  until: DayText | null
  because: Reason[]
}

/** Totals over all orders, or over those of one channel. */
export interface Totals {
  totalOrderValue: Minor
  orders: number
  averageSpend: Minor | null
  latestPurchase: DayText | null
  customerSince: DayText | null
  /** Counted orders whose currency has no rate for their day: counted, but in no amount. */
  withoutRate: number
}

export interface CardOrder {
  id: string
  channel: string
  placedAt: string
  status: string
  paymentStatus: string | null
  fulfilment: string | null
  url: string | null
  currency: string
  total: Minor
  refunded: Minor
  counted: boolean
  /** Where it is sent to. */
  shipTo: { city: string | null; region: string | null; country: string | null } | null
  lines: { title: string; quantity: number }[]
}

export interface CardTicket {
  id: string
  channel: string
  status: string
  open: boolean
  subject: string | null
  createdAt: string
  solvedAt: string | null
  assignee: string | null
}

/** A bad rating that still counts: no good one has followed, and its days are not over. */
export interface CardBadRating {
  ticket: string
  day: DayText
  /** Raw level of its scale. */
  level: number
  scale: number
  reasons: string[]
  /** First day without the flag if no good rating comes before. */
  until: DayText
}

export interface CardIdentity {
  kind: 'id' | 'email' | 'phone'
  value: string
  verified: boolean
}

/** Answer of `GET /v1/customers/{id}` and `/lookup`. */
export interface Card extends Totals {
  id: number
  name: string | null
  email: string | null
  phone: string | null
  currency: string
  identities: CardIdentity[]
  channels: (Totals & { channel: string; segments: { key: string; name: string }[] })[]
  segments: CardSegment[]
  /** The latest ten. */
  latestOrders: CardOrder[]
  /** Open ones first, then recent, at most ten. */
  tickets: CardTicket[]
  openTickets: number
  totalTickets: number
  sentiment: CardSentiment | null
  badRating: CardBadRating | null
  /** The latest inquiry case of the last three months, if there is one. */
  cases: CardCase[]
  /** Other persons who may be the same, and the key that says so. */
  candidates: { id: number; name: string | null; key: string }[]
  freshness: {
    /** Instant up to which all accepted changes are in this card. */
    asOf: string
    /** Changes accepted since, not yet evaluated for this person. */
    waiting: number
    today: DayText
  }
}
