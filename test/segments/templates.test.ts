import { describe, expect, test } from 'vitest'
import { factsOf } from '../../worker/customers/facts.ts'
import { membersOn } from '../../worker/segments/members.ts'
import { rhythmOf, templatesFor } from '../../worker/segments/templates.ts'
import { checkRule } from '../../worker/segments/validate.ts'
import { lintRule } from '../../worker/segments/lint.ts'
import { day, facts, order } from '../support/rows.ts'
import { hasRealShops, onlineRetail, utcSettings } from '../support/shops.ts'

const usual = { p50: 30, p90: 120, n: 0, fallback: true }
const templates = templatesFor(usual)

/** So many persons who buy on 1 January and again after `days`. */
const pairs = (from: number, count: number, days: number) =>
  Array.from({ length: count }, (_, k) => [
    order(from + k, '2024-01-01', 1),
    order(from + k, '2024-01-01', 2, { at: (day('2024-01-01') + days) * 86_400_000 }),
  ]).flat()

describe('templates', () => {
  test('are at least 20, with distinct keys', () => {
    expect(templates.length).toBeGreaterThanOrEqual(20)
    expect(new Set(templates.map(({ key }) => key)).size).toBe(templates.length)
  })

  test.each(templates)('$key is valid and not at odds with itself', ({ rule }) => {
    expect(checkRule(rule)).toEqual([])
    expect(lintRule(rule)).toEqual([])
  })

  test('take their limits from the shop’s rhythm', () => {
    const found = JSON.stringify(templatesFor({ p50: 41, p90: 173, n: 500, fallback: false }))
    expect(found).toContain('{"fact":"orders.daysSinceLast","op":"<=","value":41}')
    expect(found).toContain('{"fact":"orders.daysSinceLast","op":">","value":173}')
  })
})

describe('the rhythm of a shop', () => {
  test('is the median and the 90th percentile of the days between purchases', () => {
    const rhythm = rhythmOf()
    rhythm.add(facts({ orders: [...pairs(1, 50, 10), ...pairs(100, 40, 20)] }))
    rhythm.add(facts({ orders: pairs(300, 11, 60) }))
    // 101 intervals: 50 of 10, 40 of 20, 11 of 60; the 51st is 20, the 91st is 60.
    expect(rhythm.finish()).toEqual({ p50: 20, p90: 60, n: 101, fallback: false })
  })

  test('is the usual one where there are fewer than 100 intervals', () => {
    const rhythm = rhythmOf()
    rhythm.add(facts({ orders: pairs(1, 99, 10) }))
    expect(rhythm.finish()).toEqual({ p50: 30, p90: 120, n: 99, fallback: true })
  })

  test('leaves out orders of one day and orders that do not count', () => {
    const rhythm = rhythmOf()
    rhythm.add(
      facts({
        orders: [
          order(1, '2024-01-01', 1),
          order(1, '2024-01-01', 2),
          order(1, '2024-01-05', 3, { status: 'cancelled' }),
        ],
      }),
    )
    expect(rhythm.finish().n).toBe(0)
  })
})

test.skipIf(!hasRealShops)(
  'the lifecycle grid holds every customer of online_retail once, where ../shared/data is there',
  () => {
    const all = factsOf({ orders: onlineRetail().orders }, utcSettings('GBP'))
    const rhythm = rhythmOf()
    rhythm.add(all)
    const found = rhythm.finish()
    expect(found.fallback).toBe(false)
    expect(found.p50).toBeLessThan(found.p90)
    const grid = templatesFor(found).filter(({ group }) => group === 'lifecycle')
    const persons = grid.flatMap(({ key }) => {
      const members = membersOn(grid, key, day('2011-09-30'))
      members.add(all)
      return [...members.finish().persons]
    })
    expect(grid).toHaveLength(9)
    expect(persons).toHaveLength(3616)
    expect(new Set(persons).size).toBe(3616)
  },
)
