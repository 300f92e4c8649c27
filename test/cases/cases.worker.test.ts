import { describe, expect, test } from 'vitest'
import { gapOf } from '../../worker/cases/group.ts'
import { idsOf, inOrder } from '../support/cases.ts'
import { call, json, newAccount } from '../support/worker/api.ts'
import { keepUpWith, rebuild } from '../support/worker/rebuild.ts'

const hour = 3_600_000
const day = 24 * hour
/** The last noon, so that the same tickets fall on different days at any time of the day. */
const now = Math.floor((Date.now() - 12 * hour) / day) * day + 12 * hour
const ago = (hours: number) => new Date(now - hours * hour).toISOString()

/** A ticket so many hours ago; solved so many hours after it was made. */
function ticket(id: string, hours: number, more: Record<string, unknown> = {}, solved?: number) {
  return {
    id,
    channel: 'email',
    requester: { id: 'zendesk:1' },
    status: solved === undefined ? 'open' : 'solved',
    createdAt: ago(hours),
    ...(solved !== undefined && { solvedAt: ago(hours - solved) }),
    ...more,
  }
}

const message = (id: string, ticketId: string, hours: number, author: string) => ({
  id,
  ticketId,
  at: ago(hours),
  author,
  public: true,
  text: 'Hello',
})

/** One person: two tickets a day apart, one two weeks later that stays open, by chat. */
const tickets = [
  ticket('a', 600, { type: 'delivery', orderIds: ['7'] }, 5),
  ticket('b', 580, { type: 'delivery', orderIds: ['7'], reopens: 1 }, 10),
  ticket('c', 200, { channel: 'chat', type: 'return' }),
]
const messages = [
  message('m1', 'a', 600, 'customer'),
  message('m2', 'a', 599, 'bot'),
  message('m3', 'a', 598, 'agent'),
]

async function shop(body: readonly unknown[] = tickets, said: readonly unknown[] = messages) {
  const { id, key } = await newAccount()
  await json('PUT', '/v1/tickets', { key, body })
  if (said.length > 0) await json('PUT', '/v1/messages', { key, body: said })
  await keepUpWith(id)
  return { id, key }
}

interface Metrics {
  cases: number
  tickets: number
  resolved: number
  open: number
  resolutionRate: number
  reopened: number
  firstReply: { median: number | null }
  medianHours: number | null
  groups: { key: string; cases: number }[]
}
const path = '/v1/aggregation-methods'
const metrics = (key: string, method = 'default', query = '') =>
  json<Metrics>('GET', `${path}/${method}/metrics${query}`, { key })
const cases = (key: string, method = 'default', query = '') =>
  json<{ items: { id: string; tickets: string[] }[]; total: number; next: string | null }>(
    'GET',
    `${path}/${method}/cases${query}`,
    { key },
  )

describe('the default method', () => {
  test('groups one customer’s tickets within 72 hours and tells what became of the cases', async () => {
    const { key } = await shop()
    expect(await metrics(key)).toMatchObject({
      cases: 2,
      tickets: 3,
      resolved: 1,
      open: 1,
      resolutionRate: 0.5,
      reopened: 1,
      customers: 1,
      repeatCustomers: 1,
      firstReply: { median: 2 },
      medianHours: 30,
      groups: [],
    })
    expect((await cases(key)).items.map((one) => one.tickets)).toEqual([['c'], ['a', 'b']])
  })

  test('tells them by channel, by type and by group', async () => {
    const { key } = await shop()
    const by = async (name: string) =>
      (await metrics(key, 'default', `?by=${name}`)).groups.map((one) => [one.key, one.cases])
    expect(await by('channel')).toEqual([
      ['chat', 1],
      ['email', 1],
    ])
    expect(await by('type')).toEqual([
      ['delivery', 1],
      ['return', 1],
    ])
    expect(await by('group')).toEqual([['(none)', 2]])
  })

  test('leaves out what was made more than three months back, and says nothing of nobody', async () => {
    const { key } = await shop([ticket('old', 24 * 120, {}, 1)], [])
    expect(await metrics(key)).toMatchObject({ cases: 0, resolutionRate: null, medianHours: null })
  })

  test('pages its cases', async () => {
    const { key } = await shop()
    const first = await cases(key, 'default', '?limit=1')
    expect([first.total, first.next]).toEqual([2, '1'])
    expect((await cases(key, 'default', '?limit=1&after=1')).items[0]?.tickets).toEqual(['a', 'b'])
    expect((await cases(key, 'default', '?resolved=true')).total).toBe(1)
  })
})

