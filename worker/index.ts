import { Hono } from 'hono'
import { rates } from './orders/routes.ts'
import { people } from './people/routes.ts'
import { accounts } from './accounts/routes.ts'
import { open } from './auth/describe.ts'
import { auth } from './auth/routes.ts'
import { documentation } from './docs/routes.ts'
import type { Env } from './env.ts'
import { AppError } from './errors.ts'
import type { AppEnv } from './http.ts'
import { observe, onError } from './http.ts'
import { ingestion } from './ingest/routes.ts'

const api = new Hono<AppEnv>()
  .use(observe)
  .get('/v1/health', open('Whether the Worker answers', 'Public.'), (c) =>
    c.json({ ok: true }, 200),
  )
  .route('/', accounts)
  .route('/', ingestion)
  .route('/', people)
  .route('/', rates)
  .route('/', auth)

export const app = api.route('/', documentation(api))
app.onError(onError)
app.notFound((c) => onError(new AppError('not_found', 'There is nothing at this address.'), c))

export type Api = typeof app

export default { fetch: app.fetch } satisfies ExportedHandler<Env>
