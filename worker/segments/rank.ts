import type { Facts } from '../customers/facts.ts'
import { addAt, countsOf, positionOf } from '../timeline/counts.ts'
import { placesOf } from '../timeline/places.ts'
import { stepBuffer } from '../timeline/steps.ts'
import { FEWEST_RANKED } from './catalog.ts'
import { type Compiled, compile, ranksOf } from './compile.ts'
import { instanceSuffix, type Line, lineKey, type LineSteps, type Lines } from './line.ts'
import { rankedSteps } from './membership.ts'
import { type Condition, isRank, isRule, type Rank, type Rule, type SegmentRule } from './rule.ts'

/** How many of n ranked persons a rank asks for, ties at the line not counted. */
export function rankSize(n: number, { top, unit }: Rank): number {
  return unit === '%' ? Math.ceil((n * top) / 100) : Math.min(n, top)
}

function isTooFew(n: number, rank: Rank): boolean {
  return rank.unit === '%' && n < FEWEST_RANKED
}

/** The line of these values, one per ranked person. */
export function lineOf(values: Iterable<number>, rank: Rank): Line {
  const sorted = Float64Array.from(values).toSorted()
  const n = sorted.length
  const k = rankSize(n, rank)
  const tooFew = n > 0 && isTooFew(n, rank)
  return { value: n === 0 || tooFew ? null : (sorted[n - k] ?? null), n, k, tooFew }
}

/** Value steps of all ranked persons of one line, one person after the other. */
interface Collected {
  readonly rank: Rank
  day: Int32Array
  value: Float64Array
  /** 1 = the first step of a person. */
  first: Uint8Array
  size: number
}

function collected(rank: Rank): Collected {
  const room = 1024
  return {
    rank,
    day: new Int32Array(room),
    value: new Float64Array(room),
    first: new Uint8Array(room),
    size: 0,
  }
}

function append(to: Collected, day: number, value: number, first: boolean): void {
  if (to.size === to.day.length) {
    const room = Math.ceil(to.size * 1.5)
    const days = new Int32Array(room)
    days.set(to.day)
    to.day = days
    const values = new Float64Array(room)
    values.set(to.value)
    to.value = values
    const firsts = new Uint8Array(room)
    firsts.set(to.first)
    to.first = firsts
  }
  to.day[to.size] = day
  to.value[to.size] = value
  to.first[to.size] = first ? 1 : 0
  to.size += 1
}

/** Steps in order of day, equal days in the order of collection. */
function byDay(day: Int32Array, size: number): Int32Array {
  const order = new Int32Array(size)
  let first = Infinity
  let last = -Infinity
  for (let k = 0; k < size; k += 1) {
    first = Math.min(first, day[k] ?? 0)
    last = Math.max(last, day[k] ?? 0)
  }
  if (size === 0) return order
  const places = new Int32Array(last - first + 2)
  for (let k = 0; k < size; k += 1) {
    const at = (day[k] ?? 0) - first + 1
    places[at] = (places[at] ?? 0) + 1
  }
  for (let at = 1; at < places.length; at += 1) {
    places[at] = (places[at] ?? 0) + (places[at - 1] ?? 0)
  }
  for (let k = 0; k < size; k += 1) {
    const at = (day[k] ?? 0) - first
    order[places[at] ?? 0] = k
    places[at] = (places[at] ?? 0) + 1
  }
  return order
}

/** Sweeps the days once: every change moves a person in a count per value; at a day's end the k-th is read off. */
function sweep({ day, value, first, size, rank }: Collected): LineSteps {
  const { places: positions, distinct: values } = placesOf(value.subarray(0, size))
  const counts = countsOf(values.length)
  const order = byDay(day, size)
  const out = { day: [] as number[], value: [] as number[], n: [] as number[], k: [] as number[] }
  let n = 0
  for (let at = 0; at < size; at += 1) {
    const step = order[at] ?? 0
    const now = positions[step] ?? -1
    const before = first[step] === 1 ? -1 : (positions[step - 1] ?? -1)
    if (before >= 0) addAt(counts, before, -1)
    if (now >= 0) addAt(counts, now, 1)
    n += (now >= 0 ? 1 : 0) - (before >= 0 ? 1 : 0)
    const today = day[step] ?? 0
    if (at + 1 < size && day[order[at + 1] ?? 0] === today) continue
    const k = rankSize(n, rank)
    const line =
      n === 0 || isTooFew(n, rank) ? Infinity : (values[positionOf(counts, n - k + 1)] ?? Infinity)
    const last = out.day.length - 1
    if (last >= 0 && out.value[last] === line && out.n[last] === n) continue
    out.day.push(today)
    out.value.push(line)
    out.n.push(n)
    out.k.push(k)
  }
  return {
    day: Int32Array.from(out.day),
    value: Float64Array.from(out.value),
    n: Int32Array.from(out.n),
    k: Int32Array.from(out.k),
  }
}

/** Collects the values of ranked persons range by range, then finds the history of every line. */
export interface LineCollector {
  /**
   * Facts of a range of persons (or of their instances: then every value has its own lines); persons marked in
   * `skip` are left out.
   */
  add(facts: Facts, skip?: Uint8Array): void
  finish(): Map<string, LineSteps>
}

/**
 * Histories of the lines named by `keys` (`lineKey`s of one stage). `known`: lines of earlier stages. Memory: 13
 * bytes per change of a value while collecting, about 40 more while one line is swept.
 */
