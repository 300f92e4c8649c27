import { env } from 'cloudflare:workers'
import { findTargetHandler } from 'hono/utils/handler'
import { expect, test } from 'vitest'
import { mintSession } from '../worker/auth/session.ts'
import { app } from '../worker/index.ts'
import { call, json, newAccount } from './support/worker/api.ts'
import { connectedAccount, sessionOf } from './support/worker/desk.ts'

/** The only routes that answer without a bearer; those of /zaf are signed by the help desk. */
const publicRoutes = [
  'GET /v1/health',
  'POST /zaf/:location',
  'ALL /zaf/:location',
  'GET /connections/zendesk/callback',
  'POST /webhooks/:connection',
  'GET /openapi.json',
  'GET /docs',
]

/** What runs before every route. */
const everywhere = 'ALL /*'

/** Routes whose last part is a name inside the caller's own account, so that nobody else's object is named. */
const ownNames = ['PUT /v1/members/:userId']

interface Route {
  name: string
  method: string
  path: string
  /** Scope that its handlers ask for; undefined when they ask for none. */
  scope: string | undefined
}

function scopeOf(handler: unknown): string | undefined {
  const found: unknown = Object(handler).scope
  return typeof found === 'string' ? found : undefined
}

const handlers = app.routes
  .map(({ method, path, handler }) => ({
    name: `${method} ${path}`,
    method,
    path,
    scope: scopeOf(findTargetHandler(handler)),
  }))
  .filter(({ name }) => name !== everywhere)

const routes: Route[] = [...Map.groupBy(handlers, ({ name }) => name).values()].flatMap(
  ([first, ...others]) =>
    first === undefined
      ? []
      : [{ ...first, scope: [first, ...others].find(({ scope }) => scope)?.scope }],
)

const guarded = routes.filter(({ name }) => !publicRoutes.includes(name))

const shop = await connectedAccount()
const stranger = await newAccount()

/** Sends a request to a route with its parameters filled by 1. */
function ask(route: Route, key: string | null) {
  const method = route.method === 'ALL' ? 'POST' : route.method
  const path = route.path.replace(/:\w+(\{[^}]*\})?/g, '1')
  return call(method, path, { key, ...(method !== 'GET' && { body: {} }) })
}

async function statusOf(route: Route, key: string | null): Promise<number> {
  return (await ask(route, key)).status
}

/** A key of the shop with every scope that an account may give but one. */
async function keyWithout(scope: string | undefined): Promise<string> {
  const scopes = ['ingest', 'read', 'satisfaction', 'admin'].filter((one) => one !== scope)
  const body = { name: `no ${scope}`, scopes }
  return (await json<{ key: string }>('POST', '/v1/keys', { key: shop.key, body, status: 201 })).key
}

const lasting = { account: shop.id, installation: shop.desk.installation, user: '42' }
const hours = 3_600_000
const past = { ...lasting, role: 'admin' as const, startedAt: Date.now() - 13 * hours }
const { token: overToken } = await mintSession(past, env.SESSION_SECRET, Date.now() - 12.6 * hours)
const { token: forgedToken } = await mintSession(
  { ...lasting, role: 'admin', startedAt: Date.now() },
  'a secret that somebody else made up',
  Date.now(),
)
const agentToken = await sessionOf(shop)

const badKeys = {
  nonsense: 'nonsense',
  'a key that was never made': `rk_${shop.id}_${'A'.repeat(43)}`,
  "a shop's key under another account": shop.key.replace(/^rk_\d+_/, `rk_${stranger.id}_`),
  'a session that is over': overToken,
  'a session signed by somebody else': forgedToken,
}

test('the public routes are these and no others', () => {
  const open = routes.filter(({ scope }) => scope === undefined).map(({ name }) => name)
  expect(open.toSorted()).toEqual(publicRoutes.toSorted())
})

test('every route is described with a summary', async () => {
  const { paths } = await json<{ paths: Record<string, Record<string, { summary?: string }>> }>(
    'GET',
    '/openapi.json',
    { key: null },
  )
  const missing = routes
    .filter(({ method }) => method !== 'ALL')
    .filter(({ method, path }) => {
      const inDocument = path.replace(/:(\w+)(\{[^}]*\})?/g, '{$1}')
      return (paths[inDocument]?.[method.toLowerCase()]?.summary ?? '').length < 5
    })
  expect(missing).toEqual([])
})

