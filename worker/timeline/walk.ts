import { expire, type Expiry } from './expiry.ts'
import { NEVER } from './intervals.ts'
import { pushStep, type Steps } from './steps.ts'

/** Dated rows of owners, of which those with mask 1 take part (all without a mask). */
export interface Events {
  readonly offsets: Int32Array
  readonly day: Int32Array
  readonly mask: Uint8Array | null
}

/** How many events of an owner are in the window on each day; 0 before the first. */
export function countSteps(events: Events, owner: number, expiry: Expiry | null, out: Steps): void {
  const { day, mask } = events
  const start = events.offsets[owner] ?? 0
  const end = events.offsets[owner + 1] ?? 0
  out.size = 0
  pushStep(out, NEVER, 0)
  let count = 0
  let oldest = start
  for (let k = start; k < end; k += 1) {
    if (mask !== null && mask[k] === 0) continue
    const today = day[k] ?? 0
    if (expiry !== null) {
      for (; oldest < k; oldest += 1) {
        if (mask !== null && mask[oldest] === 0) continue
        const gone = expire(expiry, day[oldest] ?? 0)
        if (gone > today) break
        count -= 1
        pushStep(out, gone, count)
      }
    }
    count += 1
    pushStep(out, today, count)
  }
  if (expiry === null) return
  for (; oldest < end; oldest += 1) {
    if (mask !== null && mask[oldest] === 0) continue
    count -= 1
    pushStep(out, expire(expiry, day[oldest] ?? 0), count)
  }
}

/** Value of the first event in the window on each day; NaN while there is none. */
export function firstSteps(
  events: Events,
  owner: number,
  expiry: Expiry | null,
  valueOf: ArrayLike<number>,
  out: Steps,
): void {
  const { day, mask } = events
  const end = events.offsets[owner + 1] ?? 0
  out.size = 0
  let free = NEVER
  for (let k = events.offsets[owner] ?? 0; k < end; k += 1) {
    if (mask !== null && mask[k] === 0) continue
    const start = Math.max(free, day[k] ?? 0)
    if (expiry === null) {
      pushStep(out, start, valueOf[k] ?? Number.NaN)
      return
    }
    const gone = expire(expiry, day[k] ?? 0)
    if (gone <= start) continue
    pushStep(out, start, valueOf[k] ?? Number.NaN)
    pushStep(out, gone, Number.NaN)
    free = gone
  }
}

/** Value of the latest event in the window on each day, of those at one instant the first; NaN while there is none. */
export function lastSteps(
  events: Events & { readonly at?: Float64Array },
  owner: number,
  expiry: Expiry | null,
  valueOf: ArrayLike<number>,
  out: Steps,
): void {
  const { day, mask, at } = events
  const end = events.offsets[owner + 1] ?? 0
  out.size = 0
  let instant = Number.NaN
  let gone = NEVER
  for (let k = events.offsets[owner] ?? 0; k < end; k += 1) {
    if (mask !== null && mask[k] === 0) continue
    if (at !== undefined && at[k] === instant) continue
    if (at !== undefined) instant = at[k] ?? Number.NaN
    const today = day[k] ?? 0
    if (expiry !== null && gone > NEVER && gone < today) pushStep(out, gone, Number.NaN)
    pushStep(out, today, valueOf[k] ?? Number.NaN)
    if (expiry !== null) gone = expire(expiry, today)
  }
  if (gone > NEVER) pushStep(out, gone, Number.NaN)
}
