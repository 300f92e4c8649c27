import type { Window } from '../time.ts'
import type { Operator } from './catalog.ts'

export type Scalar = string | number | boolean

/** Right side of a comparison: one value, a list (`in`, `not_in`, `between`), or a window (`within`). */
export type Operand = Scalar | readonly Scalar[] | Window

/** Chooses events by a property of theirs. */
export interface Filter {
  readonly property: string
  readonly op: Operator
  readonly value?: Operand
}

/** A fact compared with a value; money in minor units of the base currency. */
export interface Comparison {
  readonly fact: string
  readonly where?: readonly Filter[]
  readonly within?: Window
  readonly op: Operator
  readonly value?: Operand
}

export interface Rank {
  readonly top: number
  readonly unit: '%' | 'people'
}

/** Being among the highest of all persons who have a counted order (and are in `among`). */
export interface RankCondition {
  readonly fact: string
  readonly where?: readonly Filter[]
  readonly within?: Window
  readonly rank: Rank
  readonly among?: Rule
}

export type Condition = Comparison | RankCondition

export type Rule =
  | { readonly all: readonly (Condition | Rule)[] }
  | { readonly any: readonly (Condition | Rule)[] }
  | { readonly none: readonly (Condition | Rule)[] }

/** A segment as the engine needs it. `basis`: it also has an instance per value of this order property. */
export interface SegmentRule {
  readonly key: string
  readonly rule: Rule
  readonly basis?: string | null
}

export function isRule(node: Condition | Rule): node is Rule {
  return 'all' in node || 'any' in node || 'none' in node
}

export function isRank(condition: Condition): condition is RankCondition {
  return 'rank' in condition
}
