import { expect, test } from 'vitest'
import type { Item, View } from '../../worker/satisfaction/view.ts'
import { call, json, newAccount } from '../support/worker/api.ts'
import { compactAll, opened } from '../support/worker/columns.ts'
import { connectedAccount, sessionOf } from '../support/worker/desk.ts'

let serial = 0

interface Given {
  customer?: string
  channel?: string
  created?: string
  rated?: string | null
  offered?: string
  level?: number
  scale?: number
  reasons?: string[]
  agent?: { id: string; name: string }
  comment?: string
}

/** A ticket with its rating; rated at noon of a day. */
function rated(given: Given) {
  serial += 1
  const { customer = `c${serial}`, channel = 'email', level = 5, scale = 5 } = given
  const ratedAt = given.rated === null ? null : `${given.rated ?? '2026-03-10'}T12:00:00Z`
  const ticket = {
    id: `t${serial}`,
    channel,
    requester: { id: customer, name: `Customer ${customer}` },
    subject: `About ${serial}`,
    status: 'solved',
    createdAt: `${given.created ?? '2026-01-02'}T12:00:00Z`,
  }
  const rating = {
    id: `r${serial}`,
    ticketId: ticket.id,
    scale,
    ...(ratedAt !== null && { ratedAt, level }),
    ...(given.offered !== undefined && { offeredAt: `${given.offered}T12:00:00Z` }),
    ...(given.reasons !== undefined && { reasons: given.reasons }),
    ...(given.agent !== undefined && { agent: given.agent }),
    ...(given.comment !== undefined && { comment: given.comment }),
  }
  return { ticket, rating }
}

async function put(key: string, list: readonly ReturnType<typeof rated>[]) {
  for (let at = 0; at < list.length; at += 2_000) {
    const some = list.slice(at, at + 2_000)
    await json('PUT', '/v1/tickets', { key, body: some.map(({ ticket }) => ticket) })
    await json('PUT', '/v1/ratings', { key, body: some.map(({ rating }) => rating) })
  }
}

const many = (count: number, given: Given) => Array.from({ length: count }, () => rated(given))

const march = 'period=month&from=2026-03-01&to=2026-03-31'
const ask = (key: string, query: string) => json<View>('GET', `/v1/satisfaction?${query}`, { key })

async function marchOf(key: string, more = ''): Promise<Item> {
  const { items } = await ask(key, `${march}${more}`)
  const [item] = items
  if (item === undefined || items.length !== 1) throw new Error('not one month')
  return item
}

const rowsRead = (response: Response) =>
  Number(/read=(\d+)/.exec(response.headers.get('Server-Timing') ?? '')?.[1])

const points = (value: number | null | undefined) => Math.round((value ?? Number.NaN) * 1e5) / 1e3

test('both channels rise and the total falls: shown exactly, with an arrow for the total alone', async () => {
  const { id, key } = await newAccount()
  await put(key, [
    ...many(690, { channel: 'chat', rated: '2026-02-10', level: 5 }),
    ...many(60, { channel: 'chat', rated: '2026-02-10', level: 2 }),
    ...many(175, { channel: 'email', rated: '2026-02-10', level: 4 }),
    ...many(75, { channel: 'email', rated: '2026-02-10', level: 1 }),
    ...many(348, { channel: 'chat', level: 5 }),
    ...many(27, { channel: 'chat', level: 2 }),
    ...many(445, { channel: 'email', level: 4 }),
    ...many(180, { channel: 'email', level: 1 }),
  ])
  const query = `${march}&by=channel,level,reason,hours,agent`
  const { items, groups } = await ask(key, query)
  const change = items[0]?.change
  expect([points(items[0]?.rate), points(items[0]?.previous.rate)]).toEqual([79.3, 86.5])
  expect(points(change?.value)).toBe(-7.2)
  expect([points(change?.low), points(change?.high)]).toEqual([-10.484, -3.907])
  expect([change?.significant, change?.needed]).toEqual([true, 0])
  const channels = (change?.parts ?? []).filter(({ by }) => by === 'channel')
  const sum = (read: (part: (typeof channels)[number]) => number) =>
    points(channels.reduce((total, part) => total + read(part), 0))
  expect([sum(({ rate }) => rate), sum(({ mix }) => mix)]).toEqual([0.975, -8.175])
  const chat = groups.find((group) => group.by === 'channel' && group.key === 'chat')
  const email = groups.find((group) => group.by === 'channel' && group.key === 'email')
  expect([points(chat?.change?.value), points(email?.change?.value)]).toEqual([0.8, 1.2])
  expect([chat?.change?.significant, email?.change?.significant]).toEqual([false, false])
  for (const by of ['channel', 'level', 'reason', 'hours', 'agent']) {
    const parts = (change?.parts ?? []).filter((part) => part.by === by)
    const total = parts.reduce((all, part) => all + part.rate + part.mix, 0)
    expect(Math.abs(total - (change?.value ?? 0))).toBeLessThan(1e-9)
  }
  const { db, account } = await opened(id)
  await compactAll(db, account, Date.now(), 20_000)
  const response = await call('GET', `/v1/satisfaction?${query}`, { key })
  const stored: View = await response.json()
  expect(stored.items).toEqual(items)
  expect(stored.groups).toEqual(groups)
  // The account's row, journal and directory, and one row each for persons and surveys.
  expect(rowsRead(response)).toBeLessThanOrEqual(12)
  // One more row for the ids; for each rating its own row, place, ticket and customer.
  const listed = await call('GET', `/v1/satisfaction/tickets?${march}&limit=10`, { key })
  expect(rowsRead(listed)).toBeLessThanOrEqual(12 + 10 * 5)
})

