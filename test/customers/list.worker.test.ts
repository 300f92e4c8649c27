import { beforeAll, describe, expect, test } from 'vitest'
import { call, json, newAccount } from '../support/worker/api.ts'
import { keepUpWith } from '../support/worker/rebuild.ts'

interface Row {
  id: number
  name: string | null
  email: string | null
  value?: string | null
  totalOrderValue: number
  fields?: Record<string, unknown>
  group?: unknown
}
interface List {
  items: Row[]
  next: string | null
  total: number
  groups?: { value: unknown; customers: number }[]
}

const day = 86_400_000
const ago = (days: number) => new Date(Date.now() - days * day).toISOString()

/** Eight customers of the recipes: product lines, VIP, a bad rating, phones, tablets, versions. */
const people = [
  { id: 'ada', traits: { product_line: 'A', phone: 'iPhone 15', ios: '17.0' }, tags: ['vip'] },
  { id: 'ben', traits: { product_line: 'A', phone: 'iPhone 14', ios: '16.4' }, tags: [] },
  { id: 'cleo', traits: { product_line: 'B', tablet: 'iPad Air' }, tags: ['bad_rating'] },
  { id: 'dan', traits: { product_line: 'C', tablet: 'iPad Mini', ios: '17.0' }, tags: ['vip'] },
  { id: 'eve', traits: { phone: 'iPhone 15' }, tags: [] },
  { id: 'finn', traits: { tablet: 'iPad Air', ios: '17.1' }, tags: [] },
  { id: 'gia', traits: {}, tags: [] },
  { id: 'hal', traits: { product_line: 'B' }, tags: ['newsletter'] },
] as const

let account: { id: number; key: string }

async function list(query: Record<string, string | object>): Promise<List> {
  return json<List>('GET', `/v1/customers?${searchOf(query)}`, { key: account.key })
}

function searchOf(query: Record<string, string | object>): string {
  const texts = Object.entries(query).map(([name, value]) => [
    name,
    typeof value === 'string' ? value : JSON.stringify(value),
  ])
  return new URLSearchParams(texts).toString()
}

const names = ({ items }: List) => items.map(({ name }) => name)
const trait = (name: string, op: string, value?: unknown) => ({
  fact: `trait.${name}`,
  op,
  ...(value !== undefined && { value }),
})

beforeAll(async () => {
  account = await newAccount()
  const { key } = account
  await json('PUT', '/v1/customers', {
    key,
    body: people.map(({ id, traits, tags }, n) => ({
      id: `shop:${id}`,
      name: id,
      email: `${id}@example.com`,
      createdAt: ago(n < 3 ? 5 + n : 400),
      traits,
      tags,
    })),
  })
  await json('PUT', '/v1/orders', {
    key,
    body: people.flatMap(({ id }, n) =>
      Array.from({ length: n % 3 }, (_, k) => ({
        id: `${id}-${k}`,
        channel: k === 0 ? 'web' : 'market',
        customer: { id: `shop:${id}` },
        placedAt: ago(100 - n - k),
        status: 'paid',
        currency: 'GBP',
        total: 1_000 * (n + 1),
      })),
    ),
  })
  await keepUpWith(account.id)
})

