import { Hono } from 'hono'
import type { Env } from './env.ts'

const app = new Hono<{ Bindings: Env }>().get('/v1/health', (c) => c.json({ ok: true }, 200))

export default { fetch: app.fetch } satisfies ExportedHandler<Env>
