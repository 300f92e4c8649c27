import { env } from 'cloudflare:workers'
import { describe, expect, test } from 'vitest'
import { mintSession } from '../../worker/auth/session.ts'
import { dropUsedTokens } from '../../worker/auth/store.ts'
import {
  claimsOf,
  respelled,
  sign,
  signedWithPublicKey,
  signingDesk,
  unsigned,
} from '../support/signing.ts'
import { call, json } from '../support/worker/api.ts'
import type { ConnectedAccount } from '../support/worker/desk.ts'
import { bootOf, connectedAccount, openApp, postToken, sessionOf } from '../support/worker/desk.ts'

const shop = await connectedAccount({ name: 'Tea house', timeZone: 'Asia/Seoul', currency: 'KRW' })
const other = await connectedAccount()
const query = `origin=${encodeURIComponent(shop.origin)}`
const minute = 60_000

const token = (changes: Record<string, unknown> = {}, now = Date.now()) =>
  sign(shop.desk, claimsOf(shop.desk, now, changes))

/** What an answer in the help desk's frame looks like from outside. */
async function seen(response: Response) {
  const page = await response.text()
  return {
    status: response.status,
    type: response.headers.get('Content-Type'),
    strict: response.headers.get('Content-Security-Policy')?.startsWith("default-src 'none'"),
    tellsRequest: page.includes(response.headers.get('X-Request-Id') ?? '?'),
    session: page.includes('id="rapport"'),
  }
}

/** A readable page that carries no session. */
const refused = (status: number) => ({
  status,
  type: 'text/html; charset=utf-8',
  strict: true,
  tellsRequest: true,
  session: false,
})

describe('the shell', () => {
  test('a signed request is answered with the page and a session', async () => {
    const boot = await bootOf(await openApp(shop))
    expect(boot).toMatchObject({
      account: { id: shop.id, name: 'Tea house', timeZone: 'Asia/Seoul', currency: 'KRW' },
      user: { id: '42', role: 'agent' },
      location: 'sidebar',
    })
    const life = Date.parse(boot.expiresAt) - Date.now()
    expect(life).toBeGreaterThan(29 * minute)
    expect(life).toBeLessThanOrEqual(30 * minute)
    expect((await call('GET', '/v1/account', { key: boot.token })).status).toBe(200)
  })

  test.each([
    ['sidebar', '/sidebar.html'],
    ['user_sidebar', '/sidebar.html'],
    ['nav_bar', '/nav_bar.html'],
  ])('%s shows %s', async (location, page) => {
    const text = await (await openApp(shop, { location })).text()
    expect(text).toContain(`<body>${page}</body>`)
    expect(text).toContain(`"location":"${location}"`)
  })

  test('only the help desk of the account can frame it, and nothing inline runs', async () => {
    const { headers } = await openApp(shop)
    expect(headers.get('Content-Security-Policy')).toBe(
      "default-src 'none'; script-src 'self' https://static.zdassets.com; style-src 'self'; " +
        `connect-src 'self'; img-src 'self' data:; frame-ancestors ${shop.origin}; ` +
        "base-uri 'none'; form-action 'none'",
    )
    expect(headers.has('X-Frame-Options')).toBe(false)
    expect(headers.get('Cache-Control')).toBe('no-store')
    expect(headers.get('Referrer-Policy')).toBe('no-referrer')
    expect(headers.get('X-Content-Type-Options')).toBe('nosniff')
  })

  test('a page that is not built is told in the frame', async () => {
    const missing: Fetcher = {
      fetch: async () => new Response('', { status: 404 }),
      connect: () => {
        throw new Error('fetched only')
      },
    }
    expect(await seen(await postToken(await token(), { query, pages: missing }))).toEqual(
      refused(500),
    )
  })
})

