import { expiryOf } from '../time.ts'
import {
  complement,
  findInterval,
  intersect,
  type Interval,
  type Intervals,
  intervalBuffer,
  listIntervals,
  OPEN,
  pushInterval,
  unite,
} from '../timeline/intervals.ts'
import { pushStep, type Steps } from '../timeline/steps.ts'
import { type NumberTest, passesNumber } from './compare.ts'
import type { Compiled, FactLeaf, Node, RankLeaf, SegmentLeaf } from './compile.ts'
import { type LineTree, reachesLine } from './line.ts'

/**
 * Membership of entry i in a segment over all time, the future included as far as it is known. The buffer is the
 * compilation's own: read it before the next entry is evaluated.
 */
export function evaluate(compiled: Compiled, segment: number, i: number): Intervals {
  const result = compiled.results[segment]
  const root = compiled.roots[segment]
  if (result === undefined || root === undefined) return intervalBuffer(2)
  if (compiled.entryOf[segment] === i) return result
  // A rule that names itself has no members; saving such a rule is refused.
  if (compiled.busy[segment] === 1) return intervalBuffer(2)
  compiled.busy[segment] = 1
  evaluateNode(compiled, root, i, result)
  compiled.busy[segment] = 0
  compiled.entryOf[segment] = i
  return result
}

/** The same as plain objects. */
export function membershipOf(compiled: Compiled, key: string, i: number): Interval[] {
  return listIntervals(evaluate(compiled, compiled.keys.indexOf(key), i))
}

export function isMember(compiled: Compiled, segment: number, i: number, day: number): boolean {
  return findInterval(evaluate(compiled, segment, i), day) >= 0
}

/** Days on which a part of a rule holds for entry i. */
export function evaluateNode(compiled: Compiled, node: Node, i: number, out: Intervals): void {
  switch (node.kind) {
    case 'fact':
      return evaluateFact(compiled, node, i, out)
    case 'segment':
      return evaluateSegments(compiled, node, i, out)
    case 'rank':
      return evaluateRank(compiled, node, i, out)
    default:
      return evaluateGroup(compiled, node.kind, node.nodes, i, out)
  }
}

function swap(a: Intervals, b: Intervals): void {
  const { days, size } = a
  a.days = b.days
  a.size = b.size
  b.days = days
  b.size = size
}

function evaluateGroup(
  compiled: Compiled,
  kind: 'all' | 'any' | 'none',
  nodes: readonly Node[],
  i: number,
  out: Intervals,
): void {
  const part = compiled.spare.pop() ?? intervalBuffer()
  const merged = compiled.spare.pop() ?? intervalBuffer()
  out.size = 0
  for (let k = 0; k < nodes.length; k += 1) {
    const node = nodes[k]
    if (node === undefined) break
    if (k === 0) {
      evaluateNode(compiled, node, i, out)
      continue
    }
    if (kind === 'all' && out.size === 0) break
    evaluateNode(compiled, node, i, part)
    if (kind === 'all') intersect(out, part, merged)
    else unite(out, part, merged)
    swap(out, merged)
  }
  if (kind === 'none') {
    complement(out, compiled.facts.from[i] ?? OPEN, merged)
    swap(out, merged)
  }
  compiled.spare.push(part, merged)
}

function evaluateFact(compiled: Compiled, leaf: FactLeaf, i: number, out: Intervals): void {
  const { steps } = compiled
  const from = compiled.facts.from[i] ?? OPEN
  const { reading, fill } = leaf.source
  fill(i, steps)
  out.size = 0
  const first = steps.size === 0 ? OPEN : (steps.day[0] ?? OPEN)
  if (reading.kind !== 'window' && reading.test.negated) pushInterval(out, from, first)
  for (let k = 0; k < steps.size; k += 1) {
    const start = Math.max(from, steps.day[k] ?? OPEN)
    const end = k + 1 < steps.size ? (steps.day[k + 1] ?? OPEN) : OPEN
    const value = steps.value[k] ?? Number.NaN
    if (reading.kind === 'value') {
      if (passesNumber(reading.test, value)) pushInterval(out, start, end)
    } else if (reading.kind === 'window') {
      if (value === value) {
        pushInterval(out, Math.max(start, value), Math.min(end, expiryOf(value, reading.window)))
      }
    } else {
      daysSince(reading.test, value, start, end, out)
    }
  }
}

