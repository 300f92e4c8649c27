import { env } from 'cloudflare:workers'
import * as fc from 'fast-check'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { z } from 'zod'
import { claimsOf, sign } from '../support/signing.ts'
import { call } from '../support/worker/api.ts'
import type { ConnectedAccount } from '../support/worker/desk.ts'
import { connectedAccount, postToken, sessionOf } from '../support/worker/desk.ts'

/** Stands in every piece of personal data below, so that no part of one slips through. */
const mark = 'Zq9Mina'
const personal = [
  `${mark} Kowalska`,
  `${mark}@example.com`,
  `+44 20 7946 0000 ${mark}`,
  `I am ${mark} and very angry\n    at ${mark} (file.ts:1)`,
  `{"name":"${mark}"`,
  `'; DROP TABLE ${mark}; --`,
]

const methods = ['GET', 'PUT', 'POST', 'PATCH', 'DELETE']
const places = [
  '/v1/orders',
  '/v1/refunds',
  '/v1/customers',
  '/v1/tickets',
  '/v1/messages',
  '/v1/ratings',
  '/v1/rates',
  '/v1/account',
  '/v1/accounts',
  '/v1/keys',
  '/v1/members',
  '/v1/permissions',
  '/v1/session',
  '/v1/customers/1/merge',
  '/zaf/sidebar',
  '/docs',
  '/nowhere',
]

const lines: string[] = []
const secrets: string[] = [env.SESSION_SECRET, env.BOOTSTRAP_KEY ?? 'operator']
let shop: ConnectedAccount
let session: string

const levels = ['log', 'info', 'warn', 'error', 'debug', 'trace'] as const

beforeAll(async () => {
  for (const level of levels) {
    vi.spyOn(console, level).mockImplementation((...parts: unknown[]) => {
      lines.push(parts.map(String).join(' '))
    })
  }
  shop = await connectedAccount({ name: mark })
  session = await sessionOf(shop)
  secrets.push(shop.key, session)
})

afterAll(() => {
  vi.restoreAllMocks()
})

/** A database whose every error quotes the data it was given. */
function talkative(database: D1Database): D1Database {
  return new Proxy(database, {
    get: (_target, property) => {
      if (property !== 'prepare' && property !== 'batch') return undefined
      return () => {
        throw new TypeError(`cannot store ${personal.join('\n')} with ${shop.key}`)
      }
    },
  })
}

const words = fc.constantFrom(...personal)
const record = fc.dictionary(
  fc.constantFrom('id', 'name', 'email', 'phone', 'text', 'customer', 'lines', 'at', mark),
  fc.oneof(words, fc.record({ email: words, name: words }), fc.array(words)),
)
const request = fc.record({
  method: fc.constantFrom(...methods),
  place: fc.constantFrom(...places),
  below: fc.option(words, { nil: undefined }),
  query: fc.option(words, { nil: undefined }),
  header: words.map((text) => text.replaceAll('\n', ' ')),
  body: fc.oneof(
    words,
    record.map((one) => JSON.stringify(one)),
    fc.array(record, { maxLength: 3 }).map((many) => JSON.stringify([order, ...many])),
  ),
  type: fc.constantFrom('application/json', 'application/x-ndjson', 'text/plain', `text/${mark}`),
  bearer: fc.constantFrom('key', 'session', 'operator', 'bad', 'none'),
  broken: fc.constantFrom('nothing', 'nothing', 'control', 'data'),
})

/** Nothing is wrong with this one, so it reaches the database. */
const order = {
  id: mark,
  channel: mark,
  customer: { email: personal[1], name: personal[0] },
  placedAt: '2026-03-01T10:00:00Z',
  status: 'paid',
  currency: 'GBP',
  total: 100,
  shipTo: { name: personal[0], city: mark },
}

function bindingsOf(broken: string): Partial<typeof env> {
  if (broken === 'control') return { CONTROL: talkative(env.CONTROL) }
  return broken === 'data' ? { SHARD_00: talkative(env.SHARD_00) } : {}
}

const seed = 20_261_124
const count = 400

test(`nothing personal and no secret is logged (seed ${seed}, ${count} requests)`, async () => {
  await fc.assert(
    fc.asyncProperty(request, async (one) => {
      const below = one.below === undefined ? '' : `/${encodeURIComponent(one.below)}`
      const query = one.query === undefined ? '' : `?q=${encodeURIComponent(one.query)}`
      const bearers: Record<string, string | null> = {
        key: shop.key,
        session,
        operator: env.BOOTSTRAP_KEY ?? '',
        bad: `${mark}.${mark}`,
        none: null,
      }
      await call(one.method, `${one.place}${below}${query}`, {
        key: bearers[one.bearer] ?? null,
        headers: { 'Content-Type': one.type, 'User-Agent': one.header, Referer: one.header },
        ...(one.method !== 'GET' && { body: one.body }),
        env: bindingsOf(one.broken),
      })
    }),
    { seed, numRuns: count },
  )
  const claims = claimsOf(shop.desk, Date.now(), { sub: mark, name: mark, email: personal[1] })
  const token = await sign(shop.desk, claims)
  secrets.push(token)
  await postToken(token, { query: `origin=${mark}` })
  await postToken(await sign(shop.desk, claimsOf(shop.desk, Date.now(), { name: mark })), {
    query: `origin=${encodeURIComponent(shop.origin)}&app_guid=${mark}`,
  })

  expect(lines.length).toBeGreaterThan(count)
  expect(lines.filter((line) => line.includes('"status":500')).length).toBeGreaterThan(10)
  const leaks = lines.filter(
    (line) =>
      line.includes(mark) ||
      line.includes('7946') ||
      line.includes('DROP TABLE') ||
      secrets.some((secret) => line.includes(secret)),
  )
  expect(leaks).toEqual([])
})

const figures = z.union([
  z.strictObject({
    requestId: z.uuid(),
    method: z.enum(methods),
    route: z.string().regex(/^\/[\w/:*.-]*$/),
    status: z.int(),
    account: z.int().nullable(),
    ms: z.int(),
    queries: z.int(),
    read: z.int(),
    written: z.int(),
  }),
  z.strictObject({
    requestId: z.uuid(),
    level: z.literal('error'),
    error: z.string(),
    detail: z.string().nullable(),
    at: z.string(),
  }),
  z.strictObject({ requestId: z.uuid(), level: z.literal('warn'), refused: z.string() }),
])

test('every line is an object of known figures', () => {
  const strange = lines.filter((line) => !figures.safeParse(JSON.parse(line)).success)
  expect(strange).toEqual([])
})

test('a line names the route, not the address', () => {
  const routes = new Set(lines.map((line) => JSON.parse(line).route))
  expect(routes).toContain('/v1/orders')
  expect(routes).toContain('/v1/customers/:id')
  expect(routes).not.toContain('/*/*')
})
