import { beforeAll, expect, test } from 'vitest'
import { json, newAccount } from '../support/worker/api.ts'
import { keepUpWith } from '../support/worker/rebuild.ts'

let account: { id: number; key: string }

beforeAll(async () => {
  account = await newAccount()
  const { key } = account
  const order = {
    channel: 'web',
    placedAt: '2026-03-01T10:00:00Z',
    status: 'paid',
    currency: 'GBP',
  }
  await json('PUT', '/v1/orders', {
    key,
    body: [1, 2, 3].map((n) => ({
      ...order,
      id: `o${n}`,
      customer: { id: `shop:${n}` },
      total: 100,
      properties: { Country: n === 1 ? 'Norway' : 'Chile' },
      lines: [{ title: `Tea ${n}`, quantity: 1, total: 100, properties: { leaf: 'green' } }],
    })),
  })
  const customer = { traits: { plan: 'gold' }, tags: ['vip', 'early'] }
  await json('PUT', '/v1/customers', { key, body: [{ id: 'shop:1', ...customer }] })
  const ticket = { requester: { id: 'shop:1' }, status: 'open', createdAt: '2026-03-02T10:00:00Z' }
  await json('PUT', '/v1/tickets', {
    key,
    body: [{ ...ticket, id: 't1', channel: 'email', fields: { Topic: 'Delivery' } }],
  })
})

const ask = (path: string) => json<{ items: unknown[] }>('GET', path, { key: account.key })

async function everything() {
  const values = async (query: string) => (await ask(`/v1/fields/values?${query}`)).items
  return {
    names: await ask('/v1/fields'),
    countries: await values('of=order&name=Country'),
    channels: await values('of=order&name=channel'),
    titles: await values('of=order&name=title&q=tea%202'),
    topics: await values('of=ticket&name=Topic'),
    plans: await values('of=trait&name=plan'),
    tags: await values('of=tag'),
    nothing: await values('of=trait&name=unknown'),
  }
}

const expected = {
  names: { order: ['Country'], line: ['leaf'], ticket: ['Topic'], trait: ['plan'] },
  countries: ['Chile', 'Norway'],
  channels: ['web'],
  titles: ['Tea 2'],
  topics: ['Delivery'],
  plans: ['gold'],
  tags: ['early', 'vip'],
  nothing: [],
}

test('names and values of the shop’s own fields are told, before there are columns and after', async () => {
  expect(await everything()).toEqual(expected)
  await keepUpWith(account.id)
  expect(await everything()).toEqual(expected)
})
