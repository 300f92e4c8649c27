import { describe, expect, test } from 'vitest'
import { call, json, newAccount } from '../support/worker/api.ts'
import { keepUpWith } from '../support/worker/rebuild.ts'

interface Board {
  group: string
  version: number
  nodes: { key: string }[]
  arrows: { source: string; target: string }[]
  updatedBy: string | null
}

const drawing = {
  nodes: [
    { key: 'new_customer', x: 0, y: 0 },
    { key: 'repeat_customer', x: 300, y: 0 },
    { key: '@rated_bad', x: 300, y: 200 },
    {
      key: '@lost',
      x: 600,
      y: 0,
      name: 'Lost',
      rule: { all: [{ fact: 'orders.daysSinceLast', op: '>', value: 120 }] },
    },
  ],
  arrows: [
    { source: 'new_customer', target: 'repeat_customer' },
    { source: '@rated_bad', target: '@lost' },
  ],
}

describe('a board', () => {
  test('is empty at first, saved with its version, and cleared', async () => {
    const { key } = await newAccount()
    const empty = await json<Board>('GET', '/v1/boards/all', { key })
    expect(empty).toEqual({
      group: 'all',
      version: 0,
      updatedAt: null,
      updatedBy: null,
      nodes: [],
      arrows: [],
    })
    const body = { version: 0, ...drawing }
    const saved = await json<Board>('PUT', '/v1/boards/all', { key, body })
    expect(saved).toMatchObject({ version: 1, ...drawing })
    expect(await json('GET', '/v1/boards/all', { key })).toEqual(saved)
    expect(await json('GET', '/v1/boards', { key })).toMatchObject({
      items: [{ group: 'all', version: 1, nodes: 4, arrows: 2, name: null }],
      total: 1,
      today: new Date().toISOString().slice(0, 10),
    })
    expect((await call('DELETE', '/v1/boards/all', { key })).status).toBe(204)
    expect(await json('GET', '/v1/boards/all', { key })).toMatchObject({ version: 2, nodes: [] })
    expect((await call('DELETE', '/v1/boards/all', { key })).status).toBe(404)
    // Whoever still draws on what was there before it was cleared is told.
    const late = { key, body: { version: 1, ...drawing } }
    expect((await call('PUT', '/v1/boards/all', late)).status).toBe(409)
  })

  test('of two who save the same version the second is told', async () => {
    const { key } = await newAccount()
    const put = (version: number, arrows: unknown[], status = 200) =>
      json<Board & { detail: string }>('PUT', '/v1/boards/all', {
        key,
        body: { ...drawing, version, arrows },
        status,
      })
    await put(0, [])
    await put(1, drawing.arrows)
    expect((await put(1, [], 409)).detail).toMatch(/Somebody else/)
    expect((await put(0, [], 409)).detail).toMatch(/Somebody else/)
    await put(7, [], 409)
    expect(await json('GET', '/v1/boards/all', { key })).toMatchObject({
      version: 2,
      arrows: drawing.arrows,
    })
    const both = await Promise.all(
      [0, 1].map(() => call('PUT', '/v1/boards/all', { key, body: { ...drawing, version: 2 } })),
    )
    expect(both.map(({ status }) => status).toSorted()).toEqual([200, 409])
  })

  test('belongs to a group, and goes with it', async () => {
    const { key } = await newAccount()
    const body = { key: 'steps', name: 'Steps' }
    expect((await call('GET', '/v1/boards/steps', { key })).status).toBe(404)
    await json('POST', '/v1/segment-groups', { key, body, status: 201 })
    await json('PUT', '/v1/boards/steps', { key, body: { version: 0, ...drawing } })
    expect(await json('GET', '/v1/boards', { key })).toMatchObject({
      items: [
        { group: 'all', version: 0 },
        { group: 'steps', name: 'Steps', version: 1 },
      ],
    })
    await call('DELETE', '/v1/segment-groups/steps', { key })
    await json('POST', '/v1/segment-groups', { key, body, status: 201 })
    expect(await json('GET', '/v1/boards/steps', { key })).toMatchObject({ version: 2, nodes: [] })
  })

  const [node] = drawing.nodes
  const own = drawing.nodes[3]
  test.each([
    [{ nodes: [{ key: 'none', x: 0, y: 0 }], arrows: [] }, /nodes\[0\]\.key: there is no segment/],
    [{ nodes: [node, node], arrows: [] }, /nodes\[1\]\.key: is on the board already/],
    [{ nodes: [node], arrows: [{ source: 'vip', target: 'new_customer' }] }, /arrows\[0\]\.source/],
    [
      { nodes: [node], arrows: [{ source: 'new_customer', target: 'new_customer' }] },
      /leads from a node to itself/,
    ],
    [{ arrows: [...drawing.arrows, drawing.arrows[0]] }, /arrows\[2\]: is on the board already/],
    [{ nodes: [{ ...node, name: 'New' }], arrows: [] }, /a name and a rule/],
    [{ nodes: [{ ...own, key: 'lost' }], arrows: [] }, /begins with @/],
    [{ nodes: [{ ...own, key: '@rated_bad' }], arrows: [] }, /has its own rule/],
    [{ nodes: [{ ...node, x: 0.5 }], arrows: [] }, /nodes\[0\]\.x/],
    [
      {
        nodes: [{ ...own, rule: { all: [{ fact: 'segment', op: '=', value: 'nothing' }] } }],
        arrows: [],
      },
      /nothing is no segment/,
    ],
  ])('%j is refused by name', async (change, words) => {
    const { key } = await newAccount()
    const body = { version: 0, ...drawing, ...change }
    const answer = await json<{ detail: string }>('PUT', '/v1/boards/all', {
      key,
      body,
      status: 422,
    })
    expect(answer.detail).toMatch(words)
  })
})

