import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { smallWorld } from '../support/small-world.ts'
import { openChanges } from './practice/changes.ts'
import { openPractice } from './practice/practice.ts'
import { zendeskApi } from './practice/zendesk.ts'

/** A practice desk on a folder, and what it sent to Rapport. */
function open(folder = mkdtempSync(join(tmpdir(), 'rapport-practice-'))) {
  const sent: [string, Record<string, unknown>][] = []
  const practice = openPractice({
    world: smallWorld(),
    changes: openChanges(folder),
    now: () => new Date('2026-11-26T09:00:00Z'),
    api: {
      call: async () => null,
      send: async (path, records) => {
        for (const record of records) sent.push([path, JSON.parse(JSON.stringify(record))])
      },
    },
  })
  return { folder, practice, sent }
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

  it('writes as the customer: the message goes to Rapport and a solved ticket opens again', async () => {
    const { practice, sent } = open()
    await practice.comment('990', { as: 'customer', agent: '11', public: false, text: ' Again. ' })
    expect(practice.ticket('990')).toMatchObject({ status: 'open', reopens: 1 })
    expect(sent).toMatchObject([
      [
        '/v1/tickets',
        { id: '990', status: 'open', reopens: 1, updatedAt: '2026-11-26T09:00:00.000Z' },
      ],
      ['/v1/messages', { ticketId: '990', author: 'customer', public: true, text: 'Again.' }],
    ])
  })

  it('assigns an unassigned ticket to the agent who replies', async () => {
    const { practice } = open()
    await practice.comment('1002', { as: 'agent', agent: '12', public: true, text: 'Hi' })
    expect(practice.ticket('1002')).toMatchObject({ status: 'open', assignee: '12' })
  })

  it('rates with the assignee of the moment, and a second rating replaces the first', async () => {
    const { practice, sent } = open()
    await practice.rate('1001', { level: 2, scale: 5, reasons: ['Slow'] })
    await practice.rate('1001', { level: 4, scale: 5, reasons: [] })
    expect(sent.map(([, rating]) => [rating['id'], rating['level'], rating['agent']])).toEqual([
      ['desk-rating-1001', 2, { id: '11', name: 'Ada Moss' }],
      ['desk-rating-1001', 4, { id: '11', name: 'Ada Moss' }],
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
    const { practice, sent } = open()
    practice.world.customers.push({ id: 'shop:2', email: 'liwei@example.com' })
    await practice.comment('1002', { as: 'customer', agent: '11', public: true, text: 'Hello?' })
    await practice.order('1002', { channel: 'web', title: 'Gift box', total: 100 })
    const named = { id: 'zendesk:502', name: 'Li Wei', email: 'liwei@example.com' }
    expect(sent[0]?.[1]['requester']).toEqual(named)
    expect(sent.at(-1)?.[1]['customer']).toEqual(named)
  })

  it('remembers at the next start what was done', async () => {
    const { folder, practice } = open()
    await practice.change('1001', { status: 'solved', assignee: '12' })
    expect(open(folder).practice.ticket('1001')).toMatchObject({
      status: 'solved',
      solvedAt: '2026-11-26T09:00:00.000Z',
      assignee: '12',
    })
  })

  it.each([
    ['an unknown ticket', '7', 'there is no ticket 7'],
    ['an empty text', '1001', 'text: write something'],
  ])('refuses %s', async (_name, ticket, reason) => {
    const { practice } = open()
    const comment = { as: 'agent', agent: '11', public: true, text: ' ' } as const
    await expect(practice.comment(ticket, comment)).rejects.toThrow(reason)
  })
})

describe('the imitated Zendesk API', () => {
  it.each([
    ['/api/v2/users/me.json', 200, { user: { id: 11, role: 'admin' } }],
    ['/api/v2/users/501.json', 200, { user: { name: 'Mina Park', role: 'end-user' } }],
    ['/api/v2/users/9.json', 404, { error: 'RecordNotFound' }],
    ['/api/v2/tickets/1001.json', 200, { ticket: { id: 1001, requester_id: 501 } }],
    ['/api/v2/tickets/1001/comments.json', 200, { comments: [{ id: 'c1' }, {}, {}, {}] }],
    ['/api/v2/search.json?query=type:ticket%20mina', 200, { count: 2 }],
    ['/api/v2/views.json', 404, { error: 'RecordNotFound' }],
  ])('answers %s', (path, status, body) => {
    const answer = zendeskApi(open().practice, 'GET', new URL(path, 'https://x'), '11')
    expect(answer).toMatchObject({ status, body })
  })
})