test('levels, distribution and reasons: three scales, reasons only at neutral or worse', async () => {
  const { key } = await newAccount()
  await put(key, [
    rated({ level: 5, reasons: ['Slow reply'] }),
    rated({ level: 4 }),
    rated({ level: 3, reasons: ['Slow reply', 'Wrong item'] }),
    rated({ level: 1, reasons: ['Slow reply'] }),
    rated({ scale: 3, level: 3 }),
    rated({ scale: 3, level: 2 }),
    rated({ scale: 2, level: 2 }),
    rated({ scale: 2, level: 1, reasons: ['Rude'] }),
  ])
  const item = await marchOf(key)
  expect(item).toMatchObject({
    ratings: 8,
    levels: [2, 0, 2, 1, 3],
    rate: 0.5,
    scales: [2, 3, 5],
    asked: 4,
    reasons: [
      { reason: 'Slow reply', ratings: 2, share: 0.5 },
      { reason: 'Rude', ratings: 1, share: 0.25 },
      { reason: 'Wrong item', ratings: 1, share: 0.25 },
    ],
    previous: { ratings: 0, rate: null },
    change: null,
  })
  expect(await marchOf(key, '&reason=Slow+reply')).toMatchObject({
    ratings: 2,
    offered: null,
    responseRate: null,
  })
  expect(await marchOf(key, '&level=1&level=3')).toMatchObject({ ratings: 4, rate: 0 })
})

test('one rating: its rate is shown, an arrow is not', async () => {
  const { key } = await newAccount()
  await put(key, [rated({ level: 1 }), rated({ level: 5, rated: '2026-02-10' })])
  expect(await marchOf(key)).toMatchObject({
    ratings: 1,
    rate: 0,
    change: { value: -1, significant: false },
  })
})

test('a rating changed later counts once, with its last level, in the period of the change', async () => {
  const { key } = await newAccount()
  const first = rated({ rated: '2026-02-10', level: 1 })
  await put(key, [first])
  const changed = { ...first.rating, ratedAt: '2026-03-05T12:00:00Z', level: 5 }
  await json('PUT', '/v1/ratings', { key, body: [changed] })
  const again = { ...first.rating, id: 'another', ratedAt: '2026-03-09T12:00:00Z', level: 4 }
  await json('PUT', '/v1/ratings', { key, body: [again] })
  const item = await marchOf(key)
  expect(item).toMatchObject({ ratings: 1, levels: [0, 0, 0, 1, 0], previous: { ratings: 0 } })
})

test('the response rate belongs to the day of the offer, whenever the answer came', async () => {
  const { key } = await newAccount()
  await put(key, [
    rated({ offered: '2026-02-20', rated: '2026-03-02' }),
    rated({ offered: '2026-03-20', rated: '2026-04-02' }),
    rated({ offered: '2026-03-20', rated: null }),
    rated({ offered: '2026-03-20', rated: null, channel: 'chat' }),
    rated({ rated: '2026-03-03' }),
  ])
  const item = await marchOf(key)
  expect(item).toMatchObject({
    ratings: 2,
    offered: 3,
    answered: 1,
    previous: { offered: 1, answered: 1 },
  })
  expect(await marchOf(key, '&channel=chat')).toMatchObject({
    ratings: 0,
    rate: null,
    offered: 1,
    answered: 0,
    responseRate: 0,
  })
})

