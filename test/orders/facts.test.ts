import { describe, expect, test } from 'vitest'
import { splitBy } from '../../worker/instances/split.ts'
import { instancesOn } from '../../worker/instances/totals.ts'
import { totalsOn } from '../../worker/orders/totals.ts'
import { wordsOf } from '../../worker/timeline/column.ts'
import { OPEN } from '../../worker/timeline/intervals.ts'
import { at, day, facts, message, order, rating, refund, ticket } from '../support/rows.ts'

const JUNE = day('2024-06-01')

describe('order facts', () => {
  test('are by person, then instant, then id, whatever the order of rows', () => {
    const { persons, orders } = facts({
      orders: [
        order(2, '2024-01-01', 1, { id: 'b' }),
        order(1, '2024-02-01', 1, { id: 'c' }),
        order(2, '2024-01-01', 1, { id: 'a' }),
        order(1, '2024-01-01', 1, { id: 'd' }),
      ],
    })
    expect([...persons]).toEqual([1, 2])
    expect(orders.id).toEqual(['d', 'c', 'a', 'b'])
    expect([...orders.offsets]).toEqual([0, 2, 4])
  })

  test('keep the type and the number of property values', () => {
    const { orders } = facts({
      orders: [
        order(1, '2024-01-01', 1, { properties: { size: 3, gift: true, tags: ['a', 'b', 'a'] } }),
        order(1, '2024-01-02', 1, { properties: { size: '3', nested: { x: 1 }, none: null } }),
      ],
    })
    const values = Object.fromEntries(
      orders.properties.map(({ name, column }) => [name, [wordsOf(column, 0), wordsOf(column, 1)]]),
    )
    expect(values).toEqual({
      size: [[3], ['3']],
      gift: [[true], []],
      tags: [['a', 'b'], []],
    })
  })

  test('keep lines', () => {
    const { lines } = facts({
      orders: [
        order(1, '2024-01-01', 1),
        order(1, '2024-01-02', 1, {
          lines: [
            { sku: 'A', title: 'Mug', quantity: 2, total: 900, properties: { colour: 'red' } },
            { title: 'Post', quantity: 1, total: 100 },
          ],
        }),
      ],
    }).orders
    expect([...lines.offsets]).toEqual([0, 0, 2])
    expect([wordsOf(lines.sku, 0), wordsOf(lines.sku, 1)]).toEqual([['A'], []])
    expect([...lines.quantity]).toEqual([2, 1])
    expect(lines.properties.map(({ name }) => name)).toEqual(['colour'])
  })

  test.each([
    ['not JSON', '{"refunds":'],
    ['a list', '[]'],
    ['odd parts', '{"refunds":7,"lines":{},"properties":[1]}'],
  ])('survive a detail that is %s', (_, detail) => {
    expect([...facts({ orders: [order(1, '2024-01-01', 5, { detail })] }).orders.value]).toEqual([
      5,
    ])
  })

  test('know no value where there is no rate, and count the order all the same', () => {
    const all = facts({
      orders: [
        order(1, '2024-01-01', 100),
        order(1, '2024-01-02', 100, { currency: 'USD' }),
        order(1, '2024-01-03', 100, { currency: 'XAU' }),
      ],
    })
    expect([...all.orders.value]).toEqual([100, 50, Number.NaN])
    expect(totalsOn(all, 0, JUNE)).toMatchObject({ orders: 3, priced: 2, value: 150 })
  })

  test('count unpaid orders where the account says so', () => {
    const orders = [order(1, '2024-01-01', 100, { status: 'unpaid', paid: 0 })]
    expect([...facts({ orders }).orders.counted]).toEqual([0])
    expect([...facts({ orders }, { countUnpaid: true }).orders.counted]).toEqual([1])
  })
})

describe('refunds', () => {
  const dollars = order(1, '2024-01-10', 101, { id: 'x', currency: 'USD' })

  test('of an order come to exactly 0 when all is given back, in parts, at the rate of the order day', () => {
    const all = facts({
      orders: [
        {
          ...dollars,
          detail: JSON.stringify({
            refunds: [
              { at: '2024-02-01T00:00:00Z', amount: 33 },
              { at: at('2024-03-01'), amount: 34 },
            ],
          }),
        },
      ],
      refunds: [{ ...refund(1, '2024-04-01', 34, 'x'), currency: 'USD' }],
    })
    const values = ['2024-01-31', '2024-02-01', '2024-03-01', '2024-04-01'].map(
      (on) => totalsOn(all, 0, day(on)).value,
    )
    expect(values).toEqual([51, 34, 17, 0])
    expect(totalsOn(all, 0, JUNE).orders).toBe(1)
  })

  test('dated before their order count from the day of the order', () => {
    const all = facts({
      orders: [order(1, '2024-01-10', 100, { id: 'x' })],
      refunds: [refund(1, '2024-01-01', 30, 'x')],
    })
    expect(totalsOn(all, 0, day('2024-01-10')).value).toBe(70)
  })

  test('of an order that is not counted, or not there, change nothing', () => {
    const all = facts({
      orders: [
        order(1, '2024-01-10', 100),
        order(1, '2024-01-11', 50, { id: 'x', status: 'cancelled' }),
      ],
      refunds: [refund(1, '2024-02-01', 30, 'x'), refund(1, '2024-02-02', 30, 'elsewhere')],
    })
    expect(totalsOn(all, 0, JUNE).value).toBe(100)
  })

  test('that name no order belong to All and to "(none)"', () => {
    const all = facts({
      orders: [
        order(1, '2024-01-10', 100, { properties: { line: 'tea' } }),
        order(1, '2024-01-11', 50),
      ],
      refunds: [refund(1, '2024-02-01', 30)],
    })
    const instances = instancesOn('line', JUNE)
    instances.add(all)
    const { items, all: total } = instances.finish()
    expect(total.totalOrderValue).toBe(120)
    expect(items.map(({ value, totalOrderValue }) => [value, totalOrderValue])).toEqual([
      ['tea', 100],
      [null, 20],
    ])
    const split = splitBy(all, 'line')
    expect([0, 1].map((i) => totalsOn(split, i, JUNE).value)).toEqual([20, 100])
  })
})

