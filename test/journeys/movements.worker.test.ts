import { env } from 'cloudflare:workers'
import type { Figures } from '../../app/journeys/shapes.ts'
import { describe, expect, test } from 'vitest'
import { call, json, newAccount } from '../support/worker/api.ts'
import { keepUpWith } from '../support/worker/rebuild.ts'

const order = (customer: string, on: string, more: Record<string, unknown> = {}) => ({
  id: `${customer} ${on}`,
  channel: 'web',
  customer: { id: customer },
  placedAt: `${on}T12:00:00Z`,
  status: 'paid',
  currency: 'GBP',
  total: 1_000,
  ...more,
})

const bought = (op: string, value: number) => ({
  all: [{ fact: 'orders.count', op, value }],
})
const nodes = [
  { key: '@once', rule: bought('=', 1) },
  { key: '@twice', rule: bought('=', 2) },
  { key: '@more', rule: bought('>=', 2) },
]
const may = { from: '2026-05-01', to: '2026-05-31' }

interface Counted {
  from: string
  to: string
  items: (Figures & { source: string; target: string; previous: Figures })[]
}

async function count(key: string, body: Record<string, unknown>) {
  const arrows = [{ source: '@once', target: '@more' }]
  const asked = { arrows, nodes, ...may, ...body }
  return await json<Counted>('POST', '/v1/movements', { key, body: asked })
}
const first = async (key: string, body: Record<string, unknown> = {}) =>
  (await count(key, body)).items[0]

/** An early order of nobody else, then those of the test; columns are made unless the test says otherwise. */
async function shop(orders: readonly unknown[], withColumns = true) {
  const { id, key } = await newAccount()
  const body = [order('early', '2024-01-01'), ...orders]
  await json('PUT', '/v1/orders', { key, body })
  if (withColumns) await keepUpWith(id)
  return { id, key }
}

const story = [
  // Comes in April, again in May: moves after 30 days.
  order('a', '2026-04-10'),
  order('a', '2026-05-10'),
  // One to three in the period.
  order('b', '2026-04-10'),
  order('b', '2026-05-10'),
  order('b', '2026-05-11'),
  // Stays at one.
  order('c', '2026-05-20'),
  // Two at once: never had just one.
  order('d', '2026-05-20'),
  { ...order('d', '2026-05-20'), id: 'd again' },
  // Moved in April.
  order('e', '2026-03-10'),
  order('e', '2026-04-20'),
]

