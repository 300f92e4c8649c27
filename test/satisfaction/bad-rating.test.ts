import { expect, test } from 'vitest'
import { presentBadRating } from '../../worker/customers/present.ts'
import { factsOf } from '../../worker/customers/facts.ts'
import { compile } from '../../worker/segments/compile.ts'
import { membershipOf } from '../../worker/segments/membership.ts'
import type { Rule } from '../../worker/segments/rule.ts'
import { lastBadRating } from '../../worker/tickets/bad-rating.ts'
import { dayText } from '../../worker/time.ts'

const DAY = 86_400_000

/** Ratings of one person, each of a ticket of its own unless named: [day, level, scale, ticket]. */
function factsFor(...list: [day: number, level: number, scale: number, ticket?: string][]) {
  const ratings = list.map(([day, level, scale, ticket], k) => ({
    person: 1,
    ticket: ticket ?? `t${k}`,
    id: `r${k}`,
    ratedAt: day * DAY,
    level,
    scale,
    reasons: '["Slow reply"]',
  }))
  return factsOf(
    { ratings },
    {
      dayOf: (instant) => Math.floor(instant / DAY),
      baseCurrency: 'EUR',
      rateOf: () => null,
      countUnpaid: false,
    },
    [1],
  )
}

test.each<{ because: string; list: Parameters<typeof factsFor>; flag: [string, number] | null }>([
  { because: 'there are no ratings', list: [], flag: null },
  { because: 'a good rating is none', list: [[10, 5, 5]], flag: null },
  { because: 'a neutral rating is none', list: [[10, 3, 5]], flag: null },
  { because: 'a bad one is', list: [[10, 2, 5]], flag: ['t0', 10] },
  { because: 'bad of two levels is', list: [[10, 1, 2]], flag: ['t0', 10] },
  { because: 'the second of two levels is good', list: [[10, 2, 2]], flag: null },
  { because: 'the second of three levels is neutral', list: [[10, 2, 3]], flag: null },
  {
    because: 'the last bad one counts',
    list: [
      [10, 1, 5],
      [20, 2, 5],
    ],
    flag: ['t1', 20],
  },
  {
    because: 'the next good one clears it',
    list: [
      [10, 1, 5],
      [20, 4, 5],
    ],
    flag: null,
  },
  {
    because: 'a neutral one does not clear it',
    list: [
      [10, 1, 5],
      [20, 3, 5],
    ],
    flag: ['t0', 10],
  },
  {
    because: 'a good one before it does not clear it',
    list: [
      [10, 5, 5],
      [20, 1, 5],
    ],
    flag: ['t1', 20],
  },
  {
    because: 'a rating changed to good is good',
    list: [
      [10, 1, 5, 'same'],
      [20, 5, 5, 'same'],
    ],
    flag: null,
  },
])('the flag of $list: $because', ({ list, flag }) => {
  const found = lastBadRating(factsFor(...list).surveys, 0)
  expect(found === null ? null : [found.ticket, found.day]).toEqual(flag)
})

test('the flag says what and why, and is over 90 days later, or as many as the shop says', () => {
  const badRating = lastBadRating(factsFor([10, 2, 5]).surveys, 0)
  const shown = { ticket: 't0', day: dayText(10), level: 2, scale: 5, reasons: ['Slow reply'] }
  expect(presentBadRating({ badRating }, 10, 90)).toEqual({ ...shown, until: dayText(100) })
  expect(presentBadRating({ badRating }, 99, 90)).toEqual({ ...shown, until: dayText(100) })
  expect(presentBadRating({ badRating }, 100, 90)).toBe(null)
  expect(presentBadRating({ badRating }, 16, 7)).toEqual({ ...shown, until: dayText(17) })
  expect(presentBadRating({ badRating }, 17, 7)).toBe(null)
  expect(presentBadRating({ badRating: null }, 10, 90)).toBe(null)
})

test('"rated bad in the last 90 days" is a rule, whatever the scale', () => {
  const rule: Rule = {
    all: [
      {
        fact: 'ratings.count',
        where: [{ property: 'verdict', op: '=', value: 'bad' }],
        within: { days: 90 },
        op: '>=',
        value: 1,
      },
    ],
  }
  const facts = factsFor([10, 2, 2], [20, 1, 2], [60, 2, 5])
  expect(membershipOf(compile([{ key: 'rated_bad', rule }], facts), 'rated_bad', 0)).toEqual([
    { joined: 20, left: 150 },
  ])
})
