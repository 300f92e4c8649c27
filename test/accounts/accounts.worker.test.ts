import { expect, test } from 'vitest'
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