describe('a signed request is refused when it is', () => {
  test('forged', async () => {
    const forger = await signingDesk(shop.desk.subdomain, shop.desk.installation)
    const forged = await sign(forger, claimsOf(forger, Date.now()))
    expect(await seen(await postToken(forged, { query }))).toEqual(refused(401))
  })

  test('expired', async () => {
    const seconds = Math.floor(Date.now() / 1_000)
    expect(await seen(await postToken(await token({ exp: seconds - 31 }), { query }))).toEqual(
      refused(401),
    )
    expect(
      await seen(await postToken(await token({}, Date.now() - 6 * minute), { query })),
    ).toEqual(refused(401))
  })

  test('not yet valid', async () => {
    const seconds = Math.floor(Date.now() / 1_000)
    expect(await seen(await postToken(await token({ nbf: seconds + 60 }), { query }))).toEqual(
      refused(401),
    )
    expect(await seen(await postToken(await token({ iat: seconds + 60 }), { query }))).toEqual(
      refused(401),
    )
  })

  test('replayed', async () => {
    const once = await token()
    expect((await postToken(once, { query })).status).toBe(200)
    expect(await (await postToken(once, { query })).text()).toContain('opened before')
    expect(await seen(await postToken(once, { query }))).toEqual(refused(401))
    expect(await seen(await postToken(respelled(once), { query }))).toEqual(refused(401))
    expect(await seen(await postToken(once, { query, location: 'nav_bar' }))).toEqual(refused(401))
  })

  test('replayed ten times at once: one of them opens', async () => {
    const once = await token()
    const answers = await Promise.all(Array.from({ length: 10 }, () => postToken(once, { query })))
    expect(answers.map((answer) => answer.status).toSorted()).toEqual([200, ...Array(9).fill(401)])
  })

  test("another account's", async () => {
    const foreign = await sign(other.desk, claimsOf(shop.desk, Date.now()))
    expect(await seen(await postToken(foreign, { query }))).toEqual(refused(401))
    const theirs = await sign(other.desk, claimsOf(other.desk, Date.now()))
    expect(await seen(await postToken(theirs, { query }))).toEqual(refused(403))
    const unknown = await token({ iss: 'no-such-shop.zendesk.com' })
    expect(await seen(await postToken(unknown, { query }))).toEqual(refused(401))
  })

  test("another installation's", async () => {
    const aud = `${shop.origin}/api/v2/apps/installations/7002.json`
    expect(await seen(await postToken(await token({ aud }), { query }))).toEqual(refused(401))
  })

  test.each([
    ['elsewhere', 'origin=https://evil.test'],
    ['nowhere', 'app_guid=g'],
    ['in two places', `${query}&origin=https://evil.test`],
    ['at a longer address', `${query}.evil.test`],
  ])('framed %s', async (_where, wrong) => {
    expect(await seen(await postToken(await token(), { query: wrong }))).toEqual(refused(403))
  })

  test('unsigned (alg none)', async () => {
    const bare = unsigned(claimsOf(shop.desk, Date.now()))
    expect(await seen(await postToken(bare, { query }))).toEqual(refused(401))
    expect(await seen(await postToken(`${bare}AAAA`, { query }))).toEqual(refused(401))
  })

  test('signed by HS256 with the public key', async () => {
    const confused = await signedWithPublicKey(shop.desk, claimsOf(shop.desk, Date.now()))
    expect(await seen(await postToken(confused, { query }))).toEqual(refused(401))
  })

  test('without a token', async () => {
    expect(await seen(await postToken(null, { query }))).toEqual(refused(400))
    expect(await seen(await postToken('', { query }))).toEqual(refused(400))
    expect(
      await seen(await call('POST', `/zaf/sidebar?${query}`, { body: { token: 'x' } })),
    ).toEqual(refused(400))
  })

  test('for a place that the app does not know', async () => {
    expect(await seen(await postToken(await token(), { query, location: 'top_bar' }))).toEqual(
      refused(404),
    )
    expect(await seen(await postToken(await token(), { query, location: 'constructor' }))).toEqual(
      refused(404),
    )
  })

  test('too large', async () => {
    expect(await seen(await postToken('x'.repeat(40_000), { query }))).toEqual(refused(413))
  })

  test('a mere visit', async () => {
    const answer = await call('GET', `/zaf/sidebar?${query}`)
    expect(await seen(answer)).toEqual(refused(405))
    expect(answer.headers.get('Allow')).toBe('POST')
  })

  test('and every flaw of a signature is answered with the same words', async () => {
    const id = /Request [\w-]+/
    const flaws = [
      await token({ iss: 'no-such-shop.zendesk.com' }),
      await token({ exp: 1 }),
      await token({ sub: 'x' }),
      'a.b.c',
    ]
    const answers = await Promise.all(flaws.map((flaw) => postToken(flaw, { query })))
    const texts = await Promise.all(answers.map((answer) => answer.text()))
    expect(new Set(texts.map((text) => text.replace(id, ''))).size).toBe(1)
    const policies = answers.map((answer) => answer.headers.get('Content-Security-Policy'))
    expect(new Set(policies).size).toBe(1)
  })
})

