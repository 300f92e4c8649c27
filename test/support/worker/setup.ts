import { applyD1Migrations } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { afterAll } from 'vitest'
import { scans } from './guard.ts'

await applyD1Migrations(env.CONTROL, env.TEST_CONTROL_MIGRATIONS)
await applyD1Migrations(env.SHARD_00, env.TEST_SHARD_MIGRATIONS)

afterAll(async () => {
  const found = await scans()
  if (found.length > 0) throw new Error(`Statements walk a whole table:\n${found.join('\n')}`)
})
