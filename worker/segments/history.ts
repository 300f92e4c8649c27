import type { Facts } from '../customers/facts.ts'
import { valueScratch, valueSteps } from '../orders/value.ts'
import type { Day } from '../time.ts'
import type { Word } from '../timeline/column.ts'
import { type Intervals, NEVER, OPEN } from '../timeline/intervals.ts'
import { type Steps, stepBuffer } from '../timeline/steps.ts'
import { countSteps } from '../timeline/walk.ts'
import { compile } from './compile.ts'
import { type Lines, NO_LINES } from './line.ts'
import { evaluate } from './membership.ts'
import type { SegmentRule } from './rule.ts'

/** A segment by day: entry d is the day `from + d`. */
export interface SegmentHistory {
  readonly from: Day
  readonly size: Int32Array
  readonly joined: Int32Array
  readonly left: Int32Array
  /** Total order value of the members, base currency. */
  readonly value: Float64Array
  /** Members with a counted order, and with two or more: their share is the repurchase rate. */
  readonly buyers: Int32Array
  readonly repeatBuyers: Int32Array
}

export interface HistoryOptions {
  lines?: Lines
  /** Of a split: the instances of one value. */
  only?: Word | null
  /** Also sum values and buyers; without, those stay 0. */
  withValue?: boolean
}

function emptyHistory(from: Day, days: number): SegmentHistory {
  return {
    from,
    size: new Int32Array(days),
    joined: new Int32Array(days),
    left: new Int32Array(days),
    value: new Float64Array(days),
    buyers: new Int32Array(days),
    repeatBuyers: new Int32Array(days),
  }
}

type Numbers = Int32Array | Float64Array

/** Adds `change` to every day of [start, end), as differences that are summed up at the end. */
function addDays(to: Numbers, from: Day, start: Day, end: Day, change: number): void {
  const first = Math.max(0, start - from)
  if (first >= to.length || end - from <= first) return
  to[first] = (to[first] ?? 0) + change
  if (end - from < to.length) to[end - from] = (to[end - from] ?? 0) - change
}

function sumUp(differences: Numbers): void {
  for (let d = 1; d < differences.length; d += 1) {
    differences[d] = (differences[d] ?? 0) + (differences[d - 1] ?? 0)
  }
}

/** Adds a step function over the days of membership that are not before `since`. */
function addSteps(
  to: Numbers,
  from: Day,
  days: Intervals,
  steps: Steps,
  read: (value: number) => number,
  since: Day = NEVER,
): void {
  let k = 0
  for (let at = 0; at < days.size; at += 2) {
    const joined = days.days[at] ?? OPEN
    const left = days.days[at + 1] ?? OPEN
    while (k > 0 && (steps.day[k] ?? OPEN) > joined) k -= 1
    for (; k < steps.size; k += 1) {
      const start = Math.max(joined, since, steps.day[k] ?? OPEN)
      if (start >= left) break
      const end = Math.min(left, k + 1 < steps.size ? (steps.day[k + 1] ?? OPEN) : OPEN)
      const change = read(steps.value[k] ?? 0)
      if (change !== 0) addDays(to, from, start, end, change)
    }
    if (k === steps.size) k -= 1
  }
}

/**
 * Histories of segments over the days [from, to], range by range; memory is that of the answer. Joiners and leavers
 * are counted on the first day in and the first day out.
 */
export function historyOf(
  segments: readonly SegmentRule[],
  keys: readonly string[],
  from: Day,
  to: Day,
  { lines = NO_LINES, only, withValue = false }: HistoryOptions = {},
) {
  const days = Math.max(0, to - from + 1)
  const histories = keys.map(() => emptyHistory(from, days))
  const value = stepBuffer(64)
  const count = stepBuffer(64)
  const scratch = valueScratch()
  return {
    add(facts: Facts, skip?: Uint8Array): void {
      const compiled = compile(segments, facts, lines)
      const { orders, split } = facts
      const events = { offsets: orders.offsets, day: orders.day, mask: orders.counted }
      const positions = keys.map((key) => compiled.keys.indexOf(key))
      for (let i = 0; i < facts.persons.length; i += 1) {
        if (skip?.[facts.source[i] ?? 0] === 1) continue
        const word = split === null ? null : (split.words[split.value[i] ?? -1] ?? null)
        if (only !== undefined && word !== only) continue
        let walked = false
        for (let h = 0; h < histories.length; h += 1) {
          const history = histories[h]
          const intervals = evaluate(compiled, positions[h] ?? -1, i)
          if (history === undefined || intervals.size === 0) continue
          addIntervals(history, intervals)
          if (!withValue) continue
          if (!walked) {
            walked = true
            countSteps(events, i, null, count)
            const orderless = split === null || split.value[i] === -1
            valueSteps(orders, orders.counted, i, 'sum', orderless, null, scratch, value)
          }
          addSteps(history.buyers, from, intervals, count, (n) => (n >= 1 ? 1 : 0))
          addSteps(history.repeatBuyers, from, intervals, count, (n) => (n >= 2 ? 1 : 0))
          // Before the first counted order nobody is in a total, refunds or not.
          if (count.size > 1) {
            addSteps(history.value, from, intervals, value, (sum) => sum, count.day[1])
          }
        }
      }
    },
    /** By key. */
    finish(): Map<string, SegmentHistory> {
      for (const { size, value: sums, buyers, repeatBuyers } of histories) {
        for (const differences of [size, sums, buyers, repeatBuyers]) sumUp(differences)
      }
      return new Map(keys.map((key, h) => [key, histories[h] ?? emptyHistory(from, days)]))
    },
  }
}

function addIntervals({ from, size, joined, left }: SegmentHistory, intervals: Intervals): void {
  for (let at = 0; at < intervals.size; at += 2) {
    const start = (intervals.days[at] ?? OPEN) - from
    const end = (intervals.days[at + 1] ?? OPEN) - from
    addDays(size, 0, start, end, 1)
    if (start >= 0 && start < joined.length) joined[start] = (joined[start] ?? 0) + 1
    if (end >= 0 && end < left.length) left[end] = (left[end] ?? 0) + 1
  }
}
