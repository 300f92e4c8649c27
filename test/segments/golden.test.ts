import { describe, expect, test } from 'vitest'
import type { Rows } from '../../worker/customers/facts.ts'
import { compile } from '../../worker/segments/compile.ts'
import { defaultSegments } from '../../worker/segments/defaults.ts'
import { lineOn } from '../../worker/segments/line.ts'
import { membershipOf } from '../../worker/segments/membership.ts'
import { lineOf, linesOf } from '../../worker/segments/rank.ts'
import type { Rule } from '../../worker/segments/rule.ts'
import { dayCounter, dayText } from '../../worker/time.ts'
import { OPEN } from '../../worker/timeline/intervals.ts'
import { day, facts, order, refund, ticket } from '../support/rows.ts'

/** Intervals of a person as texts; open ends are null. */
function spans(rows: Partial<Rows>, key: string, person = 1, rule?: Rule) {
  const segments = [...defaultSegments, ...(rule === undefined ? [] : [{ key, rule }])]
  const all = facts(rows)
  const compiled = compile(
    segments,
    all,
    linesOf(segments, () => [all]),
  )
  return membershipOf(compiled, key, all.persons.indexOf(person)).map(({ joined, left }) => [
    dayText(joined),
    left === OPEN ? null : dayText(left),
  ])
}

/** Ten buyers: person p spends p × 100 on 2024-01-10. */
const ten = Array.from({ length: 10 }, (_, k) => order(k + 1, '2024-01-10', (k + 1) * 100))

describe('VIP', () => {
  test('is the one of ten buyers who spent most', () => {
    expect(spans({ orders: ten }, 'vip', 10)).toEqual([['2024-01-10', null]])
    expect(spans({ orders: ten }, 'vip', 9)).toEqual([])
  })

  test('ties: everybody at the line is in', () => {
    const orders = [...ten, order(9, '2024-02-01', 100)]
    expect(spans({ orders }, 'vip', 9)).toEqual([['2024-02-01', null]])
    expect(spans({ orders }, 'vip', 10)).toEqual([['2024-01-10', null]])
    expect(
      lineOf([1000, 1000, 800, 700, 600, 500, 400, 300, 200, 100], { top: 10, unit: '%' }),
    ).toEqual({ value: 1000, n: 10, k: 1, tooFew: false })
  })

  test('fewer than 10 buyers: too few, nobody is in', () => {
    const orders = ten.slice(1)
    expect(spans({ orders }, 'vip', 10)).toEqual([])
    const all = facts({ orders })
    expect(lineOn(linesOf(defaultSegments, () => [all]).get('vip#0'), day('2024-01-10'))).toEqual({
      value: null,
      n: 9,
      k: 1,
      tooFew: true,
    })
  })

  test('eleven buyers have two VIPs, because k is rounded up', () => {
    const orders = [...ten, order(11, '2024-01-10', 50)]
    expect(spans({ orders }, 'vip', 9)).toEqual([['2024-01-10', null]])
  })

  test('contacts without orders are not ranked and do not count', () => {
    const tickets = Array.from({ length: 30 }, (_, k) => ticket(100 + k, '2024-01-01'))
    expect(spans({ orders: ten, tickets }, 'vip', 9)).toEqual([])
    expect(spans({ orders: ten, tickets }, 'vip', 100)).toEqual([])
  })

  test('a refund drops somebody on its own day', () => {
    const refunds = [refund(10, '2024-03-05', 200, 'o-10-2024-01-10-1000')]
    expect(spans({ orders: ten, refunds }, 'vip', 10)).toEqual([['2024-01-10', '2024-03-05']])
    expect(spans({ orders: ten, refunds }, 'vip', 9)).toEqual([['2024-03-05', null]])
  })

  test('a refund that names no order drops somebody too', () => {
    const refunds = [refund(10, '2024-03-05', 200)]
    expect(spans({ orders: ten, refunds }, 'vip', 10)).toEqual([['2024-01-10', '2024-03-05']])
  })

  test('mixed currency: values are compared at the rate of the order day, without a rate not at all', () => {
    const dollars = order(9, '2024-02-01', 300, { currency: 'USD' })
    const gold = order(8, '2024-02-01', 90_000, { currency: 'XAU' })
    expect(spans({ orders: [...ten, dollars, gold] }, 'vip', 9)).toEqual([['2024-02-01', null]])
    expect(spans({ orders: [...ten, dollars, gold] }, 'vip', 8)).toEqual([])
  })

  test('one person in two shops: both shops count together', () => {
    const other = order(9, '2024-02-01', 200, { channel: 'store' })
    expect(spans({ orders: [...ten, other] }, 'vip', 9)).toEqual([['2024-02-01', null]])
  })

  test('the line moved by others: somebody leaves without doing anything', () => {
    const orders = [...ten, order(1, '2024-02-01', 5000)]
    expect(spans({ orders }, 'vip', 10)).toEqual([['2024-01-10', '2024-02-01']])
  })
})

