import type { ApiOrder, ApiOrderLine, PropertyValue } from '../world.ts'
import type { ChannelKey } from './catalogue.ts'
import type { Language, Tone, Topic } from './phrases/phrase.ts'

/** What the day and the seed decide. Nothing happens at or after `end`, the first minute of today. */
export interface Frame {
  seed: number
  today: number
  first: number
  end: number
}

/** A customer record of one sales channel. */
export interface Account {
  id: string
  channel: ChannelKey
  email?: string
  phone?: string
  verified: boolean
  /** Minute at which the record was made. */
  createdAt: number
}

/** Somebody who buys, or only writes. */
export interface Person {
  name: string
  /** How agents address the person. */
  given: string
  language: Language
  city: string
  country: string
  currency: 'GBP' | 'EUR'
  device: 'phone' | 'tablet'
  model: string
  os: string
  source: string
  accounts: Account[]
  /** Address and phone that the help desk knows. */
  contact: { email?: string; phone?: string }
  newsletter: boolean
}

/** An order before it has a number. */
export interface OrderDraft {
  person: Person
  account: Account
  /** Minute. */
  at: number
  status: ApiOrder['status']
  currency: string
  total: number
  paid?: number
  fulfilment: string
  lines: ApiOrderLine[]
  properties: Record<string, PropertyValue>
  refunds: { at: number; amount: number }[]
  /** A credit note of the marketplace, which names no order. */
  creditNote?: { at: number; amount: number }
}

export interface NumberedOrder extends OrderDraft {
  id: string
  /** As people write it. */
  number: string
}

/** A reason to write, before the conversation is made up. */
export interface TicketPlan {
  person: Person
  order?: NumberedOrder
  topic: Topic
  channel: string
  /** Minute of the first message. */
  at: number
  product: string
  upset: boolean
  /** Overrides what chance would decide. */
  script?: {
    text?: string
    tone?: Tone
    level?: number
    reasons?: string[]
    unanswered?: true
    persona?: string
  }
}
