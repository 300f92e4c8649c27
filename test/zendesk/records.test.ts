import { expect, test } from 'vitest'
import { titlesOf } from '../../worker/zendesk/directory.ts'
import {
  customerRecord,
  messageRecord,
  ratingRecord,
  surveyRecord,
  ticketRecord,
} from '../../worker/zendesk/records.ts'
import * as shapes from '../../worker/zendesk/shapes.ts'

const directory = {
  staff: { '11': { name: 'Ada Moss', role: 'admin' as const } },
  groups: { '3': 'Care' },
  fields: { '9000': 'Order number', '9001': 'Topic', '9002': 'Parts' },
  at: { staff: 0, groups: 0, fields: 0 },
}
const at = '2026-11-25T09:12:00Z'
const iso = '2026-11-25T09:12:00.000Z'

const user = {
  id: 501,
  name: ' Mina Park ',
  email: 'mina@example.com',
  phone: '+821012345678',
  external_id: 'shop:1',
  role: 'end-user',
  verified: true,
  locale: 'ko',
  tags: ['vip'],
  user_fields: { plan: 'gold', seats: 3, none: null },
  created_at: at,
  updated_at: at,
}

test('an end user is a customer with address, traits and tags', () => {
  expect(customerRecord(shapes.user.parse(user))).toEqual({
    id: 'zendesk:501',
    name: 'Mina Park',
    email: 'mina@example.com',
    phone: '+821012345678',
    verified: true,
    createdAt: iso,
    traits: { locale: 'ko', externalId: 'shop:1', plan: 'gold', seats: 3 },
    tags: ['vip'],
    updatedAt: iso,
  })
})

test('somebody merged away keeps no address, so that it cannot lead back', () => {
  const record = customerRecord(shapes.user.parse({ ...user, active: false }))
  expect(record).not.toHaveProperty('email')
  expect(record).not.toHaveProperty('phone')
})

test('an address that is none is left out instead of losing the user', () => {
  expect(customerRecord(shapes.user.parse({ ...user, email: 'nowhere' }))).not.toHaveProperty(
    'email',
  )
})

test('an agent is no customer', () => {
  expect(customerRecord(shapes.user.parse({ ...user, role: 'agent' }))).toBeNull()
})

const ticket = {
  id: 1001,
  subject: 'Where is it?',
  status: 'solved',
  type: 'question',
  via: { channel: 'email' },
  requester_id: 501,
  assignee_id: 11,
  group_id: 3,
  tags: ['delivery'],
  custom_fields: [
    { id: 9000, value: 'shop:1043, shop:1044' },
    { id: 9001, value: 'late' },
    { id: 9002, value: ['lid', 'box'] },
    { id: 1, value: 'a field of the system' },
  ],
  created_at: at,
  updated_at: '2026-11-25T10:00:00Z',
  generated_timestamp: 1_764_064_800,
}

test('a ticket names assignee, group, orders and fields; its last writing wins over older ones', () => {
  const metrics = { ticket_id: '1001', solved_at: Date.parse('2026-11-25T09:50:00Z'), reopens: 2 }
  expect(ticketRecord(shapes.ticket.parse(ticket), directory, { metrics })).toEqual({
    id: '1001',
    channel: 'email',
    requester: { id: 'zendesk:501' },
    subject: 'Where is it?',
    type: 'question',
    status: 'solved',
    createdAt: iso,
    solvedAt: '2026-11-25T09:50:00.000Z',
    reopens: 2,
    assignee: { id: '11', name: 'Ada Moss' },
    group: 'Care',
    tags: ['delivery'],
    fields: { 'Order number': 'shop:1043, shop:1044', Topic: 'late', Parts: ['lid', 'box'] },
    orderIds: ['shop:1043', 'shop:1044'],
    updatedAt: '2025-11-25T10:00:00.000Z',
  })
})

test('an agent of whom we know no name is named by the id', () => {
  const other = shapes.ticket.parse({ ...ticket, assignee_id: 99 })
  expect(ticketRecord(other, directory)?.assignee).toEqual({ id: '99', name: '99' })
})

