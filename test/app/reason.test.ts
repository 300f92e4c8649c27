import { describe, expect, it, test } from 'vitest'
import { sayReason } from '../../app/card/reason.ts'
import { makeWords } from '../../app/words.ts'
import { messagesOf } from '../../translations/plugin.ts'
import type { Reason } from '../../worker/customers/card.ts'

const words = makeWords('en', messagesOf('en'), 'UTC')
const said = (reason: Reason) => sayReason(words, reason, 'USD')

const rank = (line: Reason['line'], actual = 5000) =>
  said({ fact: 'orders.sum', actual, ...(line && { line }) })

describe('sayReason', () => {
  test.each<[Reason, string, string | null, string]>([
    [
      { fact: 'orders.count', within: { months: 12 }, op: '>=', value: 2, actual: 3 },
      '3 orders in the last 12 months',
      'at least 2',
      'repeat customer',
    ],
    [
      { fact: 'orders.count', within: { months: 1 }, op: '>=', value: 1, actual: 1 },
      '1 order in the last month',
      'at least 1',
      'one is singular',
    ],
    [{ fact: 'orders.count', op: '=', value: 0, actual: 0 }, 'No orders', 'exactly 0', 'contacts'],
    [
      { fact: 'tickets.count', op: '=', value: 1, actual: 1 },
      '1 ticket',
      'exactly 1',
      'new contact',
    ],
    [
      { fact: 'orders.first.day', op: 'within', value: { months: 3 }, actual: '2026-10-02' },
      'First order on Oct 2, 2026',
      'in the last 3 months',
      'new customer',
    ],
    [
      { fact: 'orders.sum', op: 'between', value: [1000, 5000], actual: 2050 },
      'Total order value $20.50',
      'between $10.00 and $50.00',
      'money on both sides',
    ],
    [
      {
        fact: 'orders.count',
        where: [{ property: 'channel', op: '=', value: 'Coupang' }],
        op: '>',
        value: 2,
        actual: 4,
      },
      '4 orders (only channel exactly Coupang)',
      'more than 2',
      'filtered events',
    ],
    [
      { fact: 'orders.last.line', op: 'in', value: ['tea', 'cups'], actual: 'tea' },
      'Last order: line tea',
      'one of tea and cups',
      'any order property',
    ],
    [
      { fact: 'trait.plan', op: '=', value: 'gold', actual: 'gold' },
      'plan: gold',
      'exactly gold',
      'a trait',
    ],
    [
      { fact: 'tag', op: 'contains', value: 'fan', actual: ['fan', 'b2b'] },
      'Tags: fan and b2b',
      'with fan',
      'a list',
    ],
    [
      { fact: 'segment', op: '=', value: 'vip', actual: ['vip'] },
      'Segments: VIP',
      'exactly VIP',
      'segments by name',
    ],
    [{ fact: 'trait.consent', op: 'exists', actual: true }, 'consent: yes', 'any value', 'a truth'],
    [
      { fact: 'trait.x', op: '~', value: 1, actual: null },
      'x: none',
      '~ 1',
      'an operator of tomorrow',
    ],
  ])('%o', (reason, fact, need) => {
    expect(said(reason)).toMatchObject({ fact, need })
  })

  it('says of a condition under "none" that it does not hold', () => {
    const reason = { fact: 'tickets.count', op: '>=', value: 5, actual: 2, not: true } as const
    expect(said(reason)).toMatchObject({ fact: '2 tickets', need: 'not at least 5' })
  })

  it('shows the orders behind it, without the prefix of their source', () => {
    const events = [{ kind: 'order', id: 'shopify:1043', day: '2026-11-18', amount: 8400 }] as const
    expect(said({ fact: 'orders.count', actual: 1, events: [...events] }).events).toEqual([
      { key: 'order shopify:1043', id: '1043', day: 'Nov 18, 2026', amount: '$84.00' },
    ])
  })

  describe('rank', () => {
    it('shows the line, the number of customers and the distance', () => {
      expect(rank({ value: 4000, n: 2140, k: 214, distance: 1000 }).line).toEqual({
        text: 'The top 214 of 2,140 customers begin at $40.00.',
        distance: '$10.00 above the line',
        share: 0.8,
      })
    })

    it('says when somebody stands exactly on the line', () => {
      expect(rank({ value: 5000, n: 20, k: 2, distance: 0 }).line?.distance).toBe(
        'Exactly on the line',
      )
    })

    it('says that a few buyers cannot be ranked', () => {
      expect(rank({ value: 0, n: 9, k: 1, distance: 0, tooFew: true }).line).toEqual({
        text: 'Too few buyers to rank: 9',
        distance: null,
        share: null,
      })
    })
  })
})
