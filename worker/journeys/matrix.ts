import type { Day } from '../time.ts'
import type { MembershipLog } from './log.ts'

/** Members of a segment on two days. */
export interface Sizes {
  before: number
  after: number
  /** Members on both. */
  stayed: number
}

function holds({ days, starts }: MembershipLog, i: number, day: Day): boolean {
  for (let k = starts[i] ?? 0; k < (starts[i + 1] ?? 0); k += 2) {
    if ((days[k] ?? 0) <= day && day < (days[k + 1] ?? 0)) return true
  }
  return false
}

/** Counts the members of one segment on two days, over logs. */
export function sizeCounter(first: Day, last: Day) {
  const sizes: Sizes = { before: 0, after: 0, stayed: 0 }
  return {
    add(log: MembershipLog, skip?: Uint8Array): void {
      for (let i = 0; i + 1 < log.starts.length; i += 1) {
        if (skip?.[i] === 1) continue
        const before = holds(log, i, first)
        const after = holds(log, i, last)
        if (before) sizes.before += 1
        if (after) sizes.after += 1
        if (before && after) sizes.stayed += 1
      }
    },
    finish: (): Sizes => sizes,
  }
}
