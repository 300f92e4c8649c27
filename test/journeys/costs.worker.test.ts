import { expect, test } from 'vitest'
import { call, json, newAccount } from '../support/worker/api.ts'
import { keepUpWith } from '../support/worker/rebuild.ts'

const DAY = 86_400_000

const orders = Array.from({ length: 6_000 }, (_, i) => ({
  id: `o${i}`,
  channel: i % 2 === 0 ? 'web' : 'market',
  customer: { id: `c${(i * 7) % 1_500}` },
  placedAt: new Date(Date.now() - ((i * 37) % 1_000) * DAY - i).toISOString(),
  status: 'paid',
  currency: 'GBP',
  total: 500 + ((i * 7_919) % 9_000),
}))

const bought = (least: number, days: number) => ({
  all: [{ fact: 'orders.count', within: { days }, op: '>=', value: least }],
})
const nodes = Array.from({ length: 10 }, (_, k) => ({
  key: `@n${k}`,
  rule: bought(1 + (k % 3), 30 * (k + 1)),
}))
const arrows = nodes
  .flatMap(({ key }, i) => [1, 2, 3].map((step) => [key, nodes[(i + step) % 10]?.key ?? '']))
  .map(([source = '', target = '']) => ({ source, target }))

const dayBefore = (days: number) => new Date(Date.now() - days * DAY).toISOString().slice(0, 10)

async function rowsRead(key: string, body: unknown): Promise<number> {
  const response = await call('POST', '/v1/movements', { key, body })
  expect(response.status).toBe(200)
  return Number(/read=(\d+)/.exec(response.headers.get('Server-Timing') ?? '')?.[1])
}

test('thirty arrows over three years read at most twelve rows, and those of the tail', async () => {
  const { id, key } = await newAccount()
  for (let start = 0; start < orders.length; start += 2_000) {
    await json('PUT', '/v1/orders', { key, body: orders.slice(start, start + 2_000) })
  }
  await keepUpWith(id)
  expect(arrows).toHaveLength(30)
  const body = { arrows, nodes, from: dayBefore(1_094), to: dayBefore(0) }
  const cold = await rowsRead(key, body)
  const warm = await rowsRead(key, body)
  const week = await rowsRead(key, { ...body, from: dayBefore(6) })
  console.log(`rows read: 30 arrows ${cold}, again ${warm}, of a week ${week}`)
  expect(cold).toBeLessThanOrEqual(12)
  expect(warm).toBeLessThanOrEqual(cold)
  expect(week).toBeLessThanOrEqual(cold)
  // Whole timelines of three customers, whatever tables they lie in.
  const late = orders.slice(0, 3).map((one, k) => ({ ...one, id: `late${k}` }))
  await json('PUT', '/v1/orders', { key, body: late })
  const tail = await rowsRead(key, body)
  console.log(`rows read: with a tail of three customers ${tail}`)
  expect(tail - warm).toBeLessThanOrEqual(3 * 24)
})

test('ten stored segments cost as many rows as nodes of their own rules, and one for all of them', async () => {
  const { id, key } = await newAccount()
  await json('PUT', '/v1/orders', { key, body: orders.slice(0, 2_000) })
  const body = { arrows, nodes, from: dayBefore(1_094), to: dayBefore(0) }
  await keepUpWith(id)
  await rowsRead(key, body)
  const own = await rowsRead(key, body)
  for (const { key: name, rule } of nodes) {
    const segment = { key: name.slice(1), name, rule }
    expect((await call('POST', '/v1/segments', { key, body: segment })).status).toBe(201)
  }
  await keepUpWith(id)
  const named = arrows.map(({ source, target }) => ({
    source: source.slice(1),
    target: target.slice(1),
  }))
  const stored = { arrows: named, from: dayBefore(1_094), to: dayBefore(0) }
  await rowsRead(key, stored)
  const again = await rowsRead(key, stored)
  console.log(`rows read: ten nodes ${own}, ten stored segments ${again}`)
  // The segments themselves, and the last entry of the journal that tells of facts.
  expect(again - own).toBeLessThanOrEqual(2)
})
