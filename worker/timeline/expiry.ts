import { addMonths, type Window } from '../time.ts'

/** Expiry days of a window: looked up for the days [base, base + table.length), computed for others. */
export interface Expiry {
  readonly window: Window
  readonly base: number
  readonly table: Int32Array
}

/** Prepares a window for many events; `first` and `last` are the days between which they lie. */
export function prepareExpiry(window: Window, first: number, last: number, events: number): Expiry {
  const worthIt = 'months' in window && last >= first && last - first < events * 4
  const table = new Int32Array(worthIt ? last - first + 1 : 0)
  for (let k = 0; k < table.length; k += 1) table[k] = expiryFrom(first + k, window)
  return { window, base: first, table }
}

function expiryFrom(day: number, window: Window): number {
  return 'days' in window ? day + window.days : addMonths(day, window.months)
}

/** First day on which an event of `day` is out of the window. */
export function expire(expiry: Expiry, day: number): number {
  const at = day - expiry.base
  return at >= 0 && at < expiry.table.length
    ? (expiry.table[at] ?? 0)
    : expiryFrom(day, expiry.window)
}
