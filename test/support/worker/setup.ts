import { applyD1Migrations } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { afterAll } from 'vitest'
import { faultsIn } from '../log-lines.ts'
import { scans } from './guard.ts'

await applyD1Migrations(env.CONTROL, env.TEST_CONTROL_MIGRATIONS)
await applyD1Migrations(env.SHARD_00, env.TEST_SHARD_MIGRATIONS)

/** What the Worker logged in this file; tests print lines of their own, which are no JSON. */
const logged: string[] = []
const print = console.log
console.log = (...parts: unknown[]) => {
  const line = parts.map(String).join(' ')
  if (line.startsWith('{')) logged.push(line)
  print(...parts)
}

afterAll(() => {
  const faults = faultsIn(logged.join('\n'), [])
  if (faults.length > 0) throw new Error(`Logs hold what they must not:\n${faults.join('\n')}`)
})

// Erasing a person looks through the account's keys: it is rare, and an index would cost every order a row.
afterAll(async () => {
  const found = await scans([/^DELETE FROM identities/])
  if (found.length > 0) throw new Error(`Statements walk a whole table:\n${found.join('\n')}`)
})