describe('windows', () => {
  const two = { orders: [order(1, '2024-01-10', 100), order(1, '2024-03-31', 100)] }

  test('an event of day E is in on the day before E + N, and out on that day', () => {
    expect(spans(two, 'repeat_customer')).toEqual([['2024-03-31', '2025-01-10']])
  })

  test('month end: an order of 31 March counts for 3 months up to 29 June', () => {
    const orders = [order(1, '2011-03-31', 100)]
    expect(spans({ orders }, 'new_customer')).toEqual([['2011-03-31', '2011-06-30']])
  })

  test('leap day: an order of 29 February counts for 12 months up to 27 February', () => {
    const orders = [order(1, '2024-02-29', 1), order(1, '2024-02-29', 2)]
    expect(spans({ orders }, 'repeat_customer')).toEqual([['2024-02-29', '2025-02-28']])
  })

  test('leap day: an order of 30 November counts for 3 months up to 28 February of a leap year', () => {
    const orders = [order(1, '2023-11-30', 1)]
    expect(spans({ orders }, 'new_customer')).toEqual([['2023-11-30', '2024-02-29']])
  })

  test('DST: a day is a calendar day also when it has 23 or 25 hours', () => {
    const berlin = dayCounter('Europe/Berlin')
    const cases = [
      ['2024-03-30T22:59:59Z', '2024-03-30'],
      ['2024-03-30T23:00:00Z', '2024-03-31'],
      ['2024-03-31T21:59:59Z', '2024-03-31'],
      ['2024-03-31T22:00:00Z', '2024-04-01'],
      ['2024-10-26T22:00:00Z', '2024-10-27'],
      ['2024-10-27T22:59:59Z', '2024-10-27'],
      ['2024-10-27T23:00:00Z', '2024-10-28'],
    ] as const
    for (const [instant, text] of cases) expect(dayText(berlin(Date.parse(instant)))).toBe(text)
    const all = facts(
      {
        orders: [order(1, '2024-01-01', 1, { at: Date.parse('2024-03-30T23:30:00Z') })],
      },
      { dayOf: berlin },
    )
    expect(dayText(all.orders.day[0] ?? 0)).toBe('2024-03-31')
  })

  test('expiry with no event: membership ends by itself, and comes back with the next order', () => {
    const orders = ['2024-01-01', '2024-01-02', '2024-01-03', '2024-06-01'].map((on) =>
      order(1, on, 1),
    )
    expect(spans({ orders }, 'active_customer')).toEqual([['2024-01-03', '2024-04-01']])
  })

  test('days since the last order begin in the future', () => {
    const rule: Rule = { all: [{ fact: 'orders.daysSinceLast', op: '>=', value: 90 }] }
    expect(spans(two, 'asleep', 1, rule)).toEqual([['2024-06-29', null]])
  })
})

describe('counted orders', () => {
  test.each([
    ['paid', true],
    ['partly_paid', true],
    ['unpaid', false],
    ['cancelled', false],
    ['test', false],
  ])('an order that is %s counts: %s', (status, counts) => {
    const orders = [order(1, '2024-01-01', 100, { status })]
    expect(spans({ orders }, 'new_customer').length === 1).toBe(counts)
  })

  test('a fully refunded order stays counted with net 0', () => {
    const orders = [
      order(1, '2024-01-01', 100, { refunds: [{ at: '2024-01-05T10:00:00Z', amount: 100 }] }),
    ]
    const rule: Rule = {
      all: [
        { fact: 'orders.count', op: '=', value: 1 },
        { fact: 'orders.sum', op: '=', value: 0 },
      ],
    }
    expect(spans({ orders }, 'free', 1, rule)).toEqual([['2024-01-05', null]])
  })
})

describe('contacts', () => {
  test('somebody is a contact from the first ticket until the first counted order', () => {
    const tickets = [ticket(1, '2024-01-01'), ticket(1, '2024-02-01')]
    const orders = [order(1, '2024-03-01', 100)]
    expect(spans({ tickets, orders }, 'new_contact')).toEqual([['2024-01-01', '2024-02-01']])
    expect(spans({ tickets, orders }, 'repeat_contact')).toEqual([['2024-02-01', '2024-03-01']])
  })
})
