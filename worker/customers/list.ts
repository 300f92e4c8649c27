import { z } from 'zod'
import type { Word } from '../timeline/column.ts'
import { isField } from './fields.ts'
import { type CustomerTable, dayIn } from './table.ts'

export const sorts = [
  'totalOrderValue',
  'orders',
  'averageSpend',
  'latestPurchase',
  'customerSince',
] as const

export interface Sort {
  /** One of `sorts`, or a field. */
  key: string
  descending: boolean
}

/** Name of a field. */
export const fieldName = z
  .string()
  .max(200)
  .refine(isField, 'expected tag, trait.<name>, orders.first.<property> or orders.last.<property>')

/** `-totalOrderValue` = highest first. */
export const sortParam = z
  .string()
  .max(200)
  .transform((text): Sort => {
    const descending = text.startsWith('-')
    return { key: text.slice(descending ? 1 : 0), descending }
  })
  .refine(
    ({ key }) => sorts.some((one) => one === key) || isField(key),
    `expected ${sorts.join(', ')} or a field, "-" before it for the highest first`,
  )

/** Reads what rows are ordered by; null = the row has none. */
function readerOf(table: CustomerTable, key: string): (row: number) => Word | null {
  switch (key) {
    case 'totalOrderValue':
      return (row) => table.value[row] ?? 0
    case 'orders':
      return (row) => table.orders[row] ?? 0
    case 'averageSpend':
      return (row) => (table.priced[row] ? (table.value[row] ?? 0) / table.priced[row] : null)
    case 'latestPurchase':
      return (row) => dayIn(table.last, row)
    case 'customerSince':
      return (row) => dayIn(table.first, row)
    default: {
      const cells = table.fields.get(key) ?? []
      return (row) => cells[row] ?? null
    }
  }
}

/** Where a page ends: group and sort value, the person and the instance of its last row. */
const word = z.union([z.string(), z.number(), z.boolean()]).nullable()
const place = z.tuple([word, word, z.int(), word])
export type Place = z.output<typeof place>

export function placeText(at: Place): string {
  const bytes = new TextEncoder().encode(JSON.stringify(at))
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))
}

/** The place a cursor names, or null when the text is no cursor of ours. */
export function readPlace(text: string): Place | null {
  try {
    return place.parse(
      JSON.parse(new TextDecoder().decode(Uint8Array.from(atob(text), (one) => one.charCodeAt(0)))),
    )
  } catch {
    return null
  }
}

/** Order of a list's rows: by group, within it by sort value, then person, then instance. */
export interface Order {
  sort: Sort
  /** A field; null = one group of all. */
  groupBy: string | null
}

/** Numbers before texts; nothing last. */
function compareWords(a: Word | null, b: Word | null): number {
  if (a === b) return 0
  if (a === null) return 1
  if (b === null) return -1
  if (typeof a === typeof b) return a < b ? -1 : 1
  return typeof a === 'number' || typeof b === 'string' ? -1 : 1
}

function orderOf(table: CustomerTable, { sort, groupBy }: Order) {
  const group = groupBy === null ? () => null : readerOf(table, groupBy)
  const read = readerOf(table, sort.key)
  const placeOf = (row: number): Place => [
    group(row),
    read(row),
    table.persons[row] ?? 0,
    table.values[row] ?? null,
  ]
  const compare = (a: Place, b: Place): number => {
    const byGroup = compareWords(a[0], b[0])
    if (byGroup !== 0) return byGroup
    // What has no value stands last whichever the direction.
    const turned = sort.descending && a[1] !== null && b[1] !== null
    const byValue = compareWords(a[1], b[1])
    return (turned ? -byValue : byValue) || a[2] - b[2] || compareWords(a[3], b[3])
  }
  return { placeOf, compare }
}

/** All rows of a list in order. */
export function sortedRows(table: CustomerTable, chosen: readonly number[], order: Order) {
  const { placeOf, compare } = orderOf(table, order)
  const rows = chosen.map((row) => ({ row, at: placeOf(row) }))
  rows.sort((a, b) => compare(a.at, b.at))
  return rows
}

export interface Page {
  /** Rows of the table, in order. */
  rows: number[]
  total: number
  next: string | null
}

/**
 * The rows after a place. The first rows are found without sorting the others: a page costs the same whichever
 * page of the list it is.
 */
export function pageOf(
  table: CustomerTable,
  chosen: readonly number[],
  order: Order,
  after: Place | null,
  limit: number,
): Page {
  const { placeOf, compare } = orderOf(table, order)
  const best: { row: number; at: Place }[] = []
  let more = false
  for (const row of chosen) {
    const at = placeOf(row)
    if (after !== null && compare(at, after) <= 0) continue
    const last = best.at(-1)
    if (best.length === limit && last !== undefined) {
      more = true
      if (compare(at, last.at) >= 0) continue
      best.pop()
    }
    let low = 0
    let high = best.length
    while (low < high) {
      const middle = (low + high) >> 1
      const other = best[middle]
      if (other !== undefined && compare(other.at, at) < 0) low = middle + 1
      else high = middle
    }
    best.splice(low, 0, { row, at })
  }
  const end = best.at(-1)
  const next = more && end !== undefined ? placeText(end.at) : null
  return { rows: best.map(({ row }) => row), total: chosen.length, next }
}

/** How many rows each value of a field has, in the order of the list. */
export function groupsOf(
  table: CustomerTable,
  chosen: readonly number[],
  field: string,
): { value: Word | null; customers: number }[] {
  const read = readerOf(table, field)
  const counts = new Map<Word | null, number>()
  for (const row of chosen) {
    const value = read(row)
    counts.set(value, (counts.get(value) ?? 0) + 1)
  }
  return [...counts]
    .map(([value, customers]) => ({ value, customers }))
    .toSorted((a, b) => compareWords(a.value, b.value))
}
