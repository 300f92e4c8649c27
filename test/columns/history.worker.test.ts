import { env } from 'cloudflare:workers'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { checkRange, compactNext } from '../../worker/compact.ts'
import { call, json, newAccount } from '../support/worker/api.ts'
import {
  compactAll,
  fromColumns,
  fromRows,
  interrupted,
  opened,
} from '../support/worker/columns.ts'

const SEED = 5
const RUNS = 12
const rangeSize = 4
const NOW = Date.parse('2026-06-01T00:00:00Z')
const HOUR = 3_600_000

async function stored(account: number): Promise<{ first: number; parts: number }[]> {
  const { results } = await env.SHARD_00.prepare(
    'SELECT first, count(*) AS parts FROM chunks WHERE account = ? AND first >= 0 GROUP BY first',
  )
    .bind(account)
    .all<{ first: number; parts: number }>()
  return results
}

/** One thing that may happen to an account. */
type Event =
  | { kind: 'put'; noun: string; body: Record<string, unknown>[] }
  | {
      kind: 'call'
      method: string
      path: (persons: number[]) => string
      body?: (persons: number[]) => unknown
    }
  | { kind: 'compact'; crash: number | null; meanwhile: Event | null }
  | { kind: 'later' }

const pick = (list: readonly number[], at: number) => list[at % Math.max(1, list.length)] ?? 1
const customer = fc
  .tuple(
    fc.integer({ min: 1, max: 14 }),
    fc.option(fc.constantFrom('Ann', 'Bo'), { nil: undefined }),
  )
  .map(([id, name]) => ({ id: `c${id}`, ...(name && { name }) }))
const day = fc
  .integer({ min: 1, max: 28 })
  .map((date) => `2026-02-${String(date).padStart(2, '0')}T09:00:00Z`)
const color = fc.constantFrom<unknown>('red', 'blue', 5, ['red', 'green'])
const orderId = fc.integer({ min: 1, max: 12 }).map((id) => `o${id}`)
const ticketId = fc.integer({ min: 1, max: 6 }).map((id) => `t${id}`)

const put = (noun: string, body: fc.Arbitrary<Record<string, unknown>>): fc.Arbitrary<Event> =>
  fc
    .array(body, { minLength: 1, maxLength: 5 })
    .map((records): Event => ({ kind: 'put', noun, body: records }))

const change: fc.Arbitrary<Event> = fc.oneof(
  {
    weight: 4,
    arbitrary: put(
      'orders',
      fc.record({
        id: orderId,
        channel: fc.constantFrom('web', 'shop'),
        customer,
        placedAt: day,
        status: fc.constantFrom('paid', 'cancelled'),
        currency: fc.constantFrom('GBP', 'EUR'),
        total: fc.nat(9000),
        properties: fc.record({ color }),
        refunds: fc.array(fc.record({ at: day, amount: fc.nat(50) }), { maxLength: 1 }),
        lines: fc.array(
          fc.record({
            sku: fc.constantFrom('a', 'b'),
            title: fc.constant('thing'),
            quantity: fc.constant(1),
            total: fc.nat(99),
            properties: fc.record({ color }),
          }),
          { maxLength: 2 },
        ),
      }),
    ),
  },
  put(
    'refunds',
    fc.record({
      id: fc.constantFrom('r1', 'r2'),
      customer,
      at: day,
      currency: fc.constant('GBP'),
      amount: fc.nat(50),
      orderId,
    }),
  ),
  put(
    'customers',
    customer.chain(({ id }) =>
      fc.record({
        id: fc.constant(id),
        name: fc.constantFrom('Ann', 'Bo'),
        traits: fc.record({ plan: fc.constantFrom('a', 'b') }),
        tags: fc.array(fc.constantFrom('x', 'y')),
      }),
    ),
  ),
  put(
    'tickets',
    fc.record({
      id: ticketId,
      channel: fc.constant('mail'),
      requester: customer,
      status: fc.constantFrom('open', 'solved'),
      createdAt: day,
      tags: fc.array(fc.constantFrom('x', 'y')),
      fields: fc.record({ color }),
    }),
  ),
  put(
    'messages',
    fc.record({
      id: fc.constantFrom('m1', 'm2', 'm3'),
      ticketId,
      at: day,
      author: fc.constantFrom('customer', 'agent'),
      public: fc.boolean(),
      text: fc.constant('hello'),
    }),
  ),
  put(
    'ratings',
    ticketId.chain((of) =>
      fc.record({
        id: fc.constant(`a${of}`),
        ticketId: fc.constant(of),
        ratedAt: day,
        level: fc.integer({ min: 1, max: 5 }),
        scale: fc.constant(5),
        reasons: fc.constantFrom([], ['slow']),
      }),
    ),
  ),
  fc
    .oneof(
      orderId.map((id) => `orders/${id}`),
      ticketId.map((id) => `tickets/${id}`),
    )
    .map((path): Event => ({ kind: 'call', method: 'DELETE', path: () => `/v1/${path}` })),
  fc.tuple(fc.nat(), fc.nat()).map(([into, from]): Event => ({
    kind: 'call',
    method: 'POST',
    path: (persons) => `/v1/customers/${pick(persons, into)}/merge`,
    body: (persons) => ({ from: pick(persons, from) }),
  })),
  fc.tuple(fc.nat(), customer).map(([of, { id }]): Event => ({
    kind: 'call',
    method: 'POST',
    path: (persons) => `/v1/customers/${pick(persons, of)}/split`,
    body: () => ({ profiles: [`id:${id}`] }),
  })),
  fc.nat().map((of): Event => ({
    kind: 'call',
    method: 'DELETE',
    path: (persons) => `/v1/customers/${pick(persons, of)}`,
  })),
)

