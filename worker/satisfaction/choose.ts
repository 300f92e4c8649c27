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
  readonly ratingDays: Int32Array
  /**
   * Of every row what `of` says of its day, where it passes the filters, −1 elsewhere. `on` = the day of the
   * rating or offer, on which segments are looked at; 1 in `skip` leaves out a person.
   */
  atoms: (
    days: Int32Array,
    on: Int32Array,
    of: (day: Day) => number,
    skip?: Uint8Array,
  ) => Int32Array
  readerOf: (dimension: Dimension) => Reader
}

interface Test {
  reader: Reader
  /** By code + 1; 0 = no value. */
  wanted: Uint8Array
}

/** Prepares the surveys of some facts. */
export function chooser(facts: Facts, { filters, basis }: Choice, around: Surroundings): Chosen {
  const { surveys } = facts
  const readers = new Map<Dimension, Reader>()
  const reader = (dimension: Dimension) => {
    const known = readers.get(dimension) ?? readerOf(dimension, facts, around)
    readers.set(dimension, known)
    return known
  }
  const tests = Object.entries(filters).map(([name, values]): Test => {
    // Object.entries forgets that the names are dimensions.
    const found = reader(name as Dimension)
    return {
      reader: found,
      wanted: Uint8Array.from([NONE, ...found.words], (word) => Number(values.includes(word))),
    }
  })
  return {
    ratingDays:
      basis === 'rating'
        ? surveys.day
        : surveys.day.map((day, row) => (day === OPEN ? OPEN : (surveys.made[row] ?? OPEN))),
    atoms(days, on, of, skip) {
      const atoms = new Int32Array(days.length)
      for (let row = 0; row < days.length; row += 1) atoms[row] = of(days[row] ?? OPEN)
      if (skip?.includes(1) === true) dropPersons(atoms, surveys.offsets, skip)
      for (const test of tests) {
        if (test.reader.plain === null) dropOthers(atoms, test, facts, on)
        else dropPlain(atoms, test.reader.plain, test.wanted)
      }
      return atoms
    },
    readerOf: reader,
  }
}

function dropPersons(atoms: Int32Array, offsets: Int32Array, skip: Uint8Array): void {
  for (let i = 0; i + 1 < offsets.length; i += 1) {
    if (skip[i] === 1) atoms.fill(-1, offsets[i], offsets[i + 1])
  }
}

function dropPlain(atoms: Int32Array, codes: ArrayLike<number>, wanted: Uint8Array): void {
  for (let row = 0; row < atoms.length; row += 1) {
    if (wanted[(codes[row] ?? -1) + 1] !== 1) atoms[row] = -1
  }
}

function dropOthers(
  atoms: Int32Array,
  { reader, wanted }: Test,
  { persons, surveys }: Facts,
  on: Int32Array,
): void {
  for (let i = 0; i < persons.length; i += 1) {
    const end = surveys.offsets[i + 1] ?? 0
    for (let row = surveys.offsets[i] ?? 0; row < end; row += 1) {
      if ((atoms[row] ?? -1) < 0) continue
      const codes = reader.codes(row, i, on[row] ?? OPEN)
      let passes = codes.length === 0 && wanted[0] === 1
      for (let k = 0; k < codes.length; k += 1) {
        if (wanted[(codes[k] ?? -1) + 1] === 1) passes = true
      }
      if (!passes) atoms[row] = -1
    }
  }
}

/** Filters that only an answer can pass: beside them offers are not counted. */
export function hidesOffers({ level, reason }: Filters): boolean {
  return level !== undefined || reason !== undefined
}
