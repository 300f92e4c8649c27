import { expect, test } from 'vitest'
import type { Card } from '../../worker/customers/card.ts'
import { call, json, newAccount } from '../support/worker/api.ts'
import { settle } from '../support/worker/jobs.ts'

const day = 86_400_000
const ago = (days: number) => new Date(Date.now() - days * day).toISOString()

let serial = 0
function order(
  customer: string,
  daysAgo: number,
  total: number,
  more: Record<string, unknown> = {},
) {
  serial += 1
  return {
    id: `o${serial}`,
    channel: 'web',
    customer: { id: customer },
    placedAt: ago(daysAgo),
    status: 'paid',
    currency: 'GBP',
    total,
    ...more,
  }
}

const keysOf = (card: Card) => card.segments.map((segment) => segment.key)

test('the card is there right after the order, with totals, segments and their reasons', async () => {
  const { key } = await newAccount()
  const body = [
    order('shop:1', 40, 1000),
    order('shop:1', 10, 2500, { channel: 'market', refunds: [{ at: ago(5), amount: 500 }] }),
    order('shop:1', 1, 999, { status: 'cancelled' }),
  ]
  await json('PUT', '/v1/orders', { key, body })
  const card = await json<Card>('GET', '/v1/customers/lookup?externalId=shop:1', { key })
  expect(card).toMatchObject({
    totalOrderValue: 3000,
    orders: 2,
    averageSpend: 1500,
    currency: 'GBP',
    customerSince: ago(40).slice(0, 10),
    latestPurchase: ago(10).slice(0, 10),
    identities: [{ kind: 'id', value: 'shop:1', verified: true }],
    freshness: { waiting: 0 },
  })
  expect(card.channels.map(({ channel, totalOrderValue }) => [channel, totalOrderValue])).toEqual([
    ['market', 2000],
    ['web', 1000],
  ])
  expect(keysOf(card)).toEqual(['repeat_customer', 'new_customer'])
  expect(card.segments[0]).toMatchObject({
    since: ago(10).slice(0, 10),
    because: [{ fact: 'orders.count', actual: 2 }],
  })
  expect(card.latestOrders.map((one) => [one.status, one.counted, one.refunded])).toEqual([
    ['cancelled', false, 0],
    ['paid', true, 500],
    ['paid', true, 0],
  ])
})

test('VIP follows the line: the best tenth, told with line, rank and distance', async () => {
  const { key } = await newAccount()
  const body = Array.from({ length: 20 }, (_, i) => order(`shop:${i}`, 200, 100 * (i + 1)))
  await json('PUT', '/v1/orders', { key, body })
  await settle(key)
  const card = await json<Card>('GET', '/v1/customers/lookup?externalId=shop:19', { key })
  expect(card.segments).toMatchObject([
    {
      key: 'vip',
      until: null,
      because: [{ actual: 2000, line: { value: 1900, n: 20, k: 2, distance: 100 } }],
    },
  ])
  await json('PUT', '/v1/orders', { key, body: [order('shop:0', 1, 5000)] })
  await settle(key)
  const dropped = await json<Card>('GET', '/v1/customers/lookup?externalId=shop:18', { key })
  expect(keysOf(dropped)).toEqual([])
  const risen = await json<Card>('GET', '/v1/customers/lookup?externalId=shop:0', { key })
  expect(keysOf(risen)).toContain('vip')
})

test('a person known by a ticket only is a contact; the second ticket makes a repeat contact', async () => {
  const { key } = await newAccount()
  const ticket = (id: string) => ({
    id,
    channel: 'email',
    requester: { id: 'zendesk:9', name: 'Theo', email: 'theo@example.com', verified: true },
    subject: 'Where is my parcel?',
    status: 'open',
    createdAt: ago(3),
  })
  await json('PUT', '/v1/tickets', { key, body: [ticket('t1')] })
  const first = await json<Card>('GET', '/v1/customers/lookup?zendeskUserId=9', { key })
  expect(first).toMatchObject({
    name: 'Theo',
    email: 'theo@example.com',
    orders: 0,
    openTickets: 1,
  })
  expect(keysOf(first)).toEqual(['new_contact'])
  await json('PUT', '/v1/tickets', { key, body: [ticket('t2')] })
  const second = await json<Card>('GET', '/v1/customers/lookup?email=THEO@example.com', { key })
  expect(keysOf(second)).toEqual(['repeat_contact'])
  expect(second.tickets).toHaveLength(2)
})

