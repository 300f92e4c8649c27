import { describe, expect, test } from 'vitest'
import { past, start, ticket } from '../support/zendesk-past.ts'
import { type ZendeskAccount, openAccount } from './zendesk/account.ts'
import { openLimits } from './zendesk/limits.ts'
import { openOAuth } from './zendesk/oauth.ts'
import { zendeskSite } from './zendesk/site.ts'
import { openTriggers } from './zendesk/triggers.ts'

type Body = Record<string, unknown>

/** A help desk with ten persons and its admin's token; the clock stands until it is moved. */
function open() {
  const clock = { now: start }
  const account = openAccount(() => clock.now)
  account.saveUser({
    id: 1,
    name: 'Ada',
    email: null,
    phone: null,
    external_id: null,
    role: 'admin',
    verified: true,
    active: true,
    suspended: false,
    locale: 'en',
    tags: [],
    user_fields: {},
    created_at: new Date(start).toISOString(),
    updated_at: new Date(start).toISOString(),
  })
  past(10, 20)(account)
  account.groups.set(3, 'Care')
  openTriggers(account)
  const oauth = openOAuth({
    now: account.now,
    clientId: 'c',
    clientSecret: 's',
    redirectUris: () => true,
    tokens: [
      {
        access: 'admin',
        refresh: 'r',
        user: 1,
        scope: 'read write',
        expiresAt: start * 2,
        refreshExpiresAt: start * 2,
      },
    ],
  })
  const limits = openLimits({ requests: 10_000, exports: 10 }, account.now)
  const satisfaction = () => new Set(['ratings'] as const)
  const site = zendeskSite({ account, oauth, limits, satisfaction })
  const call = async (method: string, path: string, body?: unknown) => {
    const response = await site(
      new Request(`https://x.zendesk.com/api/v2/${path}`, {
        method,
        headers: { Authorization: 'Bearer admin', 'Content-Type': 'application/json' },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      }),
    )
    const text = await response.text()
    const read: Body = text.startsWith('{') ? JSON.parse(text) : { text }
    return { status: response.status, body: read }
  }
  return { account, call, clock }
}

async function field(call: ReturnType<typeof open>['call'], key: string, type: string, more = {}) {
  return await call('POST', 'user_fields.json', { user_field: { key, type, title: key, ...more } })
}

const userOf = (account: ZendeskAccount, id: number) => account.users.get(id)?.row

describe('fields of users at the practice help desk', () => {
  test('have a key of letters, once, and a type that there is', async () => {
    const { call } = open()
    expect((await field(call, 'vip', 'checkbox')).status).toBe(201)
    expect((await field(call, 'vip', 'text')).status).toBe(422)
    expect((await field(call, '12', 'text')).status).toBe(422)
    expect((await field(call, 'a b', 'text')).status).toBe(422)
    expect((await field(call, 'mood', 'number')).status).toBe(422)
    const { body } = await call('GET', 'user_fields.json')
    expect(body['user_fields']).toMatchObject([{ key: 'vip', type: 'checkbox' }])
  })

  test('carry their tag to the user and take it away again', async () => {
    const { account, call } = open()
    await field(call, 'vip', 'checkbox', { tag: 'rapport_vip' })
    account.editUser(100, { vip: true })
    expect(userOf(account, 100)).toMatchObject({
      tags: ['rapport_vip'],
      user_fields: { vip: true },
    })
    account.editUser(100, { vip: false })
    expect(userOf(account, 100)?.tags).toEqual([])
  })
})