describe('movement along an arrow', () => {
  test.each([true, false])('is counted by the definition (from columns: %s)', async (columns) => {
    const { key } = await shop(story, columns)
    const arrows = [
      { source: '@once', target: '@more' },
      { source: '@once', target: '@twice' },
    ]
    const { from, to, items } = await count(key, { arrows })
    expect([from, to]).toEqual(['2026-05-01', '2026-05-31'])
    // early, a, b and c were at one purchase on a day from 30 April to 30 May; d and e were not.
    expect(items[0]).toMatchObject({
      moved: 2,
      sameDay: 0,
      joinedTarget: 3,
      sourceSize: 4,
      rate: 0.5,
      medianDays: 30,
      n: 2,
      incomplete: null,
    })
    // Wilson, 2 of 4, by hand: (0.5 + 0.4802 ± 0.6791) / 1.9604.
    expect(items[0]?.low).toBeCloseTo(0.15, 3)
    expect(items[0]?.high).toBeCloseTo(0.85, 3)
    // 1 → 3 in the period is not 1 → 2.
    expect(items[1]).toMatchObject({ moved: 1, joinedTarget: 2 })
    // Of early, a, b and e in April, e moved, after 41 days.
    expect(items[0]?.previous).toMatchObject({
      from: '2026-04-01',
      to: '2026-04-30',
      moved: 1,
      sourceSize: 4,
      rate: 0.25,
      medianDays: 41,
    })
  })

  test('names the segment and the first day it is known from', async () => {
    const { id, key } = await newAccount()
    await json('PUT', '/v1/orders', { key, body: [order('a', '2026-05-10')] })
    await keepUpWith(id)
    const incomplete = { segment: '@once', exactFrom: '2026-05-10' }
    expect(await first(key)).toMatchObject({ incomplete, sourceSize: 1 })
    const customer = {
      id: 'a',
      traits: { plan: 'gold' },
      updatedAt: '2026-05-20T12:00:00Z',
    }
    await json('PUT', '/v1/customers', { key, body: [customer] })
    const gold = { all: [{ fact: 'trait.plan', op: '=', value: 'gold' }] }
    const asked = {
      nodes: [...nodes, { key: '@gold', rule: gold }],
      arrows: [{ source: '@once', target: '@gold' }],
      from: '2026-05-15',
    }
    const item = await first(key, asked)
    expect(item).toMatchObject({ moved: 0, joinedTarget: 0, incomplete: { segment: '@gold' } })
  })

  test('says that nothing is known of an empty shop', async () => {
    const { key } = await newAccount()
    expect(await first(key)).toMatchObject({
      moved: 0,
      sourceSize: 0,
      rate: null,
      low: null,
      incomplete: { segment: '@once', exactFrom: null },
    })
  })

  test('two customers who are merged in the period count as the one they always were', async () => {
    const { id, key } = await shop([order('a', '2026-04-10'), order('b', '2026-05-10')])
    expect(await first(key)).toMatchObject({ moved: 0, sourceSize: 3 })
    const person = async (order: string) =>
      (
        await env.SHARD_00.prepare(
          "SELECT person FROM places WHERE account = ? AND kind = 'order' AND id = ?",
        )
          .bind(id, order)
          .first<{ person: number }>()
      )?.person ?? 0
    const [into, from] = [await person('a 2026-04-10'), await person('b 2026-05-10')]
    const body = { from }
    const path = `/v1/customers/${into}`
    const { id: move } = await json<{ id: number }>('POST', `${path}/merge`, { key, body })
    expect(await first(key)).toMatchObject({ moved: 1, sourceSize: 2 })
    await keepUpWith(id)
    expect(await first(key)).toMatchObject({ moved: 1, sourceSize: 2 })
    await json('POST', `${path}/undo`, { key, body: { move } })
    expect(await first(key)).toMatchObject({ moved: 0, sourceSize: 3 })
  })

  test('a later order of somebody in the columns changes what was counted before', async () => {
    const { id, key } = await shop(story)
    expect(await first(key)).toMatchObject({ moved: 2 })
    await json('PUT', '/v1/orders', { key, body: [order('c', '2026-05-25')] })
    expect(await first(key)).toMatchObject({ moved: 3 })
    await keepUpWith(id)
    expect(await first(key)).toMatchObject({ moved: 3 })
  })

  test('the ways of old count nothing before a segment was made', async () => {
    const { key } = await shop(story)
    const body = { key: 'more', name: 'More', rule: bought('>=', 2) }
    await json('POST', '/v1/segments', { key, body, status: 201 })
    const arrows = [{ source: '@once', target: 'more' }]
    expect(await first(key, { arrows })).toMatchObject({ moved: 2, incomplete: null })
    const today = new Date().toISOString().slice(0, 10)
    expect(await first(key, { arrows, parity: true })).toMatchObject({
      moved: 0,
      joinedTarget: 0,
      sourceSize: 0,
      incomplete: { exactFrom: today },
    })
  })

  test.each([
    [{ arrows: [{ source: '@once', target: 'nothing' }] }, /no segment "nothing"/],
    [{ arrows: [{ source: 'Not a key', target: '@once' }] }, /arrows\[0\]\.source/],
    [{ arrows: [] }, /arrows/],
    [{ from: '2026-06-01' }, /from: after to/],
    [{ to: '2099-01-01' }, /to: after today/],
    [{ from: '1980-01-01', to: '1981-01-01' }, /from: too long ago/],
    [{ from: '2000-01-01' }, /more than 4000 days/],
    [{ nodes: [...nodes, nodes[0]] }, /another node/],
    [{ nodes: [...nodes, { key: '@rated_bad', rule: bought('=', 1) }] }, /another node/],
    [{ nodes: [...nodes, { key: '@bad', rule: { all: [{ fact: 'x', op: '=' }] } }] }, /rule/],
    [
      {
        nodes: [
          ...nodes,
          { key: '@named', rule: { all: [{ fact: 'segment', op: '=', value: 'none' }] } },
        ],
      },
      /none is no segment/,
    ],
  ])('%j is refused by name', async (body, words) => {
    const { key } = await newAccount()
    const asked = { arrows: [{ source: '@once', target: '@more' }], nodes, ...may, ...body }
    const answer = await json<{ detail: string }>('POST', '/v1/movements', {
      key,
      body: asked,
      status: 422,
    })
    expect(answer.detail).toMatch(words)
  })

  test('a node may rank, and name segments that do', async () => {
    const buyers = Array.from({ length: 20 }, (_, k) =>
      order(`p${k}`, k === 7 ? '2026-05-10' : '2026-04-01', { total: k === 7 ? 9_000 : 1_000 + k }),
    )
    const { key } = await shop([...buyers, order('p7', '2026-04-02', { total: 500 })])
    const asked = {
      nodes: [
        { key: '@best', rule: { all: [{ fact: 'orders.sum', rank: { top: 1, unit: 'people' } }] } },
        { key: '@vip', rule: { all: [{ fact: 'segment', op: '=', value: 'vip' }] } },
      ],
      arrows: [
        { source: 'new_customer', target: '@best' },
        { source: 'new_customer', target: '@vip' },
        { source: 'new_customer', target: 'vip' },
      ],
    }
    const { items } = await count(key, asked)
    expect(items.map(({ moved, joinedTarget }) => [moved, joinedTarget])).toEqual([
      [1, 1],
      [1, 1],
      [1, 1],
    ])
  })
})

