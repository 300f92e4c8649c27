import type { Facts } from '../customers/facts.ts'
import { compile } from '../segments/compile.ts'
import type { Lines } from '../segments/line.ts'
import { isMember } from '../segments/membership.ts'
import type { SegmentRule } from '../segments/rule.ts'
import type { Day } from '../time.ts'

export interface Preview {
  /** Members today by the saved rule (0 for a new segment) and by the draft. */
  before: number
  size: number
  joining: number
  leaving: number
  /** The first few of each, by person id. */
  joiners: number[]
  leavers: number[]
}

/** One side of a comparison: all segments, with their lines. */
export interface Side {
  segments: readonly SegmentRule[]
  lines: Lines
}

/**
 * Compares a draft with what is saved on one day, range by range: exactly what saving it would do. `saved` is null
 * for a new segment.
 */
export function previewOn(key: string, day: Day, draft: Side, saved: Side | null, samples: number) {
  const joiners: number[] = []
  const leavers: number[] = []
  let before = 0
  let size = 0
  const first = (persons: readonly number[]) => persons.toSorted((a, b) => a - b).slice(0, samples)
  return {
    add(facts: Facts, skip?: Uint8Array): void {
      const next = compile(draft.segments, facts, draft.lines)
      const now = saved === null ? null : compile(saved.segments, facts, saved.lines)
      const at = next.keys.indexOf(key)
      const was = now?.keys.indexOf(key) ?? -1
      for (let i = 0; i < facts.persons.length; i += 1) {
        if (skip?.[facts.source[i] ?? 0] === 1) continue
        const comes = isMember(next, at, i, day)
        const stays = now !== null && isMember(now, was, i, day)
        if (comes) size += 1
        if (stays) before += 1
        if (comes !== stays) (comes ? joiners : leavers).push(facts.persons[i] ?? 0)
      }
    },
    finish: (): Preview => ({
      before,
      size,
      joining: joiners.length,
      leaving: leavers.length,
      joiners: first(joiners),
      leavers: first(leavers),
    }),
  }
}