test.each(guarded)('$name is refused without a key (401)', async (route) => {
  const answer = await ask(route, null)
  expect(answer.status).toBe(401)
  expect(answer.headers.get('Content-Type')).toBe('application/problem+json')
})

test.each(guarded)('$name is refused with a bad key (401)', async (route) => {
  const answers = await Promise.all(
    Object.entries(badKeys).map(async ([what, key]) => [what, await statusOf(route, key)]),
  )
  expect(answers).toEqual(Object.keys(badKeys).map((what) => [what, 401]))
})

test.each(guarded)('$name is refused to a key without the scope $scope (403)', async (route) => {
  expect(await statusOf(route, await keyWithout(route.scope))).toBe(403)
})

test.each(guarded.filter(({ scope }) => scope !== 'read' && scope !== 'session'))(
  '$name is refused to an agent in the app (403)',
  async (route) => {
    expect(await statusOf(route, agentToken)).toBe(403)
  },
)

/** Makes an object in an account and says how its owner asks for it. */
type Maker = (owner: {
  id: number
  key: string
}) => Promise<{ path: string; body?: Record<string, unknown> }>

let serial = 0

/** Stores an order of a fresh customer; returns the order's id and the person. */
/** A person of the account with a scored message m1. */
async function messageIn(owner: { id: number; key: string }): Promise<number> {
  const { key } = owner
  const ticket = {
    id: 'scored',
    channel: 'email',
    requester: { id: 'zendesk:scored' },
    status: 'open',
    createdAt: '2026-03-01T10:00:00Z',
  }
  await json('PUT', '/v1/tickets', { key, body: [ticket] })
  const message = { id: 'm1', ticketId: 'scored', at: ticket.createdAt, author: 'customer' }
  const body = [{ ...message, public: true, text: 'This is terrible, I am very disappointed.' }]
  await json('PUT', '/v1/messages', { key, body })
  const place = await env.SHARD_00.prepare(
    "SELECT person FROM places WHERE account = ? AND kind = 'ticket' AND id = 'scored'",
  )
    .bind(owner.id)
    .first<{ person: number }>()
  return place?.person ?? 0
}

async function orderIn(owner: { id: number; key: string }, customer: Record<string, unknown> = {}) {
  serial += 1
  const order = {
    id: `order-${serial}`,
    channel: 'web',
    customer: { id: `shop:${serial}`, ...customer },
    placedAt: '2026-03-01T10:00:00Z',
    status: 'paid',
    currency: 'GBP',
    total: 100,
  }
  await json('PUT', '/v1/orders', { key: owner.key, body: [order] })
  const place = await env.SHARD_00.prepare(
    "SELECT person FROM places WHERE account = ? AND kind = 'order' AND id = ?",
  )
    .bind(owner.id, order.id)
    .first<{ person: number }>()
  return { order: order.id, profile: `id:${order.customer.id}`, person: place?.person ?? 0 }
}

async function ticketIn(owner: { key: string }) {
  serial += 1
  const ticket = {
    id: `ticket-${serial}`,
    channel: 'web',
    requester: { id: `shop:${serial}` },
    status: 'open',
    createdAt: '2026-03-01T10:00:00Z',
  }
  await json('PUT', '/v1/tickets', { key: owner.key, body: [ticket] })
  return ticket.id
}

/** Two persons, the second merged into the first. */
async function mergedIn(owner: { id: number; key: string }) {
  const [into, from] = [await orderIn(owner), await orderIn(owner)]
  const path = `/v1/customers/${into.person}`
  const { id: move } = await json<{ id: number }>('POST', `${path}/merge`, {
    key: owner.key,
    body: { from: from.person },
  })
  return { path, move, moved: from.profile }
}

/** Two persons who may be one: the second claims the first one's verified e-mail without proof. */
async function suggestedIn(owner: { id: number; key: string }) {
  serial += 1
  const email = `mina${serial}@example.com`
  const first = await orderIn(owner, { email, verified: true })
  const second = await orderIn(owner, { email })
  return { path: `/v1/customers/${second.person}`, other: first.person }
}

const weekly = { name: 'A week', keys: [], gapHours: 168 }

/** A method of the account's own. */
async function methodIn({ key }: { key: string }): Promise<string> {
  const path = '/v1/aggregation-methods'
  const { id } = await json<{ id: string }>('POST', path, { key, body: weekly, status: 201 })
  return id
}