describe('an analysis', () => {
  test('tells cases by agent and by segment of the person on the day, and the days before', async () => {
    const body = tickets.map((one, n) => ({ ...one, assignee: { id: '5', name: `Agent ${n}` } }))
    const { key } = await shop(body)
    const by = async (name: string, days = '') =>
      (await metrics(key, 'default', `?by=${name}${days}`)).groups.map((one) => [
        one.key,
        one.cases,
      ])
    expect(await by('agent')).toEqual([
      ['Agent 1', 1],
      ['Agent 2', 1],
    ])
    // The second ticket makes a repeat contact of somebody who never bought.
    expect(await by('segment')).toEqual([
      ['new_contact', 1],
      ['repeat_contact', 1],
    ])
    const dayOf = (hours: number) => ago(hours).slice(0, 10)
    const query = `?from=${dayOf(250)}&to=${dayOf(0)}`
    const told = await json<{ cases: number; previous: { cases: number } }>(
      'GET',
      `${path}/default/metrics${query}`,
      { key },
    )
    expect([told.cases, told.previous.cases]).toEqual([1, 0])
    const far = await json<{ previous: { cases: number } }>(
      'GET',
      `${path}/default/metrics?from=${dayOf(570)}&to=${dayOf(0)}`,
      { key },
    )
    expect(far.previous.cases).toBe(1)
  })

  test('counts working time only where it is asked to', async () => {
    const { id, key } = await newAccount()
    const intervals = [1, 2, 3, 4, 5, 6, 7].map((day) => ({ day, start: '09:00', end: '17:00' }))
    const schedules = [{ from: '2020-01-01', timeZone: 'UTC', intervals }]
    await json('PATCH', '/v1/account', { key, body: { schedules } })
    const at = `${ago(24 * 10).slice(0, 10)}T16:00:00Z`
    const solvedAt = `${ago(24 * 9).slice(0, 10)}T10:00:00Z`
    const body = [{ ...ticket('a', 1), status: 'solved', createdAt: at, solvedAt }]
    await json('PUT', '/v1/tickets', { key, body })
    await keepUpWith(id)
    expect(await metrics(key)).toMatchObject({ medianHours: 18 })
    // One hour of the first day, one of the second.
    expect(await metrics(key, 'default', '?hours=business')).toMatchObject({ medianHours: 2 })
  })
})

