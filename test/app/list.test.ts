import { describe, expect, it, test } from 'vitest'
import { nextSort, questionOf, readFilter, writeFilter } from '../../app/customers/list.ts'
import { readRoute, writeRoute } from '../../app/router.ts'

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
      q: '',
      segment: '',
      after: '',
      limit: 50,
    })
  })

  it('comes back from the address as it went in', () => {
    const filter = readFilter({
      q: 'kim',
      segment: 'vip',
      sort: 'orders',
      after: 'c1',
      n: '50',
      open: '7',
    })
    expect(filter).toEqual({
      q: 'kim',
      segment: 'vip',
      sort: { by: 'orders', down: false },
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