const compaction = fc
  .tuple(fc.option(fc.integer({ min: 0, max: 4 }), { freq: 2 }), fc.option(change, { freq: 2 }))
  .map(([crash, meanwhile]): Event => ({ kind: 'compact', crash, meanwhile }))
const events = fc.array(
  fc.oneof(
    { weight: 6, arbitrary: change },
    { weight: 4, arbitrary: compaction },
    fc.constant<Event>({ kind: 'later' }),
  ),
  { minLength: 15, maxLength: 40 },
)

test('columns and tail say what the rows say, whatever happens', async () => {
  let compacted = 0
  let crashed = 0
  let compared = 0
  await fc.assert(
    fc.asyncProperty(events, async (list) => {
      const { id, key } = await newAccount()
      let world = await opened(id)
      let now = NOW
      const apply = async (event: Event): Promise<void> => {
        const persons = [...(await fromRows(world.db, world.account)).keys()]
        if (event.kind === 'put') {
          await json('PUT', `/v1/${event.noun}`, { key, body: event.body })
        } else if (event.kind === 'call') {
          await call(event.method, event.path(persons), {
            key,
            ...(event.body && { body: event.body(persons) }),
          })
        } else if (event.kind === 'later') {
          now += HOUR
        } else {
          now += 10 * 60_000
          const { crash, meanwhile } = event
          const db = interrupted(world.db, async (batch) => {
            if (batch === crash) throw new Error('crash')
            if (batch === 1 && meanwhile !== null) await apply(meanwhile)
          })
          try {
            const { done } = await compactNext(db, world.account, {
              now,
              holder: `h${now}`,
              rangeSize,
            })
            if (done === 'compacted') compacted += 1
          } catch (error) {
            if (!(error instanceof Error) || error.message !== 'crash') throw error
            crashed += 1
          }
        }
      }
      for (const event of list) {
        world = await opened(id)
        await apply(event)
        const truth = await fromRows(world.db, world.account)
        expect(await fromColumns(world.db, world.account, { rangeSize })).toEqual(truth)
        compared += truth.size
      }
      world = await opened(id)
      await compactAll(world.db, world.account, now + HOUR, rangeSize)
      expect(await fromColumns(world.db, world.account, { rangeSize })).toEqual(
        await fromRows(world.db, world.account),
      )
      for (const { first } of await stored(id)) {
        const check = await checkRange(world.db, world.account, first, {
          size: 20,
          random: Math.random,
          rangeSize,
        })
        expect(check).toMatchObject({ different: 0, unreadable: false })
      }
    }),
    { seed: SEED, numRuns: RUNS, endOnFailure: true },
  )
  expect(compacted).toBeGreaterThan(RUNS)
  expect(crashed).toBeGreaterThan(RUNS / 2)
  expect(compared).toBeGreaterThan(1_000)
}, 600_000)
