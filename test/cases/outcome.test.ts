import { expect, test } from 'vitest'
import { figuresOf, outcomeOf, quantile, type TicketOutcome } from '../../worker/cases/outcome.ts'

const one = (id: string, at: number, more: Partial<TicketOutcome> = {}): TicketOutcome => ({
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

test('a case is resolved when every ticket is, from the first opening to the last solve', () => {
  expect(outcomeOf([one('a', 0), one('b', 20, { solvedAt: 25, reopens: 1 })])).toEqual({
    tickets: ['a', 'b'],
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
  expect([closed.resolved, closed.toResolve]).toEqual([false, null])
})

test('the first reply is that of the first ticket that got one', () => {
  const silent = one('a', 0, { answered: null })
  expect(outcomeOf([silent, one('b', 50)]).firstReply).toBe(4)
  expect(outcomeOf([silent]).firstReply).toBeNull()
})

test('quantiles interpolate linearly', () => {
  expect(quantile([1, 2, 3, 4], 0.5)).toBe(2.5)
  expect(quantile([1, 2, 3, 4], 0.9)).toBeCloseTo(3.7, 10)
  expect(quantile([7], 0.9)).toBe(7)
  expect(quantile([], 0.5)).toBeNull()
})

test('figures count cases, their tickets and what became of them', () => {
  const cases = [
    outcomeOf([one('a', 0), one('b', 20)]),
    outcomeOf([one('c', 0, { reopens: 2 })]),
    outcomeOf([one('d', 0, { done: false })]),
  ]
  expect(figuresOf(cases)).toEqual({
    cases: 3,
    tickets: 4,
    ticketsPerCase: 4 / 3,
    resolved: 2,
    open: 1,
    resolutionRate: 2 / 3,
    firstReply: { median: 4, p90: 4 },
    toResolve: { median: 20, p90: 28, longest: 30 },
    reopened: 1,
  })
  expect(figuresOf([])).toMatchObject({ cases: 0, ticketsPerCase: null, resolutionRate: null })
})