describe('methods of an account', () => {
  const topics = [1, '1', undefined, '', 'x', ['x', 'y'], 'x'] as const
  test.each([
    [
      'single values',
      topics.filter((topic) => !Array.isArray(topic)),
      { '(none)': 1, '1': 1, x: 1 },
    ],
    ['several values too', topics, { '(none)': 1, '1': 1, x: 1, 'x y': 1 }],
  ])('one key: what reads alike is one value, nothing is one too (%s)', async (_, of, expected) => {
    const body = of.map((Topic, n) =>
      ticket(`t${n}`, 50 - n, Topic === undefined ? {} : { fields: { Topic } }),
    )
    const { key } = await shop(body, [])
    const method = { name: 'Topic', keys: ['field:Topic'], gapHours: 72, filter: [] }
    const { id } = await json<{ id: string }>('POST', path, { key, body: method, status: 201 })
    const { cases: count, groups } = await metrics(key, id, '?by=key')
    expect(Object.fromEntries(groups.map((one) => [one.key, one.cases]))).toEqual(expected)
    expect(count).toBe(Object.keys(expected).length)
  })

  test('group by keys, gap and filter; one that is deleted leaves the others alone', async () => {
    const { key } = await shop()
    const make = async (body: unknown) =>
      (await json<{ id: string }>('POST', path, { key, body, status: 201 })).id
    const order = await make({ name: 'Order', keys: ['order', 'channel'], gapHours: null })
    const mail = await make({
      name: 'Mail',
      keys: [],
      gapHours: 1,
      filter: [{ property: 'channel', op: '=', value: 'email' }],
    })
    const keysOf = async (id: string) =>
      (await metrics(key, id, '?by=key')).groups.map((one) => one.key)
    expect(await keysOf(order)).toEqual(['(none) · chat', '7 · email'])
    expect(await metrics(key, mail)).toMatchObject({ cases: 2, tickets: 2 })
    expect((await call('DELETE', `${path}/${order}`, { key })).status).toBe(204)
    expect(await metrics(key, mail)).toMatchObject({ cases: 2, tickets: 2 })
    expect((await json<{ total: number }>('GET', path, { key })).total).toBe(2)
  })

  test('are not overwritten by somebody who read an older version', async () => {
    const { key } = await shop([], [])
    const body = { name: 'Two days', keys: [], gapHours: 48, version: 0 }
    const change = async () => (await call('PUT', `${path}/default`, { key, body })).status
    expect([await change(), await change()]).toEqual([200, 409])
    expect(await json('GET', `${path}/default`, { key })).toMatchObject({
      name: 'Two days',
      version: 1,
    })
  })

  test.each([
    [{ name: '', keys: [], gapHours: 1 }, 'name'],
    [{ name: 'x', keys: ['customer'], gapHours: 1 }, 'keys[0]'],
    [{ name: 'x', keys: ['type', 'type'], gapHours: 1 }, 'keys'],
    [{ name: 'x', keys: [], gapHours: -1 }, 'gapHours'],
    [
      { name: 'x', keys: [], gapHours: 1, filter: [{ property: 'total', op: '=', value: 1 }] },
      'filter[0].property',
    ],
  ])('that are not valid are refused with the place: %j', async (body, place) => {
    const { key } = await newAccount()
    const response = await call('POST', path, { key, body })
    const { errors } = await response.json<{ errors: { path: string }[] }>()
    expect([response.status, errors[0]?.path]).toEqual([422, place])
  })
})

test('a method can be tried on the last thirty days before it is saved', async () => {
  const { key } = await shop()
  const body = { name: 'Try', keys: [], gapHours: 1 }
  expect(await json('POST', `${path}/preview`, { key, body })).toMatchObject({ cases: 3 })
  expect((await json<{ total: number }>('GET', path, { key })).total).toBe(1)
})

describe('what a human says', () => {
  test('splits and joins cases, outlives what comes later, and can be taken back', async () => {
    const { id, key } = await shop()
    const say = (verb: string, one: string, body: unknown) =>
      json('POST', `/v1/cases/default:${one}/${verb}`, { key, body })
    await say('split', 'a', { ticket: 'b' })
    await say('join', 'c', { ticket: 'c' })
    expect((await cases(key)).items.map((one) => one.tickets)).toEqual([['b', 'c'], ['a']])
    await json('PUT', '/v1/tickets', { key, body: [ticket('d', 199)] })
    await keepUpWith(id)
    expect((await cases(key)).items.map((one) => one.tickets)).toEqual([['b', 'c', 'd'], ['a']])
    await say('split', 'a', { ticket: 'b', undo: true })
    expect((await cases(key)).items.map((one) => one.tickets)).toEqual([['a', 'b', 'c', 'd']])
    const stranger = await call('POST', '/v1/cases/default:x/split', { key, body: { ticket: 'x' } })
    expect(stranger.status).toBe(404)
  })
})

