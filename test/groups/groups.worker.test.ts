import { expect, test } from 'vitest'
import { call, json, newAccount } from '../support/worker/api.ts'

const rule = { all: [{ fact: 'orders.count', op: '>=', value: 1 }] }

test('a group is made, named anew, filled with segments, and deleted when it is empty', async () => {
  const { key } = await newAccount()
  const group = { key: 'rfm', name: 'RFM' }
  await json('POST', '/v1/segment-groups', { key, body: group, status: 201 })
  expect((await call('POST', '/v1/segment-groups', { key, body: group })).status).toBe(409)
  await json('PUT', '/v1/segment-groups/rfm', { key, body: { name: 'Life cycle' } })
  const body = { key: 'buyers', name: 'Buyers', rule, group: 'rfm' }
  await json('POST', '/v1/segments', { key, body, status: 201 })
  expect(await json('GET', '/v1/segment-groups', { key })).toMatchObject({
    items: [{ key: 'rfm', name: 'Life cycle', segments: ['buyers'] }],
  })
  expect((await call('DELETE', '/v1/segment-groups/rfm', { key })).status).toBe(409)
  expect((await call('DELETE', '/v1/segments/buyers', { key })).status).toBe(204)
  expect((await call('DELETE', '/v1/segment-groups/rfm', { key })).status).toBe(204)
  expect((await call('DELETE', '/v1/segment-groups/rfm', { key })).status).toBe(404)
})

test('no group takes the name that stands for all segments, and asking to delete it leaves their board', async () => {
  const { key } = await newAccount()
  const group = { key: 'all', name: 'All' }
  expect((await call('POST', '/v1/segment-groups', { key, body: group })).status).toBe(422)
  const board = { version: 0, nodes: [{ key: 'vip', x: 0, y: 0 }], arrows: [] }
  await json('PUT', '/v1/boards/all', { key, body: board })
  expect((await call('DELETE', '/v1/segment-groups/all', { key })).status).toBe(422)
  expect(await json('GET', '/v1/boards/all', { key })).toMatchObject({ version: 1 })
})

test('a segment that reads a trait is exact from its first sight, others from the first event', async () => {
  const { key } = await newAccount()
  const order = {
    id: 'o1',
    channel: 'web',
    customer: { id: 'a' },
    placedAt: '2026-01-10T10:00:00Z',
    status: 'paid',
    currency: 'GBP',
    total: 100,
  }
  await json('PUT', '/v1/orders', { key, body: [order] })
  const traits = { id: 'a', traits: { plan: 'gold' }, updatedAt: '2026-03-05T10:00:00Z' }
  await json('PUT', '/v1/customers', { key, body: [traits] })
  const gold = { all: [{ fact: 'trait.plan', op: '=', value: 'gold' }] }
  await json('POST', '/v1/segments', {
    key,
    body: { key: 'gold', name: 'Gold', rule: gold },
    status: 201,
  })
  const named = { all: [{ fact: 'segment', op: '=', value: 'gold' }] }
  await json('POST', '/v1/segments', {
    key,
    body: { key: 'of_gold', name: 'x', rule: named },
    status: 201,
  })
  expect(await json('GET', '/v1/segments/gold', { key })).toMatchObject({
    size: 1,
    exactFrom: '2026-03-05',
  })
  expect(await json('GET', '/v1/segments/of_gold', { key })).toMatchObject({
    exactFrom: '2026-03-05',
  })
  expect(await json('GET', '/v1/segments/vip', { key })).toMatchObject({
    size: 0,
    exactFrom: '2026-01-10',
  })
})
