import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { quantile, tally } from '../../worker/cases/figures.ts'
import { gapOf } from '../../worker/cases/group.ts'
import { casesOf, type TestTicket } from '../support/cases.ts'

const one = (id: string, at: number, more: Partial<TestTicket> = {}): TestTicket => ({
  id,
  at,
  done: true,
  solvedAt: at + 10,
  reopens: 0,
  messages: 2,
  asked: at,
  answered: at + 4,
  ...more,
})

/** What became of the only case of these tickets. */
function outcomeOf(tickets: TestTicket[]) {
  const cases = casesOf([tickets], gapOf(null, 'opened'))
  expect(cases.size).toBe(1)
  const { openedAt, resolved, toResolve, firstReply, messages, reopens } = cases
  return {
    tickets: cases.tickets[0],
    openedAt: openedAt[0],
    resolved: resolved[0] === 1,
    toResolve: toResolve[0],
    firstReply: firstReply[0],
    messages: messages[0],
    reopens: reopens[0],
  }
}

function figuresOf(persons: TestTicket[][]) {
  const cases = casesOf(persons, gapOf(null, 'opened'))
  const counted = tally()
  for (let n = 0; n < cases.size; n += 1) counted.add(cases, n, cases.owner[n] ?? 0)
  return counted.figures()
}

test('a case is resolved when every ticket is, from the first opening to the last solve', () => {
  expect(outcomeOf([one('a', 0), one('b', 20, { solvedAt: 25, reopens: 1 })])).toEqual({
    tickets: 2,
    openedAt: 0,
    resolved: true,
    toResolve: 25,
    firstReply: 4,
    messages: 4,
    reopens: 1,
  })
})

test('a ticket that is open, or closed without a solve time, keeps its case unresolved', () => {
  expect(outcomeOf([one('a', 0), one('b', 20, { done: false })]).resolved).toBe(false)
  const closed = outcomeOf([one('a', 0, { solvedAt: null })])
  expect([closed.resolved, closed.toResolve]).toEqual([false, Number.NaN])
})

test('the first reply is that of the first ticket that got one', () => {
  const silent = one('a', 0, { answered: null })
  expect(outcomeOf([silent, one('b', 50)]).firstReply).toBe(4)
  expect(outcomeOf([silent]).firstReply).toBeNaN()
})

test('quantiles interpolate linearly', () => {
  const of = (values: number[], p: number) => quantile(Float64Array.from(values), p)
  expect(of([3, 1, 4, 2], 0.5)).toBe(2.5)
  expect(of([3, 1, 4, 2], 0.9)).toBeCloseTo(3.7, 10)
  expect(of([3, 1, 4, 2], 1)).toBe(4)
  expect(of([7], 0.9)).toBe(7)
  expect(of([], 0.5)).toBeNull()
})

test('quantiles of any values are those of the sorted ones', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: -5, max: 20 }), { minLength: 1, maxLength: 40 }),
      fc.constantFrom(0, 0.1, 0.5, 0.9, 1),
      (values, p) => {
        const sorted = values.toSorted((a, b) => a - b)
        const place = (sorted.length - 1) * p
        const [low = 0, high = low] = sorted.slice(Math.floor(place))
        const plain = low + (high - low) * (place - Math.floor(place))
        expect(quantile(Float64Array.from(values), p)).toBeCloseTo(plain, 10)
      },
    ),
    { seed: 7, numRuns: 2_000 },
  )
})

test('figures count cases, their tickets and what became of them', () => {
  const persons = [
    [one('a', 0), one('b', 20)],
    [one('c', 0, { reopens: 2 })],
    [one('d', 0, { done: false })],
  ]
  expect(figuresOf(persons)).toEqual({
    cases: 3,
    tickets: 4,
    ticketsPerCase: 4 / 3,
    resolved: 2,
    open: 1,
    resolutionRate: 2 / 3,
    firstReply: { median: 4, p90: 4 },
    toResolve: { median: 20, p90: 28, longest: 30 },
    reopened: 1,
    customers: 3,
    repeatCustomers: 0,
  })
  expect(figuresOf([])).toMatchObject({ cases: 0, ticketsPerCase: null, resolutionRate: null })
})
