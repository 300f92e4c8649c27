import type { Lines } from '../segments/line.ts'
import { closureOf, isRanked } from '../segments/rank.ts'
import type { Comparison, Rule, SegmentRule } from '../segments/rule.ts'
import type { OutcomeNode } from './catalog.ts'

/** Days for which a rating or a case speaks for a person. */
const OUTCOME_DAYS = 90

function happened(fact: string, property: string, value: string | boolean): Rule {
  const condition: Comparison = {
    fact,
    where: [{ property, op: '=', value }],
    within: { days: OUTCOME_DAYS },
    op: '>=',
    value: 1,
  }
  return { all: [condition] }
}

const outcomes: Readonly<Record<OutcomeNode, Rule>> = {
  '@rated_bad': happened('ratings.count', 'verdict', 'bad'),
  '@rated_good': happened('ratings.count', 'verdict', 'good'),
  '@unresolved_case': happened('cases.count', 'resolved', false),
  '@resolved_case': happened('cases.count', 'resolved', true),
}

/** A node that brings its own rule; its key begins with @. */
export interface RuleNode {
  readonly key: string
  readonly rule: Rule
}

/** Everything that an arrow can begin or end at: segments, outcomes, and nodes with rules of their own. */
export function nodeRules(
  segments: readonly SegmentRule[],
  nodes: readonly RuleNode[],
): SegmentRule[] {
  const own = Object.entries(outcomes).map(([key, rule]) => ({ key, rule }))
  // Movement is of persons, whatever instances a segment has.
  return [...segments, ...own, ...nodes].map(({ key, rule }) => ({ key, rule }))
}

/** FNV-1a over whatever bytes decide a line. */
function hashOf(lines: Lines): number {
  let hash = 0x811c9dc5
  for (const [key, { day, value }] of lines) {
    const name = new TextEncoder().encode(key)
    for (const view of [name, day, value]) {
      const bytes = new Uint8Array(view.buffer, view.byteOffset, view.byteLength)
      for (let k = 0; k < bytes.length; k += 1) {
        hash = Math.imul(hash ^ (bytes[k] ?? 0), 0x01000193)
      }
    }
  }
  return hash >>> 0
}

/** What memberships of each rule follow besides the facts: the same text means the same memberships. */
export function printsOf(rules: readonly SegmentRule[], lines: Lines): Map<string, string> {
  let hash: number | null = null
  return new Map(
    rules.map(({ key }) => {
      const texts = closureOf(rules, [key]).map((one) => [one.key, one.rule])
      if (!isRanked(rules, key)) return [key, JSON.stringify(texts)]
      hash ??= hashOf(lines)
      return [key, `${hash} ${JSON.stringify(texts)}`]
    }),
  )
}
