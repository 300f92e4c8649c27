import { describe, expect, it, test } from 'vitest'
import { actionName } from '../../app/customers/action.ts'
import {
  conditionsOf,
  nextSort,
  questionOf,
  readFilter,
  savedQuery,
  withCondition,
  writeFilter,
} from '../../app/customers/list.ts'
import { readRoute, writeRoute } from '../../app/router.ts'

const condition = (fact: string) => ({ fact, op: '>=' as const, value: 1 })

describe('route', () => {
  test.each([
    ['', '', {}],
    ['#/', '', {}],
    ['#/customers', 'customers', {}],
    ['#/customers?q=kim&segment=vip', 'customers', { q: 'kim', segment: 'vip' }],
    ['#customers?q=a%26b', 'customers', { q: 'a&b' }],
  ])('%s is page "%s" with %o', (hash, page, query) => {
    expect(readRoute(hash)).toEqual({ page, query })
  })

  it('writes what it reads, and leaves empty filters out', () => {
    const route = { page: 'customers', query: { q: 'a&b=c ü', segment: '' } }
    expect(writeRoute(route)).toBe('#/customers?q=a%26b%3Dc+%C3%BC')
    expect(readRoute(writeRoute(route))).toEqual({ page: 'customers', query: { q: 'a&b=c ü' } })
  })
})

describe('filter', () => {
  it('starts with the greatest order value', () => {
    expect(questionOf(readFilter({}))).toEqual({
      sort: '-totalOrderValue',
      columns: '',
      after: '',
      limit: 50,
    })
  })

  it('asks for the fields among the columns: the others come anyway', () => {
    const filter = readFilter({ columns: 'orders,trait.phone,tag', groupBy: 'trait.phone' })
    expect(questionOf(filter)).toMatchObject({ columns: 'trait.phone,tag', groupBy: 'trait.phone' })
    expect(savedQuery(filter)).toEqual({
      columns: 'orders,trait.phone,tag',
      groupBy: 'trait.phone',
    })
  })

  it('has parts that are added, replaced and taken out one by one', () => {
    const [a, b] = [condition('orders.count'), condition('tickets.count')]
    const one = withCondition(null, 0, a)
    expect(one).toEqual({ all: [a] })
    const both = withCondition(one, 1, b)
    expect(both).toEqual({ all: [a, b] })
    expect(withCondition(both, 0, b)).toEqual({ all: [b, b] })
    expect(withCondition(both, 0, null)).toEqual({ all: [b] })
    expect(withCondition(one, 0, null)).toBeNull()
    const any = { any: [a, b] }
    expect(conditionsOf(any)).toEqual([any])
    expect(withCondition(any, 1, b)).toEqual({ all: [any, b] })
    expect(withCondition(null, 0, any)).toEqual(any)
  })

  it('comes back from the address as it went in', () => {
    const filter = readFilter({
      q: 'kim',
      segment: 'vip',
      filter: '{"all":[{"fact":"orders.count","op":">=","value":1}]}',
      view: 'channel',
      groupBy: 'tag',
      columns: 'orders,tag',
      sort: 'orders',
      list: 'l1',
      after: 'c1',
      n: '50',
      open: '7',
    })
    expect(filter).toEqual({
      q: 'kim',
      segment: 'vip',
      filter: { all: [condition('orders.count')] },
      view: 'channel',
      groupBy: 'tag',
      columns: ['orders', 'tag'],
      sort: { by: 'orders', down: false },
      list: 'l1',
      after: 'c1',
      skipped: 50,
      open: 7,
    })
    expect(readFilter(writeFilter(filter))).toEqual(filter)
  })

  test.each<[Record<string, string>, string]>([
    [{ sort: 'password' }, 'an unknown column'],
    [{ open: '-3' }, 'no customer'],
    [{ open: 'x' }, 'no number'],
    [{ filter: '{"all":' }, 'a filter cut off'],
    [{ filter: '[1]' }, 'no rule'],
    [{ groupBy: 'password' }, 'no field'],
    [{ n: '50' }, 'rows skipped without a page before'],
  ])('%o is as if nothing was said: %s', (query) => {
    expect(readFilter(query)).toEqual(readFilter({}))
  })

  it('turns the order of the same column, and starts another with what matters', () => {
    const byValue = { by: 'totalOrderValue', down: true } as const
    expect(nextSort(byValue, 'totalOrderValue')).toEqual({ by: 'totalOrderValue', down: false })
    expect(nextSort(byValue, 'orders')).toEqual({ by: 'orders', down: true })
  })
})

describe('the name of an action', () => {
  test.each([
    ['Spring sale', 'spring_sale'],
    ['  Wave 2: “é” ', 'wave_2_e'],
    ['2026 winners', 'winners'],
    ['봄 세일', ''],
    ['a'.repeat(60), 'a'.repeat(40)],
  ])('"%s" is %s at the help desk', (text, name) => {
    expect(actionName(text)).toBe(name)
  })
})
