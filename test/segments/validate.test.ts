import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { facts, operatorsOf } from '../../worker/segments/catalog.ts'
import { defaultSegments } from '../../worker/segments/defaults.ts'
import {
  checkReferences,
  checkRule,
  parseRule,
  ruleSchema,
} from '../../worker/segments/validate.ts'
import type { Rule, SegmentRule } from '../../worker/segments/rule.ts'
import { rules } from '../support/worlds.ts'

const count = { fact: 'orders.count', op: '>=', value: 2 }

describe('a rule', () => {
  test.each(defaultSegments)('of the default segment $key is valid', ({ rule }) => {
    expect(checkRule(rule)).toEqual([])
  })

  test.each<[string, unknown, string]>([
    ['all', { all: [] }, 'an empty group says nothing'],
    ['', { fact: 'orders.count', op: '=', value: 1 }, 'the whole is a group'],
    ['', [], 'a list is no group'],
    ['any', { all: [count], any: [count] }, 'a group is of one kind'],
    ['all[0]', { all: ['vip'] }, 'a condition is an object'],
    ['all[0].fact', { all: [{ fact: 'orders.median', op: '=', value: 1 }] }, 'an unknown fact'],
    ['all[0].fact', { all: [{ fact: 'trait.', op: '=', value: 1 }] }, 'an open name needs a name'],
    ['all[1].value', { all: [count, { ...count, value: 'two' }] }, 'a count is a number'],
    ['all[0].value', { all: [{ fact: 'orders.sum', op: '>', value: 9.5 }] }, 'money is whole'],
    ['all[0].value', { all: [{ fact: 'orders.count', op: '>' }] }, 'a value is missing'],
    ['all[0].op', { all: [{ ...count, op: 'contains' }] }, 'a number contains nothing'],
    ['all[0].op', { all: [{ fact: 'orders.count', value: 2 }] }, 'an operator is missing'],
    ['all[0].value', { all: [{ ...count, op: 'between', value: [1] }] }, 'between takes two'],
    ['all[0].value', { all: [{ ...count, op: 'between', value: [3, 1] }] }, 'smaller first'],
    ['all[0].value[1]', { all: [{ ...count, op: 'in', value: [1, 'x'] }] }, 'names the item'],
    ['all[0].within.days', { all: [{ ...count, within: { days: 0 } }] }, 'an empty window'],
    ['all[0].within', { all: [{ ...count, within: { weeks: 2 } }] }, 'an unknown unit'],
    [
      'all[0].within',
      { all: [{ fact: 'tag', op: '=', value: 'x', within: { days: 1 } }] },
      'tags have no events',
    ],
    [
      'all[0].where[0].property',
      {
        all: [
          {
            fact: 'ratings.count',
            where: [{ property: 'colour', op: '=', value: 1 }],
            op: '>',
            value: 0,
          },
        ],
      },
      'ratings have fixed properties',
    ],
    [
      'all[0].where[0].op',
      { all: [{ ...count, where: [{ property: 'channel', op: 'within', value: { days: 1 } }] }] },
      'a filter is not about today',
    ],
    ['all[0].colour', { all: [{ ...count, colour: 'red' }] }, 'an unknown field'],
    [
      'all[0].value',
      { all: [{ fact: 'orders.first.day', op: 'before', value: '2011-02-30' }] },
      'no such date',
    ],
    [
      'all[0].value',
      { all: [{ fact: 'orders.first.day', op: 'within', value: 90 }] },
      'within takes a window',
    ],
    [
      'all[0].rank.top',
      { all: [{ fact: 'orders.sum', rank: { top: 101, unit: '%' } }] },
      'at most all',
    ],
    [
      'all[0].rank.unit',
      { all: [{ fact: 'orders.sum', rank: { top: 1, unit: 'percent' } }] },
      'unknown unit',
    ],
    [
      'all[0].fact',
      { all: [{ fact: 'orders.daysSinceLast', rank: { top: 1, unit: '%' } }] },
      'cannot be ranked',
    ],
    [
      'all[0].op',
      { all: [{ fact: 'orders.sum', rank: { top: 1, unit: '%' }, op: '=' }] },
      'a rank is no comparison',
    ],
    [
      'all[0].among',
      { all: [{ fact: 'orders.sum', rank: { top: 1, unit: '%' }, among: count }] },
      'among is a rule',
    ],
    [
      'all[0].any[0].none[0].all[0]',
      { all: [{ any: [{ none: [{ all: [{ all: [count] }] }] }] }] },
      'five levels',
    ],
    ['all[20]', { all: Array.from({ length: 21 }, () => count) }, '21 conditions'],
    ['', { all: [{ fact: 'tag', op: '=', value: 'x'.repeat(4096) }] }, 'above 4 kB'],
  ])('names %s in %j because: %s', (path, rule) => {
    expect(checkRule(rule).map((error) => error.path)).toContain(path)
  })

  test('may use open names of order properties, traits and ticket fields', () => {
    const where = [{ property: 'Colour of lid', op: '=', value: 'red' }]
    expect(
      checkRule({
        all: [
          { ...count, where },
          { fact: 'tickets.count', where, op: '>', value: 0 },
          { fact: 'trait.plan', op: 'exists' },
          { fact: 'orders.last.Colour of lid', op: 'in', value: ['red'] },
        ],
      }),
    ).toEqual([])
  })

  test('that is random and well-formed is accepted', () => {
    fc.assert(
      fc.property(rules, (rule) => {
        const errors = checkRule(rule).filter(({ message }) => !message.includes('at most'))
        expect(errors).toEqual([])
      }),
      { seed: 4, numRuns: 500 },
    )
  })

  test('that is any JSON never throws', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (input) => {
        expect(parseRule(input)).toBeDefined()
      }),
      { seed: 4, numRuns: 500 },
    )
  })

  test('gives its errors to the request schema with steps into the rule', () => {
    const result = ruleSchema.safeParse({ all: [count, { ...count, value: 'two' }] })
    expect(result.error?.issues[0]?.path).toEqual(['all', 1, 'value'])
    expect(ruleSchema.parse({ all: [count] })).toEqual({ all: [count] })
  })
})

const member = (key: string): Rule => ({ all: [{ fact: 'segment', op: '=', value: key }] })

describe('segments that name segments', () => {
  test.each<[string, Rule, SegmentRule[], string | null]>([
    [
      'a',
      member('b'),
      [
        { key: 'b', rule: member('c') },
        { key: 'c', rule: { all: [] } },
      ],
      null,
    ],
    ['a', member('b'), [], 'b is no segment'],
    ['a', member('a'), [], 'a depends on this segment itself'],
    ['a', member('b'), [{ key: 'b', rule: member('a') }], 'b depends on this segment itself'],
  ])('%s: %j among %j gives %s', (key, own, others, message) => {
    const errors = message === null ? [] : [{ path: 'all[0].value', message }]
    expect(checkReferences(key, own, others)).toEqual(errors)
  })
})

test('every fact has operators', () => {
  for (const { kind } of facts) expect(operatorsOf[kind].length).toBeGreaterThan(3)
})
