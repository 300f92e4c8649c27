import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { smallWorld } from '../support/small-world.ts'
import { openPracticeOn } from '../support/practice.ts'
import { answerAgent } from './zendesk/site.ts'

/** A practice desk on a folder, and the orders that it sent to Rapport. */
function open(folder = mkdtempSync(join(tmpdir(), 'rapport-practice-')), world = smallWorld()) {
  const sent: [string, Record<string, unknown>][] = []
  const now = () => new Date('2026-11-26T09:00:00Z')
  const { practice, zendesk } = openPracticeOn(world, folder, now, {
    call: async () => null,
    send: async (path, records) => {
      for (const record of records) sent.push([path, JSON.parse(JSON.stringify(record))])
    },
  })
  return { folder, practice, zendesk, account: zendesk.account, sent }
}

describe('the practice desk', () => {
  it('lists open tickets, the latest activity first, and searches people', () => {
    const { practice } = open()
    expect(practice.list({ view: 'open', text: '' }).map(({ id }) => id)).toEqual([
      '1001',
      '1002',
      '1003',
    ])
    expect(practice.list({ view: 'all', text: 'mina' }).map(({ id }) => id)).toEqual([
      '1001',
      '990',
    ])
  })

  it('writes as the customer: the help desk has the comment, and a solved ticket opens again', () => {
    const { practice, account } = open()
    practice.comment('990', { as: 'customer', agent: '11', public: false, text: ' Again. ' })
    expect(practice.ticket('990')).toMatchObject({ status: 'open', reopens: 1 })
    expect(account.tickets.get(990)?.row).toMatchObject({
      status: 'open',
      metric_set: { reopens: 1 },
      generated_timestamp: Date.parse('2026-11-26T09:00:00Z') / 1_000,
    })
    const comment = { author_id: 501, public: true, body: 'Again.' }
    expect(account.comments.get(990)?.at(-1)).toMatchObject(comment)
    expect(account.events.at(-1)).toMatchObject({
      ticket_id: 990,
      child_events: [{ event_type: 'Comment', ...comment }],
    })
  })

  it('assigns an unassigned ticket to the agent who replies', () => {
    const { practice } = open()
    practice.comment('1002', { as: 'agent', agent: '12', public: true, text: 'Hi' })
    expect(practice.ticket('1002')).toMatchObject({ status: 'open', assignee: '12' })
  })

  it('rates with the assignee of the moment, and a second rating replaces the first', () => {
    const { practice, account } = open()
    practice.rate('1001', { level: 2, scale: 5, reasons: ['Slow'] })
    practice.rate('1001', { level: 4, scale: 5, reasons: [] })
    const survey = account.surveys.get('desk-rating-1001')
    expect(survey?.answers).toMatchObject([{ type: 'rating_scale', rating: 4 }])
    expect(account.events.at(-1)?.child_events).toMatchObject([
      { event_type: 'SurveyResponseSubmitted', assigned_user_id: 11, assigned_group_id: 1 },
    ])
  })

  it('places an order of the requester', async () => {
    const { practice, sent } = open()
    await practice.order('1001', { channel: 'web', title: 'Gift box', total: 6_400 })
    expect(sent).toMatchObject([
      [
        '/v1/orders',
        {
          channel: 'web',
          total: 6_400,
          currency: 'GBP',
          customer: { id: 'zendesk:501', email: 'mina@example.com', verified: true },
        },
      ],
    ])
  })

  it('leaves an address unproved that a shop customer gave without proof', async () => {
    const world = smallWorld()
    world.customers.push({ id: 'shop:2', email: 'liwei@example.com' })
    const { practice, account, sent } = open(undefined, world)
    await practice.order('1002', { channel: 'web', title: 'Gift box', total: 100 })
    const named = { id: 'zendesk:502', name: 'Li Wei', email: 'liwei@example.com' }
    expect(sent[0]?.[1]['customer']).toEqual(named)
    expect([account.users.get(502)?.row.verified, account.users.get(501)?.row.verified]).toEqual([
      false,
      true,
    ])
  })

  it('remembers at the next start what was done', () => {
    const { folder, practice } = open()
    practice.change('1001', { status: 'solved', assignee: '12' })
    expect(open(folder).practice.ticket('1001')).toMatchObject({
      status: 'solved',
      solvedAt: '2026-11-26T09:00:00.000Z',
      assignee: '12',
    })
  })

  it.each([
    ['an unknown ticket', '7', 'there is no ticket 7'],
    ['an empty text', '1001', 'text: write something'],
  ])('refuses %s', (_name, ticket, reason) => {
    const { practice } = open()
    const comment = { as: 'agent', agent: '11', public: true, text: ' ' } as const
    expect(() => practice.comment(ticket, comment)).toThrow(reason)
  })
})

describe('the imitated Zendesk API', () => {
  it.each([
    ['/api/v2/users/me.json', 200, { user: { id: 11, role: 'admin' } }],
    ['/api/v2/users/501.json', 200, { user: { name: 'Mina Park', role: 'end-user' } }],
    ['/api/v2/users/9.json', 404, { error: 'RecordNotFound' }],
    ['/api/v2/tickets/1001.json', 200, { ticket: { id: 1001, requester_id: 501 } }],
    ['/api/v2/tickets/1001/comments.json', 200, { comments: [{ author_id: 501 }, {}, {}, {}] }],
    ['/api/v2/search.json?query=type:ticket%20mina', 200, { count: 2 }],
    ['/api/v2/views.json', 404, { error: 'InvalidEndpoint' }],
  ])('answers %s', (path, status, body) => {
    const site = open().zendesk.options
    const answer = answerAgent(site, 'GET', new URL(path, 'https://x'), '11')
    expect(answer).toMatchObject({ status, body })
  })
})