describe('ratings and cases', () => {
  test('are nodes like others', async () => {
    const { id, key } = await shop([order('zendesk:1', '2026-03-01')])
    const ticket = {
      id: 't1',
      channel: 'email',
      requester: { id: 'zendesk:1' },
      status: 'open',
      createdAt: '2026-05-02T10:00:00Z',
    }
    const rating = { id: 'r1', ticketId: 't1', ratedAt: '2026-05-04T10:00:00Z', level: 1, scale: 5 }
    await json('PUT', '/v1/tickets', { key, body: [ticket] })
    await json('PUT', '/v1/ratings', { key, body: [rating] })
    const again = order('zendesk:1', '2026-05-09')
    await json('PUT', '/v1/orders', { key, body: [again] })
    await keepUpWith(id)
    const arrows = [
      { source: '@unresolved_case', target: '@rated_bad' },
      { source: '@rated_bad', target: '@more' },
      { source: '@resolved_case', target: '@more' },
      { source: '@rated_good', target: '@more' },
    ]
    const { items } = await count(key, { arrows })
    expect(items.map(({ moved, medianDays }) => [moved, medianDays])).toEqual([
      [1, 2],
      [1, 5],
      [0, null],
      [0, null],
    ])
    const solved = { ...ticket, status: 'solved', solvedAt: '2026-05-06T10:00:00Z' }
    await json('PUT', '/v1/tickets', { key, body: [solved] })
    const later = await count(key, { arrows })
    expect(later.items.map(({ moved }) => moved)).toEqual([0, 1, 1, 0])
  })
})

