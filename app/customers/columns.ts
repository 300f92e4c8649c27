import type { Key } from '../words.ts'
import { isField } from './list.ts'

export interface Column {
  id: string
  /** Class of its cells. */
  name: string
  title: Key
  /** Of fields: the name that the shop gave. */
  field?: string
  sort?: string
}

/** The list's own columns; the style sheet drops the later ones first where there is no room. */
export const ownColumns = [
  { id: 'segments', name: 'segments', title: 'segments.title' },
  { id: 'totalOrderValue', name: 'value', title: 'totals.value', sort: 'totalOrderValue' },
  { id: 'orders', name: 'count', title: 'totals.orders', sort: 'orders' },
  { id: 'averageSpend', name: 'average', title: 'totals.average', sort: 'averageSpend' },
  { id: 'latestPurchase', name: 'latest', title: 'totals.latest', sort: 'latestPurchase' },
  { id: 'customerSince', name: 'since', title: 'column.since', sort: 'customerSince' },
  { id: 'channels', name: 'channels', title: 'column.channels' },
  { id: 'email', name: 'email', title: 'column.email' },
  { id: 'phone', name: 'phone', title: 'column.phone' },
  { id: 'sentiment', name: 'mood-word', title: 'mood.title' },
] as const satisfies readonly Column[]

export const usualColumns: readonly string[] = ownColumns.slice(0, 7).map(({ id }) => id)

/** The columns to show, in order, by what the address says; unknown ones are left out. */
export function columnsOf(chosen: readonly string[]): Column[] {
  const names = chosen.length === 0 ? usualColumns : chosen
  return names.flatMap((id): Column[] => {
    const own = ownColumns.find((one) => one.id === id)
    if (own !== undefined) return [own]
    return isField(id) ? [{ id, name: 'field', title: 'rule.fact.trait', field: id, sort: id }] : []
  })
}
