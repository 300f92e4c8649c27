import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { startRapport } from '../emulator/launcher/rapport.ts'

const state = mkdtempSync(join(tmpdir(), 'rapport-erasure-'))
afterAll(() => rmSync(state, { recursive: true, force: true }))

/** Which files of the state hold one of Zelda's words, logs included. */
function filesWith(pattern: RegExp): string[] {
  return readdirSync(state, { recursive: true, withFileTypes: true })
    .filter((file) => file.isFile())
    .map((file) => join(file.parentPath, file.name))
    .filter((path) => pattern.test(readFileSync(path, 'latin1')))
}

const zelda = {
  id: 'shop:7',
  name: 'Zelda Quux',
  email: 'zelda@quux.example',
  phone: '+442071838750',
}
const words = /zelda|quux|2071838750/i

test('an erased person’s name, e-mail and phone stand in no file of the databases and in no log', async () => {
  const rapport = await startRapport({ state, keyLimit: 100_000 })
  const call = async (method: string, path: string, body?: unknown) => {
    const response = await fetch(new URL(path, rapport.workerUrl()), {
      method,
      headers: { Authorization: `Bearer ${rapport.key}`, 'Content-Type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    return Object(await response.json())
  }
  const settled = async () => {
    for (;;) {
      const { stale, jobs } = await call('GET', '/v1/status')
      if (stale === 0 && jobs.every((job: { state: string }) => job.state === 'idle')) return
      await new Promise((resolve) => setTimeout(resolve, 200))
    }
  }
  const others = Array.from({ length: 500 }, (_, k) => ({
    id: `shop:o${k}`,
    name: `Customer ${k}`,
    email: `customer${k}@else.example`,
  }))
  const order = (id: string, total: number) => ({
    id,
    channel: 'web',
    customer: zelda,
    placedAt: '2025-02-01T10:00:00Z',
    status: 'paid',
    currency: 'GBP',
    total,
  })
  await call('PUT', '/v1/customers', [...others, { ...zelda, createdAt: '2024-01-01T00:00:00Z' }])
  await call('PUT', '/v1/orders', [order('o1', 1_000), order('o2', 900)])
  await settled()
  // Cards and columns are written several times, so that former versions lie about in free pages.
  await call('PUT', '/v1/orders', [order('o1', 2_000)])
  await settled()
  expect(filesWith(words).length).toBeGreaterThan(0)
  const { id } = await call('GET', '/v1/customers/lookup?externalId=shop:7')
  expect(await call('DELETE', `/v1/customers/${id}`)).toMatchObject({ profiles: 1, orders: 2 })
  expect(await call('PUT', '/v1/orders', [order('o1', 2_000), order('o2', 900)])).toMatchObject({
    changed: 0,
    erased: 2,
  })
  await settled()
  await rapport.stop()
  expect(filesWith(words)).toEqual([])
})
