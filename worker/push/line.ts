import type { OrderFacts } from '../orders/facts.ts'
import { orderValues } from '../segments/filter.ts'
import { type Day, expiryOf } from '../time.ts'

/** Orders of so long ago count for the preferred line. */
const window = { months: 12 } as const

/** A person's preferred line from a day on. */
export type LineStep = [Day, string | null]

interface Purchase {
  day: Day
  until: Day
  value: string
}

/** Reads preferred lines of persons: the value of a property of orders or of their lines. */
export function lineReader(orders: OrderFacts, property: string) {
  const { words, codes, offsets } = orderValues(orders, property)
  /** The preferred line of person i today and later, if nothing happens. */
  return (i: number, today: Day): LineStep[] => {
    const purchases: Purchase[] = []
    const end = orders.offsets[i + 1] ?? 0
    for (let row = orders.offsets[i] ?? 0; row < end; row += 1) {
      const day = orders.day[row] ?? 0
      const until = expiryOf(day, window)
      if (orders.counted[row] !== 1 || day > today || until <= today) continue
      const found = Array.from(codes.subarray(offsets[row] ?? 0, offsets[row + 1] ?? 0))
      for (const code of new Set(found)) {
        const word = words[code]
        if (word !== undefined) purchases.push({ day, until, value: String(word) })
      }
    }
    const days = [today, ...purchases.map(({ until }) => until)]
    const steps: LineStep[] = []
    for (const day of [...new Set(days)].toSorted((a, b) => a - b)) {
      const value = preferred(purchases.filter(({ until }) => day < until))
      if (steps.length === 0 || steps.at(-1)?.[1] !== value) steps.push([day, value])
    }
    return steps.length === 1 && steps[0]?.[1] === null ? [] : steps
  }
}

/** The value of most orders; of equally frequent ones that of the latest order. */
function preferred(purchases: readonly Purchase[]): string | null {
  const counts = new Map<string, { count: number; last: Day }>()
  for (const { day, value } of purchases) {
    const known = counts.get(value) ?? { count: 0, last: day }
    counts.set(value, { count: known.count + 1, last: Math.max(known.last, day) })
  }
  let best: string | null = null
  let most = { count: 0, last: 0 }
  for (const [value, one] of counts) {
    const wins = one.count > most.count || (one.count === most.count && one.last >= most.last)
    if (wins) [best, most] = [value, one]
  }
  return best
}
