import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { call, json, newAccount } from '../support/worker/api.ts'
import { derived, keepUpWith, rebuild } from '../support/worker/rebuild.ts'

const at = (day: number) => new Date(Date.UTC(2026, 0, 1) + day * 86_400_000).toISOString()

/** One thing that is told; whoever tells it later with a greater update instant is right. */
interface Told {
  kind: 'orders' | 'refunds' | 'tickets'
  record: Record<string, unknown>
}

/**
 * The story of three people: orders, a correction of one, refunds in an order and apart, a late order of long ago,
 * an order that changes its owner, a cancelled one, tickets that change. Every record says when it was true.
 */
function story(prefix: string): Told[] {
  const id = (name: string) => `${prefix}-${name}`
  const order = (
    name: string,
    customer: string,
    day: number,
    total: number,
    told: number,
    more = {},
  ) => ({
    kind: 'orders' as const,
    record: {
      id: id(name),
      channel: total % 2 === 0 ? 'web' : 'market',
      customer: { id: id(customer) },
      placedAt: at(day),
      status: 'paid',
      currency: 'GBP',
      total,
      updatedAt: at(told),
      ...more,
    },
  })
  const ticket = (name: string, customer: string, day: number, status: string, told: number) => ({
    kind: 'tickets' as const,
    record: {
      id: id(name),
      channel: 'email',
      requester: { id: id(customer) },
      status,
      createdAt: at(day),
      updatedAt: at(told),
    },
  })
  return [
    order('o1', 'mina', 10, 1000, 10),
    order('o1', 'mina', 10, 1200, 12),
    order('o2', 'mina', 40, 801, 40),
    order('o2', 'mina', 40, 801, 60, { refunds: [{ at: at(55), amount: 300 }] }),
    order('o3', 'theo', 41, 500, 41),
    order('o3', 'mina', 41, 500, 43),
    order('o4', 'theo', -300, 2001, 70),
    order('o5', 'ana', 50, 900, 50),
    order('o5', 'ana', 50, 900, 52, { status: 'cancelled' }),
    order('o6', 'ana', 51, 901, 51),
    {
      kind: 'refunds',
      record: {
        id: id('r1'),
        customer: { id: id('ana') },
        at: at(58),
        currency: 'GBP',
        amount: 100,
        updatedAt: at(58),
      },
    },
    ticket('t1', 'theo', 20, 'open', 20),
    ticket('t1', 'theo', 20, 'solved', 25),
    ticket('t2', 'lone', 21, 'open', 21),
  ]
}

/** The cards of a story's people by name; the numbers of persons and the story's prefix are left out. */
function cardsOf(cards: Record<string, unknown>, prefix: string): Record<string, unknown> {
  const found: Record<string, unknown> = {}
  for (const entry of Object.values(cards)) {
    const text = JSON.stringify(entry)
    const name = new RegExp(`"id:${prefix}-(\\w+)"`).exec(text)?.[1]
    if (name !== undefined) found[name] = JSON.parse(text.replaceAll(`${prefix}-`, ''))
  }
  return found
}

const stories = Array.from({ length: 10 }, (_, n) => `s${n}`)
const events = story('x').length
const order = fc.shuffledSubarray(
  Array.from({ length: events }, (_, i) => i),
  { minLength: events },
)

/** Sends ten stories side by side, each in its own order, in bodies of a few events of each. */
async function tell(key: string, orders: readonly (readonly number[])[], sizes: readonly number[]) {
  let start = 0
  for (const size of sizes) {
    const part = stories.flatMap((prefix, n) =>
      (orders[n] ?? []).slice(start, start + size).map((index) => story(prefix)[index]),
    )
    start += size
    for (const kind of ['orders', 'refunds', 'tickets'] as const) {
      const body = part.filter((one) => one?.kind === kind).map((one) => one?.record)
      if (body.length > 0) await json('PUT', `/v1/${kind}`, { key, body })
    }
  }
}

test(
  'a thousand orders of arrival end in one and the same result, that of a rebuild',
  {
    timeout: 900_000,
  },
  async () => {
    const seed = Date.now() % 2 ** 31
    let first: unknown = null
    await fc.assert(
      fc.asyncProperty(
        fc.array(order, { minLength: stories.length, maxLength: stories.length }),
        fc.array(fc.integer({ min: 1, max: 5 }), { minLength: events, maxLength: events }),
        async (orders, sizes) => {
          const { id: account, key } = await newAccount()
          await tell(key, orders, sizes)
          await keepUpWith(account)
          const incremental = await derived(account)
          first ??= cardsOf(incremental, 's0')
          for (const prefix of stories) expect(cardsOf(incremental, prefix)).toEqual(first)
          await rebuild(account)
          expect(await derived(account)).toEqual(incremental)
        },
      ),
      { numRuns: 100, seed },
    )
    expect(Object.keys(Object(first)).toSorted()).toEqual(['ana', 'lone', 'mina', 'theo'])
    console.log(`100 × ${stories.length} orders of arrival, seed ${seed}`)
  },
)

test(
  'All stays byte for byte the same through fifty changes of instance bases',
  { timeout: 300_000 },
  async () => {
    const { id: account, key } = await newAccount()
    for (const { kind, record } of story('s'))
      await json('PUT', `/v1/${kind}`, { key, body: [record] })
    await keepUpWith(account)
    const all = async () => {
      const texts: string[] = []
      const paths = [
        '/v1/customers?limit=200',
        ...['vip', 'repeat_customer', 'active_customer', 'new_customer'].flatMap((segment) => [
          `/v1/segments/${segment}/members?on=2026-02-25`,
          `/v1/segments/${segment}/history?from=2026-01-01&to=2026-03-31`,
        ]),
      ]
      for (const path of paths) texts.push(await (await call('GET', path, { key })).text())
      const instances = await json<{ all: object }>('GET', '/v1/instances?property=channel', {
        key,
      })
      return [...texts, JSON.stringify(instances.all)]
    }
    const before = await all()
    const rule = { all: [{ fact: 'orders.count', op: '>=', value: 2 }] }
    const bases = ['channel', 'Country', null, 'campaign']
    const versions = new Map<string, number>()
    const next = fc.sample(
      fc.record({
        key: fc.constantFrom('one', 'two', 'three'),
        basis: fc.constantFrom(...bases),
        drop: fc.boolean(),
      }),
      { numRuns: 50, seed: 26 },
    )
    for (const change of next) {
      const version = versions.get(change.key)
      const body = { name: change.key, rule, basis: change.basis }
      if (version === undefined) {
        const made = await json<{ version: number }>('POST', '/v1/segments', {
          key,
          body: { ...body, key: change.key },
          status: 201,
        })
        versions.set(change.key, made.version)
      } else if (change.drop) {
        await call('DELETE', `/v1/segments/${change.key}`, { key })
        versions.delete(change.key)
      } else {
        await json('PUT', `/v1/segments/${change.key}`, { key, body: { ...body, version } })
        versions.set(change.key, version + 1)
      }
    }
    for (const own of versions.keys()) await call('DELETE', `/v1/segments/${own}`, { key })
    await keepUpWith(account)
    expect(await all()).toEqual(before)
  },
)
