import { exports } from 'cloudflare:workers'
import { expect, test } from 'vitest'

test('answers the health check without a key', async () => {
  const response = await exports.default.fetch('https://rapport.test/v1/health')
  expect(response.status).toBe(200)
  expect(await response.json()).toEqual({ ok: true })
})
