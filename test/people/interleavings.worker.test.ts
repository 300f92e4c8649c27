import { env } from 'cloudflare:workers'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { call, json, newAccount } from '../support/worker/api.ts'
import { derived, keepUpWith, rebuild } from '../support/worker/rebuild.ts'

/** Something that somebody does; all of one list happen at the same time. */
type Step =
  | { do: 'order'; id: number; customer: number; total: number; daysAgo: number }
  | { do: 'refund'; id: number; customer: number; amount: number; daysAgo: number }
  | { do: 'ticket'; id: number; customer: number }
  | { do: 'message'; id: number; ticket: number }
  | { do: 'delete'; id: number }
  | { do: 'merge'; from: number; into: number }
  | { do: 'split'; person: number; customer: number }
  | { do: 'evaluate' }

const small = fc.integer({ min: 1, max: 4 })
const id = fc.integer({ min: 1, max: 8 })
const daysAgo = fc.integer({ min: 0, max: 500 })
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('order' as const),
      id,
      customer: small,
      total: fc.integer({ min: 0, max: 900 }),
      daysAgo,
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('refund' as const),
      id,
      customer: small,
      amount: fc.integer({ min: 0, max: 200 }),
      daysAgo,
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('ticket' as const), id, customer: small }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('message' as const), id, ticket: id }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('delete' as const), id }) },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('merge' as const), from: small, into: small }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('split' as const), person: small, customer: small }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('evaluate' as const) }) },
)

const at = (days: number) => new Date(Date.UTC(2026, 5, 1) - days * 86_400_000).toISOString()

async function perform(one: Step, key: string, account: number): Promise<void> {
  const put = (kind: string, record: object) => json('PUT', `/v1/${kind}`, { key, body: [record] })
  const customer = 'customer' in one ? { id: `c${one.customer}` } : {}
  switch (one.do) {
    case 'order':
      await put('orders', {
        id: `o${one.id}`,
        channel: one.id % 2 ? 'web' : 'market',
        customer,
        placedAt: at(one.daysAgo),
        status: 'paid',
        currency: 'GBP',
        total: one.total,
      })
      return
    case 'refund':
      await put('refunds', {
        id: `r${one.id}`,
        customer,
        at: at(one.daysAgo),
        currency: 'GBP',
        amount: one.amount,
      })
      return
    case 'ticket':
      await put('tickets', {
        id: `t${one.id}`,
        channel: 'email',
        requester: customer,
        status: 'open',
        createdAt: at(one.id),
      })
      return
    case 'message':
      await put('messages', {
        id: `m${one.id}`,
        ticketId: `t${one.ticket}`,
        at: at(1),
        author: 'customer',
        public: true,
        text: 'x',
      })
      return
    case 'delete':
      await call('DELETE', `/v1/orders/o${one.id}`, { key })
      return
    case 'merge':
      await call('POST', `/v1/customers/${one.into}/merge`, { key, body: { from: one.from } })
      return
    case 'split':
      await call('POST', `/v1/customers/${one.person}/split`, {
        key,
        body: { profiles: [`id:c${one.customer}`] },
      })
      return
    case 'evaluate':
      await keepUpWith(account)
  }
}

/** Every fact stands with the person that owns its source customer, and every place tells where its fact is. */
async function misplaced(account: number): Promise<unknown[]> {
  const found: unknown[] = []
  for (const [kind, table] of [
    ['order', 'orders'],
    ['refund', 'refunds'],
    ['ticket', 'tickets'],
  ] as const) {
    const { results } = await env.SHARD_00.prepare(
      `SELECT f.id, f.person, i.person AS owner, p.person AS place FROM ${table} f
        JOIN identities i ON i.account = f.account AND i.key = f.profile
        LEFT JOIN places p ON p.account = f.account AND p.kind = '${kind}' AND p.id = f.id
        WHERE f.account = ? AND (f.person <> i.person OR p.person IS NOT f.person OR p.at IS NOT f.at)`,
    )
      .bind(account)
      .all()
    found.push(...results)
  }
  return found
}

test(
  'whatever happens at the same time ends where a rebuild ends',
  { timeout: 600_000 },
  async () => {
    const seed = Date.now() % 2 ** 31
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 6, maxLength: 16 }), async (steps) => {
        const { id: account, key } = await newAccount()
        for (const customer of [1, 2, 3]) {
          await perform(
            { do: 'order', id: 10 + customer, customer, total: 100, daysAgo: 30 },
            key,
            account,
          )
        }
        await Promise.all(steps.map((one) => perform(one, key, account)))
        await keepUpWith(account)
        const incremental = await derived(account)
        expect(await misplaced(account)).toEqual([])
        await rebuild(account)
        expect(incremental).toEqual(await derived(account))
      }),
      { numRuns: 200, seed },
    )
    console.log(`200 interleavings, seed ${seed}`)
  },
)
