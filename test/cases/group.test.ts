import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Gap, gapOf } from '../../worker/cases/group.ts'
import { idsOf, inOrder, type TestTicket } from '../support/cases.ts'

const hour = 3_600_000

const ticket = (id: string, at: number, more: Partial<TestTicket> = {}) => ({
  id,
  at: at * hour,
  key: '',
  activity: at * hour,
  ...more,
})

const ids = (tickets: TestTicket[], gap: Gap) => idsOf(inOrder(tickets), gap)

test('a ticket made 72 hours after the last activity belongs to the case, an hour later it begins one', () => {
  const gap = gapOf(72, 'activity')
  expect(ids([ticket('a', 0), ticket('b', 72)], gap)).toEqual([['a', 'b']])
  expect(ids([ticket('a', 0), ticket('b', 73)], gap)).toEqual([['a'], ['b']])
})

test('activity keeps a case open, wherever in the case it was', () => {
  const gap = gapOf(24, 'activity')
  const long = ticket('a', 0, { activity: 100 * hour })
  expect(ids([long, ticket('b', 10), ticket('c', 120)], gap)).toEqual([['a', 'b', 'c']])
})

test('where the method says so the gap runs from the previous opening', () => {
  const gap = gapOf(24, 'opened')
  const long = ticket('a', 0, { activity: 100 * hour })
  expect(ids([long, ticket('b', 20), ticket('c', 44), ticket('d', 69)], gap)).toEqual([
    ['a', 'b', 'c'],
    ['d'],
  ])
})

test('a late ticket bridges two cases', () => {
  const gap = gapOf(72, 'activity')
  const [first, last] = [ticket('a', 0), ticket('c', 100)]
  expect(ids([first, last], gap)).toEqual([['a'], ['c']])
  expect(ids([first, last, ticket('b', 60)], gap)).toEqual([['a', 'b', 'c']])
})

test('other keys make other cases, and do not end the first one', () => {
  const gap = gapOf(24, 'activity')
  const tickets = [
    ticket('a', 0, { key: 'x' }),
    ticket('b', 1, { key: 'y' }),
    ticket('c', 2, { key: 'x' }),
  ]
  expect(ids(tickets, gap)).toEqual([['a', 'c'], ['b']])
})

test('without a gap a key has one case for ever', () => {
  expect(ids([ticket('a', 0), ticket('b', 90_000)], gapOf(null, 'activity'))).toEqual([['a', 'b']])
})

test('what a human says wins over the gap', () => {
  const gap = gapOf(24, 'activity')
  const tickets = [
    ticket('a', 0),
    ticket('b', 1, { said: 'split' }),
    ticket('c', 90, { said: 'join' }),
  ]
  expect(ids(tickets, gap)).toEqual([['a'], ['b', 'c']])
})

const someTickets = fc
  .array(
    fc.record({
      at: fc.nat(60),
      lasting: fc.nat(20),
      key: fc.constantFrom('x', 'y'),
      said: fc.constantFrom<'split' | 'join' | undefined>(undefined, undefined, 'split', 'join'),
    }),
    { maxLength: 10 },
  )
  .map((list) =>
    list.map(({ at, lasting, key, said }, n) => ({
      ...ticket(`t${n}`, at, { key, activity: (at + lasting) * hour }),
      ...(said !== undefined && { said }),
    })),
  )

/** The definition, said plainly: does this ticket belong to the case of the one before it with its key? */
function plainly(tickets: readonly ReturnType<typeof ticket>[], { length, from }: Gap): string[][] {
  const cases: ReturnType<typeof ticket>[][] = []
  for (const one of inOrder(tickets)) {
    const last = cases.findLast((group) => group[0]?.key === one.key)
    const marks = last?.map((each) => (from === 'opened' ? each.at : each.activity)) ?? []
    const mark = from === 'opened' ? (marks.at(-1) ?? 0) : Math.max(...marks)
    const joins =
      last !== undefined &&
      one.said !== 'split' &&
      (one.said === 'join' || length === null || one.at - mark <= length)
    if (joins) last.push(one)
    else cases.push([one])
  }
  return cases.map((group) => group.map(({ id }) => id))
}

test('grouping agrees with its definition, and every ticket is in exactly one case', () => {
  const seed = Number(process.env['RAPPORT_CASES_SEED'] ?? 23)
  let runs = 0
  fc.assert(
    fc.property(
      someTickets,
      fc.constantFrom(null, 0, 1, 5, 24),
      fc.constantFrom('activity' as const, 'opened' as const),
      (tickets, hours, from) => {
        runs += 1
        const gap = gapOf(hours, from)
        const found = ids(tickets, gap)
        expect(found).toEqual(plainly(tickets, gap))
        expect(found.flat().toSorted()).toEqual(tickets.map(({ id }) => id).toSorted())
      },
    ),
    { seed, numRuns: 2_000 },
  )
  process.stdout.write(`cases: seed ${seed}, ${runs} persons\n`)
})
