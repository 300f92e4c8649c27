import { env } from 'cloudflare:workers'
import { describe, expect, test } from 'vitest'
import { call, json, newAccount } from '../support/worker/api.ts'
import { settle, tick } from '../support/worker/jobs.ts'

const zelda = {
  id: 'shop:7',
  name: 'Zelda Quux',
  email: 'zelda@quux.example',
  phone: '+442071838750',
}
const personal = /zelda|quux|2071838750/i

/** Everything Zelda's shop and help desk know of her. */
const records = {
  customers: [{ ...zelda, createdAt: '2024-01-01T00:00:00Z', traits: { note: 'Zelda likes tea' } }],
  orders: [
    {
      id: 'o1',
      channel: 'web',
      customer: zelda,
      placedAt: '2025-02-01T10:00:00Z',
      status: 'paid',
      currency: 'GBP',
      total: 1_000,
      properties: { giftFor: 'Quux' },
    },
  ],
  refunds: [
    {
      id: 'r1',
      orderId: 'o1',
      customer: zelda,
      at: '2025-02-03T10:00:00Z',
      currency: 'GBP',
      amount: 100,
    },
  ],
  tickets: [
    {
      id: 't1',
      channel: 'email',
      requester: { email: zelda.email },
      createdAt: '2025-02-02T10:00:00Z',
      status: 'solved',
      subject: 'Zelda asks',
    },
  ],
  messages: [
    {
      id: 'm1',
      ticketId: 't1',
      at: '2025-02-02T10:00:00Z',
      author: 'customer',
      public: true,
      text: 'I am Zelda Quux',
    },
  ],
  ratings: [
    {
      id: 'g1',
      ticketId: 't1',
      ratedAt: '2025-02-04T10:00:00Z',
      level: 1,
      scale: 2,
      comment: 'Quux is angry',
    },
  ],
}

const other = {
  ...records.orders[0],
  id: 'o2',
  customer: { id: 'shop:8', email: 'bo@else.example' },
  properties: {},
}

async function sendAll(key: string): Promise<Record<string, unknown>[]> {
  const answers = []
  for (const [noun, body] of Object.entries(records)) {
    answers.push(await json('PUT', `/v1/${noun}`, { key, body }))
  }
  return answers
}

/** All rows of an account in all tables of its database, as text. */
async function rowsOf(account: number): Promise<Map<string, string>> {
  const { results: tables } = await env.SHARD_00.prepare(
    `SELECT name FROM sqlite_master WHERE type = 'table' AND sql LIKE '%account INTEGER%'`,
  ).all<{ name: string }>()
  const found = new Map<string, string>()
  for (const { name } of tables) {
    const { results } = await env.SHARD_00.prepare(`SELECT * FROM ${name} WHERE account = ?`)
      .bind(account)
      .all()
    const bodies = results.map((row) => [row, String(row['body'] ?? '')])
    found.set(
      name,
      JSON.stringify(bodies) + bodies.map(([, body]) => readable(String(body))).join(' '),
    )
  }
  return found
}

/** Columns are base64: what they say. */
function readable(body: string): string {
  return /^[\w+/]+=*$/.test(body) && body.length % 4 === 0 ? atob(body) : body
}

async function newShop() {
  const shop = await newAccount()
  await json('PATCH', '/v1/account', { key: shop.key, body: { keepText: true } })
  await sendAll(shop.key)
  await json('PUT', '/v1/orders', { key: shop.key, body: [other] })
  return shop
}

