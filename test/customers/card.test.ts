import { describe, expect, test } from 'vitest'
import { derivation, derive } from '../../worker/customers/derive.ts'
import type { Rows } from '../../worker/customers/facts.ts'
import { present } from '../../worker/customers/present.ts'
import { CARD_LIMIT } from '../../worker/customers/stored.ts'
import { defaultSegments } from '../../worker/segments/defaults.ts'
import { type Line, lineOn } from '../../worker/segments/line.ts'
import { linesOf } from '../../worker/segments/rank.ts'
import type { SegmentRule } from '../../worker/segments/rule.ts'
import { at, day, facts, order, refund, ticket } from '../support/rows.ts'

const ten = Array.from({ length: 10 }, (_, k) => order(k + 1, '2024-01-10', (k + 1) * 100))

function cardOf(
  rows: Partial<Rows>,
  person: number,
  today: string,
  segments: readonly SegmentRule[] = defaultSegments,
  humanName: string | null = null,
) {
  const all = facts(rows)
  const lines = linesOf(segments, () => [all])
  const stored = derive(
    derivation(all, segments, lines, day(today)),
    all.persons.indexOf(person),
    humanName,
  )
  const lineMap = (on: string): Record<string, Line> =>
    Object.fromEntries([...lines].map(([key, steps]) => [key, lineOn(steps, day(on))]))
  return {
    stored,
    /** The card as shown on a day, from its JSON, by that day's lines or others. */
    on: (on: string, lines: Record<string, Line> = lineMap(on)) =>
      present(JSON.parse(JSON.stringify(stored)), { today: day(on), lines, nameOf: (key) => key }),
  }
}

const held = (card: ReturnType<ReturnType<typeof cardOf>['on']>) =>
  card.segments.map(({ key, since, until }) => [key, since, until])

const line = (value: number): Record<string, Line> => ({
  'vip#0': { value, n: 10, k: 1, tooFew: false },
})

