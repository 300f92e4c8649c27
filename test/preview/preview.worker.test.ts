import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { call, json, newAccount } from '../support/worker/api.ts'
import { keepUpWith } from '../support/worker/rebuild.ts'

const day = 86_400_000
const ago = (days: number) => new Date(Date.now() - days * day).toISOString()

/** Forty customers with one to five orders each, in two countries. */
function shop() {
  return Array.from({ length: 40 }, (_, person) =>
    Array.from({ length: (person % 5) + 1 }, (_, n) => ({
      id: `o${person}-${n}`,
      channel: n % 2 === 0 ? 'web' : 'market',
      customer: { id: `c${person}`, name: `Person ${person}` },
      placedAt: ago(((person * 37 + n * 91) % 700) + 1),
      status: 'paid',
      currency: 'GBP',
      total: 500 + ((person * 173 + n * 57) % 40) * 100,
      properties: { Country: person % 3 === 0 ? 'DE' : 'UK' },
    })),
  ).flat()
}

const condition = fc.oneof(
  fc.record({
    fact: fc.constantFrom('orders.count', 'orders.sum', 'orders.average', 'orders.daysSinceLast'),
    op: fc.constantFrom('>=', '<', '='),
    value: fc.integer({ min: 0, max: 4000 }),
  }),
  fc.record({
    fact: fc.constant('orders.count'),
    within: fc.record({ months: fc.integer({ min: 1, max: 24 }) }),
    op: fc.constantFrom('>=', '<'),
    value: fc.integer({ min: 1, max: 4 }),
  }),
  fc.record({
    fact: fc.constant('orders.count'),
    where: fc.constant([{ property: 'Country', op: '=', value: 'DE' }]),
    op: fc.constant('>='),
    value: fc.integer({ min: 1, max: 3 }),
  }),
  fc.record({
    fact: fc.constantFrom('orders.sum', 'orders.count'),
    rank: fc.record({ top: fc.integer({ min: 5, max: 60 }), unit: fc.constant('%') }),
  }),
)
const rule = fc.oneof(
  fc.record({ all: fc.array(condition, { minLength: 1, maxLength: 2 }) }),
  fc.record({ any: fc.array(condition, { minLength: 1, maxLength: 2 }) }),
  fc.record({ none: fc.array(condition, { minLength: 1, maxLength: 2 }) }),
)

interface Preview {
  before: number
  size: number
  joining: number
  leaving: number
  joiners: { id: number; name: string }[]
}

async function members(key: string): Promise<number[]> {
  const page = await json<{ items: { id: number }[] }>(
    'GET',
    '/v1/segments/draft/members?limit=200',
    { key },
  )
  return page.items.map(({ id }) => id)
}

test(
  'saving an edit does exactly what its preview said, for 200 random edits',
  { timeout: 600_000 },
  async () => {
    const { id, key } = await newAccount()
    await json('PUT', '/v1/orders', { key, body: shop() })
    await keepUpWith(id)
    const start = {
      key: 'draft',
      name: 'Draft',
      rule: { all: [{ fact: 'orders.count', op: '>=', value: 1 }] },
    }
    await json('POST', '/v1/segments', { key, body: start, status: 201 })
    let version = 1
    let was = await members(key)
    const seed = Date.now() % 2 ** 31
    await fc.assert(
      fc.asyncProperty(rule, async (next) => {
        const preview = await json<Preview>('POST', '/v1/segments/preview', {
          key,
          body: { key: 'draft', rule: next },
        })
        await json('PUT', '/v1/segments/draft', {
          key,
          body: { name: 'Draft', rule: next, version },
        })
        version += 1
        const is = await members(key)
        const joined = is.filter((one) => !was.includes(one))
        const left = was.filter((one) => !is.includes(one))
        expect({ ...preview, joiners: preview.joiners.map((one) => one.id) }).toMatchObject({
          before: was.length,
          size: is.length,
          joining: joined.length,
          leaving: left.length,
          joiners: joined.slice(0, 10),
        })
        was = is
      }),
      { numRuns: 200, seed, endOnFailure: true },
    )
    console.log(`200 edits, seed ${seed}`)
  },
)

test('a new rule is previewed with its instances, samples by name, and hints', async () => {
  const { id, key } = await newAccount()
  await json('PUT', '/v1/orders', { key, body: shop() })
  await keepUpWith(id)
  const body = {
    rule: {
      all: [
        { fact: 'orders.count', op: '>=', value: 5 },
        { fact: 'orders.count', op: '<', value: 2 },
      ],
    },
  }
  expect(await json('POST', '/v1/segments/preview', { key, body })).toMatchObject({
    size: 0,
    before: 0,
    hints: [{ kind: 'contradiction' }],
  })
  const five = { rule: { all: [{ fact: 'orders.count', op: '>=', value: 5 }] }, basis: 'Country' }
  expect(await json('POST', '/v1/segments/preview', { key, body: five })).toMatchObject({
    size: 8,
    joining: 8,
    joiners: expect.arrayContaining([{ id: 5, name: 'Person 4' }]),
    instances: [
      { value: 'UK', customers: 5 },
      { value: 'DE', customers: 3 },
    ],
    hints: expect.any(Array),
  })
  const bad = { rule: { all: [{ fact: 'segment', op: '=', value: 'nobody' }] } }
  expect((await call('POST', '/v1/segments/preview', { key, body: bad })).status).toBe(422)
})

test('templates take their limits from the shop, and say when it is too small for that', async () => {
  const { key } = await newAccount()
  const { items, rhythm } = await json<{ items: { key: string }[]; rhythm: object }>(
    'GET',
    '/v1/segment-templates',
    { key },
  )
  expect(items.length).toBeGreaterThanOrEqual(20)
  expect(rhythm).toMatchObject({ fallback: true, n: 0 })
})
