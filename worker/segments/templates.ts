import type { Facts } from '../customers/facts.ts'
import { OPEN } from '../timeline/intervals.ts'
import type { Comparison, Condition, Rule } from './rule.ts'

/** Days between a person's purchases, over the whole shop: where "soon" and "late" lie. */
export interface Rhythm {
  /** Half of all next purchases come within so many days. */
  p50: number
  /** Nine of ten come within so many days. */
  p90: number
  /** Intervals behind the figures. */
  n: number
  /** Too few intervals: the figures are the usual ones, not this shop's. */
  fallback: boolean
}

/** Fewer intervals than this say nothing about a shop. */
const FEWEST_INTERVALS = 100
const USUAL = { p50: 30, p90: 120 } as const

/** Percentile with linear interpolation (type 7) of counts per whole number. */
function percentile(counts: readonly number[], n: number, share: number): number {
  const position = (n - 1) * share
  const at = (rank: number) => {
    let seen = 0
    for (const [value, count] of counts.entries()) {
      seen += count
      if (rank < seen) return value
    }
    return counts.length - 1
  }
  const lower = at(Math.floor(position))
  return lower + (at(Math.ceil(position)) - lower) * (position - Math.floor(position))
}

/** Finds the rhythm, range by range, from the days between consecutive purchase days of each person. */
export function rhythmOf() {
  const counts: number[] = []
  let n = 0
  return {
    add({ orders, persons }: Facts, skip?: Uint8Array): void {
      for (let i = 0; i < persons.length; i += 1) {
        if (skip?.[i] === 1) continue
        let before = OPEN
        const end = orders.offsets[i + 1] ?? 0
        for (let k = orders.offsets[i] ?? 0; k < end; k += 1) {
          if (orders.counted[k] === 0) continue
          const day = orders.day[k] ?? 0
          if (before !== OPEN && day > before) {
            while (counts.length <= day - before) counts.push(0)
            counts[day - before] = (counts[day - before] ?? 0) + 1
            n += 1
          }
          before = day
        }
      }
    },
    finish(): Rhythm {
      if (n < FEWEST_INTERVALS) return { ...USUAL, n, fallback: true }
      const p50 = Math.max(1, Math.ceil(percentile(counts, n, 0.5)))
      return {
        p50,
        p90: Math.max(p50 + 1, Math.ceil(percentile(counts, n, 0.9))),
        n,
        fallback: false,
      }
    },
  }
}

export interface Template {
  /** Also the key of its name and explanation in the translations. */
  key: string
  group: 'lifecycle' | 'value' | 'loyalty' | 'service'
  rule: Rule
}

const all = (...parts: (Condition | Rule)[]): Rule => ({ all: parts })

const orders = (op: Comparison['op'], value: number, months?: number): Comparison => ({
  fact: 'orders.count',
  ...(months !== undefined && { within: { months } }),
  op,
  value,
})

const top = (fact: string, percent: number): Condition => ({
  fact,
  rank: { top: percent, unit: '%' },
})

const since = (op: Comparison['op'], value: number): Comparison => ({
  fact: 'orders.daysSinceLast',
  op,
  value,
})

/** One row per frequency, one column per recency: every customer is in exactly one field. */
function lifecycle({ p50, p90 }: Rhythm): Template[] {
  const frequencies = {
    one: [orders('=', 1)],
    few: [orders('>=', 2), orders('<=', 4)],
    many: [orders('>=', 5)],
  }
  const recencies = {
    active: [since('<=', p50)],
    cooling: [since('>', p50), since('<=', p90)],
    lost: [since('>', p90)],
  }
  return Object.entries(frequencies).flatMap(([frequency, count]) =>
    Object.entries(recencies).map(([recency, days]) => ({
      key: `lifecycle_${frequency}_${recency}`,
      group: 'lifecycle' as const,
      rule: all(...count, ...days),
    })),
  )
}

const badRating: Comparison = {
  fact: 'ratings.count',
  where: [{ property: 'verdict', op: '=', value: 'bad' }],
  within: { days: 90 },
  op: '>=',
  value: 1,
}

/** Ready-made segments; those that speak of recency take their limits from the shop's rhythm. */
export function templatesFor(rhythm: Rhythm): Template[] {
  const { p50, p90 } = rhythm
  const late: Comparison = { fact: 'orders.daysSinceLast', op: '>', value: p90 }
  return [
    ...lifecycle(rhythm),
    { key: 'top_1_percent', group: 'value', rule: all(top('orders.sum', 1)) },
    { key: 'top_20_percent', group: 'value', rule: all(top('orders.sum', 20)) },
    {
      key: 'top_10_percent_of_the_year',
      group: 'value',
      rule: all({ fact: 'orders.sum', within: { months: 12 }, rank: { top: 10, unit: '%' } }),
    },
    { key: 'high_average_spend', group: 'value', rule: all(top('orders.average', 10)) },
    { key: 'one_big_order', group: 'value', rule: all(top('orders.max', 10), orders('=', 1)) },
    {
      key: 'best_of_repeat_customers',
      group: 'value',
      rule: all({
        fact: 'orders.sum',
        rank: { top: 10, unit: '%' },
        among: all(orders('>=', 2, 12)),
      }),
    },
    { key: 'vip_at_risk', group: 'value', rule: all(top('orders.sum', 10), late) },
    { key: 'first_order_only', group: 'loyalty', rule: all(orders('=', 1)) },
    {
      key: 'due_for_second_order',
      group: 'loyalty',
      rule: all(orders('=', 1), {
        fact: 'orders.daysSinceLast',
        op: 'between',
        value: [p50, p90],
      }),
    },
    {
      key: 'second_order_this_month',
      group: 'loyalty',
      rule: all(orders('=', 2), { fact: 'orders.last.day', op: 'within', value: { days: 30 } }),
    },
    { key: 'monthly_buyer', group: 'loyalty', rule: all(orders('>=', 3, 3)) },
    { key: 'yearly_regular', group: 'loyalty', rule: all(orders('>=', 6, 12)) },
    {
      key: 'came_back',
      group: 'loyalty',
      rule: all(orders('>=', 2), orders('=', 1, 1), {
        none: [{ fact: 'orders.first.day', op: 'within', value: { months: 12 } }],
      }),
    },
    {
      key: 'customer_for_years',
      group: 'loyalty',
      rule: all(orders('>=', 1, 12), {
        none: [{ fact: 'orders.first.day', op: 'within', value: { months: 24 } }],
      }),
    },
    { key: 'lapsed_regular', group: 'loyalty', rule: all(orders('>=', 3), late) },
    { key: 'bad_rating_lately', group: 'service', rule: all(badRating) },
    { key: 'vip_with_bad_rating', group: 'service', rule: all(top('orders.sum', 10), badRating) },
    {
      key: 'upset_now',
      group: 'service',
      rule: all({ fact: 'sentiment.label', op: '=', value: 'negative' }),
    },
    {
      key: 'many_contacts',
      group: 'service',
      rule: all({ fact: 'tickets.count', within: { days: 30 }, op: '>=', value: 3 }),
    },
    {
      key: 'buys_without_asking',
      group: 'service',
      rule: all(orders('>=', 3), { fact: 'tickets.count', op: '=', value: 0 }),
    },
  ]
}