describe('the first known day', () => {
  test.each([
    ['an order that does not count', { orders: [order(1, '2024-01-05', 1, { status: 'test' })] }],
    ['a ticket', { tickets: [ticket(1, '2024-01-05')] }],
    ['a message', { messages: [message(1, '2024-01-05', 0, 'neutral')] }],
    ['an answered rating', { ratings: [rating(1, '2024-01-05', 5)] }],
    ['a refund', { refunds: [refund(1, '2024-01-05', 5)] }],
    [
      'a sight of a tag',
      {
        observations: [
          { person: 1, profile: 'p', name: 'tag:x', at: at('2024-01-05'), value: 'true' },
        ],
      },
    ],
    [
      'a profile',
      {
        profiles: [
          {
            person: 1,
            key: 'p',
            channel: null,
            name: null,
            email: null,
            phone: null,
            createdAt: at('2024-01-05'),
            updatedAt: null,
          },
        ],
      },
    ],
  ])('is that of %s', (_, rows) => {
    const later = {
      ...rows,
      tickets: [...('tickets' in rows ? rows.tickets : []), ticket(1, '2024-03-01')],
    }
    expect([...facts(later).from]).toEqual([day('2024-01-05')])
  })

  test('is none for somebody of whom nothing is dated', () => {
    expect([...facts({ ratings: [rating(1, null, null)] }).from]).toEqual([OPEN])
  })
})

describe('instances', () => {
  const all = facts({
    orders: [
      order(1, '2024-01-01', 100, { properties: { line: ['tea', 'mugs'] } }),
      order(1, '2024-02-01', 50, { properties: { line: 'tea' } }),
      order(2, '2024-01-01', 10),
      order(2, '2024-01-02', 10, { properties: { line: 'mugs' }, status: 'cancelled' }),
      order(3, '2024-01-03', 7, { lines: [{ title: 'T', properties: { line: 'tea' } }] }),
    ],
  })

  test('count an order with several values in each, and none in "(none)"', () => {
    const instances = instancesOn('line', JUNE)
    instances.add(all)
    const { items, all: total, overlap, overlaps } = instances.finish()
    const shown = items.map(({ value, customers, orders, totalOrderValue, repurchaseRate }) => [
      value,
      customers,
      orders,
      totalOrderValue,
      repurchaseRate,
    ])
    expect(shown).toEqual([
      ['tea', 2, 3, 157, 0.5],
      ['mugs', 1, 1, 100, 0],
      [null, 1, 1, 10, 0],
    ])
    expect(total).toMatchObject({ customers: 3, orders: 4, totalOrderValue: 167 })
    expect(overlap).toBe(1)
    expect(overlaps.map(({ a, b, customers }) => [[a, b].toSorted(), customers])).toEqual([
      [['mugs', 'tea'], 1],
    ])
  })

  test('add up the same in one range or in several', () => {
    const whole = instancesOn('line', JUNE)
    whole.add(all)
    const parts = instancesOn('line', JUNE)
    parts.add(facts({ orders: [order(3, '2024-01-03', 7, { properties: { line: 'tea' } })] }))
    parts.add(
      facts({
        orders: [
          order(1, '2024-01-01', 100, { properties: { line: ['tea', 'mugs'] } }),
          order(1, '2024-02-01', 50, { properties: { line: 'tea' } }),
          order(2, '2024-01-01', 10),
        ],
      }),
    )
    const plain = ({ items, all, overlap }: ReturnType<typeof whole.finish>) => ({
      items,
      all,
      overlap,
    })
    expect(plain(parts.finish())).toEqual(plain(whole.finish()))
  })

  test('on an earlier day know only earlier orders', () => {
    const instances = instancesOn('line', day('2024-01-02'))
    instances.add(all)
    expect(instances.finish().items.map(({ value, orders }) => [value, orders])).toEqual([
      ['mugs', 1],
      ['tea', 1],
      [null, 1],
    ])
  })

  test('have the person, the value and only their own orders', () => {
    const { persons, split, orders, from } = splitBy(all, 'line')
    const entries = [...persons].map((person, i) => [
      person,
      split?.words[split.value[i] ?? -1] ?? null,
      (orders.offsets[i + 1] ?? 0) - (orders.offsets[i] ?? 0),
    ])
    expect(entries).toEqual([
      [1, 'tea', 2],
      [1, 'mugs', 1],
      [2, null, 1],
      [3, 'tea', 1],
    ])
    expect(from[0]).toBe(day('2024-01-01'))
  })
})
