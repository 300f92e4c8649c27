import { env } from 'cloudflare:workers'
import { expect, test } from 'vitest'
import { call, json, newAccount } from '../support/worker/api.ts'

let serial = 0
function order(customer: Record<string, unknown>, overrides: Record<string, unknown> = {}) {
  serial += 1
  return {
    id: `o${serial}`,
    channel: 'web',
    customer,
    placedAt: '2026-03-01T10:00:00Z',
    status: 'paid',
    currency: 'GBP',
    total: 100,
    ...overrides,
  }
}

async function owners(account: number, table = 'orders') {
  const { results } = await env.SHARD_00.prepare(
    `SELECT id, person FROM ${table} WHERE account = ? ORDER BY CAST(substr(id, 2) AS INTEGER), id`,
  )
    .bind(account)
    .all<{ id: string; person: number }>()
  return results.map((row) => row.person)
}

async function suggestions(key: string, person: number) {
  const { items } = await json<{ items: { person: number; key: string; state: string }[] }>(
    'GET',
    `/v1/customers/${person}/suggestions`,
    { key },
  )
  return items
}

const mail = { email: 'Mina@Example.com' }

test('a verified e-mail joins a new shop id to the person who has it verified', async () => {
  const { id, key } = await newAccount()
  const body = [
    order({ id: 'shop:1', ...mail, verified: true }),
    order({ id: 'market:9', email: 'mina@example.com', verified: true }),
  ]
  await json('PUT', '/v1/orders', { key, body })
  expect(await owners(id)).toEqual([1, 1])
})

test('an e-mail that is not verified on both sides makes a suggestion, not a merge', async () => {
  const { id, key } = await newAccount()
  await json('PUT', '/v1/orders', { key, body: [order({ id: 'shop:1', ...mail, verified: true })] })
  await json('PUT', '/v1/orders', { key, body: [order({ id: 'market:9', ...mail })] })
  expect(await owners(id)).toEqual([1, 2])
  expect(await suggestions(key, 2)).toEqual([
    { person: 1, key: 'email:mina@example.com', state: 'open' },
  ])
  await json('POST', '/v1/customers/1/suggestions/dismiss', { key, body: { person: 2 } })
  expect(await suggestions(key, 1)).toMatchObject([{ person: 2, state: 'dismissed' }])
  const undo = { person: 2, undo: true }
  await json('POST', '/v1/customers/1/suggestions/dismiss', { key, body: undo })
  expect(await suggestions(key, 1)).toMatchObject([{ person: 2, state: 'open' }])
})

test('an event without an id goes to the owner of its e-mail, else of its phone', async () => {
  const { id, key } = await newAccount()
  const body = [
    order({ id: 'shop:1', ...mail }),
    order({ id: 'shop:2', phone: '+44 20 7946 0000' }),
    order({ ...mail, phone: '+442079460000' }),
    order({ email: 'new@example.com', phone: '+442079460000' }),
    order({ phone: '+442079460000' }),
    order({ email: 'NEW@example.com' }),
  ]
  await json('PUT', '/v1/orders', { key, body })
  expect(await owners(id)).toEqual([1, 2, 1, 2, 2, 2])
})

test('keys of one event that name two persons never merge them', async () => {
  const { id, key } = await newAccount()
  const body = [
    order({ id: 'shop:1', ...mail, verified: true }),
    order({ id: 'shop:2', phone: '+442079460000', verified: true }),
    order({ id: 'shop:3', ...mail, phone: '+442079460000', verified: true }),
  ]
  await json('PUT', '/v1/orders', { key, body })
  expect(await owners(id)).toEqual([1, 2, 1])
  expect(await suggestions(key, 1)).toEqual([
    { person: 2, key: 'phone:+442079460000', state: 'open' },
  ])
})

test('a relay address of a marketplace is a key inside its channel only', async () => {
  const { id, key } = await newAccount()
  const relay = { email: 'abc@marketplace.amazon.co.uk', verified: true }
  const body = [order(relay), order(relay, { channel: 'other shop' }), order(relay)]
  await json('PUT', '/v1/orders', { key, body })
  expect(await owners(id)).toEqual([1, 2, 1])
})

test('a merge moves everything, a second order of either goes to the survivor, undo restores both', async () => {
  const { id, key } = await newAccount()
  await json('PUT', '/v1/orders', { key, body: [order({ id: 'shop:1' }), order({ id: 'shop:2' })] })
  const ticket = {
    id: 't1',
    channel: 'email',
    requester: { id: 'shop:2' },
    status: 'open',
    createdAt: '2026-03-01T09:00:00Z',
  }
  await json('PUT', '/v1/tickets', { key, body: [ticket] })
  await json('PUT', '/v1/ratings', {
    key,
    body: [{ id: 'r1', ticketId: 't1', ratedAt: '2026-03-02T09:00:00Z', level: 4, scale: 5 }],
  })
  const merged = await json<{ id: number }>('POST', '/v1/customers/1/merge', {
    key,
    body: { from: 2 },
  })
  expect(merged).toMatchObject({ from: 2, into: 1 })
  await json('PUT', '/v1/orders', { key, body: [order({ id: 'shop:2' })] })
  expect(await owners(id)).toEqual([1, 1, 1])
  expect(await owners(id, 'ratings')).toEqual([1])
  expect(await owners(id, 'places')).toEqual([1, 1, 1, 1])
  await json('POST', '/v1/customers/1/undo', { key, body: { move: merged.id } })
  expect(await owners(id)).toEqual([1, 2, 2])
  expect(await owners(id, 'ratings')).toEqual([2])
  const again = await call('POST', '/v1/customers/1/undo', { key, body: { move: merged.id } })
  expect(again.status).toBe(409)
})

test('a split gives the chosen source customers a person of their own; ids are never given twice', async () => {
  const { id, key } = await newAccount()
  await json('PUT', '/v1/orders', {
    key,
    body: [
      order({ id: 'a', ...mail, verified: true }),
      order({ id: 'b', ...mail, verified: true }),
    ],
  })
  expect(await owners(id)).toEqual([1, 1])
  const split = await json<{ into: number }>('POST', '/v1/customers/1/split', {
    key,
    body: { profiles: ['id:b'] },
  })
  expect(split.into).toBe(2)
  expect(await owners(id)).toEqual([1, 2])
  await json('POST', '/v1/customers/1/merge', { key, body: { from: 2 } })
  await json('PUT', '/v1/orders', { key, body: [order({ id: 'c' })] })
  expect(await owners(id)).toEqual([1, 1, 3])
  const all = await call('POST', '/v1/customers/1/split', {
    key,
    body: { profiles: ['id:a', 'id:b'] },
  })
  expect(all.status).toBe(404)
})