describe('a card', () => {
  const orders = [
    ...ten,
    order(10, '2024-02-10', 500, { channel: 'store', currency: 'USD' }),
    order(10, '2024-02-11', 7, { currency: 'XAU' }),
    order(10, '2024-02-12', 70, { status: 'cancelled' }),
  ]
  const refunds = [refund(10, '2024-02-20', 50)]

  test('has totals for All and per channel, amounts in the base currency', () => {
    const card = cardOf({ orders, refunds }, 10, '2024-02-20').on('2024-02-20')
    expect(card).toMatchObject({
      totalOrderValue: 1200,
      orders: 3,
      averageSpend: 600,
      latestPurchase: '2024-02-11',
      customerSince: '2024-01-10',
      withoutRate: 1,
    })
    expect(
      card.channels.map(({ channel, totalOrderValue, orders }) => [
        channel,
        totalOrderValue,
        orders,
      ]),
    ).toEqual([
      ['web', 1000, 2],
      ['store', 250, 1],
    ])
  })

  test('shows what holds today, since when and until when', () => {
    const { on } = cardOf({ orders }, 10, '2024-02-20')
    expect(held(on('2024-02-20'))).toEqual([
      ['vip', '2024-01-10', null],
      ['repeat_customer', '2024-02-10', '2025-02-10'],
      ['active_customer', '2024-02-11', '2024-04-10'],
      ['new_customer', '2024-01-10', '2024-04-10'],
    ])
  })

  test('drops on a later day what has ended, and shows what has begun', () => {
    const asleep: SegmentRule = {
      key: 'asleep',
      rule: { all: [{ fact: 'orders.daysSinceLast', op: '>=', value: 90 }] },
    }
    const { on } = cardOf({ orders }, 10, '2024-02-20', [...defaultSegments, asleep])
    expect(held(on('2024-06-01'))).toEqual([
      ['vip', '2024-01-10', null],
      ['repeat_customer', '2024-02-10', '2025-02-10'],
      ['asleep', '2024-05-11', null],
    ])
  })

  test('says why', () => {
    const card = cardOf({ orders }, 10, '2024-02-20').on('2024-02-20')
    expect(card.segments.find(({ key }) => key === 'vip')?.because).toEqual([
      {
        fact: 'orders.sum',
        rank: { top: 10, unit: '%' },
        actual: 1250,
        line: { value: 1250, n: 10, k: 1, distance: 0 },
      },
    ])
    expect(card.segments.find(({ key }) => key === 'repeat_customer')?.because).toEqual([
      {
        fact: 'orders.count',
        op: '>=',
        value: 2,
        within: { months: 12 },
        actual: 3,
        events: [
          { kind: 'order', id: 'o-10-2024-02-11-7', day: '2024-02-11' },
          { kind: 'order', id: 'o-10-2024-02-10-500', day: '2024-02-10', amount: 250 },
          { kind: 'order', id: 'o-10-2024-01-10-1000', day: '2024-01-10', amount: 1000 },
        ],
      },
    ])
  })

  test('decides rank segments by the line of the day, without being derived again', () => {
    const nine = cardOf({ orders: ten }, 9, '2024-02-01')
    expect(held(nine.on('2024-02-01'))).not.toContainEqual(['vip', expect.anything(), null])
    expect(held(nine.on('2024-02-02', line(900)))[0]).toEqual(['vip', '2024-02-02', null])
    expect(nine.on('2024-02-02', line(900)).segments[0]?.because).toEqual([
      {
        fact: 'orders.sum',
        rank: { top: 10, unit: '%' },
        actual: 900,
        line: { value: 900, n: 10, k: 1, distance: 0 },
      },
    ])
    const ten10 = cardOf({ orders: ten }, 10, '2024-02-01')
    expect(ten10.on('2024-02-02', line(1001)).segments.map(({ key }) => key)).toEqual([
      'new_customer',
    ])
    expect(ten10.on('2024-02-02', {}).segments.map(({ key }) => key)).toEqual(['new_customer'])
  })

  test('decides rules that mix a rank with other conditions, and segments that name a rank', () => {
    const segments: SegmentRule[] = [
      ...defaultSegments,
      {
        key: 'fresh_vip',
        rule: {
          all: [
            { fact: 'segment', op: '=', value: 'vip' },
            { fact: 'orders.first.day', op: 'within', value: { months: 3 } },
          ],
        },
      },
      { key: 'not_vip', rule: { none: [{ fact: 'segment', op: '=', value: 'vip' }] } },
    ]
    const { on } = cardOf({ orders: ten }, 10, '2024-02-01', segments)
    const keys = (when: string, value: number) =>
      on(when, line(value)).segments.map(({ key }) => key)
    expect(keys('2024-02-01', 1000)).toEqual(['vip', 'new_customer', 'fresh_vip'])
    expect(keys('2024-04-10', 1000)).toEqual(['vip'])
    expect(keys('2024-02-01', 1001)).toEqual(['new_customer', 'not_vip'])
  })

  test('has segments within a channel where the channel is their basis', () => {
    const segments: SegmentRule[] = defaultSegments.map((one) => ({ ...one, basis: 'channel' }))
    const { on } = cardOf({ orders }, 10, '2024-02-20', segments)
    const line = { value: 1000, n: 10, k: 1, tooFew: false }
    const card = on('2024-02-20', { 'vip#0|channel|web': line })
    expect(
      card.channels.map(({ channel, segments }) => [channel, segments.map(({ key }) => key)]),
    ).toEqual([
      ['web', ['vip', 'repeat_customer', 'new_customer']],
      ['store', ['new_customer']],
    ])
  })

  test('is the same for All whatever the basis of a segment', () => {
    const plain = cardOf({ orders }, 10, '2024-02-20').on('2024-02-20')
    const segments = defaultSegments.map((one) => ({ ...one, basis: 'channel' }))
    const split = cardOf({ orders }, 10, '2024-02-20', segments).on('2024-02-20')
    expect({ ...split, channels: [] }).toEqual({ ...plain, channels: [] })
  })

  test('takes the name a human gave, else that of the profile that changed last', () => {
    const profile = { person: 1, channel: null, createdAt: null, phone: null }
    const profiles = [
      { ...profile, key: 'a', name: 'Old', email: 'old@x.test', updatedAt: at('2024-01-01') },
      { ...profile, key: 'b', name: 'New', email: null, updatedAt: at('2024-02-01') },
      { ...profile, key: 'c', name: null, email: null, updatedAt: null },
    ]
    expect(cardOf({ profiles }, 1, '2024-03-01').stored).toMatchObject({
      name: 'New',
      email: 'old@x.test',
      phone: null,
      profiles: ['a', 'b', 'c'],
    })
    expect(cardOf({ profiles }, 1, '2024-03-01', [], 'Given').stored.name).toBe('Given')
  })

  test('counts open tickets', () => {
    const tickets = [ticket(1, '2024-01-01'), ticket(1, '2024-01-02', { status: 'solved' })]
    expect(cardOf({ tickets }, 1, '2024-03-01').on('2024-03-01')).toMatchObject({
      openTickets: 1,
      totalTickets: 2,
    })
  })

  test('stays within its size with many orders and long ids', () => {
    const many = Array.from({ length: 200 }, (_, k) =>
      order(1, '2024-02-01', k, { id: `order-with-a-very-long-id-${'x'.repeat(40)}-${k}` }),
    )
    const { stored } = cardOf({ orders: many }, 1, '2024-02-20')
    expect(JSON.stringify({ ...stored, channels: [] }).length).toBeLessThanOrEqual(CARD_LIMIT)
    expect(stored.segments.map(({ key }) => key)).toContain('active_customer')
  })
})
