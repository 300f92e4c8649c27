import { env } from 'cloudflare:workers'
import { expect, test } from 'vitest'
import { call, json, newAccount } from '../support/worker/api.ts'

const order = {
  id: 'shop:1',
  channel: 'web',
  customer: { id: 'shop:7', name: 'Mina' },
  placedAt: '2026-03-01T10:00:00Z',
  status: 'paid',
  currency: 'GBP',
  total: 1250,
}

async function rows(table: string, account: number) {
  const statement = env.SHARD_00.prepare(`SELECT * FROM ${table} WHERE account = ?`)
  return (await statement.bind(account).all()).results
}

function cost(response: Response): { read: number; written: number; queries: number } {
  const found = /queries=(\d+) read=(\d+) written=(\d+)/.exec(
    response.headers.get('Server-Timing') ?? '',
  )
  return { queries: Number(found?.[1]), read: Number(found?.[2]), written: Number(found?.[3]) }
}

test('stores an order once, however often it is sent', async () => {
  const { id, key } = await newAccount()
  expect(await json('PUT', '/v1/orders', { key, body: [order] })).toEqual({
    received: 1,
    changed: 1,
    unchanged: 0,
    rejected: 0,
    errors: [],
  })
  const again = await call('PUT', '/v1/orders', { key, body: [order] })
  expect(await again.json()).toMatchObject({ changed: 0, unchanged: 1 })
  expect(cost(again).written).toBe(0)
  expect(await rows('orders', id)).toMatchObject([
    { person: 1, id: 'shop:1', total: 1250, paid: 1250 },
  ])
  expect(await rows('journal', id)).toMatchObject([{ seq: 1, persons: '[1]' }])
})

test('a new order of a known person writes three rows, an update two', async () => {
  const { key } = await newAccount()
  await json('PUT', '/v1/orders', { key, body: [order] })
  const second = await call('PUT', '/v1/orders', { key, body: [{ ...order, id: 'shop:2' }] })
  expect(cost(second).written).toBe(3)
  const update = await call('PUT', '/v1/orders', { key, body: [{ ...order, total: 1300 }] })
  expect(cost(update).written).toBe(2)
})

test('the greater updatedAt wins whatever the order of arrival', async () => {
  const { id, key } = await newAccount()
  const newer = { ...order, total: 900, updatedAt: '2026-03-03T00:00:00Z' }
  const older = { ...order, total: 800, updatedAt: '2026-03-02T00:00:00Z' }
  await json('PUT', '/v1/orders', { key, body: [newer] })
  expect(await json('PUT', '/v1/orders', { key, body: [older] })).toMatchObject({ unchanged: 1 })
  expect(await rows('orders', id)).toMatchObject([{ total: 900 }])
})

test('a stale record does not move an order back to its earlier owner or date', async () => {
  const { id, key } = await newAccount()
  const moved = {
    ...order,
    customer: { id: 'shop:8' },
    placedAt: '2026-03-05T00:00:00Z',
    updatedAt: '2026-03-05T00:00:00Z',
  }
  await json('PUT', '/v1/orders', { key, body: [{ ...order, updatedAt: '2026-03-01T12:00:00Z' }] })
  await json('PUT', '/v1/orders', { key, body: [moved] })
  await json('PUT', '/v1/orders', { key, body: [{ ...order, updatedAt: '2026-03-02T12:00:00Z' }] })
  expect(await rows('orders', id)).toMatchObject([{ person: 2, at: Date.UTC(2026, 2, 5) }])
  expect(await rows('places', id)).toMatchObject([{ kind: 'order', id: 'shop:1', person: 2 }])
  expect((await rows('journal', id)).map((row) => row['persons'])).toEqual(['[1]', '[1,2]'])
})