test('a merged person answers with the card of the one it was merged into', async () => {
  const { key } = await newAccount()
  await json('PUT', '/v1/orders', { key, body: [order('a', 5, 100), order('b', 4, 200)] })
  await json('POST', '/v1/customers/1/merge', { key, body: { from: 2 } })
  expect(await json('GET', '/v1/customers/2', { key })).toMatchObject({
    id: 1,
    totalOrderValue: 300,
  })
  expect((await call('GET', '/v1/customers/3', { key })).status).toBe(404)
  expect((await call('GET', '/v1/customers/lookup?email=nobody@example.com', { key })).status).toBe(
    404,
  )
  expect((await call('GET', '/v1/customers/lookup', { key })).status).toBe(422)
})

test('a change of what counts makes every card again', async () => {
  const { key } = await newAccount()
  const unpaid = order('shop:1', 5, 700, { status: 'unpaid', paid: 0 })
  await json('PUT', '/v1/orders', { key, body: [unpaid, order('shop:1', 6, 300)] })
  expect(await json('GET', '/v1/customers/1', { key })).toMatchObject({ orders: 1 })
  await json('PATCH', '/v1/account', { key, body: { countUnpaid: true } })
  await settle(key)
  expect(await json('GET', '/v1/customers/1', { key })).toMatchObject({
    orders: 2,
    totalOrderValue: 300,
  })
})

test('amounts of another currency count with the rate of their day, without it only as orders', async () => {
  const { key } = await newAccount()
  const dollars = { currency: 'USD' }
  await json('PUT', '/v1/orders', {
    key,
    body: [order('a', 5, 1000, dollars), order('a', 4, 1000, dollars)],
  })
  expect(await json('GET', '/v1/customers/1', { key })).toMatchObject({
    orders: 2,
    totalOrderValue: 0,
    withoutRate: 2,
  })
  await json('PUT', '/v1/rates', {
    key,
    body: [{ day: ago(5).slice(0, 10), from: 'USD', to: 'GBP', rate: 0.8 }],
  })
  await settle(key)
  expect(await json('GET', '/v1/customers/1', { key })).toMatchObject({
    orders: 2,
    totalOrderValue: 800,
    withoutRate: 1,
  })
})

test('lists customers sorted, paged without gaps, filtered by segment and found by name', async () => {
  const { key } = await newAccount()
  const body = Array.from({ length: 12 }, (_, i) =>
    order(`shop:${i}`, 20, 100 * ((i % 4) + 1), {
      customer: { id: `shop:${i}`, name: `Person ${i}` },
    }),
  )
  await json('PUT', '/v1/orders', { key, body })
  await settle(key)
  interface List {
    items: { id: number; totalOrderValue: number; name: string }[]
    next: string | null
    total: number
  }
  const seen: number[] = []
  const values: number[] = []
  let after = ''
  do {
    const page = await json<List>('GET', `/v1/customers?limit=5${after}`, { key })
    expect(page.total).toBe(12)
    seen.push(...page.items.map(({ id }) => id))
    values.push(...page.items.map(({ totalOrderValue }) => totalOrderValue))
    after = page.next === null ? '' : `&after=${encodeURIComponent(page.next)}`
  } while (after !== '')
  expect(new Set(seen).size).toBe(12)
  expect(values).toEqual([400, 400, 400, 300, 300, 300, 200, 200, 200, 100, 100, 100])
  const vips = await json<List>('GET', '/v1/customers?segment=vip', { key })
  expect(vips).toMatchObject({ total: 3, items: [{ totalOrderValue: 400 }, {}, {}] })
  const found = await json<List>('GET', '/v1/customers?q=person%2011', { key })
  expect(found.items.map(({ name }) => name)).toEqual(['Person 11'])
  expect((await call('GET', '/v1/customers?after=xyz', { key })).status).toBe(422)
})

