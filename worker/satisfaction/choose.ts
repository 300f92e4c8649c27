import type { Facts } from '../customers/facts.ts'
import type { Day } from '../time.ts'
import { OPEN } from '../timeline/intervals.ts'
import { type Basis, type Dimension, NONE } from './catalog.ts'
import { type Reader, readerOf, type Surroundings } from './readers.ts'

/** Values of a dimension, one of which a rating must have; `(none)` = without any. */
export type Filters = Partial<Record<Dimension, readonly string[]>>

/** Which ratings are asked for. */
export interface Choice {
  filters: Filters
  basis: Basis
}

/** The surveys of one set of facts that pass the filters. Rows, then the entry that owns them. */
export interface Chosen {
  /** Day by which a row's rating belongs to a period; OPEN when it stands for none. */
  ratingDay: (row: number) => Day
  passes: (row: number, i: number, day: Day) => boolean
  readerOf: (dimension: Dimension) => Reader
}

/** Prepares the surveys of some facts; day of `passes`: of the rating, or of the offer. */
export function chooser(facts: Facts, { filters, basis }: Choice, around: Surroundings): Chosen {
  const { surveys } = facts
  const readers = new Map<Dimension, Reader>()
  const reader = (dimension: Dimension) => {
    const known = readers.get(dimension) ?? readerOf(dimension, facts, around)
    readers.set(dimension, known)
    return known
  }
  const tests = Object.entries(filters).map(([name, values]) => {
    // Object.entries forgets that the names are dimensions.
    const { words, codes } = reader(name as Dimension)
    const wanted = Uint8Array.from(words, (word) => Number(values.includes(word)))
    const orNone = values.includes(NONE)
    return (row: number, i: number, day: Day) => {
      const found = codes(row, i, day)
      for (let k = 0; k < found.length; k += 1) if (wanted[found[k] ?? -1] === 1) return true
      return orNone && found.length === 0
    }
  })
  return {
    ratingDay:
      basis === 'rating'
        ? (row) => surveys.day[row] ?? OPEN
        : (row) => (surveys.day[row] === OPEN ? OPEN : (surveys.made[row] ?? OPEN)),
    passes: (row, i, day) => tests.every((test) => test(row, i, day)),
    readerOf: reader,
  }
}

/** Filters that only an answer can pass: beside them offers are not counted. */
export function hidesOffers({ level, reason }: Filters): boolean {
  return level !== undefined || reason !== undefined
}
