import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { arrowCounter, viewOf } from '../../worker/journeys/count.ts'
import { LOG_OPEN, logsOf, type MembershipLog } from '../../worker/journeys/log.ts'
import { sizeCounter } from '../../worker/journeys/matrix.ts'
import {
  type Movement,
  moveOf,
  movementCounter,
  type Question,
  type Span,
} from '../../worker/journeys/movement.ts'
import { nodeRules, printsOf } from '../../worker/journeys/nodes.ts'
import { moversOf } from '../../worker/journeys/people.ts'
import { periodBefore } from '../../worker/journeys/period.ts'
import { defaultSegments } from '../../worker/segments/defaults.ts'
import { closureOf } from '../../worker/segments/rank.ts'
import { linesOf } from '../../worker/segments/rank.ts'
import { day, facts, order } from '../support/rows.ts'
import { spansUntil } from '../support/spans.ts'

function logFrom(persons: readonly (readonly Span[])[]): MembershipLog {
  const starts = [0]
  const days: number[] = []
  for (const spans of persons) {
    for (const { joined, left } of spans) days.push(joined, left)
    starts.push(days.length)
  }
  return { starts: Int32Array.from(starts), days: Uint16Array.from(days) }
}

const spans = spansUntil(LOG_OPEN)

/** A walk over every day of one person, by the words of the definition. */
function walked(source: Span[], target: Span[], { start, end, sourceFrom, targetFrom }: Question) {
  const isIn = (list: Span[], day: number) =>
    list.some(({ joined, left }) => joined <= day && day < left)
  const isInSource = (day: number) => day >= sourceFrom && isIn(source, day)
  const some = (to: number) => {
    for (let day = start - 1; day <= to; day += 1) if (isInSource(day)) return true
    return false
  }
  let j = Number.NaN
  if (isIn(target, end)) for (j = end; isIn(target, j - 1);) j -= 1
  const joined = j >= start && j > targetFrom
  const moved = joined && some(j - 1)
  const sameDay = joined && !moved && isIn(source, j) && !isIn(source, j - 1)
  return { joined, moved, sameDay, inSource: some(end - 1) }
}

test('counts over logs agree with the definition of each person and with a walk over every day', () => {
  const seed = Number(process.env['RAPPORT_JOURNEYS_SEED'] ?? 31)
  let persons = 0
  fc.assert(
    fc.property(
      fc.array(fc.tuple(spans, spans, fc.boolean()), { maxLength: 12 }),
      fc.integer({ min: 1, max: 30 }),
      fc.nat(15),
      fc.constantFrom(0, 5, 20),
      fc.constantFrom(0, 5, 20),
      (shop, start, length, sourceFrom, targetFrom) => {
        const question = { start, end: start + length, sourceFrom, targetFrom }
        const kept = shop.filter(([, , skipped]) => !skipped)
        persons += kept.length
        const plain = movementCounter()
        const days = { moved: 0, sameDay: 0, joinedTarget: 0, sourceSize: 0 }
        for (const [source, target] of kept) {
          plain.add(moveOf(source, target, question))
          const move = walked(source, target, question)
          if (move.moved) days.moved += 1
          if (move.sameDay) days.sameDay += 1
          if (move.joined) days.joinedTarget += 1
          if (move.inSource) days.sourceSize += 1
        }
        const counter = arrowCounter()
        const period = { from: question.start, to: question.end }
        const skip = Uint8Array.from(shop, ([, , skipped]) => (skipped ? 1 : 0))
        const source = logFrom(shop.map(([one]) => one))
        const target = logFrom(shop.map(([, one]) => one))
        counter.add(
          viewOf(source, period, sourceFrom, skip),
          viewOf(target, period, targetFrom, skip),
        )
        const counted: Movement = counter.finish()
        expect(counted).toEqual(plain.finish())
        expect(counted).toMatchObject(days)
        const people = moversOf(question, 'moved')
        const ids = Int32Array.from(shop, (_, k) => k + 1)
        people.add(ids, source, target, skip)
        expect(people.finish()).toHaveLength(counted.moved)
      },
    ),
    { seed, numRuns: 3_000 },
  )
  process.stdout.write(`movement counts: seed ${seed}, ${persons} persons\n`)
})

describe('the period before', () => {
  test.each([
    ['2026-03-01', '2026-03-31', '2026-02-01', '2026-02-28', 'a whole month'],
    ['2026-01-01', '2026-03-31', '2025-10-01', '2025-12-31', 'a quarter'],
    ['2026-03-02', '2026-03-31', '2026-01-31', '2026-03-01', 'thirty days'],
    ['2026-03-09', '2026-03-15', '2026-03-02', '2026-03-08', 'a week'],
  ])('of %s to %s is %s to %s: %s', (from, to, before, until) => {
    expect(periodBefore({ from: day(from), to: day(to) })).toEqual({
      from: day(before),
      to: day(until),
    })
  })
})

const once = { key: 'once', rule: { all: [{ fact: 'orders.count', op: '=', value: 1 }] } } as const
const twice = {
  key: 'twice',
  rule: { all: [{ fact: 'orders.count', op: '=', value: 2 }] },
} as const

test('a third purchase in the period takes a customer off the arrow from one purchase to two', () => {
  const orders = [
    order(1, '2026-03-01', 500),
    order(1, '2026-05-02', 500),
    order(1, '2026-05-03', 500),
    order(2, '2026-03-01', 500),
    order(2, '2026-05-02', 500),
  ]
  const [source, target] = logsOf([once, twice], ['once', 'twice'], facts({ orders }), new Map())
  if (source === undefined || target === undefined) throw new Error('no logs')
  const period = { from: day('2026-05-01'), to: day('2026-05-31') }
  const counter = arrowCounter()
  counter.add(viewOf(source, period, 0), viewOf(target, period, 0))
  expect(counter.finish()).toEqual({
    moved: 1,
    sameDay: 0,
    joinedTarget: 1,
    sourceSize: 2,
    medianDays: 62,
    n: 1,
  })
})

test('members before and after a period, and who stayed', () => {
  const counter = sizeCounter(10, 20)
  counter.add(
    logFrom([
      [{ joined: 5, left: 15 }],
      [{ joined: 5, left: LOG_OPEN }],
      [{ joined: 15, left: 21 }],
      [
        { joined: 5, left: 12 },
        { joined: 20, left: 30 },
      ],
      [],
    ]),
  )
  expect(counter.finish()).toEqual({ before: 3, after: 3, stayed: 2 })
})

test('what a rule names comes with it, and its line is part of what it follows', () => {
  const best = {
    key: '@best',
    rule: { all: [{ fact: 'segment', op: '=', value: 'vip' }] },
  } as const
  const rules = closureOf(nodeRules(defaultSegments, [best]), ['@best'])
  expect(rules.map(({ key }) => key)).toEqual(['vip', '@best'])
  const shop = (total: number) =>
    facts({ orders: Array.from({ length: 10 }, (_, k) => order(k + 1, '2026-01-01', total + k)) })
  const printOf = (total: number, key: string) =>
    printsOf(
      rules,
      linesOf(rules, () => [shop(total)]),
    ).get(key)
  expect(printOf(100, '@best')).toBe(printOf(100, '@best'))
  expect(printOf(100, '@best')).not.toBe(printOf(101, '@best'))
  expect(printOf(100, '@best')).not.toBe(printOf(100, 'vip'))
})
