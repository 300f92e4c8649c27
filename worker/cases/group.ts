import type { GapBasis } from './catalog.ts'

/** Tickets as grouping sees them, row by row; instants are epoch ms. */
export interface Groupable {
  /** Rows of person p: offsets[p] to offsets[p + 1], by creation, then id. */
  readonly offsets: Int32Array
  readonly at: Float64Array
  /** Last public message, else solve, else creation. */
  readonly activity: Float64Array
  /** Codes of the values of the method's keys; null: it has none. */
  readonly key: Int32Array | null
  /** 1: the method leaves the ticket out; null: it leaves none out. */
  readonly left: Uint8Array | null
  /** `SPLIT` or `JOIN` where a human said so, else 0; null: nobody did. */
  readonly said: Uint8Array | null
}

/** A human said: the ticket begins a case. */
export const SPLIT = 1
/** A human said: the ticket belongs to the case before it. */
export const JOIN = 2

/** How long after what a ticket still belongs to a case. */
export interface Gap {
  /** Milliseconds; null: for ever. */
  length: number | null
  from: GapBasis
}

const HOUR = 3_600_000

/** A gap of so many hours. */
export function gapOf(hours: number | null, from: GapBasis): Gap {
  return { length: hours === null ? null : hours * HOUR, from }
}

/** Which case each ticket belongs to. */
export interface Numbered {
  /** How many cases there are; a person's follow each other, in the order of their first tickets. */
  readonly size: number
  /** The case of each row; −1: none. */
  readonly caseOf: Int32Array
}

/**
 * Groups the tickets of every person that `skip` does not mark: each ticket joins the latest case of its key when it
 * was made within the gap (≤), else begins one. Every ticket that is not left out is in exactly one case.
 */
export function numberCases(tickets: Groupable, gap: Gap, skip?: Uint8Array): Numbered {
  const { offsets, at, activity, key, left, said } = tickets
  const keys = key === null ? 1 : key.reduce((most, code) => Math.max(most, code + 1), 1)
  const owner = new Int32Array(keys).fill(-1)
  const latest = new Int32Array(keys)
  const last = new Float64Array(keys)
  const caseOf = new Int32Array(offsets.at(-1) ?? 0).fill(-1)
  const length = gap.length ?? Infinity
  const isOpened = gap.from === 'opened'
  let size = 0
  for (let person = 0; person + 1 < offsets.length; person += 1) {
    if (skip?.[person] === 1) continue
    const end = offsets[person + 1] ?? 0
    for (let row = offsets[person] ?? 0; row < end; row += 1) {
      if (left?.[row] === 1) continue
      const code = key?.[row] ?? 0
      const made = at[row] ?? 0
      const mark = isOpened ? made : (activity[row] ?? 0)
      const word = said?.[row] ?? 0
      const before = last[code] ?? 0
      const isHeld = owner[code] === person && word !== SPLIT
      if (isHeld && (word === JOIN || made - before <= length)) {
        caseOf[row] = latest[code] ?? -1
        last[code] = isOpened ? made : Math.max(before, mark)
      } else {
        caseOf[row] = size
        owner[code] = person
        latest[code] = size
        last[code] = mark
        size += 1
      }
    }
  }
  return { size, caseOf }
}
