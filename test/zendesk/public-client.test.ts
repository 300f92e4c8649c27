import { mkdtempSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import zendesk from 'node-zendesk'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { client, openZendesk } from '../emulator/zendesk/desk.ts'
import { smallWorld } from '../support/small-world.ts'

/** The practice help desk behind a socket, so that a client who does not know us can ask it. */
const now = () => new Date('2026-11-26T09:00:00Z')
const desk = openZendesk({
  world: smallWorld(),
  now,
  state: mkdtempSync(join(tmpdir(), 'rapport-zendesk-')),
  send: async () => 204,
})
const server = createServer(async (request, response) => {
  const { method = 'GET', headers } = request
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part)
  const body = method === 'GET' ? null : Buffer.concat(parts)
  const url = new URL(request.url ?? '/', 'https://ternandthistle.zendesk.com')
  const asked = new Request(url, {
    method,
    headers: new Headers(Object.entries(headers).map(([name, value]) => [name, String(value)])),
    body,
  })
  const answer = await desk.host(asked)
  response.writeHead(answer.status, Object.fromEntries(answer.headers))
  response.end(Buffer.from(await answer.arrayBuffer()))
})
let origin = ''

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  origin = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`
})
afterAll(() => server.close())

/** A token as an admin's yes gives it. */
async function token(): Promise<string> {
  const redirect = 'http://127.0.0.1:1/connections/zendesk/callback'
  const ask = new URLSearchParams({
    response_type: 'code',
    client_id: client.id,
    redirect_uri: redirect,
    code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
    code_challenge_method: 'S256',
    scope: 'read',
    state: 's',
  })
  const back = desk.approve(new URL(`https://x/oauth/authorizations/new?${ask}`))
  const response = await fetch(`${origin}/oauth/tokens`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({
      grant_type: 'authorization_code',
      code: new URL(String(back)).searchParams.get('code'),
      // The pair of RFC 7636, appendix B.
      code_verifier: 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk',
      redirect_uri: redirect,
      client_id: client.id,
      client_secret: client.secret,
    }),
  })
  expect(response.status).toBe(200)
  const { access_token: access } = (await response.json()) as { access_token: string }
  return access
}

const asAdmin = async () =>
  zendesk.createClient({ token: await token(), oauth: true, endpointUri: `${origin}/api/v2` })

test('the public client reads users, tickets, comments, groups and fields', async () => {
  const api = await asAdmin()
  expect((await api.users.me()).result).toMatchObject({ id: 11, role: 'admin' })
  expect((await api.users.list()).map(({ id }) => id)).toEqual([11, 12, 501, 502, 503])
  expect((await api.tickets.show(1_001)).result).toMatchObject({ id: 1_001, requester_id: 501 })
  expect(JSON.stringify(await api.tickets.getComments(1_001))).toContain('held at the depot')
  expect(JSON.stringify(await api.groups.list())).toContain('Care')
  expect(JSON.stringify(await api.ticketfields.list())).toContain('Order number')
})

test('the public client makes a webhook and takes it away again', async () => {
  const api = await asAdmin()
  const webhook = {
    name: 'Rapport',
    status: 'active',
    endpoint: 'https://rapport.example/webhooks/zendesk-1',
    http_method: 'POST',
    request_format: 'json',
    subscriptions: ['zen:event-type:ticket.created'],
  }
  const made = JSON.stringify(await api.webhooks.create({ webhook }))
  const id = /"id":"(\w+)"/.exec(made)?.[1] ?? ''
  expect([...desk.account.webhooks.keys()]).toEqual([id])
  await api.webhooks.delete(id)
  expect(desk.account.webhooks.size).toBe(0)
})

test('the public client is told what it did wrong', async () => {
  const stranger = zendesk.createClient({
    token: 'guessed',
    oauth: true,
    endpointUri: `${origin}/api/v2`,
  })
  await expect(stranger.users.me()).rejects.toThrow('(401)')
  const api = await asAdmin()
  await expect(api.tickets.show(7)).rejects.toThrow('(404)')
})
