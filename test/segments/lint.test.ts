import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compile } from '../../worker/segments/compile.ts'
import { defaultSegments } from '../../worker/segments/defaults.ts'
import { type Finding, lintRule } from '../../worker/segments/lint.ts'
import { evaluate } from '../../worker/segments/membership.ts'
import { linesOf } from '../../worker/segments/rank.ts'
import type { Condition, Rule, SegmentRule } from '../../worker/segments/rule.ts'
import { complement, intersect, intervalBuffer } from '../../worker/timeline/intervals.ts'
import { comparisons, factsOfWorld, ranks, worlds } from '../support/worlds.ts'

const count = (op: '<' | '>=' | '=' | '<=', value: number, months?: number): Condition => ({
  fact: 'orders.count',
  ...(months !== undefined && { within: { months } }),
  op,
  value,
})

describe('hints about a rule', () => {
  test.each<[Rule, Finding[]]>([
    [{ all: [count('>=', 2)] }, []],
    [{ all: [count('<', 0)] }, [{ kind: 'empty', path: 'all[0]' }]],
    [{ any: [{ none: [count('>=', 0)] }] }, [{ kind: 'always', path: 'any[0].none[0]' }]],
    [
      { all: [count('>=', 3), count('<', 3)] },
      [{ kind: 'contradiction', path: 'all[0]', other: 'all[1]' }],
    ],
    [{ all: [count('>=', 3, 12), count('<', 3)] }, []],
    [{ any: [count('>=', 3), count('<', 3)] }, []],
    [
      {
        all: [
          { fact: 'sentiment.label', op: '=', value: 'negative' },
          { all: [{ fact: 'sentiment.label', op: 'in', value: ['neutral', 'positive'] }] },
        ],
      },
      [{ kind: 'contradiction', path: 'all[0]', other: 'all[1].all[0]' }],
    ],
    [
      {
        all: [
          { fact: 'tag', op: '=', value: 'press' },
          { fact: 'tag', op: '!=', value: 'press' },
        ],
      },
      [{ kind: 'contradiction', path: 'all[0]', other: 'all[1]' }],
    ],
    [
      {
        all: [
          { fact: 'tag', op: '=', value: 'press' },
          { fact: 'tag', op: '=', value: 'vip' },
        ],
      },
      [],
    ],
    [
      { all: [{ fact: 'orders.sum', rank: { top: 100, unit: '%' } }] },
      [{ kind: 'always', path: 'all[0]' }],
    ],
    [
      {
        all: [
          { fact: 'orders.first.day', op: 'before', value: '2024-01-01' },
          { fact: 'orders.first.day', op: '>=', value: '2024-01-01' },
        ],
      },
      [{ kind: 'contradiction', path: 'all[0]', other: 'all[1]' }],
    ],
  ])('%j: %j', (rule, findings) => {
    expect(lintRule(rule)).toEqual(findings)
  })

  test.each<[string, Rule, Finding[]]>([
    [
      'three orders in 3 months are two in 12',
      { all: [count('>=', 3, 3)] },
      [
        { kind: 'subset', path: '', segment: 'repeat_customer' },
        { kind: 'same', path: '', segment: 'active_customer' },
      ],
    ],
    [
      'the top 5 % are among the top 10 %',
      { all: [{ fact: 'orders.sum', rank: { top: 5, unit: '%' } }] },
      [{ kind: 'subset', path: '', segment: 'vip' }],
    ],
    ['two orders ever need not be in 12 months', { all: [count('>=', 2)] }, []],
    ['at most two in 3 months says nothing of 12', { all: [count('<=', 2, 3)] }, []],
  ])('among the default segments: %s', (_, rule, findings) => {
    expect(lintRule(rule, defaultSegments)).toEqual(findings)
  })

  test('are true of random timelines', () => {
    const found = { empty: 0, contradiction: 0, subset: 0, same: 0, always: 0 }
    const part = fc.oneof({ weight: 6, arbitrary: comparisons }, { weight: 1, arbitrary: ranks })
    const pair = fc
      .tuple(part, part)
      .chain(([a, b]) =>
        fc.constantFrom<[Condition, Condition]>([a, b], [a, near(a)], [near(a), a]),
      )
    fc.assert(
      fc.property(worlds(12), fc.array(pair, { minLength: 30, maxLength: 30 }), (world, pairs) => {
        const facts = factsOfWorld(world)
        const base: SegmentRule = { key: 'base', rule: { any: [count('>=', 1)] } }
        for (const [a, b] of pairs) {
          const segments: SegmentRule[] = [
            base,
            { key: 'a', rule: { all: [a] } },
            { key: 'b', rule: { all: [b] } },
            { key: 'both', rule: { all: [a, b] } },
          ]
          const compiled = compile(
            segments,
            facts,
            linesOf(segments, () => [facts]),
          )
          const out = intervalBuffer()
          const outside = intervalBuffer()
          const alone = lintRule({ all: [a] }, segments.slice(2, 3))
          const together = lintRule({ all: [a, b] })
          for (const { kind } of [...alone, ...together]) found[kind] += 1
          for (let i = 0; i < facts.persons.length; i += 1) {
            complement(evaluate(compiled, 2, i), facts.from[i] ?? 0, outside)
            intersect(evaluate(compiled, 1, i), outside, out)
            const wrong = {
              subset:
                alone.some(({ kind }) => kind === 'subset' || kind === 'same') && out.size > 0,
              empty:
                alone.some(({ kind }) => kind === 'empty') && evaluate(compiled, 1, i).size > 0,
              contradiction:
                together.some(({ kind }) => kind === 'contradiction') &&
                evaluate(compiled, 3, i).size > 0,
            }
            expect({ a, b, wrong }).toEqual({
              a,
              b,
              wrong: { subset: false, empty: false, contradiction: false },
            })
          }
        }
      }),
      { seed: 11, numRuns: 40 },
    )
    expect(found.contradiction).toBeGreaterThan(10)
    expect(found.subset + found.same).toBeGreaterThan(10)
  })
})

/** The same question with a neighbouring answer. */
function near(condition: Condition): Condition {
  if ('rank' in condition) {
    return { ...condition, rank: { ...condition.rank, top: condition.rank.top + 1 } }
  }
  const { op, value, within } = condition
  const turned = ({ '=': '!=', '<': '>=', '>=': '<', '>': '<=', in: 'not_in' } as const)[String(op)]
  if (turned !== undefined) return { ...condition, op: turned }
  const longer =
    within === undefined
      ? {}
      : { within: 'days' in within ? { days: within.days + 5 } : { months: 4 } }
  return typeof value === 'number'
    ? { ...condition, ...longer, value: value - 1 }
    : { ...condition, ...longer }
}