test('marks of used requests are dropped when they are too old to matter', async () => {
  const fresh = await connectedAccount()
  const old = Array.from({ length: 50 }, (_, index) =>
    env.CONTROL.prepare(
      'INSERT INTO used_tokens (account, expires_at, hash) VALUES (?, ?, ?)',
    ).bind(fresh.id, 1_000 + index, `old-${index}`),
  )
  await env.CONTROL.batch(old)
  const left = async () =>
    (
      await env.CONTROL.prepare('SELECT COUNT(*) AS n FROM used_tokens WHERE account = ?')
        .bind(fresh.id)
        .first<{ n: number }>()
    )?.n
  const counts: (number | undefined)[] = []
  for (let round = 0; round < 4; round += 1) {
    // oxlint-disable-next-line no-await-in-loop -- each opening drops a few of what the last one left
    await sessionOf(fresh)
    // oxlint-disable-next-line no-await-in-loop -- see above
    counts.push(await left())
  }
  expect(counts).toEqual([31, 12, 3, 4])
})

/** A session token minted some time ago (ms). */
const startedAgo = async (account: ConnectedAccount, ago: number) =>
  (
    await mintSession(
      {
        account: account.id,
        installation: account.desk.installation,
        user: '42',
        role: 'agent',
        startedAt: Date.now() - ago,
      },
      env.SESSION_SECRET,
      Date.now() - ago,
    )
  ).token

test('marks of used requests are found without a scan', async () => {
  const { text, params } = dropUsedTokens(shop.id, Date.now())
  const plan = await env.CONTROL.prepare(`EXPLAIN QUERY PLAN ${text}`)
    .bind(...params)
    .all<{ detail: string }>()
  expect(plan.results.map((row) => row.detail).filter((step) => step.startsWith('SCAN'))).toEqual(
    [],
  )
})