/** A case of the account: its method, and its ticket. */
async function caseIn(owner: { id: number; key: string }) {
  const ticket = await ticketIn(owner)
  return { path: `/v1/cases/${await methodIn(owner)}:${ticket}`, body: { ticket } }
}

const boughtOnce = { all: [{ fact: 'orders.count', op: '>=', value: 1 }] }

async function segmentIn({ key }: { key: string }): Promise<string> {
  const body = { key: 'bought_once', name: 'Bought once', rule: boughtOnce }
  await json('POST', '/v1/segments', { key, body, status: 201 })
  return '/v1/segments/bought_once'
}

async function groupIn({ key }: { key: string }): Promise<string> {
  const body = { key: 'lifecycle', name: 'Lifecycle' }
  await json('POST', '/v1/segment-groups', { key, body, status: 201 })
  return '/v1/segment-groups/lifecycle'
}

/** A saved list of the account. */
async function listIn({ key }: { key: string }): Promise<string> {
  const body = { name: 'Everybody', query: {} }
  return (await json<{ id: string }>('POST', '/v1/lists', { key, body, status: 201 })).id
}

/** The board of a group, drawn on once. */
async function boardIn(owner: { key: string }): Promise<string> {
  await groupIn(owner)
  const body = { version: 0, nodes: [{ key: 'vip', x: 0, y: 0 }], arrows: [] }
  await json('PUT', '/v1/boards/lifecycle', { key: owner.key, body })
  return '/v1/boards/lifecycle'
}