test('a segment is made, answers at once with its past, is edited by version and deleted', async () => {
  const { key } = await newAccount()
  const body = [order('a', 30, 100), order('a', 20, 100), order('b', 10, 900)]
  await json('PUT', '/v1/orders', { key, body })
  const rule = { all: [{ fact: 'orders.count', op: '>=', value: 2 }] }
  await json('POST', '/v1/segments', {
    key,
    body: { key: 'twice', name: 'Bought twice', rule },
    status: 201,
  })
  const on = (days: number) => ago(days).slice(0, 10)
  const members = (days: number) =>
    json<{ total: number }>('GET', `/v1/segments/twice/members?on=${on(days)}`, { key })
  expect(await members(21)).toMatchObject({ total: 0 })
  expect(await members(20)).toMatchObject({ total: 1, items: [{ id: 1 }] })
  await settle(key)
  const card = await json<Card>('GET', '/v1/customers/1', { key })
  expect(card.segments).toContainEqual(
    expect.objectContaining({ key: 'twice', name: 'Bought twice', since: on(20) }),
  )
  const history = await json<{ items: object[] }>(
    'GET',
    `/v1/segments/twice/history?from=${on(21)}&to=${on(20)}`,
    { key },
  )
  expect(history.items).toMatchObject([
    { size: 0, joined: 0, totalOrderValue: 0, repurchaseRate: null },
    { size: 1, joined: 1, totalOrderValue: 200, repurchaseRate: 1 },
  ])
  const next = {
    name: 'Big',
    rule: { all: [{ fact: 'orders.sum', op: '>', value: 500 }] },
    version: 1,
  }
  expect(await json('PUT', '/v1/segments/twice', { key, body: next })).toMatchObject({ version: 2 })
  expect((await call('PUT', '/v1/segments/twice', { key, body: next })).status).toBe(409)
  expect(await members(0)).toMatchObject({ total: 1, items: [{ id: 2 }] })
  expect(await json('GET', '/v1/segments/twice/versions', { key })).toMatchObject({ total: 2 })
  expect((await call('DELETE', '/v1/segments/twice', { key })).status).toBe(204)
  expect((await call('GET', '/v1/segments/twice/members', { key })).status).toBe(404)
})

test('a bad rule is refused with the path of what is wrong', async () => {
  const { key } = await newAccount()
  const rule = {
    all: [
      { fact: 'orders.count', op: '>=', value: 'many' },
      { fact: 'nothing', op: '=' },
    ],
  }
  const response = await call('POST', '/v1/segments', { key, body: { key: 'x', name: 'x', rule } })
  expect(response.status).toBe(422)
  const { errors } = await response.json<{ errors: { path: string }[] }>()
  expect(errors.map(({ path }) => path)).toEqual(['rule.all[0].value', 'rule.all[1].fact'])
})

test('memberships tell every stretch, past and foreseen', async () => {
  const { key } = await newAccount()
  const at = (text: string) => ({ placedAt: `${text}T10:00:00Z` })
  const body = [order('a', 0, 100, at('2024-01-31')), order('a', 0, 100, at('2024-02-15'))]
  await json('PUT', '/v1/orders', { key, body })
  const { items } = await json<{ items: object[] }>('GET', '/v1/customers/1/memberships', { key })
  expect(items).toEqual([
    { segment: 'repeat_customer', joined: '2024-02-15', left: '2025-01-31' },
    { segment: 'new_customer', joined: '2024-01-31', left: '2024-04-30' },
  ])
})

test('instances of an order property have their own totals; All and the overlap are told beside', async () => {
  const { key } = await newAccount()
  const at = (country: string) => ({ properties: { Country: country } })
  const body = [
    order('a', 9, 100, at('DE')),
    order('a', 8, 200, at('UK')),
    order('b', 7, 50, at('UK')),
    order('c', 6, 10),
  ]
  await json('PUT', '/v1/orders', { key, body })
  expect(await json('GET', '/v1/instances?property=Country', { key })).toMatchObject({
    items: [
      { value: 'UK', customers: 2, orders: 2, totalOrderValue: 250, repurchaseRate: 0 },
      { value: 'DE', customers: 1, orders: 1, totalOrderValue: 100 },
      { value: '(none)', customers: 1, orders: 1, totalOrderValue: 10 },
    ],
    all: { customers: 3, orders: 4, totalOrderValue: 360 },
    overlap: 1,
  })
})