test('periods go by the rating’s day or the ticket’s, in the zone of the shop', async () => {
  const { key } = await newAccount({ timeZone: 'Asia/Seoul' })
  const late = rated({ created: '2026-01-15' })
  late.rating = { ...late.rating, ratedAt: '2026-02-28T15:30:00Z', level: 5 }
  await put(key, [late])
  expect(await marchOf(key)).toMatchObject({ ratings: 1 })
  expect(await marchOf(key, '&basis=ticket')).toMatchObject({ ratings: 0 })
  const january = await ask(key, 'period=month&from=2026-01-01&to=2026-01-31&basis=ticket')
  expect(january.items[0]).toMatchObject({ ratings: 1 })
})

test('working and off hours follow the schedule of the first customer message, and make up all', async () => {
  const { key } = await newAccount()
  const intervals = [1, 2, 3, 4, 5].map((day) => ({ day, start: '09:00', end: '18:00' }))
  await put(key, [
    rated({ created: '2026-03-02' }),
    rated({ created: '2026-03-07' }),
    rated({ created: '2026-03-08', level: 1 }),
  ])
  expect(await marchOf(key, '&hours=off')).toMatchObject({ ratings: 0 })
  const body = { schedules: [{ from: '2026-01-01', timeZone: 'UTC', intervals, holidays: [] }] }
  await json('PATCH', '/v1/account', { key, body })
  expect(await marchOf(key)).toMatchObject({ ratings: 3 })
  expect(await marchOf(key, '&hours=working')).toMatchObject({ ratings: 1 })
  expect(await marchOf(key, '&hours=off')).toMatchObject({ ratings: 2, rate: 0.5 })
  const saturday = {
    id: 'm1',
    ticketId: `t${serial}`,
    at: '2026-03-09T10:00:00Z',
    author: 'customer',
    public: true,
    text: 'Hello?',
  }
  await json('PUT', '/v1/messages', { key, body: [saturday] })
  expect(await marchOf(key, '&hours=working')).toMatchObject({ ratings: 2, rate: 0.5 })
})

test('agents are ranked by adjusted rates, and stand out only where the interval leaves out zero', async () => {
  const { key } = await newAccount()
  const [ada, ben, cid] = ['Ada', 'Ben', 'Cid'].map((name, k) => ({ id: String(k + 1), name }))
  if (ada === undefined || ben === undefined || cid === undefined) throw new Error('three agents')
  await put(key, [
    ...many(92, { agent: ada, level: 5 }),
    ...many(8, { agent: ada, level: 1 }),
    ...many(60, { agent: ben, level: 5 }),
    ...many(40, { agent: ben, level: 1 }),
    ...many(3, { agent: cid, level: 5 }),
  ])
  const { groups } = await ask(key, `${march}&by=agent`)
  expect(groups.map(({ name, rate, standing }) => [name, rate, standing])).toEqual([
    ['Ada', 0.92, 'above'],
    ['Cid', 1, null],
    ['Ben', 0.6, 'below'],
  ])
  expect(groups.map(({ adjustedRate }) => (adjustedRate ?? 0) < 0.93)).toEqual([true, true, true])
  expect((await ask(key, `${march}&agent=1&agent=3`)).items[0]).toMatchObject({ ratings: 103 })
})

const order = (id: string, customer: string, placed: string, total: number, channel = 'web') => ({
  id,
  channel,
  customer: { id: customer },
  placedAt: `${placed}T10:00:00Z`,
  status: 'paid',
  currency: 'GBP',
  total,
})