/** Appends the days of [start, end) on which the days since `last` pass. */
function daysSince(
  test: NumberTest,
  last: number,
  start: number,
  end: number,
  out: Intervals,
): void {
  if (last !== last) {
    if (test.negated) pushInterval(out, start, end)
    return
  }
  let free = start
  const pass = (low: number, high: number) => {
    if (Number.isNaN(low)) return
    const from = Math.max(free, last + Math.ceil(low))
    const until = Math.min(end, last + Math.floor(high) + 1)
    if (from >= until) return
    if (test.negated) pushInterval(out, free, from)
    else pushInterval(out, from, until)
    free = until
  }
  if (test.list === null) pass(test.low, test.high)
  else for (const one of test.list.toSorted((a, b) => a - b)) pass(one, one)
  if (test.negated) pushInterval(out, free, end)
}

function evaluateSegments(compiled: Compiled, leaf: SegmentLeaf, i: number, out: Intervals): void {
  const merged = compiled.spare.pop() ?? intervalBuffer()
  out.size = 0
  for (const segment of leaf.segments) {
    unite(out, evaluate(compiled, segment, i), merged)
    swap(out, merged)
  }
  if (leaf.negated) {
    complement(out, compiled.facts.from[i] ?? OPEN, merged)
    swap(out, merged)
  }
  compiled.spare.push(merged)
}

/**
 * The value by which entry i is ranked, on the days on which it is ranked at all: from the first counted order
 * on, while in `among`; NaN on other days.
 */
export function rankedSteps(compiled: Compiled, leaf: RankLeaf, i: number, out: Steps): void {
  const { orders } = compiled.facts
  out.size = 0
  const end = orders.offsets[i + 1] ?? 0
  let first = orders.offsets[i] ?? 0
  while (first < end && orders.counted[first] === 0) first += 1
  if (first >= end) return
  const start = orders.day[first] ?? OPEN
  const domain = compiled.spare.pop() ?? intervalBuffer()
  domain.size = 0
  if (leaf.among === null) pushInterval(domain, start, OPEN)
  else evaluateNode(compiled, leaf.among, i, domain)
  // `among` may hold another rank, which uses the same buffers.
  out.size = 0
  const { steps } = compiled
  leaf.source.fill(i, steps)
  let k = 0
  for (let at = 0; at < domain.size; at += 2) {
    const from = Math.max(start, domain.days[at] ?? OPEN)
    const until = domain.days[at + 1] ?? OPEN
    if (from >= until) continue
    while (k < steps.size && (steps.day[k] ?? OPEN) <= from) k += 1
    if (k > 0) pushStep(out, from, steps.value[k - 1] ?? Number.NaN)
    for (; k < steps.size && (steps.day[k] ?? OPEN) < until; k += 1) {
      pushStep(out, steps.day[k] ?? OPEN, steps.value[k] ?? Number.NaN)
    }
    if (until !== OPEN) pushStep(out, until, Number.NaN)
  }
  compiled.spare.push(domain)
}

/** The line that counts for entry i. */
export function treeOf(compiled: Compiled, leaf: RankLeaf, i: number): LineTree | null {
  const { split } = compiled.facts
  return leaf.trees[split === null ? 0 : (split.value[i] ?? -1) + 1] ?? null
}

function evaluateRank(compiled: Compiled, leaf: RankLeaf, i: number, out: Intervals): void {
  out.size = 0
  const tree = treeOf(compiled, leaf, i)
  if (tree === null) return
  const { ranked } = compiled
  rankedSteps(compiled, leaf, i, ranked)
  for (let k = 0; k < ranked.size; k += 1) {
    const value = ranked.value[k] ?? Number.NaN
    if (value !== value) continue
    const start = ranked.day[k] ?? OPEN
    const end = k + 1 < ranked.size ? (ranked.day[k + 1] ?? OPEN) : OPEN
    reachesLine(tree, value, start, end, out)
  }
}
