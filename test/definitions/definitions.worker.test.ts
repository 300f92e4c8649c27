import { expect, test } from 'vitest'
import { definitions } from '../../worker/definitions/catalog.ts'
import { json, newAccount } from '../support/worker/api.ts'
import { settle } from '../support/worker/jobs.ts'

/** Numbers that name or place something and measure nothing. */
const names = [
  'id',
  'items.*.id',
  'items.*.version',
  'version',
  'candidates.*.id',
  'items.*.customer.id',
  'weekStart',
  'currency',
]

/** Places of all numbers in an answer, positions as `*`. */
function numbersIn(value: unknown, path = ''): string[] {
  if (typeof value === 'number') return [path]
  if (Array.isArray(value)) {
    return value.flatMap((one) => numbersIn(one, path === '' ? '*' : `${path}.*`))
  }
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, one]) =>
    numbersIn(one, path === '' ? key : `${path}.${key}`),
  )
}

function matches(pattern: string, path: string): boolean {
  const wanted = pattern.split('.')
  const found = path.split('.')
  return (
    wanted.length === found.length && wanted.every((part, at) => part === '*' || part === found[at])
  )
}

const day = (ago: number) => new Date(Date.now() - ago * 86_400_000).toISOString()

/** A shop in which every kind of figure has a value. */
async function shop(): Promise<string> {
  const { key } = await newAccount()
  const orders = Array.from({ length: 24 }, (_, k) => ({
    id: `o${k}`,
    channel: k % 2 === 0 ? 'web' : 'market',
    customer: { id: `c${k % 12}` },
    placedAt: day(20 + k),
    status: 'paid',
    currency: k === 0 ? 'USD' : 'GBP',
    total: 1_000 + k,
    lines: [{ title: 'Tea', quantity: 2, total: 1_000 }],
    refunds: k === 4 ? [{ at: day(1), amount: 100 }] : [],
  }))
  await json('PUT', '/v1/orders', { key, body: orders })
  const tickets = Array.from({ length: 40 }, (_, k) => ({
    id: `t${k}`,
    channel: k % 3 === 0 ? 'chat' : 'email',
    requester: { id: `c${k % 12}` },
    status: 'solved',
    createdAt: day(40),
  }))
  await json('PUT', '/v1/tickets', { key, body: tickets })
  const messages = tickets.map(({ id }) => ({
    id: `m${id}`,
    ticketId: id,
    at: day(39),
    author: 'customer',
    public: true,
    text: 'Thank you, I love it!',
  }))
  await json('PUT', '/v1/messages', { key, body: messages })
  const ratings = tickets.map(({ id }, k) => ({
    id: `r${k}`,
    ticketId: id,
    offeredAt: day(k < 20 ? 2 : 40),
    ratedAt: day(k === 16 ? 1 : k < 20 ? 2 : 40),
    scale: 5,
    level: k < 16 ? 5 : (k % 5) + 1,
    reasons: ['Slow reply'],
    agent: { id: String(k % 3), name: `Agent ${k % 3}` },
  }))
  await json('PUT', '/v1/ratings', { key, body: ratings })
  await settle(key)
  return key
}

const arrows = [
  { source: 'new_customer', target: 'repeat_customer' },
  { source: '@rated_good', target: '@rated_bad' },
]
const movement = { from: day(22).slice(0, 10) }

const questions: [route: string, path: string, body?: unknown][] = [
  ['/v1/movements', '/v1/movements', { arrows, ...movement }],
  ['/v1/movements/customers', '/v1/movements/customers', { ...arrows[0], ...movement }],
  ['/v1/movements/matrix', `/v1/movements/matrix?from=${movement.from}`],
  ['/v1/satisfaction', '/v1/satisfaction?period=month&by=level,reason,channel,hours,agent,segment'],
  [
    '/v1/satisfaction',
    `/v1/satisfaction?period=day&by=level,reason,agent&from=${day(25).slice(0, 10)}`,
  ],
  ['/v1/satisfaction/tickets', '/v1/satisfaction/tickets?period=month'],
  ['/v1/satisfaction/at-stake', '/v1/satisfaction/at-stake?period=month'],
  ['/v1/customers', '/v1/customers'],
  ['/v1/instances', '/v1/instances?property=channel'],
  ['/v1/segments/{key}', '/v1/segments/vip'],
  ['/v1/segments/{key}/history', '/v1/segments/vip/history'],
  ['/v1/aggregation-methods/{id}/metrics', '/v1/aggregation-methods/default/metrics?by=channel'],
  ['/v1/aggregation-methods/{id}/sensitivity', '/v1/aggregation-methods/default/sensitivity'],
  ['/v1/status', '/v1/status'],
  ...Array.from({ length: 12 }, (_, k): [string, string] => [
    '/v1/customers/{id}',
    `/v1/customers/${k + 1}`,
  ]),
]

test('every number of every answer that is shown has a definition', async () => {
  const key = await shop()
  const missing = new Set<string>()
  const used = new Set<string>()
  for (const [route, path, body] of questions) {
    const answer = await json(body === undefined ? 'GET' : 'POST', path, { key, body })
    for (const found of numbersIn(answer)) {
      if (names.includes(found) || found.startsWith('items.*.rule') || found.startsWith('rule'))
        continue
      if (route === '/v1/status' && found !== 'stale') continue
      // What the figure is asked for.
      if (found.endsWith('.gapHours')) continue
      // Days of the answer.
      if (route.endsWith('/history') && found === 'total') continue
      const defined = definitions.flatMap(({ fields }) =>
        fields.filter((field) => {
          const [of, pattern = ''] = field.split(' ')
          return of === route && matches(pattern, found)
        }),
      )
      if (defined.length === 0) missing.add(`${route} ${found}`)
      for (const field of defined) used.add(field)
    }
  }
  expect([...missing]).toEqual([])
  const dead = definitions.flatMap(({ fields }) => [...fields]).filter((field) => !used.has(field))
  expect(dead).toEqual([])
})

test('the registry is an answer of the API, each entry once and complete', async () => {
  const { key } = await newAccount()
  const { items } = await json<{ items: typeof definitions }>('GET', '/v1/definitions', { key })
  expect(items).toEqual(definitions)
  expect(new Set(items.map(({ id }) => id)).size).toBe(items.length)
  for (const { name, formula } of items) {
    expect(name).toMatch(/^[A-Z]/)
    expect(formula).toMatch(/\.$/)
  }
})
