import { totalsOn } from '../orders/totals.ts'
import type { Day } from '../time.ts'
import type { Word } from '../timeline/column.ts'
import type { Facts } from './facts.ts'

/** What the customer list sorts and filters by: one entry per person, or per instance of a split. */
export interface CustomerTable {
  readonly persons: Int32Array
  /** Instance values; null = "(none)" or a person. */
  readonly values: readonly (Word | null)[]
  readonly orders: Int32Array
  readonly priced: Int32Array
  /** Total order value, base currency. */
  readonly value: Float64Array
  /** Days; −2³¹ = none. */
  readonly first: Int32Array
  readonly last: Int32Array
}

const NO_DAY = -2_147_483_648

/** Collects the table of a day, range by range; persons without orders are in it too. */
export function customerTable(day: Day) {
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
      for (let i = 0; i < facts.persons.length; i += 1) {
        if (skip?.[facts.source[i] ?? 0] === 1) continue
        const totals = totalsOn(facts, i, day)
        if (split !== null && totals.orders === 0) continue
        persons.push(facts.persons[i] ?? 0)
        values.push(split === null ? null : (split.words[split.value[i] ?? -1] ?? null))
        orders.push(totals.orders)
        priced.push(totals.priced)
        value.push(totals.value)
        first.push(totals.first ?? NO_DAY)
        last.push(totals.last ?? NO_DAY)
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
      }
    },
  }
}
