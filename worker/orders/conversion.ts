import type { Day } from '../time.ts'
import type { OrderRow, RefundRow } from './facts.ts'

/** Rates into the base currency by `rateKey`; null = asked for, and there is none. */
export type RateTable = Map<string, number | null>

export function rateKey(currency: string, day: Day): string {
  return `${currency} ${day}`
}

/** The (currency, day) pairs that the amounts of rows are converted at and the table does not know yet. */
export function unknownRates(
  orders: readonly OrderRow[],
  refunds: readonly RefundRow[],
  baseCurrency: string,
  dayOf: (instant: number) => Day,
  table: RateTable,
): { currency: string; day: Day }[] {
  const found = new Map<string, { currency: string; day: Day }>()
  const add = (currency: string, day: Day) => {
    const key = rateKey(currency, day)
    if (currency !== baseCurrency && !table.has(key)) found.set(key, { currency, day })
  }
  for (const order of orders) {
    if (order.currency !== baseCurrency) add(order.currency, dayOf(order.at))
  }
  const foreign = refunds.filter((refund) => refund.currency !== baseCurrency)
  if (foreign.length === 0) return [...found.values()]
  const placedAt = new Map(orders.map((order) => [order.id, order.at]))
  for (const refund of foreign) {
    add(refund.currency, dayOf(refund.at))
    const order = refund.orderId === null ? undefined : placedAt.get(refund.orderId)
    if (order !== undefined) add(refund.currency, dayOf(order))
  }
  return [...found.values()]
}