test('segments are those of the rating’s day, and groups go by exact combination', async () => {
  const { key } = await newAccount()
  const body = [
    order('o1', 'mina', '2026-03-01', 100),
    order('o2', 'mina', '2026-03-20', 100, 'market'),
    order('o3', 'theo', '2024-01-01', 500),
  ]
  await json('PUT', '/v1/orders', { key, body })
  await put(key, [
    rated({ customer: 'mina', rated: '2026-03-10', level: 5 }),
    rated({ customer: 'mina', rated: '2026-03-25', level: 1 }),
    rated({ customer: 'theo', rated: '2026-03-25', level: 4 }),
  ])
  const { groups } = await ask(key, `${march}&by=segment`)
  expect(Object.fromEntries(groups.map((group) => [group.key, group.ratings]))).toEqual({
    '(none)': 1,
    new_customer: 1,
    'new_customer + repeat_customer': 1,
  })
  expect(groups.find((group) => group.key === 'new_customer + repeat_customer')?.name).toBe(
    'New customer + Repeat customer',
  )
  expect(await marchOf(key, '&segment=new_customer')).toMatchObject({ ratings: 2 })
  expect(await marchOf(key, '&segment=repeat_customer')).toMatchObject({ ratings: 1, rate: 0 })
  expect(await marchOf(key, '&segment=(none)')).toMatchObject({ ratings: 1, rate: 1 })
  const channels = await ask(key, `${march}&by=instance`)
  expect(Object.fromEntries(channels.groups.map((group) => [group.key, group.ratings]))).toEqual({
    'market + web': 1,
    web: 2,
  })
  expect(await marchOf(key, '&instance=market')).toMatchObject({ ratings: 1 })
})

test('value at stake: what the persons behind bad ratings have bought, each once, the most valuable first', async () => {
  const { key } = await newAccount()
  const body = [
    order('o1', 'mina', '2026-03-01', 100),
    order('o2', 'mina', '2026-03-20', 250),
    order('o3', 'mina', '2026-04-02', 9_000),
    order('o4', 'theo', '2025-01-01', 500),
    order('o5', 'iris', '2025-01-01', 7_000),
  ]
  await json('PUT', '/v1/orders', { key, body })
  await put(key, [
    rated({ customer: 'mina', rated: '2026-03-10', level: 2 }),
    rated({ customer: 'mina', rated: '2026-03-12', level: 1 }),
    rated({ customer: 'theo', rated: '2026-03-25', level: 1 }),
    rated({ customer: 'iris', rated: '2026-03-25', level: 3 }),
    rated({ customer: 'nobody', rated: '2026-03-25', level: 1 }),
  ])
  const answer = await json('GET', `/v1/satisfaction/at-stake?${march}&limit=2`, { key })
  expect(answer).toMatchObject({
    on: '2026-03-31',
    currency: 'GBP',
    totalOrderValue: 850,
    badRatings: 4,
    total: 3,
    next: '2',
    items: [
      { totalOrderValue: 500, orders: 1, badRatings: 1, segments: [] },
      {
        totalOrderValue: 350,
        badRatings: 2,
        lastRatedAt: '2026-03-12T12:00:00.000Z',
        segments: [{ key: 'repeat_customer' }, { key: 'new_customer' }],
      },
    ],
  })
  const rest = await json('GET', `/v1/satisfaction/at-stake?${march}&limit=2&after=2`, { key })
  expect(rest).toMatchObject({ next: null, items: [{ totalOrderValue: 0, orders: 0 }] })
})

test('every figure opens its ratings: the same filters, the latest first, page by page', async () => {
  const { key } = await newAccount()
  await put(key, [
    rated({ rated: '2026-03-10', level: 1, reasons: ['Slow reply'], comment: 'Three weeks!' }),
    rated({ rated: '2026-03-12', level: 2, channel: 'chat' }),
    rated({ rated: '2026-03-11', level: 5 }),
    rated({ rated: '2026-04-11', level: 1 }),
  ])
  type Answer = { items: { ticket: string; level: number }[]; next: string | null; total: number }
  const path = `/v1/satisfaction/tickets?${march}`
  const first = await json<Answer>('GET', `${path}&limit=2`, { key })
  expect([first.items.map(({ level }) => level), first.total]).toEqual([[2, 5], 3])
  const next = encodeURIComponent(first.next ?? '')
  const second = await json<Answer>('GET', `${path}&limit=2&after=${next}`, { key })
  expect(second).toMatchObject({
    next: null,
    total: 3,
    items: [
      {
        level: 1,
        scale: 5,
        verdict: 'bad',
        reasons: ['Slow reply'],
        comment: 'Three weeks!',
        subject: `About ${serial - 3}`,
        channel: 'email',
        hours: 'working',
        ratedAt: '2026-03-10T12:00:00.000Z',
      },
    ],
  })
  const bad = await json<Answer>('GET', `${path}&level=1&level=2&channel=chat`, { key })
  expect(bad).toMatchObject({ total: 1, items: [{ level: 2 }] })
  expect((await call('GET', `${path}&after=nonsense`, { key })).status).toBe(422)
})