describe('erasing a customer', () => {
  test('leaves nothing of them in any table, columns included, and answers with a receipt', async () => {
    const { id, key } = await newShop()
    await settle(key)
    const before = await rowsOf(id)
    for (const table of [
      'profiles',
      'identities',
      'persons',
      'orders',
      'tickets',
      'messages',
      'ratings',
      'chunks',
    ]) {
      expect([table, personal.test(before.get(table) ?? '')]).toEqual([table, true])
    }
    expect(await json('DELETE', '/v1/customers/1', { key })).toEqual({
      id: 1,
      erasedAt: expect.any(String),
      profiles: 1,
      orders: 1,
      refunds: 1,
      tickets: 1,
      messages: 1,
      ratings: 1,
      observations: 1,
    })
    for (const [table, rows] of await rowsOf(id)) {
      expect([table, personal.exec(rows)?.[0]]).toEqual([table, undefined])
    }
    await settle(key)
    expect((await call('GET', '/v1/customers/1', { key })).status).toBe(404)
    expect(await json('GET', '/v1/customers', { key })).toMatchObject({ total: 1 })
  })

  test('empties every table that has a person, whichever it is', async () => {
    const { results: tables } = await env.SHARD_00.prepare(
      `SELECT name FROM sqlite_master WHERE type = 'table' AND sql LIKE '%  person INTEGER%' ORDER BY name`,
    ).all<{ name: string }>()
    const { id, key } = await newShop()
    await settle(key)
    await json('DELETE', '/v1/customers/1', { key })
    const left: string[] = []
    for (const { name } of tables) {
      const row = await env.SHARD_00.prepare(
        `SELECT count(*) AS n FROM ${name} WHERE account = ? AND person = 1`,
      )
        .bind(id)
        .first<{ n: number }>()
      if (row?.n !== 0) left.push(name)
    }
    expect(left).toEqual(['erasures'])
  })

  test('keeps them away when everything is sent again, and others are stored', async () => {
    const { id, key } = await newShop()
    await json('DELETE', '/v1/customers/1', { key })
    const answers = await sendAll(key)
    expect(answers.map(({ changed, erased }) => [changed, erased])).toEqual(
      answers.map(() => [0, 1]),
    )
    for (const [table, rows] of await rowsOf(id)) {
      expect([table, personal.exec(rows)?.[0]]).toEqual([table, undefined])
    }
    const mixed = [{ ...other, id: 'o3' }, ...records.orders]
    expect(await json('PUT', '/v1/orders', { key, body: mixed })).toMatchObject({
      changed: 1,
      unchanged: 1,
      erased: 1,
    })
  })

  test('keeps a ticket away that was never seen before, and the messages that came first', async () => {
    const { id, key } = await newShop()
    const early = { ...records.messages[0], id: 'm9', ticketId: 't9' }
    await json('PUT', '/v1/messages', { key, body: [early] })
    await json('DELETE', '/v1/customers/1', { key })
    const ticket = { ...records.tickets[0], id: 't9' }
    expect(await json('PUT', '/v1/tickets', { key, body: [ticket] })).toMatchObject({ erased: 1 })
    const late = { ...early, id: 'm10' }
    expect(await json('PUT', '/v1/messages', { key, body: [late] })).toMatchObject({ erased: 1 })
    expect(personal.exec((await rowsOf(id)).get('messages') ?? '')).toBeNull()
  })

  test('lets them come back with an order of a later date, as somebody new', async () => {
    const { key } = await newShop()
    await json('DELETE', '/v1/customers/1', { key })
    const later = new Date(Date.now() + 60_000).toISOString()
    const order = { ...records.orders[0], id: 'o9', placedAt: later }
    expect(await json('PUT', '/v1/orders', { key, body: [order] })).toMatchObject({ changed: 1 })
    await settle(key)
    const found = await json('GET', '/v1/customers/lookup?externalId=shop:7', { key })
    expect(found).toMatchObject({ id: 3 })
    expect(await json('PUT', '/v1/orders', { key, body: records.orders })).toMatchObject({
      erased: 1,
    })
  })

  test('erases what was merged into them too, and the record of the merge', async () => {
    const { id, key } = await newShop()
    await json('PATCH', '/v1/customers/2', { key, body: { name: 'Zelda at work' } })
    await json('POST', '/v1/customers/1/merge', { key, body: { from: 2 } })
    await settle(key)
    expect(await json('DELETE', '/v1/customers/1', { key })).toMatchObject({
      profiles: 2,
      orders: 2,
    })
    for (const [table, rows] of await rowsOf(id)) {
      expect([table, /zelda|quux|bo@else/i.exec(rows)?.[0]]).toEqual([table, undefined])
    }
  })

  test('wins against records that arrive at the same moment', async () => {
    const { id, key } = await newShop()
    const sends = Array.from({ length: 12 }, () => sendAll(key))
    const erased = json('DELETE', '/v1/customers/1', { key })
    await Promise.all([...sends, erased])
    await sendAll(key)
    const rows = await rowsOf(id)
    for (const table of ['profiles', 'identities', 'orders', 'tickets', 'messages', 'ratings']) {
      expect([table, personal.exec(rows.get(table) ?? '')?.[0]]).toEqual([table, undefined])
    }
  })

  test('is written down: receipts list who erased whom, when, and how much', async () => {
    const { key } = await newShop()
    await json('DELETE', '/v1/customers/1', { key })
    await json('DELETE', '/v1/customers/2', { key })
    const { items, next } = await json<{ items: object[]; next: string }>(
      'GET',
      '/v1/erasures?limit=1',
      { key },
    )
    expect(items).toEqual([
      {
        person: 2,
        erasedAt: expect.any(String),
        by: 'key:first key',
        facts: { orders: 1, refunds: 0, tickets: 0, messages: 0, ratings: 0, observations: 0 },
      },
    ])
    expect(await json('GET', `/v1/erasures?before=${next}`, { key })).toMatchObject({
      items: [{ person: 1, facts: { orders: 1, refunds: 1, tickets: 1, messages: 1, ratings: 1 } }],
      next: null,
    })
  })

  test('receipts of one moment are all listed, page by page, and a broken cursor is named', async () => {
    const { id, key } = await newShop()
    await json('DELETE', '/v1/customers/1', { key })
    await json('DELETE', '/v1/customers/2', { key })
    await env.SHARD_00.prepare('UPDATE erasures SET at = 1772366400000 WHERE account = ?')
      .bind(id)
      .run()
    const persons: number[] = []
    let query = 'limit=1'
    for (let pages = 0; pages < 5; pages += 1) {
      const page = await json<{ items: { person: number }[]; next: string | null }>(
        'GET',
        `/v1/erasures?${query}`,
        { key },
      )
      persons.push(...page.items.map(({ person }) => person))
      if (page.next === null) break
      query = `limit=1&before=${page.next}`
    }
    expect(persons.toSorted()).toEqual([1, 2])
    expect((await call('GET', '/v1/erasures?before=soon', { key })).status).toBe(422)
  })

  test('answers 404 for nobody, and the second time', async () => {
    const { key } = await newShop()
    expect((await call('DELETE', '/v1/customers/99', { key })).status).toBe(404)
    await json('DELETE', '/v1/customers/1', { key })
    expect((await call('DELETE', '/v1/customers/1', { key })).status).toBe(404)
  })
})

