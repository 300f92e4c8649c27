import { createVerify, generateKeyPairSync } from 'node:crypto'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { splitStatements } from './launcher/migrate.ts'
import { outsideWorld } from './launcher/outside.ts'
import { readSettings } from './launcher/settings.ts'
import { connectDesk, seedDemo } from './launcher/setup.ts'
import type { Seeding } from './launcher/setup.ts'
import { openState } from './launcher/state.ts'
import { recordsOf } from './demo/records.ts'
import { signedUrlToken } from './practice/token.ts'
import { smallWorld } from '../support/small-world.ts'

/** A Rapport that notes what it is sent. */
function noting() {
  const calls: [string, unknown][] = []
  const api = {
    call: async (method: string, path: string, body?: unknown) => {
      calls.push([`${method} ${path}`, body])
      return null
    },
    send: async (path: string, records: readonly unknown[], progress?: (sent: number) => void) => {
      calls.push([`PUT ${path}`, records.length])
      progress?.(records.length)
    },
  }
  return { api, calls }
}

/** A part of a JWT. */
function read(part: string) {
  return JSON.parse(Buffer.from(part, 'base64url').toString('utf8'))
}

describe('splitting a migration', () => {
  it.each([
    ['two statements', 'SELECT 1; SELECT 2;', ['SELECT 1', 'SELECT 2']],
    [
      'a semicolon in a text',
      "INSERT INTO t VALUES ('a;b''c'); SELECT 2",
      ["INSERT INTO t VALUES ('a;b''c')", 'SELECT 2'],
    ],
    ['comments', '-- a; b\nSELECT 1; /* c; d */', ['SELECT 1']],
    ['a dash that starts no comment', 'SELECT 2-1; SELECT 4/2', ['SELECT 2-1', 'SELECT 4/2']],
    [
      'a trigger',
      'CREATE TRIGGER x AFTER INSERT ON t BEGIN DELETE FROM u; DELETE FROM v; END; SELECT 1;',
      ['CREATE TRIGGER x AFTER INSERT ON t BEGIN DELETE FROM u; DELETE FROM v; END', 'SELECT 1'],
    ],
  ])('keeps %s', (_name, text, expected) => {
    expect(splitStatements(text)).toEqual(expected)
  })
})

describe('what a local run shares with production', () => {
  it('is read from wrangler.toml', () => {
    const settings = readSettings(fileURLToPath(new URL('../..', import.meta.url)))
    expect(settings.compatibilityDate).toMatch(/^\d{4}-\d\d-\d\d$/)
    expect(settings.compatibilityFlags).toContain('nodejs_compat')
    expect(settings.workerFirst).toContain('/v1/*')
    expect(settings.keyLimit.limit).toBeGreaterThan(0)
  })
})

describe('the outside world', () => {
  it('answers known hosts and gives every other one 599, naming it', async () => {
    const refused: string[] = []
    const hosts = new Map([['desk.zendesk.com', () => new Response('hello')]])
    const outside = outsideWorld(hosts, (host) => refused.push(host))
    const known = await outside(new Request('https://desk.zendesk.com/api/v2/users/1.json'))
    const other = await outside(new Request('https://example.com/'))
    expect([await known.text(), other.status, refused]).toEqual(['hello', 599, ['example.com']])
  })
})

describe('the kept state', () => {
  it('stays the same at the next start', () => {
    const folder = mkdtempSync(join(tmpdir(), 'rapport-state-'))
    const first = openState(folder, new Date('2026-11-26T09:00:00Z'))
    const second = openState(folder, new Date('2026-12-24T09:00:00Z'))
    expect(second).toEqual(first)
    expect(first.firstStart).toBe('2026-11-26T09:00:00.000Z')
  })
})

describe('the signed address', () => {
  it('carries the claims of the help desk under an RS256 signature', () => {
    const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
    const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
    const now = Date.parse('2026-11-26T09:00:00Z')
    const claims = { subdomain: 'fernway', installation: '42', user: '7', location: 'nav_bar', now }
    const [head = '', body = '', signature = ''] = signedUrlToken(claims, pem).split('.')
    expect(read(head)).toEqual({ alg: 'RS256', typ: 'JWT' })
    expect(read(body)).toEqual({
      iss: 'fernway.zendesk.com',
      aud: 'https://fernway.zendesk.com/api/v2/apps/installations/42.json',
      sub: 'https://fernway.zendesk.com/api/v2/users/7.json',
      iat: 1_795_683_600,
      exp: 1_795_683_720,
      jti: expect.stringMatching(/^[\da-f-]{36}$/),
      context: { product: 'support', location: 'nav_bar' },
    })
    const verify = createVerify('RSA-SHA256').update(`${head}.${body}`)
    expect(verify.verify(publicKey, signature, 'base64url')).toBe(true)
  })
})

describe('setting up the account', () => {
  it('connects the desk and names its agents', async () => {
    const { api, calls } = noting()
    const desk = { subdomain: 'fernway', installation: '42', publicKey: 'PEM', frameOrigins: [] }
    await connectDesk(api, desk, smallWorld())
    expect(calls).toEqual([
      ['PATCH /v1/account', { helpDesk: desk }],
      ['PUT /v1/members/11', { name: 'Ada Moss', role: 'admin' }],
      ['PUT /v1/members/12', { name: 'Jun Ito', role: 'agent' }],
    ])
  })

  it('sends the shop’s customers before what names them, and tells how far it is', async () => {
    const { api, calls } = noting()
    const world = smallWorld()
    const steps: Seeding[] = []
    await seedDemo(api, world, recordsOf(world), (step) => steps.push(step))
    expect(calls.map(([path]) => path)).toEqual([
      'PATCH /v1/account',
      'PUT /v1/customers',
      'PUT /v1/orders',
      'PUT /v1/refunds',
    ])
    // 1 customer and 1 order; what the help desk has comes from there.
    expect(steps.at(-1)).toEqual({ state: 'done', sent: 2, total: 2 })
  })
})
