import type { Condition, Rule } from '../../worker/segments/rule.ts'
import { isRule } from '../rules/draft.ts'
import type { PersonLabel } from '../../worker/sentiment/catalog.ts'
import type { Query } from '../api.ts'
import type { Route } from '../router.ts'

/** A value of a field. */
export type Word = string | number | boolean

/** A row of `GET /v1/customers`. Money is minor units of `currency`. */
export interface CustomerRow {
  id: number
  name: string | null
  email: string | null
  phone: string | null
  /** The instance's value, where rows are not persons. */
  value?: Word | null
  sentiment: { label: PersonLabel } | null
  segments: { key: string; name: string }[]
  totalOrderValue: number
  currency: string
  orders: number
  averageSpend: number | null
  latestPurchase: string | null
  customerSince: string | null
  channels: string[]
  fields?: Record<string, Word | null>
  group?: Word | null
}

export interface CustomerPage {
  items: CustomerRow[]
  next: string | null
  total: number
  totalIsApproximate?: boolean
  groups?: { value: Word | null; customers: number }[]
}

/** Columns of the API's own that it sorts by. */
export const sortable = [
  'totalOrderValue',
  'orders',
  'averageSpend',
  'latestPurchase',
  'customerSince',
] as const

export const pageSize = 50

/** True for a field: what a list can show, group and sort by beside its own columns. */
export function isField(name: string): boolean {
  return name === 'tag' || /^(?:trait|orders\.first|orders\.last)\../.test(name)
}

/** What is asked for: everything that the address says. */
export interface Filter {
  q: string
  segment: string
  filter: Rule | null
  /** `person`, or an order property of which each value has a row. */
  view: string
  /** A field; empty = not grouped. */
  groupBy: string
  /** Columns in order; empty = the usual ones. */
  columns: readonly string[]
  sort: { by: string; down: boolean }
  /** Saved list that this is, or was made from. */
  list: string
  /** Cursor of the page before; empty on the first. */
  after: string
  /** Rows before this page. */
  skipped: number
  /** The customer whose drawer is open. */
  open: number | null
}

function readRule(text: string): Rule | null {
  try {
    const rule: unknown = JSON.parse(text)
    const known = typeof rule === 'object' && rule !== null
    // What is wrong inside is said by the API, which the page shows.
    return known && ['all', 'any', 'none'].some((kind) => kind in rule) ? (rule as Rule) : null
  } catch {
    return null
  }
}

/** Reads the filter from the address; what makes no sense there is left out. */
export function readFilter(query: Route['query']): Filter {
  const { q = '', segment = '', filter = '', view = '', groupBy = '', columns = '' } = query
  const { sort = '', list = '', after = '', n = '', open = '' } = query
  const by = sort.replace(/^-/, '')
  const isSort = sortable.some((name) => name === by) || isField(by)
  const skipped = Number.parseInt(n, 10)
  const id = Number.parseInt(open, 10)
  return {
    q,
    segment,
    filter: readRule(filter),
    view: view === '' ? 'person' : view,
    groupBy: isField(groupBy) ? groupBy : '',
    columns: columns === '' ? [] : columns.split(','),
    sort: isSort ? { by, down: sort.startsWith('-') } : { by: 'totalOrderValue', down: true },
    list,
    after,
    skipped: after !== '' && skipped > 0 ? skipped : 0,
    open: id > 0 ? id : null,
  }
}

/** What a saved list keeps of a filter: parameters of the API, those as usual left out. */
export function savedQuery(filter: Filter): Record<string, string> {
  const sort = sortText(filter.sort)
  const all = {
    q: filter.q,
    segment: filter.segment,
    filter: filter.filter === null ? '' : JSON.stringify(filter.filter),
    view: filter.view === 'person' ? '' : filter.view,
    groupBy: filter.groupBy,
    columns: filter.columns.join(','),
    sort: sort === '-totalOrderValue' ? '' : sort,
  }
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== ''))
}

/** Writes a filter into the address; what is as usual is left out. */
export function writeFilter(filter: Filter): Route['query'] {
  return {
    ...savedQuery(filter),
    list: filter.list,
    after: filter.after,
    n: filter.skipped > 0 ? String(filter.skipped) : '',
    open: filter.open === null ? '' : String(filter.open),
  }
}

/** The question to the API. */
export function questionOf(filter: Filter): Query {
  const { after, sort } = filter
  const fields = filter.columns.filter(isField).join(',')
  return { sort: sortText(sort), ...savedQuery(filter), columns: fields, after, limit: pageSize }
}

/** A column's next order: the greatest first, then turned around. */
export function nextSort(current: Filter['sort'], by: string): Filter['sort'] {
  return current.by === by ? { by, down: !current.down } : { by, down: true }
}

function sortText({ by, down }: Filter['sort']): string {
  return `${down ? '-' : ''}${by}`
}

/** The parts of a filter that are shown, changed and removed one by one. */
export function conditionsOf(rule: Rule | null): readonly (Condition | Rule)[] {
  if (rule === null) return []
  return 'all' in rule ? rule.all : [rule]
}

/** The filter with a part replaced, added at the end (`at` beyond the last), or taken out (null). */
export function withCondition(
  rule: Rule | null,
  at: number,
  next: Condition | Rule | null,
): Rule | null {
  const parts = conditionsOf(rule)
  const all =
    at >= parts.length
      ? [...parts, ...(next === null ? [] : [next])]
      : parts.flatMap((part, k) => (k === at ? (next ?? []) : part))
  const [only] = all
  if (only === undefined) return null
  return all.length === 1 && isRule(only) ? only : { all }
}