describe('the ten lists of the help desk’s cookbook', () => {
  test.each([
    ['product line A', { filter: { all: [trait('product_line', '=', 'A')] } }, ['ada', 'ben']],
    ['product line B', { filter: { all: [trait('product_line', '=', 'B')] } }, ['cleo', 'hal']],
    ['product line C', { filter: { all: [trait('product_line', '=', 'C')] } }, ['dan']],
    [
      'new in 30 days',
      { filter: { all: [{ fact: 'person.createdAt', op: 'within', value: { days: 30 } }] } },
      ['ada', 'ben', 'cleo'],
    ],
    ['VIP by tag', { filter: { all: [{ fact: 'tag', op: '=', value: 'vip' }] } }, ['ada', 'dan']],
    [
      'bad rating by tag',
      { filter: { all: [{ fact: 'tag', op: '=', value: 'bad_rating' }] } },
      ['cleo'],
    ],
    [
      'preferred phone, grouped by phone',
      { filter: { all: [trait('phone', 'exists')] }, groupBy: 'trait.phone' },
      ['ada', 'ben', 'eve'],
    ],
    [
      'tablet, grouped by tablet',
      { filter: { all: [trait('tablet', 'exists')] }, groupBy: 'trait.tablet' },
      ['cleo', 'dan', 'finn'],
    ],
    ['one model', { filter: { all: [trait('phone', '=', 'iPhone 15')] } }, ['ada', 'eve']],
    ['one version', { filter: { all: [trait('ios', '=', '17.0')] } }, ['ada', 'dan']],
  ])('%s', async (_, query, expected) => {
    const found = await list(query)
    expect(names(found).toSorted()).toEqual(expected)
    expect(found.total).toBe(expected.length)
  })

  test('groups stand in the order of their values, with how many are in each', async () => {
    const filter = { all: [trait('phone', 'exists')] }
    const found = await list({ filter, groupBy: 'trait.phone', sort: 'totalOrderValue' })
    expect(found.groups).toEqual([
      { value: 'iPhone 14', customers: 1 },
      { value: 'iPhone 15', customers: 2 },
    ])
    // Ada bought nothing, Eve once for 50.00.
    expect(found.items.map(({ name, group }) => [name, group])).toEqual([
      ['ben', 'iPhone 14'],
      ['ada', 'iPhone 15'],
      ['eve', 'iPhone 15'],
    ])
  })
})

describe('a list', () => {
  test('is sorted by a field, those without a value last in both directions', async () => {
    const up = names(await list({ sort: 'trait.product_line' }))
    const down = names(await list({ sort: '-trait.product_line' }))
    expect(up).toEqual(['ada', 'ben', 'cleo', 'hal', 'dan', 'eve', 'finn', 'gia'])
    expect(down).toEqual(['dan', 'cleo', 'hal', 'ada', 'ben', 'eve', 'finn', 'gia'])
  })

  test('comes page by page without a gap, grouped and sorted', async () => {
    const query = { groupBy: 'trait.product_line', sort: '-totalOrderValue' }
    const whole = names(await list(query))
    const pages: (string | null)[] = []
    let after = ''
    do {
      const page: List = await list({ ...query, limit: '3', ...(after !== '' && { after }) })
      pages.push(...names(page))
      after = page.next ?? ''
    } while (after !== '')
    expect(pages).toEqual(whole)
    expect(whole).toHaveLength(8)
  })

  test('tells the fields that are asked for beside its own columns', async () => {
    const found = await list({ columns: 'name,trait.phone,tag,orders.last.channel', q: 'cleo' })
    expect(found.items.map(({ fields }) => fields)).toEqual([
      { 'trait.phone': null, tag: 'bad_rating', 'orders.last.channel': 'market' },
    ])
  })

  test('shows instances of the persons whom a filter finds', async () => {
    const filter = { all: [{ fact: 'orders.count', op: '=', value: 2 }] }
    const found = await list({ filter, view: 'channel', sort: 'totalOrderValue' })
    expect(found.items.map(({ name, value }) => [name, value])).toEqual([
      ['cleo', 'market'],
      ['cleo', 'web'],
      ['finn', 'market'],
      ['finn', 'web'],
    ])
  })

  test('takes a filter that ranks, and one that names segments, beside a segment', async () => {
    const first = { fact: 'orders.sum', rank: { top: 2, unit: 'people' } }
    expect(names(await list({ filter: { all: [first] } }))).toEqual(['finn', 'hal'])
    const repeat = { fact: 'segment', op: '=', value: 'repeat_customer' }
    const found = await list({ filter: { all: [repeat, trait('tablet', 'exists')] } })
    expect(names(found)).toEqual(['finn', 'cleo'])
    const both = await list({
      segment: 'repeat_customer',
      filter: { none: [trait('ios', 'exists')] },
    })
    expect(names(both)).toEqual(['cleo'])
  })

  test.each([
    ['filter=nonsense', 'filter'],
    [searchOf({ filter: { all: [{ fact: 'orders.count', op: '~', value: 1 }] } }), 'filter.all'],
    [
      searchOf({ filter: { all: [{ fact: 'segment', op: '=', value: 'gone' }] } }),
      'filter.all[0].value',
    ],
    ['sort=shoeSize', 'sort'],
    ['groupBy=shoeSize', 'groupBy'],
    ['columns=name,shoeSize', 'columns'],
    ['segment=gone', 'segment'],
    ['after=nonsense', 'after'],
  ])('refuses %s, naming the parameter', async (query, path) => {
    const response = await call('GET', `/v1/customers?${query}`, { key: account.key })
    expect(response.status).toBe(422)
    expect(JSON.stringify(await response.json())).toContain(path)
  })
})

