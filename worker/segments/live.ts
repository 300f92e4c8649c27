import type { Reason } from '../customers/card.ts'
import type { Day } from '../time.ts'
import { intervalBuffer, type Intervals, OPEN } from '../timeline/intervals.ts'
import { type Steps, stepBuffer } from '../timeline/steps.ts'
import type { Compiled, Node } from './compile.ts'
import type { Line } from './line.ts'
import { evaluateNode, rankedSteps } from './membership.ts'

/**
 * What is left of a rule for one person when only the lines are still open: membership by today's lines can be
 * told from it without the person's facts.
 */
export type Live =
  | { readonly all: readonly Live[] }
  | { readonly any: readonly Live[] }
  | { readonly none: readonly Live[] }
  /** Holds on these days: joined, left, joined, left …; null = no end. */
  | { readonly days: readonly (Day | null)[] }
  /** Holds when the value of the day reaches the line; null = not ranked that day. */
  | {
      readonly line: string
      readonly steps: readonly (readonly [Day, number | null])[]
      /** Left out within channels. */
      readonly asks?: Pick<Reason, 'fact' | 'rank' | 'within' | 'where'>
    }
  /** Member of one of these segments (or of none). */
  | { readonly segments: readonly string[]; readonly not?: true }

function hasRank(compiled: Compiled, node: Node, path: readonly number[] = []): boolean {
  if (node.kind === 'rank') return true
  if (node.kind === 'fact') return false
  if (node.kind === 'segment') {
    return node.segments.some((segment) => {
      const root = compiled.roots[segment]
      return (
        root !== undefined && !path.includes(segment) && hasRank(compiled, root, [...path, segment])
      )
    })
  }
  return node.nodes.some((part) => hasRank(compiled, part, path))
}

/** Whether the segment's rule depends on a line. */
export function dependsOnLine(compiled: Compiled, segment: number): boolean {
  const root = compiled.roots[segment]
  return root !== undefined && hasRank(compiled, root, [segment])
}

function daysFrom(intervals: Intervals, today: Day): (Day | null)[] {
  const days: (Day | null)[] = []
  for (let at = 0; at < intervals.size; at += 2) {
    const left = intervals.days[at + 1] ?? OPEN
    if (left > today) days.push(intervals.days[at] ?? OPEN, left === OPEN ? null : left)
  }
  return days
}

function stepsFrom(steps: Steps, today: Day): [Day, number | null][] {
  const list: [Day, number | null][] = []
  for (let k = 0; k < steps.size; k += 1) {
    if (k + 1 < steps.size && (steps.day[k + 1] ?? OPEN) <= today) continue
    const value = steps.value[k] ?? Number.NaN
    list.push([steps.day[k] ?? OPEN, Number.isNaN(value) ? null : value])
  }
  return list
}

/** The part of a segment's rule that lines still decide, for entry i, from today on. */
export function liveOf(
  compiled: Compiled,
  segment: number,
  i: number,
  today: Day,
  suffix: string | null = null,
): Live | null {
  const root = compiled.roots[segment]
  const from = compiled.facts.from[i] ?? OPEN
  if (root === undefined || from === OPEN) return null
  const live = liveNode(compiled, root, i, today, suffix)
  return from <= today ? live : { all: [{ days: [from, null] }, live] }
}

function liveNode(
  compiled: Compiled,
  node: Node,
  i: number,
  today: Day,
  suffix: string | null,
): Live {
  if (!hasRank(compiled, node)) {
    const days = intervalBuffer()
    evaluateNode(compiled, node, i, days)
    return { days: daysFrom(days, today) }
  }
  if (node.kind === 'rank') {
    const steps = stepBuffer()
    rankedSteps(compiled, node, i, steps)
    const { fact, rank, within, where } = node.condition
    return {
      line: `${node.key}${suffix ?? ''}`,
      steps: stepsFrom(steps, today),
      ...(suffix === null && {
        asks: {
          fact,
          rank,
          ...(within !== undefined && { within }),
          ...(where !== undefined && { where: where.map((one) => ({ ...one })) }),
        },
      }),
    }
  }
  if (node.kind === 'segment') {
    const segments = node.segments.map((at) => compiled.keys[at] ?? '')
    return { segments, ...(node.negated && { not: true }) }
  }
  if (node.kind === 'fact') return { days: [] }
  const parts = node.nodes.map((part) => liveNode(compiled, part, i, today, suffix))
  return node.kind === 'all'
    ? { all: parts }
    : node.kind === 'any'
      ? { any: parts }
      : { none: parts }
}

/** Whether no line could make it hold. */
export function neverHolds(live: Live): boolean {
  if ('all' in live) return live.all.some(neverHolds)
  if ('any' in live) return live.any.every(neverHolds)
  if ('days' in live) return live.days.length === 0
  if ('line' in live) return live.steps.every(([, value]) => value === null)
  return false
}

function valueOn(steps: readonly (readonly [Day, number | null])[], today: Day): number | null {
  let value: number | null = null
  for (const [day, one] of steps) {
    if (day > today) break
    value = one
  }
  return value
}

/** Whether what is left of a rule holds on a day under these lines. */
export function liveHolds(
  live: Live,
  today: Day,
  lineOf: (key: string) => Line | undefined,
  isMember: (segment: string) => boolean,
): boolean {
  const holds = (part: Live): boolean => liveHolds(part, today, lineOf, isMember)
  if ('all' in live) return live.all.every(holds)
  if ('any' in live) return live.any.some(holds)
  if ('none' in live) return !live.none.some(holds)
  if ('segments' in live) return live.segments.some(isMember) !== (live.not ?? false)
  if ('days' in live) {
    for (let at = 0; at < live.days.length; at += 2) {
      const left = live.days[at + 1]
      if ((live.days[at] ?? OPEN) <= today && (left === null || left === undefined || today < left))
        return true
    }
    return false
  }
  const value = valueOn(live.steps, today)
  const line = lineOf(live.line)?.value ?? null
  return value !== null && line !== null && value >= line
}

/** The rank conditions that hold on a day, as reasons. */
export function liveReasons(
  live: Live,
  today: Day,
  lineOf: (key: string) => Line | undefined,
): Reason[] {
  if ('all' in live) return live.all.flatMap((part) => liveReasons(part, today, lineOf))
  if ('any' in live) return live.any.flatMap((part) => liveReasons(part, today, lineOf))
  if (!('line' in live) || live.asks === undefined) return []
  const actual = valueOn(live.steps, today)
  const line = lineOf(live.line)
  if (actual === null || line === undefined || line.value === null || actual < line.value) return []
  const { value, n, k } = line
  return [{ ...live.asks, actual, line: { value, n, k, distance: actual - value } }]
}