describe('many rows at once', () => {
  test('are done by a job, a little later, each row by itself', async () => {
    const { account, call, clock } = open()
    await field(call, 'orders', 'integer')
    await field(call, 'since', 'date')
    const users = [
      { id: 100, user_fields: { orders: 3, since: '2026-01-05', unknown: 1 } },
      { id: 999, user_fields: { orders: 1 } },
      { id: 101, user_fields: { orders: 'three' } },
    ]
    const { body, status } = await call('PUT', 'users/update_many.json', { users })
    const job = Object(body['job_status'])
    expect([status, job.status]).toEqual([200, 'queued'])
    clock.now += 1_000
    const done = await call('GET', `job_statuses/${job.id}.json`)
    expect(done.body['job_status']).toMatchObject({
      status: 'completed',
      results: [
        { id: 100, action: 'update', success: true, status: 'Updated' },
        { index: 1, error: 'UserNotFound' },
        { index: 2, error: 'UserUpdateFailed' },
      ],
    })
    expect(userOf(account, 100)?.user_fields).toEqual({
      orders: 3,
      since: '2026-01-05T00:00:00+00:00',
    })
  })

  test('are a hundred at most, in thirty jobs at most', async () => {
    const { call, clock } = open()
    const row = (id: number) => ({ id, user_fields: {} })
    const over = Array.from({ length: 101 }, (_, k) => row(k))
    expect((await call('PUT', 'users/update_many.json', { users: over })).status).toBe(400)
    const users = [row(100)]
    for (let k = 0; k < 30; k += 1) {
      expect((await call('PUT', 'users/update_many.json', { users })).status).toBe(200)
    }
    const refused = await call('PUT', 'users/update_many.json', { users })
    expect([refused.status, refused.body['error']]).toEqual([429, 'TooManyJobs'])
    clock.now += 1_000
    expect((await call('PUT', 'users/update_many.json', { users })).status).toBe(200)
  })

  test('one user by itself: one a second, refused with plain text', async () => {
    const { call, clock } = open()
    const put = () => call('PUT', 'users/100.json', { user: { user_fields: {} } })
    expect((await put()).status).toBe(200)
    const refused = await put()
    expect([refused.status, typeof refused.body['text']]).toEqual([429, 'string'])
    clock.now += 1_000
    expect((await put()).status).toBe(200)
  })

  test('tickets get tags and values; closed ones do not', async () => {
    const { account, call, clock } = open()
    const { body } = await call('POST', 'ticket_fields.json', {
      ticket_field: { type: 'checkbox', title: 'VIP' },
    })
    const id = Number(Object(body['ticket_field']).id)
    account.saveTicket({ ...ticket(5_000, 100, start), status: 'closed' })
    const tickets = [
      { id: 1_000, custom_fields: [{ id, value: true }], additional_tags: ['seen'] },
      { id: 5_000, custom_fields: [{ id, value: true }] },
    ]
    const put = await call('PUT', 'tickets/update_many.json', { tickets })
    clock.now += 1_000
    const done = await call(
      'GET',
      `job_statuses/show_many.json?ids=${Object(put.body['job_status']).id}`,
    )
    expect(Object(done.body['job_statuses'])[0].results).toMatchObject([
      { id: 1_000, success: true },
      { index: 1, error: 'TicketClosed' },
    ])
    const row = account.tickets.get(1_000)?.row
    expect(row?.tags).toEqual(['seen'])
    expect(row?.custom_fields).toContainEqual({ id, value: true })
  })
})

describe('triggers', () => {
  const bad = { field: 'satisfaction_score', operator: 'is', value: 'bad' }
  const trigger = (conditions: Body, actions: unknown[]) => ({
    trigger: { title: 'T', conditions, actions },
  })

  test('refuse what the help desk refuses', async () => {
    const { call } = open()
    await field(call, 'flag', 'checkbox')
    await field(call, 'mood', 'dropdown', {
      custom_field_options: [{ name: 'Bad', value: 'rapport_bad' }],
    })
    const flag = { field: 'requester.custom_fields.flag', value: 'true' }
    const refused = [
      trigger({ all: [bad] }, [{ field: 'user.custom_fields.flag', value: 'true' }]),
      trigger({ all: [bad] }, [{ field: 'requester.custom_fields.other', value: 'true' }]),
      trigger({ all: [bad] }, [{ field: 'notification_webhook', value: ['none', '{}'] }]),
      trigger({ all: [{ ...bad, value: 'awful' }] }, [flag]),
      trigger({ all: [{ ...bad, field: 'user.custom_fields.flag' }] }, [flag]),
      // Options are named by their ids, not by their tags.
      trigger(
        { all: [{ field: 'requester.custom_fields.mood', operator: 'is', value: 'rapport_bad' }] },
        [flag],
      ),
      trigger({}, [flag]),
    ]
    for (const one of refused) expect((await call('POST', 'triggers.json', one)).status).toBe(422)
    expect((await call('POST', 'triggers.json', trigger({ all: [bad] }, [flag]))).status).toBe(201)
  })

  test('act when a ticket is made or changed, never for a field of the user alone', async () => {
    const { account, call, clock } = open()
    await field(call, 'flag', 'checkbox')
    await field(call, 'vip', 'checkbox')
    const subject = 'requester.custom_fields.'
    await call(
      'POST',
      'triggers.json',
      trigger({ all: [{ field: `${subject}vip`, operator: 'is', value: 'true' }] }, [
        { field: 'priority', value: 'high' },
        { field: 'current_tags', value: 'rapport_vip' },
      ]),
    )
    await call(
      'POST',
      'triggers.json',
      trigger({ any: [bad, { ...bad, value: 'bad_with_comment' }] }, [
        { field: `${subject}flag`, value: 'true' },
        { field: 'group_id', value: '3' },
      ]),
    )
    account.editUser(100, { vip: true })
    expect(account.tickets.get(1_000)?.row.priority).toBeUndefined()
    clock.now += 1_000
    account.saveRating({
      id: 7,
      score: 'bad',
      comment: 'No',
      reason: null,
      assignee_id: 2,
      group_id: 3,
      requester_id: 100,
      ticket_id: 1_000,
      created_at: '',
      updated_at: '',
    })
    expect(account.tickets.get(1_000)?.row).toMatchObject({
      priority: 'high',
      group_id: 3,
      tags: ['rapport_vip'],
    })
    expect(userOf(account, 100)?.user_fields['flag']).toBe(true)
  })
})