describe('the people behind an arrow', () => {
  const asked = { source: '@once', target: '@more', nodes, ...may }

  test('are listed page by page, with their days', async () => {
    const { key } = await shop(story.map((one, k) => ({ ...one, total: 1_000 + k })))
    const customer = { id: 'a', name: 'Ana', email: 'ana@example.com' }
    await json('PUT', '/v1/customers', { key, body: [customer] })
    const page = (body: Record<string, unknown>) =>
      json<{ items: { id: number }[]; next: string | null; total: number }>(
        'POST',
        '/v1/movements/customers',
        { key, body: { ...asked, ...body } },
      )
    const one = await page({ limit: 1 })
    expect(one).toMatchObject({
      items: [{ sourceJoined: '2026-04-10', targetJoined: '2026-05-10', days: 30 }],
      total: 2,
    })
    const two = await page({ limit: 1, after: Number(one.next) })
    expect(two).toMatchObject({ items: [{ days: 30 }], next: null, total: 2 })
    expect(two.items[0]?.id).not.toBe(one.items[0]?.id)
    expect((await page({ who: 'joinedTarget' })).total).toBe(3)
    expect((await page({ who: 'source' })).total).toBe(4)
    expect((await page({ who: 'sameDay' })).total).toBe(0)
  })

  test('come as a CSV file that no spreadsheet takes for formulas', async () => {
    const { id, key } = await shop(story)
    const customer = { id: 'a', name: '=1+1', email: 'ana@example.com' }
    await json('PUT', '/v1/customers', { key, body: [customer] })
    await keepUpWith(id)
    const answer = await call('POST', '/v1/movements/customers.csv', { key, body: asked })
    const text = await answer.text()
    expect(answer.headers.get('Content-Disposition')).toContain(
      'journey-once-more-2026-05-01_2026-05-31.csv',
    )
    const lines = text.trim().split('\r\n')
    expect(lines).toHaveLength(3)
    expect(lines[0]).toContain('customer,name,email,joined source,joined target,days')
    expect(text).toContain("'=1+1,ana@example.com,2026-04-10,2026-05-10,30")
  })
})

describe('the transition matrix', () => {
  test('has every pair of a group, and who stayed', async () => {
    const { key } = await shop(story)
    await json('POST', '/v1/segment-groups', {
      key,
      body: { key: 'steps', name: 'Steps' },
      status: 201,
    })
    for (const [name, rule] of [
      ['once', bought('=', 1)],
      ['twice', bought('=', 2)],
      ['thrice', bought('>=', 3)],
    ] as const) {
      const body = { key: name, name, rule, group: 'steps' }
      await json('POST', '/v1/segments', { key, body, status: 201 })
    }
    const path = '/v1/movements/matrix?group=steps&from=2026-05-01&to=2026-05-31'
    const told = await json<{ segments: unknown[]; items: { source: string; target: string }[] }>(
      'GET',
      path,
      { key },
    )
    expect(told.segments).toEqual([
      // early, a, b before; early and c after; early stayed.
      { key: 'once', before: 3, after: 2, stayed: 1 },
      { key: 'thrice', before: 0, after: 1, stayed: 0 },
      // e before; a, d, e after.
      { key: 'twice', before: 1, after: 3, stayed: 1 },
    ])
    expect(told.items).toHaveLength(6)
    const moved = Object.fromEntries(
      told.items.map((one) => [`${one.source} ${one.target}`, Object(one).moved]),
    )
    expect(moved).toEqual({
      'once thrice': 1,
      'once twice': 1,
      'thrice once': 0,
      'thrice twice': 0,
      'twice once': 0,
      // b had two on the day before the third.
      'twice thrice': 1,
    })
  })

  test('of all segments is that of the defaults', async () => {
    const { key } = await shop(story)
    const told = await json<{ segments: unknown[]; items: unknown[] }>(
      'GET',
      '/v1/movements/matrix',
      { key },
    )
    expect([told.segments.length, told.items.length]).toEqual([6, 30])
  })
})
