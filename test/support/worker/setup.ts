import { applyD1Migrations } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { afterAll } from 'vitest'
import { scans } from './guard.ts'

await applyD1Migrations(env.CONTROL, env.TEST_CONTROL_MIGRATIONS)
await applyD1Migrations(env.SHARD_00, env.TEST_SHARD_MIGRATIONS)

// Erasing a person looks through the account's keys: it is rare, and an index would cost every order a row.
afterAll(async () => {
  const found = await scans([/^DELETE FROM identities/])
  if (found.length > 0) throw new Error(`Statements walk a whole table:\n${found.join('\n')}`)
})
