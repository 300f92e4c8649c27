import { env } from 'cloudflare:workers'
import { expect, test } from 'vitest'
import { call, json, newAccount } from '../support/worker/api.ts'
import { keepUpWith } from '../support/worker/rebuild.ts'

const DAY = 86_400_000
const at = (ago: number) => new Date(Date.now() - ago * DAY).toISOString()

const orders = Array.from({ length: 4_400 }, (_, i) => ({
  id: `o${i}`,
  channel: 'web',
  customer: { id: `c${i % 2_200}` },
  placedAt: at(400 - ((i * 7) % 390)),
  status: 'paid',
  currency: 'GBP',
  total: 1_000,
}))

const bought = (least: number, days: number) => ({
  all: [{ fact: 'orders.count', within: { days }, op: '>=', value: least }],
})
const nodes = [1, 2, 3, 4, 5].map((k) => ({ key: `@n${k}`, rule: bought(1 + (k % 2), 100 * k) }))
const arrows = [1, 2, 3, 4].map((k) => ({ source: `@n${k}`, target: `@n${k + 1}` }))
const body = { arrows, nodes, from: at(60).slice(0, 10) }

interface Row {
  account: number
  name: string
  part: number
  parts: number
  at: number
  body: string
}

async function keptOf(account: number): Promise<Row[]> {
  const { results } = await env.SHARD_00.prepare(
    'SELECT * FROM kept_memberships WHERE account = ? ORDER BY name, part',
  )
    .bind(account)
    .all<Row>()
  return results
}

async function shop(): Promise<{ id: number; key: string }> {
  const { id, key } = await newAccount()
  for (let start = 0; start < orders.length; start += 2_200) {
    await json('PUT', '/v1/orders', { key, body: orders.slice(start, start + 2_200) })
  }
  await keepUpWith(id)
  return { id, key }
}

test('what was evaluated once is read by an instance that has never asked, and erased with anybody', async () => {
  const { id, key } = await shop()
  const first = await json<{ items: { moved: number }[] }>('POST', '/v1/movements', { key, body })
  expect(first.items.some(({ moved }) => moved > 0)).toBe(true)
  await expect.poll(async () => (await keptOf(id)).length).toBe(1)
  const [row] = await keptOf(id)
  // The same columns by another name, and of no use: this instance remembers nothing of it.
  const { results } = await env.SHARD_00.prepare(
    "SELECT DISTINCT version FROM chunks WHERE account = ? AND version <> ''",
  )
    .bind(id)
    .all<{ version: string }>()
  const version = results[0]?.version ?? ''
  const other = `${version.slice(0, -1)}${version.endsWith('1') ? 2 : 1}`
  const text = atob(row?.body ?? '')
  expect(text).toContain(version)
  const change = (sql: string, ...values: unknown[]) =>
    env.SHARD_00.prepare(sql)
      .bind(...values)
      .run()
  await change(
    'UPDATE chunks SET version = ?, body = ? WHERE account = ? AND first >= 0',
    other,
    '',
    id,
  )
  await change('UPDATE chunks SET body = replace(body, ?, ?) WHERE account = ?', version, other, id)
  await change(
    'UPDATE kept_memberships SET body = ? WHERE account = ?',
    btoa(text.replace(version, other)),
    id,
  )
  const again = await call('POST', '/v1/movements', { key, body })
  const read = Number(/read=(\d+)/.exec(again.headers.get('Server-Timing') ?? '')?.[1])
  expect(await again.json()).toEqual(first)
  expect(read).toBeLessThanOrEqual(12)
  // Somebody is in the tail: everybody else is still remembered.
  const late = { ...orders[0], id: 'late', placedAt: at(1) }
  await json('PUT', '/v1/orders', {
    key,
    body: [late, { ...late, id: 'later', customer: { id: 'new' } }],
  })
  const more = await json<typeof first>('POST', '/v1/movements', { key, body })
  expect(more.items[1]?.moved).toBeGreaterThanOrEqual(first.items[1]?.moved ?? 0)
  expect(more).not.toEqual(first)
  await json('DELETE', `/v1/customers/1`, { key })
  expect(await keptOf(id)).toEqual([])
})

test('few nodes, or nodes that follow traits, are not kept', async () => {
  const { id, key } = await shop()
  await json('POST', '/v1/movements', { key, body: { ...body, arrows: arrows.slice(0, 1) } })
  const plan = { key: '@plan', rule: { all: [{ fact: 'trait.plan', op: '=', value: 'gold' }] } }
  const asked = { ...body, nodes: [...nodes, plan] }
  const more = [...arrows, { source: '@n1', target: '@plan' }]
  await json('POST', '/v1/movements', { key, body: { ...asked, arrows: more } })
  expect(await keptOf(id)).toEqual([])
})
