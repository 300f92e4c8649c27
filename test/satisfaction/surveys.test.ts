import { expect, test } from 'vitest'
import { surveyFactsOf } from '../../worker/tickets/surveys.ts'
import { wordsOf } from '../../worker/timeline/column.ts'
import { OPEN } from '../../worker/timeline/intervals.ts'

const DAY = 86_400_000
const HOUR = 3_600_000
const dayOf = (instant: number) => Math.floor(instant / DAY)

const rating = (id: string, ticket: string, more: Record<string, unknown> = {}) => ({
  person: 1,
  ticket,
  id,
  offeredAt: null,
  ratedAt: null,
  level: null,
  scale: 5,
  reasons: '[]',
  agent: null,
  agentName: null,
  groupName: null,
  ...more,
})

const ticket = (id: string, at: number, more: Record<string, unknown> = {}) => ({
  person: 1,
  at,
  id,
  channel: 'email',
  status: 'solved',
  type: 'return',
  assignee: '7',
  assigneeName: 'Ada',
  groupName: 'Returns',
  detail: '{}',
  ...more,
})

const message = (ticketId: string, at: number, author: string) => ({
  person: 1,
  ticket: ticketId,
  id: `m${at}`,
  at,
  author,
  public: 1,
  sentiment: null,
})

/** The rows as plain objects; OPEN as null. */
function surveys(
  ratings: ReturnType<typeof rating>[],
  tickets: ReturnType<typeof ticket>[] = [],
  messages: ReturnType<typeof message>[] = [],
) {
  const facts = surveyFactsOf(Int32Array.of(1), ratings, tickets, messages, { dayOf })
  const known = (day: number | undefined) => (day === OPEN ? null : day)
  return facts.id.map((id, k) => ({
    id,
    day: known(facts.day[k]),
    offered: known(facts.offered[k]),
    answered: facts.answered[k] === 1,
    made: facts.made[k],
    contact: facts.contact[k],
    score: wordsOf(facts.score, k)[0] ?? null,
    reasons: wordsOf(facts.reason, k),
    agent: wordsOf(facts.agent, k)[0] ?? null,
    agentName: wordsOf(facts.agentName, k)[0] ?? null,
    group: wordsOf(facts.group, k)[0] ?? null,
    channel: wordsOf(facts.channel, k)[0] ?? null,
    type: wordsOf(facts.type, k)[0] ?? null,
  }))
}

test('an offer with its answer is one row, with the facts of its ticket', () => {
  expect(
    surveys(
      [
        rating('r1', 't1', {
          offeredAt: 3 * DAY,
          ratedAt: 4 * DAY,
          level: 2,
          reasons: '["Slow reply","Wrong item"]',
          agent: '9',
          agentName: 'Ben',
          groupName: 'Delivery',
        }),
      ],
      [ticket('t1', DAY)],
      [
        message('t1', DAY + 5 * HOUR, 'customer'),
        message('t1', DAY + 2 * HOUR, 'customer'),
        message('t1', DAY + HOUR, 'bot'),
      ],
    ),
  ).toEqual([
    {
      id: 'r1',
      day: 4,
      offered: 3,
      answered: true,
      made: 1,
      contact: (24 + 2) * 60,
      score: '2/5',
      reasons: ['Slow reply', 'Wrong item'],
      agent: '9',
      agentName: 'Ben',
      group: 'Delivery',
      channel: 'email',
      type: 'return',
    },
  ])
})

test('who is not told by the rating is told by the ticket; without a customer message its creation counts', () => {
  const told = surveys(
    [rating('r1', 't1', { ratedAt: 4 * DAY, level: 5 })],
    [ticket('t1', DAY)],
    [message('t1', DAY + HOUR, 'agent')],
  )
  expect(told).toMatchObject([
    { agent: '7', agentName: 'Ada', group: 'Returns', contact: 24 * 60, offered: null },
  ])
})

test.each([
  {
    name: 'a rating changed later counts once, as it is last',
    ratings: [
      rating('r1', 't1', { ratedAt: 4 * DAY, level: 1 }),
      rating('r2', 't1', { ratedAt: 6 * DAY, level: 5 }),
    ],
    rows: [['r2', 6, null, false]],
  },
  {
    name: 'of two at one moment the greater id is last',
    ratings: [
      rating('r2', 't1', { ratedAt: 4 * DAY, level: 1 }),
      rating('r1', 't1', { ratedAt: 4 * DAY, level: 5 }),
    ],
    rows: [['r2', 4, null, false]],
  },
  {
    name: 'an offer that nobody answered is an offer',
    ratings: [rating('r1', 't1', { offeredAt: 2 * DAY })],
    rows: [['r1', null, 2, false]],
  },
  {
    name: 'one offer in two records is one, answered when one of them is',
    ratings: [
      rating('r1', 't1', { offeredAt: 2 * DAY }),
      rating('r2', 't1', { offeredAt: 2 * DAY, ratedAt: 3 * DAY, level: 4 }),
    ],
    rows: [['r2', 3, 2, true]],
  },
  {
    name: 'two offers of one ticket are two, the later answer is its rating',
    ratings: [
      rating('r1', 't1', { offeredAt: 2 * DAY, ratedAt: 3 * DAY, level: 4 }),
      rating('r2', 't1', { offeredAt: 8 * DAY, ratedAt: 9 * DAY, level: 2 }),
    ],
    rows: [
      ['r1', null, 2, true],
      ['r2', 9, 8, true],
    ],
  },
  {
    name: 'an offer that was not answered leaves the earlier rating in place',
    ratings: [
      rating('r1', 't1', { ratedAt: 3 * DAY, level: 4 }),
      rating('r2', 't1', { offeredAt: 8 * DAY }),
    ],
    rows: [
      ['r1', 3, null, false],
      ['r2', null, 8, false],
    ],
  },
  {
    name: 'two tickets have a rating each',
    ratings: [
      rating('r1', 't1', { ratedAt: 3 * DAY, level: 4 }),
      rating('r2', 't2', { ratedAt: 3 * DAY, level: 4 }),
    ],
    rows: [
      ['r1', 3, null, false],
      ['r2', 3, null, false],
    ],
  },
])('$name', ({ ratings, rows }) => {
  const found = surveys(ratings, [ticket('t1', DAY), ticket('t2', DAY)])
  expect(found.map(({ id, day, offered, answered }) => [id, day, offered, answered])).toEqual(rows)
})
