import { describe, expect, test } from 'vitest'
import { call, json, newAccount } from '../support/worker/api.ts'
import { type ConnectedAccount, connectedAccount, sessionOf } from '../support/worker/desk.ts'

interface Saved {
  id: string
  name: string
  own: boolean
  shared: boolean
  version: number
}

const query = { segment: 'vip', sort: '-orders' }

async function save(key: string, body: Record<string, unknown>): Promise<Saved> {
  return json<Saved>('POST', '/v1/lists', { key, body, status: 201 })
}

async function namesSeen(key: string): Promise<string[]> {
  return (await json<{ items: Saved[] }>('GET', '/v1/lists', { key })).items.map(({ name }) => name)
}

async function twoAgents(shop: ConnectedAccount): Promise<[string, string]> {
  const body = { name: 'Noor', role: 'agent' }
  await json('PUT', '/v1/members/77', { key: shop.key, body })
  return [await sessionOf(shop), await sessionOf(shop, '77')]
}

describe('saved lists', () => {
  test('are seen by who made them; those for everybody are seen by all', async () => {
    const shop = await connectedAccount()
    const [agent, other] = await twoAgents(shop)
    await save(agent, { name: 'Mine', query })
    await save(agent, { name: 'Ours', query, shared: true })
    expect(await namesSeen(agent)).toEqual(['Mine', 'Ours'])
    expect(await namesSeen(other)).toEqual(['Ours'])
    expect(await namesSeen((await newAccount()).key)).toEqual([])
  })

  test('are changed by their version: the second of two editors is told', async () => {
    const { key } = await newAccount()
    const { id, version } = await save(key, { name: 'VIPs', query })
    const body = { name: 'VIPs by orders', query, version }
    const path = `/v1/lists/${id}`
    expect(await json('PUT', path, { key, body })).toMatchObject({ version: 2, own: true })
    expect((await call('PUT', path, { key, body })).status).toBe(409)
    expect(await namesSeen(key)).toEqual(['VIPs by orders'])
    expect((await call('DELETE', path, { key })).status).toBe(204)
    expect((await call('DELETE', path, { key })).status).toBe(404)
  })

  test('for everybody are changed by who made them and by admins alone', async () => {
    const shop = await connectedAccount()
    const [agent, other] = await twoAgents(shop)
    const { id, version } = await save(agent, { name: 'Ours', query, shared: true })
    const body = { name: 'Theirs', query, shared: true, version }
    expect((await call('PUT', `/v1/lists/${id}`, { key: other, body })).status).toBe(403)
    expect((await call('PUT', `/v1/lists/${id}`, { key: shop.key, body })).status).toBe(200)
  })

  test.each([
    [{ sort: 'shoeSize' }, 'query.sort'],
    [{ shoeSize: '38' }, 'shoeSize'],
    [{ columns: 'name,shoeSize' }, 'query.columns'],
    [{ filter: '{"all":[]}' }, 'query.filter'],
  ])('with parameters that make no list are refused: %j', async (wrong, path) => {
    const { key } = await newAccount()
    const response = await call('POST', '/v1/lists', { key, body: { name: 'x', query: wrong } })
    expect(response.status).toBe(422)
    expect(JSON.stringify(await response.json())).toContain(path)
  })

  test('are named where a segment that they read is used', async () => {
    const { key } = await newAccount()
    await save(key, { name: 'VIPs', query })
    const rule = { all: [{ fact: 'segment', op: '=', value: 'vip' }] }
    await save(key, { name: 'Also VIPs', query: { filter: JSON.stringify(rule) } })
    await save(key, { name: 'Everybody', query: {} })
    const named = { key: 'best', name: 'Best', rule }
    await json('POST', '/v1/segments', { key, body: named, status: 201 })
    const drawing = { nodes: [{ key: 'vip', x: 0, y: 0 }], arrows: [], version: 0 }
    await json('PUT', '/v1/boards/all', { key, body: drawing })
    const uses = await json<{ segments: unknown[]; lists: Saved[]; boards: string[] }>(
      'GET',
      '/v1/segments/vip/uses',
      { key },
    )
    expect(uses.segments).toEqual([{ key: 'best', name: 'Best' }])
    expect(uses.boards).toEqual(['all'])
    expect(uses.lists.map(({ name }) => name)).toEqual(['Also VIPs', 'VIPs'])
  })
})
