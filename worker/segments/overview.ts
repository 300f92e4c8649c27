import type { Facts } from '../customers/facts.ts'
import type { Day } from '../time.ts'
import { OPEN } from '../timeline/intervals.ts'
import { compile } from './compile.ts'
import type { Lines } from './line.ts'
import { isMember } from './membership.ts'
import { namedSegments } from './rank.ts'
import type { Condition, Rule, SegmentRule } from './rule.ts'
import { isRank, isRule } from './rule.ts'

/** Size of a segment on a day, and the first day on which all facts its rule reads are held; null = not yet. */
export interface Overview {
  size: number
  exactFrom: Day | null
}

/** Names of the observations (`trait:plan`, `tag:vip`) that a rule reads itself. */
function observedBy(part: Condition | Rule): string[] {
  if (isRule(part)) {
    const parts = 'all' in part ? part.all : 'any' in part ? part.any : part.none
    return parts.flatMap(observedBy)
  }
  if (isRank(part)) {
    const own = part.fact.startsWith('trait.') ? [`trait:${part.fact.slice(6)}`] : []
    return [...own, ...(part.among === undefined ? [] : observedBy(part.among))]
  }
  if (part.fact.startsWith('trait.')) return [`trait:${part.fact.slice(6)}`]
  if (part.fact !== 'tag') return []
  const values = Array.isArray(part.value) ? part.value : [part.value]
  return values.map((value) => `tag:${String(value)}`)
}

/** What a rule reads, through the segments it names as well. */
function allObserved(key: string, rules: ReadonlyMap<string, Rule>, seen: Set<string>): string[] {
  const rule = rules.get(key)
  if (rule === undefined || seen.has(key)) return []
  seen.add(key)
  const named = namedSegments(rule).flatMap((one) => allObserved(one, rules, seen))
  return [...observedBy(rule), ...named]
}

/**
 * The first day on which all facts that each segment reads are held; null = not yet. Orders and tickets are held from
 * the account's first event on; a trait or tag is known from our first sight of it.
 */
export function exactnessOf(segments: readonly SegmentRule[]) {
  const firstSight = new Map<string, Day>()
  let start = OPEN
  return {
    add(facts: Facts, skip?: Uint8Array): void {
      for (let i = 0; i < facts.persons.length; i += 1) {
        if (skip?.[i] === 1) continue
        start = Math.min(start, facts.from[i] ?? OPEN)
        const { offsets, name, day: seen } = facts.observations
        for (let k = offsets[i] ?? 0; k < (offsets[i + 1] ?? 0); k += 1) {
          const word = String(name.words[name.codes[k] ?? -1])
          firstSight.set(word, Math.min(firstSight.get(word) ?? OPEN, seen[k] ?? OPEN))
        }
      }
    },
    finish(): Map<string, Day | null> {
      const rules = new Map(segments.map((one) => [one.key, one.rule]))
      return new Map(
        segments.map(({ key }) => {
          const sights = allObserved(key, rules, new Set()).map(
            (one) => firstSight.get(one) ?? OPEN,
          )
          const exact = Math.max(start, ...sights)
          return [key, exact === OPEN ? null : exact]
        }),
      )
    },
  }
}

/** Sizes on a day and first exact days of all segments in one pass. */
export function overviewOn(segments: readonly SegmentRule[], day: Day, lines: Lines) {
  const sizes = segments.map(() => 0)
  const exactness = exactnessOf(segments)
  return {
    add(facts: Facts, skip?: Uint8Array): void {
      exactness.add(facts, skip)
      const compiled = compile(segments, facts, lines)
      for (let i = 0; i < facts.persons.length; i += 1) {
        if (skip?.[i] === 1) continue
        for (let s = 0; s < sizes.length; s += 1) {
          if (isMember(compiled, s, i, day)) sizes[s] = (sizes[s] ?? 0) + 1
        }
      }
    },
    finish(): Map<string, Overview> {
      const exact = exactness.finish()
      return new Map(
        segments.map(({ key }, s) => [
          key,
          { size: sizes[s] ?? 0, exactFrom: exact.get(key) ?? null },
        ]),
      )
    },
  }
}
