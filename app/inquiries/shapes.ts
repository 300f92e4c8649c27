import type { CaseKey, GapBasis } from '../../worker/cases/catalog.ts'

/** A way of grouping tickets into cases. */
export interface Method {
  id: string
  name: string
  keys: CaseKey[]
  gapHours: number | null
  gapFrom: GapBasis
  since: string | null
  filter: unknown[]
  version: number
  isDefault: boolean
}

/** Figures over cases; durations in hours. */
export interface Figures {
  cases: number
  tickets: number
  ticketsPerCase: number | null
  open: number
  resolutionRate: number | null
  reopened: number
  customers: number
  repeatCustomers: number
  firstReply: { median: number | null }
  medianHours: number | null
  p90Hours: number | null
}

export interface Metrics extends Figures {
  from: string
  to: string
  previous: Figures
  groups: (Figures & { key: string })[]
}

export interface CaseRow {
  id: string
  customer: number
  key: string
  openedAt: string
  tickets: string[]
  resolved: boolean
  resolveHours: number | null
}

/** How cases can be told apart. */
export const dimensions = ['key', 'channel', 'type', 'group', 'agent', 'segment'] as const
export type Dimension = (typeof dimensions)[number]
