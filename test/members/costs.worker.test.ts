import { expect, test } from 'vitest'
import { journalEverybody } from '../../worker/cards/store.ts'
import { dataOf, noCost } from '../../worker/db.ts'
import { call, json, newAccount } from '../support/worker/api.ts'
import { counted, guardedEnv } from '../support/worker/guard.ts'
import { keepUpWith } from '../support/worker/rebuild.ts'

const day = 86_400_000

function orders(count: number, people: number) {
  return Array.from({ length: count }, (_, i) => ({
    id: `o${i}`,
    channel: i % 2 === 0 ? 'web' : 'market',
    customer: { id: `c${(i * 7) % people}` },
    placedAt: new Date(Date.now() - ((i * 37) % 900) * day - i).toISOString(),
    status: 'paid',
    currency: 'GBP',
    total: 500 + ((i * 7_919) % 9_000),
    properties: { campaign: `c${i % 12}` },
  }))
}

/** Whole-account questions; each reads the account's own rows, and a row for each slice of a range. */
const questions = [
  '/v1/segments/repeat_customer/members?limit=1',
  '/v1/segments/vip/members?limit=1',
  '/v1/segments/vip/history',
  '/v1/segment-histories?keys=vip,repeat_customer,active_customer,new_customer',
  '/v1/instances?property=campaign',
  '/v1/customers?limit=1',
  // Filter, sort, group and count: nothing of it looks at more rows than the columns it reads.
  `/v1/customers?limit=1&sort=orders.last.channel&groupBy=orders.first.campaign&filter=${encodeURIComponent(
    JSON.stringify({ all: [{ fact: 'orders.count', op: '>=', value: 2 }] }),
  )}`,
]

async function ask(path: string, key: string): Promise<number> {
  const response = await call('GET', path, { key })
  expect(response.status).toBe(200)
  return Number(/read=(\d+)/.exec(response.headers.get('Server-Timing') ?? '')?.[1])
}

async function shopOf(count: number): Promise<{ id: number; key: string }> {
  const { id, key } = await newAccount()
  const all = orders(count, count / 5)
  for (let start = 0; start < all.length; start += 2_000) {
    await json('PUT', '/v1/orders', { key, body: all.slice(start, start + 2_000) })
  }
  await keepUpWith(id)
  return { id, key }
}

async function rowsRead(key: string): Promise<number[]> {
  const found: number[] = []
  for (const path of questions) found.push(await ask(path, key))
  return found
}

test('questions about everybody read tens of rows, and as many at 10,000 orders as at 1,000', async () => {
  const small = await rowsRead((await shopOf(1_000)).key)
  const large = await rowsRead((await shopOf(10_000)).key)
  console.log(`rows read: ${questions.map((path, index) => `${path} ${large[index]}`).join(' · ')}`)
  expect(large).toEqual(small)
  // Key, account, state, lines, segments and directory are a dozen rows; one range has one row for each slice.
  for (const read of large) expect(read).toBeLessThanOrEqual(24)
})

test('a run of journal entries that only remake cards is stepped over', async () => {
  const { id, key } = await shopOf(2_000)
  const before = await rowsRead(key)
  const db = dataOf(guardedEnv(), 'SHARD_00', noCost())
  for (let n = 0; n < 12; n += 1) await db.batch(journalEverybody(id, `basis ${n}`, Date.now()))
  expect(await rowsRead(key)).toEqual(before)
})

test('a page of customers reads at most three rows more for each row shown, a file three a line', async () => {
  const { key } = await shopOf(1_000)
  const [one, many] = [
    await ask('/v1/customers?limit=1', key),
    await ask('/v1/customers?limit=101', key),
  ]
  const before = counted.read
  const response = await call('GET', '/v1/customers.csv', { key })
  const lines = (await response.text()).trimEnd().split('\r\n').length - 1
  const file = counted.read - before
  console.log(`rows read: a page of 1 ${one}, of 101 ${many}; a file of ${lines} lines ${file}`)
  expect(many - one).toBeLessThanOrEqual(3 * 100)
  expect(lines).toBe(200)
  expect(file).toBeLessThanOrEqual(3 * lines)
})
