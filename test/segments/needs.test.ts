import { expect, test } from 'vitest'
import type { Condition } from '../../worker/segments/rule.ts'
import { needsOf, needsOfSegments } from '../../worker/segments/needs.ts'

test.each<[string, Condition, string[]]>([
  ['a count', { fact: 'orders.count', op: '>=', value: 2 }, ['orders']],
  [
    'a filter by a property, of the order or of a line',
    {
      fact: 'orders.sum',
      where: [{ property: 'Country', op: '=', value: 'Germany' }],
      op: '>',
      value: 1,
    },
    ['orders', 'orders.property:Country', 'lines', 'lines.property:Country'],
  ],
  [
    'filters by what an order always has',
    {
      fact: 'orders.count',
      where: [
        { property: 'channel', op: '=', value: 'web' },
        { property: 'status', op: '=', value: 'paid' },
        { property: 'total', op: '>', value: 1 },
        { property: 'sku', op: '=', value: 'x' },
      ],
      op: '>',
      value: 1,
    },
    ['orders', 'orders.status', 'orders.total', 'orders.property:sku', 'lines', 'lines.sku'],
  ],
  [
    'the last order, of several at one instant',
    { fact: 'orders.last.line.size', op: '=', value: 'L' },
    ['orders', 'orders.at', 'orders.property:line.size', 'lines', 'lines.property:size'],
  ],
  [
    'a ticket field',
    {
      fact: 'tickets.count',
      where: [
        { property: 'field:reason', op: '=', value: 'late' },
        { property: 'tag', op: '=', value: 'x' },
      ],
      op: '>',
      value: 1,
    },
    ['tickets', 'tickets.field:reason'],
  ],
  [
    'a rank among others, which always asks for a counted order',
    {
      fact: 'trait.points',
      rank: { top: 10, unit: '%' },
      among: { all: [{ fact: 'sentiment.score', op: '<', value: 0 }] },
    },
    ['observations', 'sentiment', 'orders'],
  ],
  ['the day of creation', { fact: 'person.createdAt', op: 'exists', value: true }, []],
])('%s', (_, condition, needs) => {
  expect([...needsOf([{ none: [condition] }])]).toEqual(needs)
})

test('an instance basis is read as an order property', () => {
  const rule = { all: [{ fact: 'messages.count', op: '>', value: 1 } as const] }
  expect([...needsOfSegments([{ key: 'a', rule, basis: 'channel' }])]).toEqual([
    'messages',
    'orders',
  ])
})
