import { expect, test } from 'vitest'
import { call, json, newAccount } from '../support/worker/api.ts'
import { counted } from '../support/worker/guard.ts'
import { settle } from '../support/worker/jobs.ts'

const day = 86_400_000

function order(id: number, customer: number, more: Record<string, unknown> = {}) {
  return {
    id: `o${id}`,
    channel: ['web', 'market', 'messenger'][id % 3],
    customer: { id: `c${customer}` },
    placedAt: new Date(Date.now() - ((id * 37) % 1_000) * day - id).toISOString(),
    status: 'paid',
    currency: 'GBP',
    total: 1_000 + ((id * 7_919) % 9_000),
    properties: { campaign: `c${id % 20}` },
    ...more,
  }
}

function costOf(response: Response) {
  const found = /queries=(\d+) read=(\d+)/.exec(response.headers.get('Server-Timing') ?? '')
  return { queries: Number(found?.[1]), read: Number(found?.[2]) }
}

async function writtenBy(work: () => Promise<unknown>): Promise<number> {
  const before = counted.written
  await work()
  return counted.written - before
}

async function send(key: string, orders: readonly object[], size = 2_000) {
  for (let start = 0; start < orders.length; start += size) {
    await json('PUT', '/v1/orders', { key, body: orders.slice(start, start + size) })
  }
}

test('a card costs two statements and at most 24 rows, with 1 order and with 7,818', async () => {
  const { key } = await newAccount()
  const many = Array.from({ length: 7_818 }, (_, i) => order(i, 1))
  await send(key, [order(10_000, 2), ...many])
  // Somebody with so many orders is evaluated once a minute.
  await settle(key, { RAPPORT_NOW: new Date(Date.now() + 120_000).toISOString() })
  for (const customer of ['c1', 'c2']) {
    const byKey = await call('GET', `/v1/customers/lookup?externalId=${customer}`, { key })
    const card = await byKey.json<{ id: number; orders: number; latestOrders: object[] }>()
    expect(card.orders).toBe(customer === 'c1' ? 7_818 : 1)
    const byId = await call('GET', `/v1/customers/${card.id}`, { key })
    for (const response of [byKey, byId]) {
      const { queries, read } = costOf(response)
      expect(queries).toBe(2)
      expect(read).toBeLessThanOrEqual(24)
    }
  }
  // The journal lags behind by a few entries to save writes: the dearest moment still fits.
  for (let i = 0; i < 9; i += 1) {
    await json('PUT', '/v1/orders', { key, body: [order(20_000 + i, 2)] })
    const { read } = costOf(await call('GET', '/v1/customers/lookup?externalId=c2', { key }))
    expect(read).toBeLessThanOrEqual(24)
  }
})

test('a live order of a known person writes at most 4.2 rows, an update 3.2, a repeat none', async () => {
  const { key } = await newAccount()
  const start = Array.from({ length: 200 }, (_, i) => order(i, i % 20))
  await send(key, start)
  await settle(key)
  const rounds = 64
  const fresh = Array.from({ length: rounds }, (_, i) => order(1_000 + i, i % 20))
  const created = await writtenBy(async () => {
    for (const one of fresh) await json('PUT', '/v1/orders', { key, body: [one] })
  })
  const changed = await writtenBy(async () => {
    for (const one of fresh)
      await json('PUT', '/v1/orders', { key, body: [{ ...one, total: one.total + 1 }] })
  })
  const repeated = await writtenBy(async () => {
    for (const one of fresh) {
      await json('PUT', '/v1/orders', { key, body: [{ ...one, total: one.total + 1 }] })
    }
  })
  console.log(
    `rows written: new order ${created / rounds}, update ${changed / rounds}, repeat ${repeated}`,
  )
  expect(created / rounds).toBeLessThanOrEqual(4.2)
  expect(changed / rounds).toBeLessThanOrEqual(3.2)
  expect(repeated).toBe(0)
})

test('a first load writes at most 2.8 rows an order, cards and lines and all', async () => {
  const { key } = await newAccount()
  const orders = Array.from({ length: 10_000 }, (_, i) => order(i, (i * 31) % 2_000))
  const written = await writtenBy(async () => {
    await send(key, orders)
    await settle(key)
  })
  console.log(`rows written: first load ${written / orders.length} an order`)
  expect(written / orders.length).toBeLessThanOrEqual(2.8)
})
