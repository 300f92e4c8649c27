import { expect, test } from 'vitest'
import { call, json, newAccount } from '../support/worker/api.ts'
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
]

async function rowsRead(count: number): Promise<number[]> {
  const { id, key } = await newAccount()
  const all = orders(count, count / 5)
  for (let start = 0; start < all.length; start += 2_000) {
    await json('PUT', '/v1/orders', { key, body: all.slice(start, start + 2_000) })
  }
  await keepUpWith(id)
  const found: number[] = []
  for (const path of questions) {
    const response = await call('GET', path, { key })
    expect(response.status).toBe(200)
    found.push(Number(/read=(\d+)/.exec(response.headers.get('Server-Timing') ?? '')?.[1]))
  }
  return found
}

test('questions about everybody read tens of rows, and as many at 10,000 orders as at 1,000', async () => {
  const small = await rowsRead(1_000)
  const large = await rowsRead(10_000)
  console.log(`rows read: ${questions.map((path, index) => `${path} ${large[index]}`).join(' · ')}`)
  expect(large).toEqual(small)
  // Key, account, state, lines, segments and directory are a dozen rows; one range has one row for each slice.
  for (const read of large) expect(read).toBeLessThanOrEqual(24)
})