test.each([
  [501, 'customer'],
  [777, 'customer'],
  [11, 'agent'],
  [-1, 'bot'],
])('a comment by %i is by a %s', (author, wrote) => {
  const comment = { id: '5', author_id: author, public: true, created_at: 0, text: 'Hi' }
  expect(messageRecord('1001', comment, directory).author).toBe(wrote)
})

const rating = {
  id: 5,
  score: 'bad',
  comment: 'Slow',
  reason: 'Took too long',
  assignee_id: 11,
  group_id: 3,
  ticket_id: 1001,
  created_at: at,
  updated_at: '2026-11-26T09:12:00Z',
}

test('a rating of the old kind has two levels, with who held the ticket then', () => {
  expect(ratingRecord(shapes.rating.parse(rating), directory)).toEqual({
    id: 'rating:5',
    ticketId: '1001',
    scale: 2,
    offeredAt: iso,
    level: 1,
    ratedAt: '2026-11-26T09:12:00.000Z',
    reasons: ['Took too long'],
    comment: 'Slow',
    agent: { id: '11', name: 'Ada Moss' },
    group: 'Care',
    updatedAt: '2026-11-26T09:12:00.000Z',
  })
})

test('an offer is the denominator; what was not even offered is nothing', () => {
  const offered = ratingRecord(shapes.rating.parse({ ...rating, score: 'offered' }), directory)
  expect(offered).toMatchObject({ offeredAt: iso })
  expect(offered).not.toHaveProperty('level')
  expect(ratingRecord(shapes.rating.parse({ ...rating, score: 'unoffered' }), directory)).toBeNull()
})

function survey(rating_: number | null, category: string, steps: number) {
  return shapes.survey.parse({
    id: '01H',
    created_at: at,
    subjects: [{ id: '1001', type: 'ticket' }],
    answers:
      rating_ === null
        ? []
        : [
            {
              type: 'rating_scale',
              rating: rating_,
              rating_category: category,
              question: { options: Array.from({ length: steps }, (_, k) => ({ id: `${k}` })) },
              updated_at: '2026-11-26T09:12:00Z',
            },
            {
              type: 'closed_ended',
              selections: [{ option_id: 'b' }],
              question: {
                options: [
                  { id: 'a', label: 'Slow' },
                  { id: 'b', label: 'Rude' },
                ],
              },
            },
            { type: 'open_ended', value: 'Not nice' },
          ],
  })
}

test.each([
  [4, 'good', 5, { level: 4, scale: 5 }],
  [1, 'bad', 2, { level: 1, scale: 2 }],
  [3, 'good', 3, { level: 3, scale: 3 }],
  [9, 'good', 10, { level: 3, scale: 3 }],
  [0, 'neutral', 7, { level: 2, scale: 3 }],
])('a survey answered %i (%s) on %i steps is %j', (given, category, steps, told) => {
  expect(surveyRecord(survey(given, category, steps), directory, null)).toMatchObject(told)
})

test('a survey tells reasons by their labels, and who held the ticket by its mark', () => {
  const mark = { response: '01H', agent: '11', group: '3' }
  expect(surveyRecord(survey(2, 'bad', 5), directory, mark)).toMatchObject({
    id: 'survey:01H',
    ticketId: '1001',
    reasons: ['Rude'],
    comment: 'Not nice',
    agent: { id: '11', name: 'Ada Moss' },
    group: 'Care',
  })
})

test('a survey without an answer is an offer', () => {
  const record = surveyRecord(survey(null, '', 0), directory, null)
  expect(record).toMatchObject({ offeredAt: iso })
  expect(record).not.toHaveProperty('level')
})

test('two fields with one title are told apart by their ids', () => {
  const fields = [
    { id: '1', title: 'Topic' },
    { id: '2', title: 'Topic' },
    { id: '3', title: 'Model' },
  ]
  expect(titlesOf(fields)).toEqual({ '1': 'Topic (1)', '2': 'Topic (2)', '3': 'Model' })
})
