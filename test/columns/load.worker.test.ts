import { env } from 'cloudflare:workers'
import { expect, test } from 'vitest'
import { findAccount } from '../../worker/accounts/store.ts'
import type { Account } from '../../worker/accounts/account.ts'
import { noCost, openDb } from '../../worker/db.ts'
import { eachRange, loadPersons } from '../../worker/load.ts'
import { json, newAccount } from '../support/worker/api.ts'
import { guardedEnv } from '../support/worker/guard.ts'

async function opened(id: number): Promise<{ db: ReturnType<typeof openDb>; account: Account }> {
  const account = await findAccount(openDb(env.CONTROL, noCost()), id)
  if (account === null) throw new Error(`no account ${id}`)
  return { db: openDb(guardedEnv().SHARD_00, noCost()), account }
}

const order = (id: string, customer: string, overrides: Record<string, unknown> = {}) => ({
  id,
  channel: 'web',
  customer: { id: customer },
  placedAt: '2026-03-01T10:00:00Z',
  status: 'paid',
  currency: 'GBP',
  total: 100,
  ...overrides,
})

test('persons come with their whole timelines and the journal as far as it was seen', async () => {
  const { id, key } = await newAccount()
  await json('PUT', '/v1/orders', { key, body: [order('o1', 'a'), order('o2', 'b')] })
  await json('PUT', '/v1/tickets', {
    key,
    body: [
      {
        id: 't1',
        channel: 'mail',
        requester: { id: 'b' },
        status: 'open',
        createdAt: '2026-03-02T00:00:00Z',
      },
    ],
  })
  const { db, account } = await opened(id)
  const { facts, seq } = await loadPersons(db, account, [2, 9, 2])
  expect(seq).toBe(2)
  expect([...facts.persons]).toEqual([2, 9])
  expect(facts.orders.id).toEqual(['o2'])
  expect(facts.tickets.id).toEqual(['t1'])
  expect([...facts.tickets.offsets]).toEqual([0, 1, 1])
})

test('amounts take the rate of their very day, and have no value without one', async () => {
  const { id, key } = await newAccount()
  await json('PUT', '/v1/orders', {
    key,
    body: [
      order('o1', 'a', { currency: 'EUR', total: 1000 }),
      order('o2', 'a', { currency: 'EUR', total: 1000, placedAt: '2026-03-02T10:00:00Z' }),
      order('o3', 'a', { currency: 'JPY', total: 500, placedAt: '2026-03-03T10:00:00Z' }),
    ],
  })
  const rates = [
    { day: '2026-03-01', from: 'EUR', to: 'GBP', rate: 0.8 },
    { day: '2026-03-02', from: 'EUR', to: 'GBP', rate: 0.9 },
    { day: '2026-03-02', from: 'JPY', to: 'GBP', rate: 0.005 },
  ]
  await json('PUT', '/v1/rates', { key, body: rates })
  const { db, account } = await opened(id)
  const { facts } = await loadPersons(db, account, [1])
  expect([...facts.orders.value]).toEqual([800, 900, Number.NaN])
})

test('a pass meets every person once', async () => {
  const { id, key } = await newAccount()
  const body = Array.from({ length: 1_200 }, (_, k) => order(`o${k}`, `c${k}`))
  await json('PUT', '/v1/orders', { key, body })
  const { db, account } = await opened(id)
  const seen: number[] = []
  let orders = 0
  for await (const { facts, skip } of eachRange(db, account, ['orders'])) {
    seen.push(...facts.persons.filter((_, i) => skip[i] === 0))
    orders += facts.orders.day.length
  }
  expect(seen).toEqual(Array.from({ length: 1_200 }, (_, k) => k + 1))
  expect(orders).toBe(1_200)
})
