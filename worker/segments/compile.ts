import type { Facts } from '../customers/facts.ts'
import { type Intervals, intervalBuffer } from '../timeline/intervals.ts'
import { type Steps, stepBuffer } from '../timeline/steps.ts'
import { isNegated } from './compare.ts'
import { type Source, sourceOf, type Workshop, workshop } from './leaf.ts'
import { instanceSuffix, lineKey, type Lines, type LineTree, lineTree } from './line.ts'
import {
  type Comparison,
  type Condition,
  isRank,
  isRule,
  type RankCondition,
  type Rule,
  type SegmentRule,
} from './rule.ts'

export interface Group {
  readonly kind: 'all' | 'any' | 'none'
  readonly nodes: readonly Node[]
}

export interface FactLeaf {
  readonly kind: 'fact'
  readonly condition: Comparison
  readonly source: Source
}

export interface SegmentLeaf {
  readonly kind: 'segment'
  readonly condition: Comparison
  /** Positions of the segments named; unknown ones are left out. */
  readonly segments: readonly number[]
  readonly negated: boolean
}

export interface RankLeaf {
  readonly kind: 'rank'
  readonly condition: RankCondition
  readonly source: Source
  readonly key: string
  readonly among: Node | null
  /** The line of entry i: `trees[0]`, or in a split `trees[split.value[i] + 1]`. */
  readonly trees: readonly (LineTree | null)[]
}

export type Node = Group | FactLeaf | SegmentLeaf | RankLeaf

/** Rules prepared for one set of facts. Holds buffers: evaluate one entry after the other, never two at once. */
export interface Compiled {
  readonly facts: Facts
  readonly keys: readonly string[]
  readonly roots: readonly Node[]
  /** Rank conditions in reading order, with the segment they stand in. */
  readonly ranks: readonly RankLeaf[]
  /** Per segment: its intervals, the entry they are of (−1: none), and whether it is being evaluated. */
  readonly results: readonly Intervals[]
  readonly entryOf: Int32Array
  readonly busy: Uint8Array
  readonly spare: Intervals[]
  readonly steps: Steps
  readonly ranked: Steps
}

/**
 * Prepares segments for facts: predicates run once per dictionary entry here, not per event. `lines` are needed
 * for rank conditions; without one a rank has no members. Segments that a rule names must be among `segments`.
 */
export function compile(
  segments: readonly SegmentRule[],
  facts: Facts,
  lines: Lines = new Map(),
): Compiled {
  const shop = workshop(facts)
  const keys = segments.map(({ key }) => key)
  const ranks: RankLeaf[] = []
  const roots = segments.map(({ key, rule }) => {
    let index = 0
    const nextKey = () => {
      index += 1
      return lineKey(key, index - 1)
    }
    return ruleNode(rule, { shop, keys, lines, ranks, nextKey })
  })
  return {
    facts,
    keys,
    roots,
    ranks,
    results: segments.map(() => intervalBuffer()),
    entryOf: new Int32Array(segments.length).fill(-1),
    busy: new Uint8Array(segments.length),
    spare: [],
    steps: stepBuffer(64),
    ranked: stepBuffer(64),
  }
}

interface Context {
  shop: Workshop
  keys: readonly string[]
  lines: Lines
  ranks: RankLeaf[]
  nextKey: () => string
}

function ruleNode(rule: Rule, context: Context): Group {
  const kind = 'all' in rule ? 'all' : 'any' in rule ? 'any' : 'none'
  const parts = 'all' in rule ? rule.all : 'any' in rule ? rule.any : rule.none
  return { kind, nodes: parts.map((part) => partNode(part, context)) }
}

function partNode(part: Condition | Rule, context: Context): Node {
  if (isRule(part)) return ruleNode(part, context)
  if (isRank(part)) return rankNode(part, context)
  if (part.fact !== 'segment') {
    return { kind: 'fact', condition: part, source: sourceOf(context.shop, part) }
  }
  const named = Array.isArray(part.value) ? part.value : [part.value]
  return {
    kind: 'segment',
    condition: part,
    segments: named.map((key) => context.keys.indexOf(String(key))).filter((at) => at >= 0),
    negated: isNegated(part.op, part.value),
  }
}

function rankNode(condition: RankCondition, context: Context): RankLeaf {
  const key = context.nextKey()
  const among = condition.among === undefined ? null : ruleNode(condition.among, context)
  const { split } = context.shop.facts
  const treeOf = (line: string) => {
    const steps = context.lines.get(line)
    return steps === undefined ? null : lineTree(steps)
  }
  const trees =
    split === null
      ? [treeOf(key)]
      : [null, ...split.words].map((value) =>
          treeOf(`${key}${instanceSuffix(split.property, value)}`),
        )
  const leaf: RankLeaf = {
    kind: 'rank',
    condition,
    source: sourceOf(context.shop, condition),
    key,
    among,
    trees,
  }
  context.ranks.push(leaf)
  return leaf
}

/** The rank conditions of a rule, in the order of their line keys. */
export function ranksOf(rule: Rule): RankCondition[] {
  const found: RankCondition[] = []
  const visit = (part: Condition | Rule) => {
    if (isRule(part)) {
      for (const one of 'all' in part ? part.all : 'any' in part ? part.any : part.none) visit(one)
    } else if (isRank(part)) {
      found.push(part)
      if (part.among !== undefined) visit(part.among)
    }
  }
  visit(rule)
  return found
}
