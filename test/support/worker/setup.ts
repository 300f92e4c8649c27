import { applyD1Migrations } from 'cloudflare:test'
import { env } from 'cloudflare:workers'

await applyD1Migrations(env.CONTROL, env.TEST_CONTROL_MIGRATIONS)
await applyD1Migrations(env.SHARD_00, env.TEST_SHARD_MIGRATIONS)
