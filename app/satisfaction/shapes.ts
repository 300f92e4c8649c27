import type { View } from '../../worker/satisfaction/view.ts'

/** Answer of `GET /v1/satisfaction`. */
export interface Answer extends View {
  asOf: string
  timeZone: string
  hasSchedule: boolean
  falseAlarms: number
}

/** A row of `GET /v1/satisfaction/tickets`. */
export interface RatedTicket {
  id: string
  ticket: string
  ratedAt: string
  level: number
  scale: number
  verdict: 'good' | 'neutral' | 'bad'
  reasons: string[]
  comment: string | null
  subject: string | null
  agent: string | null
  agentName: string | null
  channel: string | null
  customer: { id: number; name: string | null }
}

export interface RatedPage {
  items: RatedTicket[]
  next: string | null
  total: number
}

/** Answer of `GET /v1/satisfaction/at-stake`. Money is minor units of `currency`. */
export interface StakeAnswer {
  currency: string
  totalOrderValue: number
  badRatings: number
  total: number
  items: {
    id: number
    name: string | null
    email: string | null
    totalOrderValue: number
    orders: number
    badRatings: number
    ticket: string
    segments: { key: string; name: string }[]
  }[]
}
