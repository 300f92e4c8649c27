import type { Query } from '../api.ts'
import type { Route } from '../router.ts'

/** A row of `GET /v1/customers`. Money is minor units of `currency`. */
export interface CustomerRow {
  id: number
  name: string | null
  email: string | null
  segments: { key: string; name: string }[]
  totalOrderValue: number
  currency: string
  orders: number
  averageSpend: number | null
  latestPurchase: string | null
  customerSince: string | null
  channels: string[]
}

export interface CustomerPage {
  items: CustomerRow[]
  next: string | null
  total: number
  totalIsApproximate?: boolean
}

/** Orders that the API has. */
export const sortable = [
  'totalOrderValue',
  'orders',
  'averageSpend',
  'latestPurchase',
  'customerSince',
] as const

export type Sortable = (typeof sortable)[number]

export const pageSize = 50

/** What is asked for: everything that the address says. */
export interface Filter {
  q: string
  segment: string
  sort: { by: Sortable; down: boolean }
  /** Cursor of the page before; empty on the first. */
  after: string
  /** Rows before this page. */
  skipped: number
  /** The customer whose drawer is open. */
  open: number | null
}

/** Reads the filter from the address; what makes no sense there is left out. */
export function readFilter(query: Route['query']): Filter {
  const { q = '', segment = '', sort = '', after = '', n = '', open = '' } = query
  const by = sortable.find((name) => name === sort.replace(/^-/, ''))
  const skipped = Number.parseInt(n, 10)
  const id = Number.parseInt(open, 10)
  return {
    q,
    segment,
    sort:
      by === undefined ? { by: 'totalOrderValue', down: true } : { by, down: sort.startsWith('-') },
    after,
    skipped: after !== '' && skipped > 0 ? skipped : 0,
    open: id > 0 ? id : null,
  }
}

/** Writes a filter into the address; what is as usual is left out. */
export function writeFilter(filter: Filter): Route['query'] {
  const sort = sortText(filter.sort)
  return {
    q: filter.q,
    segment: filter.segment,
    sort: sort === '-totalOrderValue' ? '' : sort,
    after: filter.after,
    n: filter.skipped > 0 ? String(filter.skipped) : '',
    open: filter.open === null ? '' : String(filter.open),
  }
}

/** The question to the API. */
export function questionOf({ q, segment, sort, after }: Filter): Query {
  return { sort: sortText(sort), q, segment, after, limit: pageSize }
}

/** A column's next order: the greatest first, then turned around. */
export function nextSort(current: Filter['sort'], by: Sortable): Filter['sort'] {
  return current.by === by ? { by, down: !current.down } : { by, down: true }
}

function sortText({ by, down }: Filter['sort']): string {
  return `${down ? '-' : ''}${by}`
}
