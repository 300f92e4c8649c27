import { totalsOn } from '../orders/totals.ts'
import type { Day } from '../time.ts'
import type { Word } from '../timeline/column.ts'
import { NEVER } from '../timeline/intervals.ts'
import type { Facts } from './facts.ts'
import { fieldReader } from './fields.ts'

/** What the customer list sorts and filters by: one entry per person, or per instance of a split. */
export interface CustomerTable {
  readonly persons: Int32Array
  /** Instance values; null = "(none)" or a person. */
  readonly values: readonly (Word | null)[]
  readonly orders: Int32Array
  readonly priced: Int32Array
  /** Total order value, base currency. */
  readonly value: Float64Array
  /** Days; `NEVER` = none. */
  readonly first: Int32Array
  readonly last: Int32Array
  /** The fields that were asked for, by name: one value per row. */
  readonly fields: ReadonlyMap<string, readonly (Word | null)[]>
}

/** A day of a row of the table; null = none. */
export function dayIn(days: Int32Array, row: number): Day | null {
  const day = days[row] ?? NEVER
  return day === NEVER ? null : day
}

/** Collects the table of a day with some fields, range by range; persons without orders are in it too. */
export function customerTable(day: Day, wanted: Iterable<string> = []) {
  const fields = new Map<string, (Word | null)[]>([...wanted].map((name) => [name, []]))
  const persons: number[] = []
  const values: (Word | null)[] = []
  const orders: number[] = []
  const priced: number[] = []
  const value: number[] = []
  const first: number[] = []
  const last: number[] = []
  return {
    add(facts: Facts, skip?: Uint8Array): void {
      const { split } = facts
      const readers = [...fields].map(
        ([name, cells]) => [fieldReader(facts, name, day), cells] as const,
      )
      for (let i = 0; i < facts.persons.length; i += 1) {
        if (skip?.[facts.source[i] ?? 0] === 1) continue
        const totals = totalsOn(facts, i, day)
        if (split !== null && totals.orders === 0) continue
        persons.push(facts.persons[i] ?? 0)
        values.push(split === null ? null : (split.words[split.value[i] ?? -1] ?? null))
        orders.push(totals.orders)
        priced.push(totals.priced)
        value.push(totals.value)
        first.push(totals.first ?? NEVER)
        last.push(totals.last ?? NEVER)
        for (const [read, cells] of readers) cells.push(read(i))
      }
    },
    finish(): CustomerTable {
      return {
        persons: Int32Array.from(persons),
        values,
        orders: Int32Array.from(orders),
        priced: Int32Array.from(priced),
        value: Float64Array.from(value),
        first: Int32Array.from(first),
        last: Int32Array.from(last),
        fields,
      }
    },
  }
}