describe('a session', () => {
  test('costs one statement and two rows a request', async () => {
    const answer = await call('GET', '/v1/account', { key: await sessionOf(shop) })
    expect(answer.headers.get('Server-Timing')).toMatch(/queries=1 read=[12] written=0/)
  })

  test('of an agent reads; of an admin it also sees satisfaction and settings', async () => {
    await json('PUT', '/v1/members/1', { key: shop.key, body: { name: 'Ada', role: 'admin' } })
    const [agent, admin] = await Promise.all([sessionOf(shop, '2'), sessionOf(shop, '1')])
    expect((await call('GET', '/v1/members', { key: agent })).status).toBe(403)
    expect((await call('GET', '/v1/members', { key: admin })).status).toBe(200)
    expect((await call('POST', '/v1/accounts', { key: admin, body: {} })).status).toBe(403)
  })

  test('never believes the role that the page or the help desk claims', async () => {
    const boot = await bootOf(
      await openApp(shop, { user: '3', claims: { role: 'admin', context: { role: 'admin' } } }),
    )
    expect(boot.user).toEqual({ id: '3', role: 'agent' })
    const session = { account: shop.id, installation: shop.desk.installation, user: '3' }
    const claimed = await mintSession(
      { ...session, role: 'admin', startedAt: Date.now() },
      env.SESSION_SECRET,
      Date.now(),
    )
    expect((await call('GET', '/v1/members', { key: claimed.token })).status).toBe(403)
    const renewed = await json<{ user: unknown }>('POST', '/v1/session', {
      key: claimed.token,
      body: { role: 'admin' },
    })
    expect(renewed.user).toEqual({ id: '3', role: 'agent' })
  })

  test('is renewed, and the new token works', async () => {
    const first = await sessionOf(shop)
    const second = await json<{ token: string; expiresAt: string }>('POST', '/v1/session', {
      key: first,
    })
    expect((await call('GET', '/v1/account', { key: second.token })).status).toBe(200)
    expect(Date.parse(second.expiresAt)).toBeGreaterThan(Date.now() + 29 * minute)
  })

  test('past its half hour is refused, and renewed', async () => {
    const key = await startedAgo(shop, 31 * minute)
    expect((await call('GET', '/v1/account', { key })).status).toBe(401)
    expect((await call('POST', '/v1/session', { key })).status).toBe(200)
  })

  test('is not renewed after twelve hours', async () => {
    const nearly = await startedAgo(shop, 12 * 60 * minute - minute)
    const over = await startedAgo(shop, 12 * 60 * minute)
    const last = await json<{ expiresAt: string }>('POST', '/v1/session', { key: nearly })
    expect(Date.parse(last.expiresAt)).toBeLessThanOrEqual(Date.now() + minute)
    expect((await call('POST', '/v1/session', { key: over })).status).toBe(401)
  })

  test('of a demoted admin loses its scopes at once, and at renewal', async () => {
    await json('PUT', '/v1/members/9', { key: shop.key, body: { role: 'admin' } })
    const key = await sessionOf(shop, '9')
    expect((await call('GET', '/v1/members', { key })).status).toBe(200)
    await json('PUT', '/v1/members/9', { key: shop.key, body: { role: 'agent' } })
    expect((await call('GET', '/v1/members', { key })).status).toBe(403)
    const renewed = await json<{ token: string; user: { role: string } }>('POST', '/v1/session', {
      key,
    })
    expect(renewed.user.role).toBe('agent')
    expect((await call('GET', '/v1/members', { key: renewed.token })).status).toBe(403)
  })

  test('ends when the app is installed anew', async () => {
    const moved = await connectedAccount()
    const key = await sessionOf(moved)
    const { subdomain, publicKey } = moved.desk
    const helpDesk = { subdomain, publicKey, installation: '9', frameOrigins: [moved.origin] }
    await json('PATCH', `/v1/accounts/${moved.id}`, { body: { helpDesk } })
    expect((await call('GET', '/v1/account', { key })).status).toBe(401)
    expect((await call('POST', '/v1/session', { key })).status).toBe(401)
  })

  test('never reaches the objects of another account', async () => {
    await json('PUT', '/v1/members/1', { key: shop.key, body: { role: 'admin' } })
    const key = await sessionOf(shop, '1')
    const theirs = await json<{ items: { id: string }[] }>('GET', '/v1/keys', { key: other.key })
    const [first] = theirs.items
    expect((await call('DELETE', `/v1/keys/${first?.id}`, { key })).status).toBe(404)
    expect((await call('GET', '/v1/account', { key: other.key })).status).toBe(200)
  })

  test('a key has no session to renew', async () => {
    expect((await call('POST', '/v1/session', { key: shop.key })).status).toBe(403)
  })
})

describe('members', () => {
  test('are set, renamed only when a name is given, and listed page by page', async () => {
    const { key } = await connectedAccount()
    await json('PUT', '/v1/members/1', { key, body: { name: 'Ada', role: 'admin' } })
    await json('PUT', '/v1/members/2', { key, body: { name: 'Ben', role: 'agent' } })
    await json('PUT', '/v1/members/1', { key, body: { role: 'agent' } })
    const ada = { id: '1', name: 'Ada', role: 'agent' }
    const ben = { id: '2', name: 'Ben', role: 'agent' }
    expect(await json('GET', '/v1/members', { key })).toEqual({
      items: [ada, ben],
      next: null,
      total: 2,
    })
    const first = await json<{ next: string }>('GET', '/v1/members?limit=1', { key })
    expect(first).toEqual({ items: [ada], next: '1', total: 2 })
    const second = await json('GET', `/v1/members?limit=1&after=${first.next}`, {
      key,
    })
    expect(second.items).toEqual([ben])
  })

  test('bad ones are named', async () => {
    const { key } = shop
    expect((await call('PUT', '/v1/members/ada', { key, body: { role: 'agent' } })).status).toBe(
      422,
    )
    expect((await call('PUT', '/v1/members/1', { key, body: { role: 'owner' } })).status).toBe(422)
  })
})