export function lineCollector(
  segments: readonly SegmentRule[],
  keys: readonly string[],
  known: Lines = new Map(),
): LineCollector {
  const lists = new Map<string, Collected>()
  const steps = stepBuffer(64)
  const listOf = (key: string, rank: Rank) => {
    const found = lists.get(key) ?? collected(rank)
    lists.set(key, found)
    return found
  }
  return {
    add(facts, skip) {
      const compiled: Compiled = compile(segments, facts, known)
      const { split } = facts
      for (const leaf of compiled.ranks) {
        if (!keys.includes(leaf.key)) continue
        const targets =
          split === null
            ? [listOf(leaf.key, leaf.condition.rank)]
            : [null, ...split.words].map((value) =>
                listOf(`${leaf.key}${instanceSuffix(split.property, value)}`, leaf.condition.rank),
              )
        for (let i = 0; i < facts.persons.length; i += 1) {
          if (skip?.[facts.source[i] ?? 0] === 1) continue
          rankedSteps(compiled, leaf, i, steps)
          const target = targets[split === null ? 0 : (split.value[i] ?? -1) + 1]
          if (target === undefined) continue
          for (let k = 0; k < steps.size; k += 1) {
            append(target, steps.day[k] ?? 0, steps.value[k] ?? Number.NaN, k === 0)
          }
        }
      }
    },
    finish() {
      const lines = new Map<string, LineSteps>()
      for (const [key, list] of lists) {
        lines.set(key, sweep(list))
        lists.delete(key)
      }
      return lines
    },
  }
}

/**
 * Line keys in the order in which they can be computed: those of one stage need only lines of earlier stages
 * (a rank among the members of another rank comes after it). Empty when no rule ranks.
 */
export function lineStages(segments: readonly SegmentRule[]): string[][] {
  const stageOf = new Map<string, number>()
  const depthOfSegment = new Map<string, number>()
  const depthOf = (key: string, path: readonly string[]): number => {
    const known = depthOfSegment.get(key)
    if (known !== undefined) return known
    const segment = segments.find((one) => one.key === key)
    if (segment === undefined || path.includes(key)) return 0
    let index = 0
    const partDepth = (part: Condition | Rule): number => {
      if (isRule(part)) {
        const parts = 'all' in part ? part.all : 'any' in part ? part.any : part.none
        return Math.max(0, ...parts.map(partDepth))
      }
      if (isRank(part)) {
        const own = lineKey(key, index)
        index += 1
        const stage = part.among === undefined ? 0 : partDepth(part.among)
        stageOf.set(own, stage)
        return stage + 1
      }
      if (part.fact !== 'segment') return 0
      const named = Array.isArray(part.value) ? part.value : [part.value]
      return Math.max(0, ...named.map((one) => depthOf(String(one), [...path, key])))
    }
    const depth = partDepth(segment.rule)
    depthOfSegment.set(key, depth)
    return depth
  }
  for (const { key } of segments) depthOf(key, [])
  const stages: string[][] = []
  for (const [key, stage] of stageOf) {
    while (stages.length <= stage) stages.push([])
    stages[stage]?.push(key)
  }
  return stages
}

/** All lines of these segments, when all facts can be walked at once: `ranges` is asked once per stage. */
export function linesOf(
  segments: readonly SegmentRule[],
  ranges: () => Iterable<Facts>,
): Map<string, LineSteps> {
  const lines = new Map<string, LineSteps>()
  for (const keys of lineStages(segments)) {
    const collector = lineCollector(segments, keys, lines)
    for (const facts of ranges()) collector.add(facts)
    for (const [key, steps] of collector.finish()) lines.set(key, steps)
  }
  return lines
}

/** Whether a segment's rule ranks, itself or through the segments it names. */
export function isRanked(segments: readonly SegmentRule[], key: string): boolean {
  const seen = new Set<string>()
  const visit = (name: string): boolean => {
    if (seen.has(name)) return false
    seen.add(name)
    const segment = segments.find((one) => one.key === name)
    if (segment === undefined) return false
    return ranksOf(segment.rule).length > 0 || namedSegments(segment.rule).some(visit)
  }
  return visit(key)
}

/** The rules of these keys and of all that they name, in the order of `rules`. */
export function closureOf<One extends SegmentRule>(
  rules: readonly One[],
  keys: Iterable<string>,
): One[] {
  const byKey = new Map(rules.map((one) => [one.key, one]))
  const found = new Set<string>()
  const visit = (key: string) => {
    const one = byKey.get(key)
    if (one === undefined || found.has(key)) return
    found.add(key)
    for (const named of namedSegments(one.rule)) visit(named)
  }
  for (const key of keys) visit(key)
  return rules.filter(({ key }) => found.has(key))
}

/** The segments a rule names. */
export function namedSegments(rule: Rule): string[] {
  const found: string[] = []
  const visit = (part: Condition | Rule) => {
    if (isRule(part)) {
      for (const one of 'all' in part ? part.all : 'any' in part ? part.any : part.none) visit(one)
    } else if (isRank(part)) {
      if (part.among !== undefined) visit(part.among)
    } else if (part.fact === 'segment') {
      for (const one of Array.isArray(part.value) ? part.value : [part.value])
        found.push(String(one))
    }
  }
  visit(rule)
  return found
}
