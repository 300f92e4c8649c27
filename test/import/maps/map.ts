import type { Kind } from '../fields.ts'
import type { DateOrder } from '../instant.ts'

/** Text that one row gives. */
export type TextSource =
  /** A cell: cut to an integer ("17850.0" → "17850"), translated, put behind a prefix. */
  | { column: string; integer?: true; words?: Readonly<Record<string, string>>; prefix?: string }
  /** Several cells joined by "/". */
  | { join: readonly string[]; prefix?: string }
  | { literal: string }
  /** Depends on whether a cell is blank. */
  | { ifBlank: string; blank: TextSource; filled: TextSource }

/** The exact product of cells, summed over the rows of the record and rounded once. */
export interface SumSource {
  sumOf: readonly string[]
  negate?: true
}

/** Where the value of a key comes from. */
export type Source = TextSource | SumSource

/** A row is kept when the cell is this text or matches it (with `not`: is not, does not). */
export interface Condition {
  column: string
  is: string | RegExp
  not?: true
}

/** How the rows of a file become records of one kind. */
export interface ImportMap {
  kind: Kind
  keep: readonly Condition[]
  /** Rows with equal cells here are one record, wherever they stand; none: each row is one. */
  group: readonly string[]
  /** The row that speaks for its group; `latest`: the greatest instant, between equals the last. */
  speaker: 'first' | { latest: string }
  /** Cells that mean "unknown", beside the empty one. */
  unknown: readonly string[]
  dates: DateOrder
  /** Zone of times without an offset. */
  zone: string
  fields: Readonly<Record<string, Source>>
}