test('messages and ratings that come before their ticket wait for it and follow its requester', async () => {
  const { id, key } = await newAccount()
  const ticket = {
    id: 'zendesk:5',
    channel: 'email',
    requester: { id: 'zendesk:u1' },
    status: 'open',
    createdAt: '2026-03-01T09:00:00Z',
  }
  await json('PUT', '/v1/messages', {
    key,
    body: [
      {
        id: 'm1',
        ticketId: 'zendesk:5',
        at: '2026-03-01T09:00:00Z',
        author: 'customer',
        public: true,
        text: 'Hello',
      },
    ],
  })
  await json('PUT', '/v1/ratings', {
    key,
    body: [
      { id: 'r1', ticketId: 'zendesk:5', ratedAt: '2026-03-02T09:00:00Z', level: 4, scale: 5 },
    ],
  })
  expect(await rows('messages', id)).toMatchObject([{ person: 0, text: null }])
  expect(await rows('journal', id)).toEqual([])
  await json('PUT', '/v1/tickets', { key, body: [ticket] })
  expect(await rows('messages', id)).toMatchObject([{ person: 1 }])
  expect(await rows('ratings', id)).toMatchObject([{ person: 1, level: 4 }])
  await json('PUT', '/v1/tickets', { key, body: [{ ...ticket, requester: { id: 'zendesk:u2' } }] })
  expect(await rows('messages', id)).toMatchObject([{ person: 2 }])
  expect(await rows('ratings', id)).toMatchObject([{ person: 2 }])
  expect((await rows('journal', id)).map((row) => row['persons'])).toEqual(['[1]', '[1,2]'])
})

test('two lines of one body with one id count once, the later line wins', async () => {
  const { id, key } = await newAccount()
  const body = [order, { ...order, total: 1 }]
  expect(await json('PUT', '/v1/orders', { key, body })).toMatchObject({
    received: 2,
    changed: 1,
    unchanged: 1,
  })
  expect(await rows('orders', id)).toMatchObject([{ total: 1 }])
})

test('reads gzipped NDJSON, keeps good lines and names bad ones', async () => {
  const { key } = await newAccount()
  const text = [
    JSON.stringify(order),
    '{broken',
    '',
    JSON.stringify({ ...order, id: 'shop:2', status: 'payed', total: 1.5 }),
    JSON.stringify({ ...order, id: 'shop:3', customer: {} }),
  ].join('\n')
  const body = new Blob([text]).stream().pipeThrough(new CompressionStream('gzip'))
  const response = await call('PUT', '/v1/orders', {
    key,
    body,
    headers: { 'Content-Type': 'application/x-ndjson', 'Content-Encoding': 'gzip' },
  })
  expect(response.status).toBe(200)
  const summary = await response.json<{ errors: { line: number; path: string }[] }>()
  expect(summary).toMatchObject({ received: 4, changed: 1, rejected: 3 })
  expect(summary.errors.map(({ line, path }) => [line, path])).toEqual([
    [2, ''],
    [4, 'status'],
    [4, 'total'],
    [5, 'customer'],
  ])
})

test('a body without one good line is refused as a whole', async () => {
  const { key } = await newAccount()
  const response = await call('PUT', '/v1/orders', { key, body: [{ id: 'x' }] })
  expect(response.status).toBe(422)
  expect(await response.json()).toMatchObject({ title: 'Some values are not valid' })
})

test.each([
  ['text/plain', '[]', 415],
  ['application/json', '{}', 400],
  ['application/json', '[', 400],
])('a body of type %s with %s is answered %d', async (type, body, status) => {
  const { key } = await newAccount()
  const response = await call('PUT', '/v1/orders', { key, body, headers: { 'Content-Type': type } })
  expect(response.status).toBe(status)
})

test('customer records keep dated sights of traits and tags that changed', async () => {
  const { id, key } = await newAccount()
  const customer = {
    id: 'shop:7',
    name: 'Mina',
    traits: { plan: 'gold', seats: 3 },
    tags: ['vip'],
    updatedAt: '2026-01-01T00:00:00Z',
  }
  expect(await json('PUT', '/v1/customers', { key, body: [customer] })).toMatchObject({
    changed: 1,
  })
  expect(await json('PUT', '/v1/customers', { key, body: [customer] })).toMatchObject({
    unchanged: 1,
  })
  await json('PUT', '/v1/customers', {
    key,
    body: [
      { id: 'shop:7', traits: { plan: 'silver' }, tags: [], updatedAt: '2026-02-01T00:00:00Z' },
    ],
  })
  const seen = (await rows('observations', id)).map((row) => [row['name'], row['at'], row['value']])
  expect(seen).toEqual([
    ['tag:vip', Date.UTC(2026, 0, 1), 'true'],
    ['tag:vip', Date.UTC(2026, 1, 1), 'false'],
    ['trait:plan', Date.UTC(2026, 0, 1), '"gold"'],
    ['trait:plan', Date.UTC(2026, 1, 1), '"silver"'],
    ['trait:seats', Date.UTC(2026, 0, 1), '3'],
    ['trait:seats', Date.UTC(2026, 1, 1), 'null'],
  ])
  expect(await rows('profiles', id)).toMatchObject([
    { name: 'Mina', traits: '{"plan":"silver"}', tags: '[]' },
  ])
})
