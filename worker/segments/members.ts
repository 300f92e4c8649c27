import type { Facts } from '../customers/facts.ts'
import type { Day } from '../time.ts'
import type { Word } from '../timeline/column.ts'
import { compile } from './compile.ts'
import { type Lines, NO_LINES } from './line.ts'
import { isMember } from './membership.ts'
import type { SegmentRule } from './rule.ts'

export interface Members {
  /** Person ids, in the order of the facts. */
  persons: Int32Array
  /** Of instances: the value each member is one of; null = "(none)". Of persons: empty. */
  values: (Word | null)[]
}

/**
 * The members of a segment on a day. Given facts of persons it finds persons, given a split instances; `only`
 * keeps the instances of one value.
 */
export function membersOn(
  segments: readonly SegmentRule[],
  key: string,
  day: Day,
  lines: Lines = NO_LINES,
  only?: Word | null,
) {
  const persons: number[] = []
  const values: (Word | null)[] = []
  return {
    add(facts: Facts, skip?: Uint8Array): void {
      const compiled = compile(segments, facts, lines)
      const segment = compiled.keys.indexOf(key)
      const { split } = facts
      for (let i = 0; i < facts.persons.length; i += 1) {
        if (skip?.[facts.source[i] ?? 0] === 1) continue
        const value = split === null ? null : (split.words[split.value[i] ?? -1] ?? null)
        if (only !== undefined && value !== only) continue
        if (!isMember(compiled, segment, i, day)) continue
        persons.push(facts.persons[i] ?? 0)
        if (split !== null) values.push(value)
      }
    },
    finish(): Members {
      return { persons: Int32Array.from(persons), values }
    },
  }
}
