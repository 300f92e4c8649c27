import { type Intervals, OPEN, pushInterval } from '../timeline/intervals.ts'

/** A rank rule's line on a day: the k-th highest value of n ranked persons. */
export interface Line {
  /** Who reaches this is in, ties included; null when there is no line. */
  value: number | null
  n: number
  /** How many persons the rank asks for: ceil(n · top / 100), or top. */
  k: number
  /** A percent rank of fewer than ten: nobody is in. */
  tooFew: boolean
}

/** A line's history: entry e holds from day[e] until the next. */
export interface LineSteps {
  readonly day: Int32Array
  /** Infinity = nobody reaches it (nobody is ranked, or too few are). */
  readonly value: Float64Array
  readonly n: Int32Array
  readonly k: Int32Array
}

/** Histories by line key (`lineKey`). */
export type Lines = ReadonlyMap<string, LineSteps>

export const NO_LINES: Lines = new Map()

/** Key of rank condition number `index` of a segment (in reading order), or of its line among one value's instances. */
export function lineKey(
  segment: string,
  index: number,
  instance?: { property: string; value: string | number | boolean | null },
): string {
  return `${segment}#${index}${instance === undefined ? '' : instanceSuffix(instance.property, instance.value)}`
}

/** What follows a line's key for the instances of one value. */
export function instanceSuffix(property: string, value: string | number | boolean | null): string {
  return `|${property}|${value ?? '(none)'}`
}

/** The line on a day. */
export function lineOn(steps: LineSteps | undefined, day: number): Line {
  let at = -1
  if (steps !== undefined) while ((steps.day[at + 1] ?? OPEN) <= day) at += 1
  const n = steps?.n[at] ?? 0
  const value = steps?.value[at] ?? Infinity
  return {
    value: value === Infinity ? null : value,
    n,
    k: steps?.k[at] ?? 0,
    tooFew: n > 0 && value === Infinity,
  }
}

/** A line as a history of one step: used when only today's is at hand, and taken to have always held. */
export function constantLine(line: Line): LineSteps {
  return {
    day: Int32Array.of(-OPEN),
    value: Float64Array.of(line.value ?? Infinity),
    n: Int32Array.of(line.n),
    k: Int32Array.of(line.k),
  }
}

/**
 * A line prepared for many questions: the step of each day, and the least and greatest value of every stretch of
 * 2^level steps, so that a stretch is taken or left at once.
 */
export interface LineTree {
  readonly steps: LineSteps
  /** Step in force on day `steps.day[0] + d`. */
  readonly stepOf: Int32Array
  readonly least: readonly Float64Array[]
  readonly most: readonly Float64Array[]
}

export function lineTree(steps: LineSteps): LineTree {
  const { day, value } = steps
  const first = day[0] ?? 0
  const stepOf = new Int32Array(day.length < 2 ? 0 : (day[day.length - 1] ?? 0) - first + 1)
  for (let k = 0; k < day.length; k += 1) {
    stepOf.fill(k, (day[k] ?? 0) - first, (day[k + 1] ?? first + stepOf.length) - first)
  }
  const least = [value]
  const most = [value]
  for (let width = 1; width * 2 <= value.length; width *= 2) {
    const lower = least[least.length - 1] ?? value
    const upper = most[most.length - 1] ?? value
    const low = new Float64Array(value.length)
    const high = new Float64Array(value.length)
    for (let k = 0; k + width * 2 <= value.length; k += 1) {
      low[k] = Math.min(lower[k] ?? Infinity, lower[k + width] ?? Infinity)
      high[k] = Math.max(upper[k] ?? -Infinity, upper[k + width] ?? -Infinity)
    }
    least.push(low)
    most.push(high)
  }
  return { steps, stepOf, least, most }
}

/** Appends the days of [start, end) on which `value` reaches the line. */
export function reachesLine(
  tree: LineTree,
  value: number,
  start: number,
  end: number,
  out: Intervals,
): void {
  const { steps, stepOf } = tree
  const base = steps.day[0] ?? OPEN
  if (end <= base) return
  const from = Math.max(start, base)
  const last = stepOf.length - 1
  const first = last < 0 ? 0 : (stepOf[Math.min(last, from - base)] ?? 0)
  const final = last < 0 ? 0 : (stepOf[Math.min(last, end - 1 - base)] ?? 0)
  descend(tree, first, final, value, from, end, out)
}

/** Steps first … final, cut to [start, end). */
function descend(
  tree: LineTree,
  first: number,
  final: number,
  value: number,
  start: number,
  end: number,
  out: Intervals,
): void {
  const level = 31 - Math.clz32(final - first + 1)
  const second = final + 1 - (1 << level)
  const least = tree.least[level]
  const most = tree.most[level]
  if (least === undefined || most === undefined) return
  if (value < (least[first] ?? Infinity) && value < (least[second] ?? Infinity)) return
  if (value >= (most[first] ?? Infinity) && value >= (most[second] ?? Infinity)) {
    const { day } = tree.steps
    const from = day[first] ?? OPEN
    const until = day[final + 1] ?? OPEN
    pushInterval(out, from > start ? from : start, until < end ? until : end)
    return
  }
  const middle = (first + final) >> 1
  descend(tree, first, middle, value, start, end, out)
  descend(tree, middle + 1, final, value, start, end, out)
}
