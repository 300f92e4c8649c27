import type { Facts } from '../customers/facts.ts'
import { totalsOn } from '../orders/totals.ts'
import { orderValues } from '../segments/filter.ts'
import type { Day } from '../time.ts'
import type { Word } from '../timeline/column.ts'
import { OPEN } from '../timeline/intervals.ts'

/** Totals of all instances of one value, or of all customers. */
export interface GroupTotals {
  /** Those with a counted order. */
  customers: number
  orders: number
  /** Base currency, minor units. */
  totalOrderValue: number
  /** Value ÷ orders that have one; null without any. */
  averageSpend: number | null
  /** Customers with two or more counted orders ÷ customers; null without any. */
  repurchaseRate: number | null
  /** Value ÷ customers, historic; null without any. */
  lifetimeValue: number | null
}

export interface InstanceTotals extends GroupTotals {
  /** null = "(none)". */
  value: Word | null
}

export interface Instances {
  /** By value: most valuable first. */
  items: InstanceTotals[]
  all: GroupTotals
  /** Customers over all instances minus All. */
  overlap: number
  /** Customers who are in both, for every pair of values that shares any. */
  overlaps: { a: Word | null; b: Word | null; customers: number }[]
}

interface Group {
  customers: number
  repeat: number
  orders: number
  priced: number
  value: number
}

const emptyGroup = (): Group => ({ customers: 0, repeat: 0, orders: 0, priced: 0, value: 0 })

function show({ customers, repeat, orders, priced, value }: Group): GroupTotals {
  return {
    customers,
    orders,
    totalOrderValue: value,
    averageSpend: priced === 0 ? null : Math.round(value / priced),
    repurchaseRate: customers === 0 ? null : repeat / customers,
    lifetimeValue: customers === 0 ? null : Math.round(value / customers),
  }
}

/** A pair of values is one number: PAIR times the lower slot plus the higher. */
const PAIR = 2 ** 26
/** Up to so many values pairs are counted in a matrix. */
const DENSE = 1024

function addOne(counts: Int32Array, at: number): void {
  counts[at] = (counts[at] ?? 0) + 1
}

const compareWords = (a: Word | null, b: Word | null) =>
  a === null ? 1 : b === null ? -1 : String(a) < String(b) ? -1 : 1

/**
 * The instances of an order property on a day, range by range; the facts are those of persons, not a split. An
 * order with several values counts for each of them, one without any for "(none)".
 */
export function instancesOn(property: string, day: Day) {
  /** Slot of a value over all ranges; 0 is "(none)". */
  const slots = new Map<Word | null, number>([[null, 0]])
  const words: (Word | null)[] = [null]
  const groups: Group[] = [emptyGroup()]
  const pairs = new Map<number, number>()
  const all = emptyGroup()

  const slotOf = (word: Word) => {
    const known = slots.get(word)
    if (known !== undefined) return known
    slots.set(word, words.length)
    words.push(word)
    groups.push(emptyGroup())
    return words.length - 1
  }

  return {
    add(facts: Facts, skip?: Uint8Array): void {
      const { orders } = facts
      const { words: local, codes, offsets } = orderValues(orders, property)
      const slotOfCode = Int32Array.from(local, (word) => slotOf(word))
      const counts = new Int32Array(words.length)
      const priced = new Int32Array(words.length)
      const sums = new Float64Array(words.length)
      const touched: number[] = []
      const width = words.length
      const matrix = width <= DENSE ? new Int32Array(width * width) : null
      const slotsOf = (order: number, visit: (slot: number) => void) => {
        const first = offsets[order] ?? 0
        const last = offsets[order + 1] ?? 0
        if (first === last) visit(0)
        for (let at = first; at < last; at += 1) visit(slotOfCode[codes[at] ?? 0] ?? 0)
      }
      for (let i = 0; i < facts.persons.length; i += 1) {
        if (skip?.[i] === 1) continue
        const total = totalsOn(facts, i, day)
        if (total.orders === 0) continue
        all.customers += 1
        if (total.orders >= 2) all.repeat += 1
        all.orders += total.orders
        all.priced += total.priced
        all.value += total.value

        const end = orders.offsets[i + 1] ?? 0
        for (let k = orders.offsets[i] ?? 0; k < end; k += 1) {
          if ((orders.day[k] ?? OPEN) > day) break
          if (orders.counted[k] === 0) continue
          const value = orders.value[k] ?? Number.NaN
          const first = offsets[k] ?? 0
          const last = offsets[k + 1] ?? 0
          for (let at = first; at < Math.max(last, first + 1); at += 1) {
            const slot = at < last ? (slotOfCode[codes[at] ?? 0] ?? 0) : 0
            if (counts[slot] === 0) touched.push(slot)
            counts[slot] = (counts[slot] ?? 0) + 1
            if (value === value) {
              priced[slot] = (priced[slot] ?? 0) + 1
              sums[slot] = (sums[slot] ?? 0) + value
            }
          }
        }
        const { refunds } = orders
        const refundEnd = refunds.offsets[i + 1] ?? 0
        for (let r = refunds.offsets[i] ?? 0; r < refundEnd; r += 1) {
          if ((refunds.day[r] ?? OPEN) > day) break
          const order = refunds.order[r] ?? -1
          const amount = refunds.amount[r] ?? 0
          if (order < 0) {
            sums[0] = (sums[0] ?? 0) - amount
          } else if (orders.counted[order] === 1) {
            slotsOf(order, (slot) => {
              sums[slot] = (sums[slot] ?? 0) - amount
            })
          }
        }
        for (const slot of touched) {
          const group = groups[slot]
          if (group === undefined) continue
          group.customers += 1
          if ((counts[slot] ?? 0) >= 2) group.repeat += 1
          group.orders += counts[slot] ?? 0
          group.priced += priced[slot] ?? 0
          group.value += sums[slot] ?? 0
        }
        for (let a = 0; a < touched.length; a += 1) {
          for (let b = a + 1; b < touched.length; b += 1) {
            const low = Math.min(touched[a] ?? 0, touched[b] ?? 0)
            const at = low * PAIR + Math.max(touched[a] ?? 0, touched[b] ?? 0)
            if (matrix === null) pairs.set(at, (pairs.get(at) ?? 0) + 1)
            else addOne(matrix, low * width + (at - low * PAIR))
          }
        }
        for (const slot of touched) {
          counts[slot] = 0
          priced[slot] = 0
          sums[slot] = 0
        }
        sums[0] = 0
        touched.length = 0
      }
      matrix?.forEach((shared, at) => {
        if (shared === 0) return
        const key = Math.floor(at / width) * PAIR + (at % width)
        pairs.set(key, (pairs.get(key) ?? 0) + shared)
      })
    },
    finish(): Instances {
      const items = groups
        .map((group, slot) => ({ value: words[slot] ?? null, ...show(group) }))
        .filter(({ customers }) => customers > 0)
        .toSorted((a, b) => b.totalOrderValue - a.totalOrderValue || compareWords(a.value, b.value))
      const customers = items.reduce((sum, one) => sum + one.customers, 0)
      return {
        items,
        all: show(all),
        overlap: customers - all.customers,
        overlaps: [...pairs].map(([key, shared]) => {
          const a = Math.floor(key / PAIR)
          return { a: words[a] ?? null, b: words[key % PAIR] ?? null, customers: shared }
        }),
      }
    },
  }
}