describe('looking at two methods, and at many gaps', () => {
  test('names the tickets that go to another case', async () => {
    const { key } = await shop()
    const body = { name: 'An hour', keys: [], gapHours: 1 }
    const { id } = await json<{ id: string }>('POST', path, { key, body, status: 201 })
    expect(await json('GET', `${path}/compare?a=default&b=${id}`, { key })).toMatchObject({
      a: { cases: 2 },
      b: { cases: 3 },
      moved: [{ ticket: 'b', a: 'a', b: 'b' }],
      totalMoved: 1,
    })
  })

  test('shows how a figure follows the gap', async () => {
    const { key } = await shop()
    const { items } = await json<{ items: { gapHours: number; value: number }[] }>(
      'GET',
      `${path}/default/sensitivity?metric=cases`,
      { key },
    )
    expect(items.map(({ gapHours, value }) => [gapHours, value])).toEqual([
      [1, 3],
      [4, 3],
      [12, 3],
      [24, 2],
      [48, 2],
      [72, 2],
      [168, 2],
      [336, 2],
      [720, 1],
    ])
  })
})

test('a thousand persons whose tickets arrive each in an order of its own end in the cases of a rebuild', async () => {
  const { id, key } = await newAccount()
  let seed = 5
  const random = (below: number) => {
    seed = (seed * 48_271) % 2_147_483_647
    return seed % below
  }
  const persons = Array.from({ length: 1_000 }, (_, p) => {
    const own = Array.from({ length: 5 }, (__, n) =>
      ticket(
        `${p}-${n}`,
        30 + random(1_500),
        { requester: { id: `zendesk:${p}` } },
        random(3) === 0 ? undefined : 3,
      ),
    )
    const order = [0, 1, 2, 3, 4].toSorted(() => random(2) * 2 - 1)
    return { own, order }
  })
  // Each comes once as it was before an edit, or belonged to somebody else, and once as it is.
  const sent = (round: number, early: boolean) =>
    persons.map(({ own, order }, p) => {
      const one = own[order[round] ?? 0]
      const before = {
        channel: 'chat',
        createdAt: ago(2_000),
        requester: { id: `zendesk:${(p + 1) % 7}` },
      }
      return early ? { ...one, ...before, updatedAt: ago(20) } : { ...one, updatedAt: ago(10) }
    })
  for (let round = 0; round < 5; round += 1) {
    for (const early of round % 2 === 0 ? [true, false] : [false, true]) {
      await json('PUT', '/v1/tickets', { key, body: sent(round, early) })
    }
    if (round % 2 === 1) await keepUpWith(id)
  }
  await json('PUT', '/v1/tickets', {
    key,
    body: [ticket('gone', 100, { requester: { id: 'zendesk:3' } })],
  })
  await call('DELETE', '/v1/tickets/gone', { key })
  const expected = persons.flatMap(({ own }) =>
    idsOf(
      inOrder(
        own.map((one) => {
          const at = Date.parse(one.createdAt)
          const solvedAt = 'solvedAt' in one ? Date.parse(String(one.solvedAt)) : at
          return { id: one.id, at, activity: solvedAt }
        }),
      ),
      gapOf(72, 'activity'),
    ).map((one) => one.join(' ')),
  )
  const all = async () => {
    const found: string[] = []
    let next: string | null = '0'
    while (next !== null) {
      const page: Awaited<ReturnType<typeof cases>> = await cases(
        key,
        'default',
        `?limit=200&after=${next}`,
      )
      found.push(...page.items.map(({ tickets: some }) => some.join(' ')))
      next = page.next
    }
    return found.toSorted()
  }
  const incremental = await all()
  await rebuild(id)
  await keepUpWith(id)
  expect(incremental).toEqual(expected.toSorted())
  expect(await all()).toEqual(incremental)
  expect(incremental.join(' ').split(' ')).toHaveLength(5_000)
})

test('an analysis reads a dozen rows and one for each slice, however many tickets there are', async () => {
  const rows = async (count: number) => {
    const many = Array.from({ length: count }, (_, n) =>
      ticket(`t${n}`, n % 2_000, { requester: { id: `zendesk:${n % 50}` } }),
    )
    const { key } = await shop(many, [])
    const response = await call('GET', `${path}/default/metrics?by=channel`, { key })
    return Number(/read=(\d+)/.exec(response.headers.get('Server-Timing') ?? '')?.[1])
  }
  const [few, many] = [await rows(100), await rows(1_500)]
  console.log(`rows read by an analysis: ${few} and ${many}`)
  expect(many).toBe(few)
  expect(many).toBeLessThanOrEqual(12)
})