test('every template can be saved and counted as it comes', async () => {
  const { id, key } = await newAccount()
  const titles = ['Trial kit', 'Serum', 'Cream', 'Mask']
  const orders = Array.from({ length: 60 }, (_, k) => ({
    id: `o${k}`,
    channel: k % 3 === 0 ? 'Store Soho' : 'web',
    customer: { id: `c${k % 20}` },
    placedAt: `2026-0${1 + Math.floor(k / 20)}-${10 + (k % 10)}T12:00:00Z`,
    status: 'paid',
    currency: 'GBP',
    total: 1_000,
    lines: [
      {
        title: titles[Math.floor(k / 20) + (k % 2)],
        quantity: 1,
        total: 1_000,
        properties: { category: k % 2 === 0 ? 'Face' : 'Body' },
      },
    ],
  }))
  await json('PUT', '/v1/orders', { key, body: orders })
  await keepUpWith(id)
  const told = await json<{
    items: {
      key: string
      nodes: { key: string; rule?: unknown; words?: { name: string; value: string } }[]
      arrows: { source: string; target: string }[]
    }[]
  }>('GET', '/v1/board-templates', { key })
  expect(told.items.map((one) => one.key)).toEqual([
    'first_touch',
    'trial_line',
    'rfm',
    'online_offline',
    'fans',
  ])
  const words = (at: number) => told.items[at]?.nodes.map(({ words }) => words?.value)
  expect(words(1)).toEqual(['Trial kit', 'Body', 'Face'])
  expect(words(4)).toEqual(['Body', 'Cream'])
  let version = 0
  for (const { nodes, arrows } of told.items) {
    const own = nodes.filter(({ rule }) => rule !== undefined)
    const drawn = nodes.map(({ key: name, rule }, k) => ({
      key: name,
      x: k * 100,
      y: 0,
      ...(rule !== undefined && { name, rule }),
    }))
    const body = { version, nodes: drawn, arrows }
    version = (await json<{ version: number }>('PUT', '/v1/boards/all', { key, body })).version
    const asked = {
      arrows,
      nodes: own.map(({ key: name, rule }) => ({ key: name, rule })),
      from: '2026-01-10',
      to: '2026-03-31',
    }
    const { items } = await json<{ items: { joinedTarget: number }[] }>('POST', '/v1/movements', {
      key,
      body: asked,
    })
    expect(items).toHaveLength(arrows.length)
    expect(Math.max(...items.map((one) => one.joinedTarget))).toBeGreaterThan(0)
  }
})

test('a shop that sells nothing yet has the board of its rhythm only', async () => {
  const { key } = await newAccount()
  const told = await json<{ items: { key: string }[] }>('GET', '/v1/board-templates', { key })
  expect(told.items.map((one) => one.key)).toEqual(['rfm'])
})
