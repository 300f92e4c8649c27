import { expect, test } from 'vitest'
import { signingDesk } from '../support/signing.ts'
import { call, json, newAccount } from '../support/worker/api.ts'

test('an operator makes an account, whose first key reads and changes it', async () => {
  const { id, key } = await newAccount({
    name: 'Tea house',
    timeZone: 'Asia/Seoul',
    currency: 'KRW',
  })
  expect(await json('GET', '/v1/account', { key })).toMatchObject({
    id,
    name: 'Tea house',
    timeZone: 'Asia/Seoul',
    currency: 'KRW',
    weekStart: 1,
    countUnpaid: false,
  })
  await json('PATCH', '/v1/account', { key, body: { weekStart: 7, countUnpaid: true } })
  expect(await json('GET', '/v1/account', { key })).toMatchObject({
    weekStart: 7,
    countUnpaid: true,
  })
})

test('keys carry scopes, are listed without their secret and can be revoked', async () => {
  const { key } = await newAccount()
  const made = await json<{ id: string; key: string }>('POST', '/v1/keys', {
    key,
    body: { name: 'importer', scopes: ['read'] },
    status: 201,
  })
  const listed = await (await call('GET', '/v1/keys', { key })).text()
  expect(listed).toContain('importer')
  expect(listed).not.toContain(made.key)
  expect((await call('GET', '/v1/account', { key: made.key })).status).toBe(200)
  expect((await call('GET', '/v1/keys', { key: made.key })).status).toBe(403)
  expect((await call('DELETE', `/v1/keys/${made.id}`, { key })).status).toBe(204)
  expect((await call('GET', '/v1/account', { key: made.key })).status).toBe(401)
})

test('an account never mints the operator scope nor connects a help desk by itself', async () => {
  const { key } = await newAccount()
  const body = { name: 'x', scopes: ['operator'] }
  expect((await call('POST', '/v1/keys', { key, body })).status).toBe(422)
  expect((await call('POST', '/v1/accounts', { key, body: {} })).status).toBe(403)
  const helpDesk = {
    subdomain: 'other-shop',
    installation: '7',
    publicKey: '-----BEGIN PUBLIC KEY-----',
    frameOrigins: [],
  }
  expect((await call('PATCH', '/v1/account', { key, body: { helpDesk } })).status).toBe(403)
})

test('an operator connects the help desk of any account; a sub-domain belongs to one', async () => {
  const [first, second] = [await newAccount(), await newAccount()]
  const { subdomain, installation, publicKey } = await signingDesk('tea-house')
  const helpDesk = {
    subdomain,
    installation,
    publicKey,
    frameOrigins: ['https://tea-house.zendesk.com'],
  }
  const shown = await json('PATCH', `/v1/accounts/${first.id}`, { body: { helpDesk } })
  expect(shown['helpDesk']).toEqual({
    subdomain: 'tea-house',
    installation: '7001',
    frameOrigins: ['https://tea-house.zendesk.com'],
  })
  const again = await call('PATCH', `/v1/accounts/${second.id}`, { body: { helpDesk } })
  expect(again.status).toBe(409)
  expect((await call('PATCH', '/v1/accounts/999999', { body: { helpDesk } })).status).toBe(404)
  const { key } = first
  const path = `/v1/accounts/${first.id}`
  expect((await call('PATCH', path, { key, body: { name: 'x' } })).status).toBe(403)
})

test.each([
  '-----BEGIN PUBLIC KEY-----',
  '-----BEGIN PUBLIC KEY-----\nMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE\n-----END PUBLIC KEY-----',
])('a help desk is not connected with a text that is no RSA key', async (publicKey) => {
  const { id } = await newAccount()
  const helpDesk = { subdomain: 'no-key', installation: '7', publicKey, frameOrigins: [] }
  const answer = await call('PATCH', `/v1/accounts/${id}`, { body: { helpDesk } })
  expect(answer.status).toBe(422)
  expect((await answer.json<{ errors: { path: string }[] }>()).errors[0]?.path).toBe(
    'helpDesk.publicKey',
  )
})

test.each([
  { because: 'broken JSON', body: '{"name":', type: 'application/json', status: 400 },
  { because: 'not JSON at all', body: 'name=x', type: 'text/plain', status: 415 },
  { because: 'a list', body: '[]', type: 'application/json', status: 422 },
  { because: 'nothing', body: 'null', type: 'application/json; charset=utf-8', status: 422 },
])('a body that cannot be used is refused: $because', async ({ body, type, status }) => {
  const { key } = await newAccount()
  const headers = { 'Content-Type': type }
  const answer = await call('PATCH', '/v1/account', { key, body, headers })
  expect(answer.status).toBe(status)
  expect(answer.headers.get('Content-Type')).toBe('application/problem+json')
})

test('who is not signed in is told how', async () => {
  const answer = await call('GET', '/v1/account', { key: null })
  expect(answer.status).toBe(401)
  expect(answer.headers.get('WWW-Authenticate')).toBe('Bearer')
  expect(answer.headers.get('Cache-Control')).toBe('no-store')
})

test('bad settings are answered with problem details that name each field', async () => {
  const { key } = await newAccount()
  const response = await call('PATCH', '/v1/account', {
    key,
    body: {
      timeZone: 'Mars/Olympus',
      schedules: [
        {
          from: '2026-01-01',
          timeZone: 'UTC',
          intervals: [{ day: 8, start: '09:00', end: '25:00' }],
        },
      ],
    },
  })
  expect(response.status).toBe(422)
  expect(response.headers.get('Content-Type')).toBe('application/problem+json')
  const problem = await response.json<{ requestId: string; errors: { path: string }[] }>()
  expect(problem.requestId).toBe(response.headers.get('X-Request-Id'))
  expect(problem.errors.map((error) => error.path)).toEqual([
    'timeZone',
    'schedules[0].intervals[0].day',
    'schedules[0].intervals[0].end',
  ])
})

test('every answer tells what it cost', async () => {
  const { key } = await newAccount()
  const response = await call('GET', '/v1/account', { key })
  expect(response.headers.get('Server-Timing')).toMatch(
    /^db;dur=\d+\.\d;desc="queries=1 read=2 written=0"$/,
  )
})
