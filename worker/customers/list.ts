import { z } from 'zod'
import type { Word } from '../timeline/column.ts'
import type { CustomerTable } from './table.ts'

export const sorts = [
  'totalOrderValue',
  'orders',
  'averageSpend',
  'latestPurchase',
  'customerSince',
] as const
export type SortKey = (typeof sorts)[number]

/** `-totalOrderValue` = highest first. */
export const sortParam = z
  .templateLiteral([z.enum(['', '-']), z.enum(sorts)])
  .transform((text): Sort => {
    const descending = text.startsWith('-')
    const name = text.slice(descending ? 1 : 0)
    return { key: sorts.find((key) => key === name) ?? 'totalOrderValue', descending }
  })

export interface Sort {
  key: SortKey
  descending: boolean
}

const noDay = -2_147_483_648

function readerOf(table: CustomerTable, key: SortKey): (row: number) => number {
  switch (key) {
    case 'totalOrderValue':
      return (row) => table.value[row] ?? 0
    case 'orders':
      return (row) => table.orders[row] ?? 0
    case 'averageSpend':
      return (row) => (table.priced[row] ? (table.value[row] ?? 0) / table.priced[row] : -Infinity)
    case 'latestPurchase':
      return (row) => table.last[row] ?? noDay
    case 'customerSince':
      return (row) => table.first[row] ?? noDay
  }
}

/** Where a page ends: the sort value, the person and the instance of its last row. */
const place = z.tuple([
  z.number().nullable(),
  z.int(),
  z.union([z.string(), z.number(), z.boolean()]).nullable(),
])
export type Place = z.output<typeof place>

export function placeText(at: Place): string {
  return btoa(encodeURIComponent(JSON.stringify(at)))
}

/** The place a cursor names, or null when the text is no cursor of ours. */
export function readPlace(text: string): Place | null {
  try {
    return place.parse(JSON.parse(decodeURIComponent(atob(text))))
  } catch {
    return null
  }
}

export interface Page {
  /** Rows of the table, in order. */
  rows: number[]
  total: number
  next: string | null
}

const rank = (value: Word | null) => (value === null ? '' : String(value))

/**
 * The rows after a place, by sort value, then person, then instance. Rows without a value (no purchase) come
 * last whichever the direction.
 */
export function pageOf(
  table: CustomerTable,
  chosen: readonly number[],
  sort: Sort,
  after: Place | null,
  limit: number,
): Page {
  const read = readerOf(table, sort.key)
  const keyOf = (row: number) => {
    const value = read(row)
    if (value === noDay || value === -Infinity) return Infinity
    return sort.descending ? -value : value
  }
  const keys = new Map(chosen.map((row) => [row, keyOf(row)]))
  const compare = (a: number, b: number) =>
    difference(keys.get(a) ?? 0, keys.get(b) ?? 0) ||
    (table.persons[a] ?? 0) - (table.persons[b] ?? 0) ||
    (rank(table.values[a] ?? null) < rank(table.values[b] ?? null) ? -1 : 1)
  const sorted = chosen.toSorted(compare)
  const start =
    after === null ? 0 : sorted.findIndex((row) => isAfter(row, after, table, keys.get(row) ?? 0))
  const rows = start < 0 ? [] : sorted.slice(start, start + limit)
  const last = rows.at(-1)
  const more = last !== undefined && start + limit < sorted.length
  const key = last === undefined ? 0 : (keys.get(last) ?? 0)
  const next =
    more && last !== undefined
      ? placeText([
          key === Infinity ? null : key,
          table.persons[last] ?? 0,
          table.values[last] ?? null,
        ])
      : null
  return { rows, total: chosen.length, next }
}

function difference(a: number, b: number): number {
  return a === b ? 0 : a < b ? -1 : 1
}

function isAfter(row: number, after: Place, table: CustomerTable, key: number): boolean {
  const [value, person, instance] = after
  const order = difference(key, value ?? Infinity) || difference(table.persons[row] ?? 0, person)
  return order > 0 || (order === 0 && rank(table.values[row] ?? null) > rank(instance))
}
