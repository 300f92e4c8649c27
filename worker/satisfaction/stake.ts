import type { Facts } from '../customers/facts.ts'
import { totalsOn } from '../orders/totals.ts'
import { compile } from '../segments/compile.ts'
import { isMember } from '../segments/membership.ts'
import { atomsOf } from './atoms.ts'
import { type Choice, chooser } from './choose.ts'
import type { Span } from './periods.ts'
import { levelsOf, type Surroundings } from './readers.ts'

/** A person behind bad ratings. */
export interface AtStake {
  person: number
  /** On the last day; minor units of the base currency. */
  totalOrderValue: number
  orders: number
  /** Counted orders whose currency has no rate: in no amount. */
  withoutRate: number
  /** Keys of the segments on the last day. */
  segments: string[]
  badRatings: number
  /** The last of them. */
  ticket: string
  at: number
}

export interface Stake {
  /** The most valuable first. */
  items: AtStake[]
  totalOrderValue: number
  badRatings: number
  withoutRate: number
  /** Persons and their value by segment; a person can be in several. */
  segments: { key: string; persons: number; totalOrderValue: number }[]
}

/**
 * Value at stake: the order value, on the span's last day, of the persons behind the span's bad ratings, each
 * person once.
 */
export function stakeOf({ span, ...choice }: Choice & { span: Span }, around: Surroundings) {
  const atoms = atomsOf([span])
  const items: AtStake[] = []
  return {
    add(facts: Facts, skip?: Uint8Array): void {
      const { surveys } = facts
      if (surveys.day.length === 0) return
      const chosen = chooser(facts, choice, around)
      const bad = levelsOf(surveys).map((level) => level?.verdict === 'bad')
      const compiled = compile(around.segments, facts, around.lines)
      const counted = chosen.atoms(chosen.ratingDays, surveys.day, atoms.of, skip)
      for (let i = 0; i < facts.persons.length; i += 1) {
        let badRatings = 0
        let last = -1
        const end = surveys.offsets[i + 1] ?? 0
        for (let row = surveys.offsets[i] ?? 0; row < end; row += 1) {
          if (counted[row] !== 0) continue
          if (bad[surveys.score.codes[row] ?? -1] !== true) continue
          badRatings += 1
          if (last < 0 || (surveys.at[row] ?? 0) >= (surveys.at[last] ?? 0)) last = row
        }
        if (last < 0) continue
        const totals = totalsOn(facts, i, span.to)
        items.push({
          person: facts.persons[i] ?? 0,
          totalOrderValue: totals.value,
          orders: totals.orders,
          withoutRate: totals.orders - totals.priced,
          segments: compiled.keys.filter((_, at) => isMember(compiled, at, i, span.to)),
          badRatings,
          ticket: surveys.ticket[last] ?? '',
          at: surveys.at[last] ?? 0,
        })
      }
    },
    finish(): Stake {
      const bySegment = new Map<string, { persons: number; totalOrderValue: number }>()
      for (const { segments, totalOrderValue } of items) {
        for (const key of segments) {
          const sum = bySegment.get(key) ?? { persons: 0, totalOrderValue: 0 }
          sum.persons += 1
          sum.totalOrderValue += totalOrderValue
          bySegment.set(key, sum)
        }
      }
      const sum = (read: (one: AtStake) => number) =>
        items.reduce((total, one) => total + read(one), 0)
      return {
        items: items.toSorted(
          (a, b) =>
            b.totalOrderValue - a.totalOrderValue ||
            b.badRatings - a.badRatings ||
            a.person - b.person,
        ),
        totalOrderValue: sum((one) => one.totalOrderValue),
        badRatings: sum((one) => one.badRatings),
        withoutRate: sum((one) => one.withoutRate),
        segments: [...bySegment]
          .map(([key, one]) => ({ key, ...one }))
          .toSorted((a, b) => b.totalOrderValue - a.totalOrderValue || (a.key < b.key ? -1 : 1)),
      }
    },
  }
}
