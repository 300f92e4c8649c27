import { expire, type Expiry } from '../timeline/expiry.ts'
import { NEVER, OPEN } from '../timeline/intervals.ts'
import { pushStep, type Steps } from '../timeline/steps.ts'
import {
  greatest,
  resetTournament,
  setLeaf,
  tournament,
  type Tournament,
} from '../timeline/tournament.ts'
import type { OrderFacts } from './facts.ts'

/** What is made of the net values of the orders in the window. */
export type Aggregate = 'sum' | 'average' | 'min' | 'max'

/** Buffers that walks use again. */
export interface ValueScratch {
  rest: Float64Array
  best: Tournament
}

export function valueScratch(): ValueScratch {
  return { rest: new Float64Array(16), best: tournament() }
}

/**
 * Net value of the chosen counted orders in the window on each day: paid minus refunds up to that day. Orders
 * without a rate are left out. A refund lowers its order while the order is in the window; one that names no order
 * (taken when `orderless`) counts from its own day for a window of its own. `sum` is 0 while there is nothing,
 * the others NaN. Average divides by the orders that have a value.
 */
export function valueSteps(
  orders: OrderFacts,
  mask: Uint8Array,
  owner: number,
  aggregate: Aggregate,
  orderless: boolean,
  expiry: Expiry | null,
  scratch: ValueScratch,
  out: Steps,
): void {
  const start = orders.offsets[owner] ?? 0
  const end = orders.offsets[owner + 1] ?? 0
  const refundStart = orders.refunds.offsets[owner] ?? 0
  const refundEnd = orders.refunds.offsets[owner + 1] ?? 0
  out.size = 0
  if (aggregate === 'sum') pushStep(out, NEVER, 0)
  if (expiry === null && refundStart === refundEnd) {
    plainSteps(orders, mask, start, end, aggregate, out)
    return
  }
  if (expiry !== null && refundStart === refundEnd && aggregate === 'sum') {
    windowSums(orders, mask, start, end, expiry, out)
    return
  }

  const { day, value, refunds } = orders
  if (scratch.rest.length < end - start) scratch.rest = new Float64Array((end - start) * 2)
  const { rest, best } = scratch
  const extreme = aggregate === 'min' ? -1 : aggregate === 'max' ? 1 : 0
  if (extreme !== 0) resetTournament(best, end - start)
  const skip = (k: number) => {
    let at = k
    while (at < end && (mask[at] === 0 || Number.isNaN(value[at]))) at += 1
    return at
  }
  const skipRefund = (r: number, onlyOrderless: boolean) => {
    let at = r
    while (at < refundEnd) {
      const order = refunds.order[at] ?? -1
      if (
        order < 0 ? orderless : !onlyOrderless && mask[order] !== 0 && !Number.isNaN(value[order])
      )
        break
      at += 1
    }
    return at
  }

  let total = 0
  let count = 0
  let next = skip(start)
  let oldest = next
  let refund = skipRefund(refundStart, false)
  let oldestRefund = skipRefund(refundStart, true)
  for (;;) {
    const comes = next < end ? (day[next] ?? 0) : OPEN
    const returned = refund < refundEnd ? (refunds.day[refund] ?? 0) : OPEN
    const goes = expiry !== null && oldest < next ? expire(expiry, day[oldest] ?? 0) : OPEN
    const forgotten =
      expiry !== null && oldestRefund < refund
        ? expire(expiry, refunds.day[oldestRefund] ?? 0)
        : OPEN
    const today = Math.min(comes, returned, goes, forgotten)
    if (today === OPEN) return
    // Expiry goes first, so that a refund on the day its order leaves changes nothing.
    if (goes === today) {
      total -= rest[oldest - start] ?? 0
      count -= 1
      if (extreme !== 0) setLeaf(best, oldest - start, -Infinity)
      oldest = skip(oldest + 1)
    } else if (forgotten === today) {
      total += refunds.amount[oldestRefund] ?? 0
      oldestRefund = skipRefund(oldestRefund + 1, true)
    } else if (comes === today) {
      rest[next - start] = value[next] ?? 0
      total += value[next] ?? 0
      count += 1
      if (extreme !== 0) setLeaf(best, next - start, extreme * (value[next] ?? 0))
      next = skip(next + 1)
    } else {
      const order = refunds.order[refund] ?? -1
      const amount = refunds.amount[refund] ?? 0
      if (order < 0) {
        total -= amount
      } else if (order >= oldest) {
        total -= amount
        rest[order - start] = (rest[order - start] ?? 0) - amount
        if (extreme !== 0) setLeaf(best, order - start, extreme * (rest[order - start] ?? 0))
      }
      refund = skipRefund(refund + 1, false)
    }
    if (aggregate === 'sum') pushStep(out, today, total)
    else if (count === 0) pushStep(out, today, Number.NaN)
    else pushStep(out, today, extreme === 0 ? total / count : extreme * greatest(best))
  }
}

/** Sums of a window without refunds: what comes and what goes. */
function windowSums(
  { day, value }: OrderFacts,
  mask: Uint8Array,
  start: number,
  end: number,
  expiry: Expiry,
  out: Steps,
): void {
  let total = 0
  let oldest = start
  for (let k = start; k <= end; k += 1) {
    const net = value[k] ?? Number.NaN
    if (k < end && (mask[k] === 0 || net !== net)) continue
    const today = k < end ? (day[k] ?? 0) : OPEN
    for (; oldest < k; oldest += 1) {
      const gone = value[oldest] ?? Number.NaN
      if (mask[oldest] === 0 || gone !== gone) continue
      const on = expire(expiry, day[oldest] ?? 0)
      if (on > today) break
      total -= gone
      pushStep(out, on, total)
    }
    if (k === end) return
    total += net
    pushStep(out, today, total)
  }
}

/** The common case: nothing expires, nothing was given back. */
function plainSteps(
  { day, value }: OrderFacts,
  mask: Uint8Array,
  start: number,
  end: number,
  aggregate: Aggregate,
  out: Steps,
): void {
  let total = 0
  let count = 0
  let least = Infinity
  let most = -Infinity
  for (let k = start; k < end; k += 1) {
    const net = value[k] ?? Number.NaN
    if (mask[k] === 0 || net !== net) continue
    total += net
    count += 1
    if (net < least) least = net
    if (net > most) most = net
    const now =
      aggregate === 'sum'
        ? total
        : aggregate === 'average'
          ? total / count
          : aggregate === 'min'
            ? least
            : most
    pushStep(out, day[k] ?? 0, now)
  }
}