describe('the file of a list', () => {
  async function file(query: Record<string, string | object>) {
    const response = await call('GET', `/v1/customers.csv?${searchOf(query)}`, { key: account.key })
    expect(response.status).toBe(200)
    const text = await response.text()
    return {
      text,
      lines: text.replace('\uFEFF', '').trimEnd().split('\r\n'),
      stamp: response.headers.get('X-Stamp') ?? '',
      check: JSON.parse(response.headers.get('X-Stamp-Check') ?? 'null'),
      name: response.headers.get('Content-Disposition'),
    }
  }

  test('has the rows of the list in its order, and the columns that are shown', async () => {
    const query = {
      filter: { all: [trait('product_line', 'exists')] },
      columns: 'name,trait.product_line,totalOrderValue',
    }
    const { lines, name, stamp } = await file(query)
    const shown = await list(query)
    expect(lines).toEqual([
      'customer,name,trait.product_line,totalOrderValue,currency',
      ...shown.items.map(
        ({ id, name: own, fields, totalOrderValue }) =>
          `${id},${own},${fields?.['trait.product_line']},${(totalOrderValue / 100).toFixed(2)},GBP`,
      ),
    ])
    expect(name).toContain(`customers_${stamp}.csv`)
  })

  test('made again has the same stamp; after a change it says how many customers changed', async () => {
    const query = { sort: '-orders' }
    const first = await file(query)
    expect((await file(query)).stamp).toBe(first.stamp)
    expect((await file({ ...query, stamp: first.stamp })).check).toEqual({ state: 'same' })
    expect((await file({ sort: 'orders', stamp: first.stamp })).check).toEqual({ state: 'other' })
    const order = { id: 'late', channel: 'web', customer: { id: 'shop:gia' }, placedAt: ago(50) }
    const body = [{ ...order, status: 'paid', currency: 'GBP', total: 700 }]
    await json('PUT', '/v1/orders', { key: account.key, body })
    await keepUpWith(account.id)
    const again = await file({ ...query, stamp: first.stamp })
    expect(again.check).toEqual({ state: 'changed', persons: 1 })
    await call('DELETE', '/v1/orders/late', { key: account.key })
  })

  test('neutralises cells that begin like a formula, and keeps markup, bidi marks and long names', async () => {
    const own = await newAccount()
    const long = 'x'.repeat(500)
    const hostile = ['=1+2', '@SUM(A1)', '-2', '+3', '<b>"bold"</b>', 'a\u202Eb', long]
    await json('PUT', '/v1/customers', {
      key: own.key,
      body: hostile.map((name, n) => ({ id: `shop:${n}`, name })),
    })
    await keepUpWith(own.id)
    const response = await call('GET', '/v1/customers.csv?columns=name', { key: own.key })
    const lines = (await response.text()).split('\r\n').slice(1, -1)
    expect(lines.map((line) => line.slice(line.indexOf(',') + 1, -4))).toEqual([
      "'=1+2",
      "'@SUM(A1)",
      "'-2",
      "'+3",
      '"<b>""bold""</b>"',
      'a\u202Eb',
      long,
    ])
  })
})