test('an export holds every row about a customer and nothing of others', async () => {
  const { key } = await newShop()
  const text = await (await call('GET', '/v1/customers/1/export', { key })).text()
  const found: Record<string, unknown[]> = JSON.parse(text)
  expect(
    Object.entries(found).flatMap(([table, rows]) =>
      Array.isArray(rows) ? [[table, rows.length]] : [],
    ),
  ).toEqual([
    ['profiles', 1],
    ['identities', 3],
    ['orders', 1],
    ['refunds', 1],
    ['tickets', 1],
    ['messages', 1],
    ['ratings', 1],
    ['observations', 1],
    ['push_targets', 0],
    ['push_writes', 0],
    ['push_marks', 0],
  ])
  expect(text).toContain('I am Zelda Quux')
  expect(text).not.toContain('bo@else.example')
  expect((await call('GET', '/v1/customers/99/export', { key })).status).toBe(404)
})

describe('retention', () => {
  const message = (id: string, at: string) => ({ ...records.messages[0], id, at })
  const texts = async (account: number) => {
    const { results } = await env.SHARD_00.prepare(
      'SELECT id FROM messages WHERE account = ? AND text IS NOT NULL ORDER BY id',
    )
      .bind(account)
      .all<{ id: string }>()
    return results.map(({ id }) => id)
  }
  const day = 86_400_000
  const ago = (days: number) => new Date(Date.now() - days * day).toISOString()

  test.each([
    [30, ['new', 'young'], 'older ones are forgotten'],
    [null, ['m1', 'new', 'old', 'young'], 'nothing is forgotten without a limit'],
  ])('of %s days leaves the words of %j: %s', async (messagesDays, left, _because) => {
    const { id, key } = await newShop()
    await json('PATCH', '/v1/account', { key, body: { retention: { messagesDays } } })
    const body = [message('old', ago(31)), message('young', ago(29)), message('new', ago(0))]
    await json('PUT', '/v1/messages', { key, body })
    await settle(key)
    await tick()
    expect(await texts(id)).toEqual(left)
    const row = await env.SHARD_00.prepare('SELECT count(*) AS n FROM messages WHERE account = ?')
      .bind(id)
      .first<{ n: number }>()
    expect(row?.n).toBe(4)
  })
})
