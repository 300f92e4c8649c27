import { expect, test } from 'vitest'
import { call, json, newAccount } from '../support/worker/api.ts'
import { keepUpWith } from '../support/worker/rebuild.ts'

/** Ratings of many persons over three years, each with its ticket and an order. */
async function shopWith(count: number): Promise<string> {
  const { id, key } = await newAccount()
  const day = (k: number) => new Date(Date.UTC(2023, 0, 1) + ((k * 37) % 1_090) * 86_400_000)
  const customer = (k: number) => ({ id: `c${k % Math.ceil(count / 2)}` })
  const all = Array.from({ length: count }, (_, k) => k)
  for (let start = 0; start < count; start += 2_000) {
    const some = all.slice(start, start + 2_000)
    const tickets = some.map((k) => ({
      id: `t${k}`,
      channel: k % 3 === 0 ? 'chat' : 'email',
      requester: customer(k),
      status: 'solved',
      createdAt: day(k).toISOString(),
    }))
    const ratings = some.map((k) => ({
      id: `r${k}`,
      ticketId: `t${k}`,
      ratedAt: day(k).toISOString(),
      level: 1 + (k % 5),
      scale: 5,
      ...(k % 5 < 3 && { reasons: ['Slow reply'] }),
      agent: { id: `a${k % 7}`, name: `Agent ${k % 7}` },
    }))
    const orders = some.map((k) => ({
      id: `o${k}`,
      channel: 'web',
      customer: customer(k),
      placedAt: day(k).toISOString(),
      status: 'paid',
      currency: 'GBP',
      total: 1_000 + k,
      properties: { store: k % 2 === 0 ? 'north' : 'south' },
    }))
    await json('PUT', '/v1/tickets', { key, body: tickets })
    await json('PUT', '/v1/ratings', { key, body: ratings })
    await json('PUT', '/v1/orders', { key, body: orders })
  }
  await keepUpWith(id)
  return key
}

const years = 'from=2023-01-01&to=2025-12-31'
const month = 'from=2024-03-01&to=2024-03-31'

/** Views of the page, and of how many nouns each of them reads. */
const views: readonly (readonly [query: string, nouns: number])[] = [
  [`period=month&${years}`, 1],
  [`period=day&${month}`, 1],
  [`period=week&${years}&hours=off&by=channel,agent,reason,level`, 1],
  [`period=month&${years}&basis=ticket&channel=chat&agent=a1`, 1],
  [`period=month&${years}&by=segment`, 3],
  [`period=month&${years}&by=instance&property=store`, 2],
]

const rowsRead = (response: Response) =>
  Number(/read=(\d+)/.exec(response.headers.get('Server-Timing') ?? '')?.[1])

async function costs(count: number): Promise<number[]> {
  const key = await shopWith(count)
  const found: number[] = []
  for (const [query] of views) {
    const response = await call('GET', `/v1/satisfaction?${query}`, { key })
    const text = await response.text()
    if (response.status !== 200) throw new Error(`${query}: ${text}`)
    found.push(rowsRead(response))
  }
  return found
}

test('any view of the page reads at most a dozen rows a noun, and as many at 4,000 ratings as at 400', async () => {
  const small = await costs(400)
  const large = await costs(4_000)
  console.log(`rows read: ${views.map(([query], k) => `${query} ${large[k]}`).join(' · ')}`)
  expect(large).toEqual(small)
  views.forEach(([query, nouns], k) => {
    expect([query, (large[k] ?? Infinity) <= 12 * nouns]).toEqual([query, true])
  })
})