test('CSV files hold the figures and the ratings, and no formula gets in', async () => {
  const { key } = await newAccount()
  await put(key, [rated({ level: 1, comment: '=1+1, "oh"' })])
  const figures = await (await call('GET', `/v1/satisfaction.csv?${march}`, { key })).text()
  expect(figures.split('\r\n')[1]).toMatch(/^2026-03-01,2026-03-01,2026-03-31,1,1,0,0,0,0,0,0,/)
  const response = await call('GET', `/v1/satisfaction/tickets.csv?${march}`, { key })
  expect(response.headers.get('Content-Disposition')).toBe('attachment; filename="ratings.csv"')
  expect(await response.text()).toContain(`"'=1+1, ""oh"""`)
})

test.each([
  ['from=2026-04-01&to=2026-03-01', 'from: after "to".'],
  ['period=day&from=2020-01-01&to=2026-03-01', 'from: more than 400 periods before 2026-03-01.'],
  ['period=year', 'period: '],
  ['by=colour', 'by[0]: '],
  ['level=6', 'level: '],
  ['segment=nobody', 'segment: there is no segment "nobody".'],
  ['agnet=1', 'agnet: unknown field'],
])('%s is refused: %s', async (query, detail) => {
  const { key } = await newAccount()
  const problem = await json<{ detail: string }>('GET', `/v1/satisfaction?${query}`, {
    key,
    status: 422,
  })
  expect(problem.detail.slice(0, detail.length)).toBe(detail)
})

test('only those with the permission see it: keys by scope, users by role or name', async () => {
  const shop = await connectedAccount()
  const agent = await sessionOf(shop, '42')
  expect((await call('GET', '/v1/satisfaction', { key: agent })).status).toBe(403)
  expect((await call('GET', '/v1/satisfaction/at-stake', { key: agent })).status).toBe(403)
  await json('PUT', '/v1/permissions', {
    key: shop.key,
    body: { satisfaction: { roles: ['admin'], users: ['42'] } },
  })
  expect((await call('GET', '/v1/satisfaction', { key: agent })).status).toBe(200)
  const body = { name: 'reader', scopes: ['read'] }
  const { key } = await json<{ key: string }>('POST', '/v1/keys', {
    key: shop.key,
    body,
    status: 201,
  })
  expect((await call('GET', '/v1/satisfaction', { key })).status).toBe(403)
})

test('without any rating the periods are empty, not missing', async () => {
  const { key } = await newAccount()
  const { items, total, groups } = await ask(key, 'period=week')
  expect(items).toHaveLength(12)
  expect(items.every((item) => item.ratings === 0 && item.rate === null)).toBe(true)
  expect([total?.change, groups]).toEqual([null, []])
})

test('a bad rating is on the card with ticket, reasons and end, until a good one follows', async () => {
  const { key } = await newAccount()
  const day = (ago: number) => new Date(Date.now() - ago * 86_400_000).toISOString().slice(0, 10)
  const bad = rated({ customer: 'mina', rated: day(5), level: 1, reasons: ['Slow reply'] })
  await put(key, [rated({ customer: 'theo', rated: day(95), level: 1 }), bad])
  const card = (id: string) => json('GET', `/v1/customers/lookup?externalId=${id}`, { key })
  expect(await card('mina')).toMatchObject({
    badRating: {
      ticket: bad.ticket.id,
      day: day(5),
      level: 1,
      scale: 5,
      reasons: ['Slow reply'],
      until: day(-85),
    },
  })
  expect(await card('theo')).toMatchObject({ badRating: null })
  await json('PATCH', '/v1/account', { key, body: { badRatingDays: 120 } })
  expect(await card('theo')).toMatchObject({ badRating: { until: day(-25) } })
  await put(key, [rated({ customer: 'mina', rated: day(4), level: 5 })])
  expect(await card('mina')).toMatchObject({ badRating: null })
})
