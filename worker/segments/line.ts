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

/** A line with the least and greatest value of every stretch of its steps, as a binary tree. */
export interface LineTree {
  readonly steps: LineSteps
  readonly leaves: number
  readonly least: Float64Array
  readonly most: Float64Array
}

export function lineTree(steps: LineSteps): LineTree {
  let leaves = 1
  while (leaves < steps.day.length) leaves *= 2
  const least = new Float64Array(leaves * 2).fill(Infinity)
  const most = new Float64Array(leaves * 2).fill(-Infinity)
  least.set(steps.value, leaves)
  most.set(steps.value, leaves)
  for (let at = leaves - 1; at >= 1; at -= 1) {
    least[at] = Math.min(least[at * 2] ?? Infinity, least[at * 2 + 1] ?? Infinity)
    most[at] = Math.max(most[at * 2] ?? -Infinity, most[at * 2 + 1] ?? -Infinity)
  }
  return { steps, leaves, least, most }
}

/** Appends the days of [start, end) on which `value` reaches the line. Whole stretches are taken or left at once. */
export function reachesLine(
  tree: LineTree,
  value: number,
  start: number,
  end: number,
  out: Intervals,
): void {
  if (value >= (tree.least[1] ?? Infinity)) descend(tree, 1, 0, tree.leaves, value, start, end, out)
}

function descend(
  tree: LineTree,
  node: number,
  first: number,
  width: number,
  value: number,
  start: number,
  end: number,
  out: Intervals,
): void {
  const { day } = tree.steps
  if (first >= day.length || value < (tree.least[node] ?? Infinity)) return
  const from = Math.max(start, day[first] ?? OPEN)
  const until = Math.min(end, day[first + width] ?? OPEN)
  if (from >= until) return
  if (value >= (tree.most[node] ?? Infinity)) {
    pushInterval(out, from, until)
    return
  }
  const half = width / 2
  descend(tree, node * 2, first, half, value, start, end, out)
  descend(tree, node * 2 + 1, first + half, half, value, start, end, out)
}