const makers: Record<string, Maker> = {
  'PUT /v1/lists/:id': async (owner) => ({
    path: `/v1/lists/${await listIn(owner)}`,
    body: { name: 'All', query: {}, version: 1 },
  }),
  'DELETE /v1/lists/:id': async (owner) => ({ path: `/v1/lists/${await listIn(owner)}` }),
  'GET /v1/segments/:key/uses': async (owner) => ({ path: `${await segmentIn(owner)}/uses` }),
  'GET /v1/boards/:group': async (owner) => ({ path: await boardIn(owner) }),
  'PUT /v1/boards/:group': async (owner) => ({
    path: await boardIn(owner),
    body: { version: 1, nodes: [], arrows: [] },
  }),
  'DELETE /v1/boards/:group': async (owner) => ({ path: await boardIn(owner) }),
  'DELETE /v1/keys/:id': async ({ key }) => {
    const body = { name: 'short-lived', scopes: ['read'] }
    const { id } = await json<{ id: string }>('POST', '/v1/keys', { key, body, status: 201 })
    return { path: `/v1/keys/${id}` }
  },
  'DELETE /v1/orders/:id': async (owner) => ({
    path: `/v1/orders/${(await orderIn(owner)).order}`,
  }),
  'DELETE /v1/tickets/:id': async (owner) => ({ path: `/v1/tickets/${await ticketIn(owner)}` }),
  'PATCH /v1/customers/:id': async (owner) => ({
    path: `/v1/customers/${(await orderIn(owner)).person}`,
    body: { name: 'Mina' },
  }),
  'DELETE /v1/customers/:id': async (owner) => ({
    path: `/v1/customers/${(await orderIn(owner)).person}`,
  }),
  'POST /v1/customers/:id/merge': async (owner) => {
    const [into, from] = [await orderIn(owner), await orderIn(owner)]
    return { path: `/v1/customers/${into.person}/merge`, body: { from: from.person } }
  },
  'POST /v1/customers/:id/split': async (owner) => {
    const { path, moved } = await mergedIn(owner)
    return { path: `${path}/split`, body: { profiles: [moved] } }
  },
  'POST /v1/customers/:id/undo': async (owner) => {
    const { path, move } = await mergedIn(owner)
    return { path: `${path}/undo`, body: { move } }
  },
  'GET /v1/customers/:id/export': async (owner) => ({
    path: `/v1/customers/${(await orderIn(owner)).person}/export`,
  }),
  'GET /v1/customers/:id/moves': async (owner) => ({
    path: `${(await mergedIn(owner)).path}/moves`,
  }),
  'GET /v1/customers/:id/suggestions': async (owner) => ({
    path: `${(await suggestedIn(owner)).path}/suggestions`,
  }),
  'POST /v1/customers/:id/suggestions/dismiss': async (owner) => {
    const { path, other } = await suggestedIn(owner)
    return { path: `${path}/suggestions/dismiss`, body: { person: other } }
  },
  'GET /v1/aggregation-methods/:id': async (owner) => ({
    path: `/v1/aggregation-methods/${await methodIn(owner)}`,
  }),
  'PUT /v1/aggregation-methods/:id': async (owner) => ({
    path: `/v1/aggregation-methods/${await methodIn(owner)}`,
    body: { ...weekly, version: 1 },
  }),
  'DELETE /v1/aggregation-methods/:id': async (owner) => ({
    path: `/v1/aggregation-methods/${await methodIn(owner)}`,
  }),
  'GET /v1/aggregation-methods/:id/metrics': async (owner) => ({
    path: `/v1/aggregation-methods/${await methodIn(owner)}/metrics`,
  }),
  'GET /v1/aggregation-methods/:id/cases': async (owner) => ({
    path: `/v1/aggregation-methods/${await methodIn(owner)}/cases`,
  }),
  'GET /v1/aggregation-methods/:id/sensitivity': async (owner) => ({
    path: `/v1/aggregation-methods/${await methodIn(owner)}/sensitivity`,
  }),
  'POST /v1/cases/:id/split': async (owner) => {
    const { path, body } = await caseIn(owner)
    return { path: `${path}/split`, body }
  },
  'POST /v1/cases/:id/join': async (owner) => {
    const { path, body } = await caseIn(owner)
    return { path: `${path}/join`, body }
  },
  'POST /v1/messages/:id/sentiment': async (owner) => {
    const person = await messageIn(owner)
    return { path: '/v1/messages/m1/sentiment', body: { customer: person, label: 'neutral' } }
  },
  'GET /v1/customers/:id': async (owner) => ({
    path: `/v1/customers/${(await orderIn(owner)).person}`,
  }),
  'GET /v1/customers/:id/memberships': async (owner) => ({
    path: `/v1/customers/${(await orderIn(owner)).person}/memberships`,
  }),
  'PUT /v1/segment-groups/:key': async (owner) => ({
    path: await groupIn(owner),
    body: { name: 'Other' },
  }),
  'DELETE /v1/segment-groups/:key': async (owner) => ({ path: await groupIn(owner) }),
  'GET /v1/segments/:key': async (owner) => ({ path: await segmentIn(owner) }),
  'PUT /v1/segments/:key': async (owner) => ({
    path: await segmentIn(owner),
    body: { name: 'Thrice', rule: boughtOnce, version: 1 },
  }),
  'DELETE /v1/segments/:key': async (owner) => ({ path: await segmentIn(owner) }),
  'GET /v1/segments/:key/versions': async (owner) => ({
    path: `${await segmentIn(owner)}/versions`,
  }),
  'GET /v1/segments/:key/members': async (owner) => ({ path: `${await segmentIn(owner)}/members` }),
  'GET /v1/segments/:key/history': async (owner) => ({ path: `${await segmentIn(owner)}/history` }),
}

const naming = guarded.filter(
  ({ name, path, scope }) => path.includes(':') && scope !== 'operator' && !ownNames.includes(name),
)

test('every route that names an object is tried with another account’s', () => {
  expect(Object.keys(makers).toSorted()).toEqual(naming.map(({ name }) => name).toSorted())
})

test.each(naming)('$name does not reach another account’s object (404)', async (route) => {
  const owner = await newAccount()
  const made = await makers[route.name]?.(owner)
  if (made === undefined) throw new Error(`nothing makes an object for ${route.name}`)
  const options = made.body === undefined ? {} : { body: made.body }
  const theirs = await call(route.method, made.path, { ...options, key: stranger.key })
  expect(theirs.status).toBe(404)
  const own = await call(route.method, made.path, { ...options, key: owner.key })
  expect(own.status).toBeLessThan(300)
})

test('a name in one account says nothing about the same name in another', async () => {
  await json('PUT', '/v1/members/7', { key: shop.key, body: { name: 'Ada', role: 'admin' } })
  await json('PUT', '/v1/members/7', { key: stranger.key, body: { name: 'Ben', role: 'agent' } })
  const members = await json<{ items: unknown[] }>('GET', '/v1/members', { key: shop.key })
  expect(members.items).toEqual([{ id: '7', name: 'Ada', role: 'admin' }])
})
