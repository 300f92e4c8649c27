import type { Totals } from '../customers/card.ts'
import type { Facts } from '../customers/facts.ts'
import { type Day, dayText } from '../time.ts'
import { OPEN } from '../timeline/intervals.ts'

/** Counted orders of one entry up to the end of a day. */
export interface OrderTotals {
  orders: number
  /** Those of them with a rate, so with a value. */
  priced: number
  /** Total order value, minor units of the base currency. */
  value: number
  first: Day | null
  last: Day | null
}

/**
 * Totals of entry i: net values of its counted orders, minus refunds that name no order (All and "(none)" only).
 * Without a counted order everything is 0: such a person is outside every customer total.
 */
export function totalsOn(facts: Facts, i: number, day: Day): OrderTotals {
  const { orders, split } = facts
  const totals: OrderTotals = { orders: 0, priced: 0, value: 0, first: null, last: null }
  const end = orders.offsets[i + 1] ?? 0
  for (let k = orders.offsets[i] ?? 0; k < end; k += 1) {
    const on = orders.day[k] ?? OPEN
    if (on > day) break
    if (orders.counted[k] === 0) continue
    totals.orders += 1
    totals.first ??= on
    totals.last = on
    const value = orders.value[k] ?? Number.NaN
    if (value !== value) continue
    totals.priced += 1
    totals.value += value
  }
  if (totals.orders === 0) return totals
  const orderless = split === null || split.value[i] === -1
  const { refunds } = orders
  const refundEnd = refunds.offsets[i + 1] ?? 0
  for (let r = refunds.offsets[i] ?? 0; r < refundEnd; r += 1) {
    if ((refunds.day[r] ?? OPEN) > day) break
    const order = refunds.order[r] ?? -1
    if (order < 0 ? orderless : orders.counted[order] === 1) totals.value -= refunds.amount[r] ?? 0
  }
  return totals
}

/** Average spend: value over the orders that have one, rounded to minor units; null without any. */
export function averageSpend({ value, priced }: OrderTotals): number | null {
  return priced === 0 ? null : Math.round(value / priced)
}

/** Totals as the API shows them. */
export function showTotals(totals: OrderTotals): Totals {
  return {
    totalOrderValue: totals.value,
    orders: totals.orders,
    averageSpend: averageSpend(totals),
    latestPurchase: totals.last === null ? null : dayText(totals.last),
    customerSince: totals.first === null ? null : dayText(totals.first),
    withoutRate: totals.orders - totals.priced,
  }
}
