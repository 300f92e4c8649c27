import { env } from 'cloudflare:workers'
import { expect, test } from 'vitest'
import { call, json, newAccount } from '../support/worker/api.ts'
import { connectedAccount, sessionOf } from '../support/worker/desk.ts'

/** A limit that is really reached: so many requests of one key, and no clock. */
function limitOf(most: number) {
  const counts = new Map<string, number>()
  const KEY_LIMIT: RateLimit = {
    limit: async ({ key }) => {
      const count = (counts.get(key) ?? 0) + 1
      counts.set(key, count)
      return { success: count <= most }
    },
  }
  return { KEY_LIMIT }
}

async function statuses(key: string, times: number, bindings: Partial<typeof env>) {
  const seen: number[] = []
  for (let count = 0; count < times; count += 1) {
    // oxlint-disable-next-line no-await-in-loop -- one request after the other
    seen.push((await call('GET', '/v1/account', { key, env: bindings })).status)
  }
  return seen
}

test('too many requests with one key are told when to come back', async () => {
  const { key } = await newAccount()
  const bindings = limitOf(3)
  expect(await statuses(key, 4, bindings)).toEqual([200, 200, 200, 429])
  const answer = await call('GET', '/v1/account', { key, env: bindings })
  expect(answer.headers.get('Retry-After')).toBe('60')
  expect(answer.headers.get('Content-Type')).toBe('application/problem+json')
  expect(await answer.json()).toMatchObject({ status: 429, title: 'Too many requests' })
})

test('each key has its own limit, also when two have one name', async () => {
  const { key } = await newAccount()
  const make = async () => {
    const body = { name: 'importer', scopes: ['read'] }
    return (await json<{ key: string }>('POST', '/v1/keys', { key, body, status: 201 })).key
  }
  const [first, second] = [await make(), await make()]
  const bindings = limitOf(1)
  expect(await statuses(first, 2, bindings)).toEqual([200, 429])
  expect(await statuses(second, 2, bindings)).toEqual([200, 429])
})

test('each user of the app has a limit of their own, whatever token they hold', async () => {
  const shop = await connectedAccount()
  const [first, again, other] = [
    await sessionOf(shop, '1'),
    await sessionOf(shop, '1'),
    await sessionOf(shop, '2'),
  ]
  const bindings = limitOf(1)
  expect(await statuses(first, 1, bindings)).toEqual([200])
  expect(await statuses(again, 1, bindings)).toEqual([429])
  expect(await statuses(other, 1, bindings)).toEqual([200])
})

test('the binding of the platform is asked, and lets a normal day through', async () => {
  const { key } = await newAccount()
  expect(await statuses(key, 5, { KEY_LIMIT: env.KEY_LIMIT })).toEqual([200, 200, 200, 200, 200])
})
