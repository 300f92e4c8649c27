import type { Facts } from '../customers/facts.ts'
import type { OrderFacts } from '../orders/facts.ts'
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

/** Up to so many values pairs are counted in a matrix. */
const DENSE = 1024
/** A pair of values is one number: PAIR times the lower slot plus the higher. */
const PAIR = 2 ** 26

const compareWords = (a: Word | null, b: Word | null) =>
  a === null ? 1 : b === null ? -1 : String(a) < String(b) ? -1 : 1

/** How many persons have both values of a pair, over all ranges. */
function pairCounter() {
  const found = new Map<number, number>()
  const add = (a: number, b: number, persons: number) => {
    const key = Math.min(a, b) * PAIR + Math.max(a, b)
    found.set(key, (found.get(key) ?? 0) + persons)
  }
  return {
    /** A counter of the pairs of one range with so many slots; `flush` adds them to the others. */
    range(width: number) {
      if (width > DENSE) return { add: (a: number, b: number) => add(a, b, 1), flush: () => {} }
      const matrix = new Int32Array(width * width)
      return {
        add(a: number, b: number) {
          const at = a * width + b
          matrix[at] = (matrix[at] ?? 0) + 1
        },
        flush() {
          matrix.forEach((persons, at) => {
            if (persons > 0) add(Math.floor(at / width), at % width, persons)
          })
        },
      }
    },
    finish: () =>
      [...found].map(([key, persons]) => ({ a: Math.floor(key / PAIR), b: key % PAIR, persons })),
  }
}

/** The values of orders as slots, 0 where there is none; without offsets each order has one. */
function slotsOf(
  orders: OrderFacts,
  property: string,
  slotOf: (word: Word) => number,
): { slots: Int32Array; offsets: Int32Array | null } {
  const { words, codes, offsets } = orderValues(orders, property)
  const known = Int32Array.from(words, slotOf)
  const count = orders.day.length
  let single = true
  let size = 0
  for (let row = 0; row < count; row += 1) {
    const values = (offsets[row + 1] ?? 0) - (offsets[row] ?? 0)
    if (values > 1) single = false
    size += Math.max(1, values)
  }
  const slots = new Int32Array(size)
  const starts = single ? null : new Int32Array(count + 1)
  let at = 0
  for (let row = 0; row < count; row += 1) {
    const first = offsets[row] ?? 0
    const last = offsets[row + 1] ?? 0
    if (first === last) at += 1
    for (let value = first; value < last; value += 1) {
      slots[at] = known[codes[value] ?? 0] ?? 0
      at += 1
    }
    if (starts !== null) starts[row + 1] = at
  }
  return { slots, offsets: starts }
}

/**
 * The instances of an order property on a day, range by range; the facts are those of persons, not a split. An
 * order with several values counts for each of them, one without any for "(none)".
 */
export function instancesOn(property: string, day: Day) {
  /** Slot of a value over all ranges; 0 is "(none)". */
  const slotByWord = new Map<Word | null, number>([[null, 0]])
  const words: (Word | null)[] = [null]
  const groups: Group[] = [emptyGroup()]
  const pairs = pairCounter()
  const all = emptyGroup()

  const slotOf = (word: Word) => {
    const known = slotByWord.get(word)
    if (known !== undefined) return known
    slotByWord.set(word, words.length)
    words.push(word)
    groups.push(emptyGroup())
    return words.length - 1
  }

  return {
    add(facts: Facts, skip?: Uint8Array): void {
      const { orders } = facts
      const { slots, offsets } = slotsOf(orders, property, slotOf)
      const { refunds } = orders
      const width = words.length
      // What one person has in each slot, and which slots those are.
      const counts = new Int32Array(width)
      const priced = new Int32Array(width)
      const sums = new Float64Array(width)
      const touched = new Int32Array(width)
      // What all of them have.
      const customers = new Int32Array(width)
      const repeat = new Int32Array(width)
      const totals = { orders: new Int32Array(width), priced: new Int32Array(width) }
      const values = new Float64Array(width)
      const shared = pairs.range(width)
      for (let i = 0; i < facts.persons.length; i += 1) {
        if (skip?.[i] === 1) continue
        let size = 0
        let own = 0
        let ownPriced = 0
        let ownValue = 0
        const end = orders.offsets[i + 1] ?? 0
        for (let k = orders.offsets[i] ?? 0; k < end; k += 1) {
          if ((orders.day[k] ?? OPEN) > day) break
          if (orders.counted[k] === 0) continue
          const value = orders.value[k] ?? Number.NaN
          const hasValue = value === value
          own += 1
          if (hasValue) {
            ownPriced += 1
            ownValue += value
          }
          const last = offsets === null ? k + 1 : (offsets[k + 1] ?? 0)
          for (let at = offsets === null ? k : (offsets[k] ?? 0); at < last; at += 1) {
            const slot = slots[at] ?? 0
            const count = counts[slot] ?? 0
            if (count === 0) {
              touched[size] = slot
              size += 1
            }
            counts[slot] = count + 1
            if (hasValue) {
              priced[slot] = (priced[slot] ?? 0) + 1
              sums[slot] = (sums[slot] ?? 0) + value
            }
          }
        }
        if (own === 0) continue
        const refundEnd = refunds.offsets[i + 1] ?? 0
        for (let r = refunds.offsets[i] ?? 0; r < refundEnd; r += 1) {
          if ((refunds.day[r] ?? OPEN) > day) break
          const order = refunds.order[r] ?? -1
          const amount = refunds.amount[r] ?? 0
          if (order >= 0 && orders.counted[order] === 0) continue
          ownValue -= amount
          if (order < 0) {
            sums[0] = (sums[0] ?? 0) - amount
            continue
          }
          const last = offsets === null ? order + 1 : (offsets[order + 1] ?? 0)
          for (let at = offsets === null ? order : (offsets[order] ?? 0); at < last; at += 1) {
            const slot = slots[at] ?? 0
            if (counts[slot] !== 0) sums[slot] = (sums[slot] ?? 0) - amount
          }
        }
        all.customers += 1
        if (own >= 2) all.repeat += 1
        all.orders += own
        all.priced += ownPriced
        all.value += ownValue
        for (let t = 0; t < size; t += 1) {
          const slot = touched[t] ?? 0
          const count = counts[slot] ?? 0
          customers[slot] = (customers[slot] ?? 0) + 1
          if (count >= 2) repeat[slot] = (repeat[slot] ?? 0) + 1
          totals.orders[slot] = (totals.orders[slot] ?? 0) + count
          totals.priced[slot] = (totals.priced[slot] ?? 0) + (priced[slot] ?? 0)
          values[slot] = (values[slot] ?? 0) + (sums[slot] ?? 0)
          for (let other = t + 1; other < size; other += 1) shared.add(slot, touched[other] ?? 0)
          counts[slot] = 0
          priced[slot] = 0
          sums[slot] = 0
        }
        sums[0] = 0
      }
      shared.flush()
      groups.forEach((group, slot) => {
        group.customers += customers[slot] ?? 0
        group.repeat += repeat[slot] ?? 0
        group.orders += totals.orders[slot] ?? 0
        group.priced += totals.priced[slot] ?? 0
        group.value += values[slot] ?? 0
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
        overlaps: pairs.finish().map(({ a, b, persons }) => ({
          a: words[a] ?? null,
          b: words[b] ?? null,
          customers: persons,
        })),
      }
    },
  }
}
