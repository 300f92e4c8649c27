import { Hono } from 'hono'
import { accounts } from './accounts/routes.ts'
import { open } from './auth/describe.ts'
import { auth } from './auth/routes.ts'
import { boards } from './boards/routes.ts'
import { cards } from './cards/routes.ts'
import { customers } from './customers/routes.ts'
import { definitionRoutes } from './definitions/routes.ts'
import { documentation } from './docs/routes.ts'
import { caseRoutes } from './cases/routes.ts'
import type { Env } from './env.ts'
import { erasures } from './erasure/routes.ts'
import { AppError } from './errors.ts'
import type { AppEnv } from './http.ts'
import { observe, onError } from './http.ts'
import { fieldRoutes } from './fields/routes.ts'
import { ingestion } from './ingest/routes.ts'
import { groups } from './groups/routes.ts'
import { lists } from './lists/routes.ts'
import { members } from './members/routes.ts'
import { previews } from './preview/routes.ts'
import { instanceRoutes } from './instances/routes.ts'
import { journeyRoutes } from './journeys/routes.ts'
import { runJobs } from './jobs.ts'
import { rates } from './orders/routes.ts'
import { actionRoutes } from './push/action-routes.ts'
import { pushRoutes } from './push/routes.ts'
import { people } from './people/routes.ts'
import { satisfaction } from './satisfaction/routes.ts'
import { segmentRoutes } from './segments/routes.ts'
import { sentimentRoutes } from './sentiment/routes.ts'
import { status } from './status/routes.ts'
import { connections } from './zendesk/routes.ts'

const api = new Hono<AppEnv>()
  .use(observe)
  .get('/v1/health', open('Whether the Worker answers', 'Public.'), (c) =>
    c.json({ ok: true }, 200),
  )
  .route('/', accounts)
  .route('/', ingestion)
  .route('/', cards)
  .route('/', caseRoutes)
  .route('/', customers)
  .route('/', pushRoutes)
  .route('/', actionRoutes)
  .route('/', lists)
  .route('/', people)
  .route('/', erasures)
  .route('/', fieldRoutes)
  .route('/', groups)
  .route('/', previews)
  .route('/', segmentRoutes)
  .route('/', members)
  .route('/', instanceRoutes)
  .route('/', journeyRoutes)
  .route('/', boards)
  .route('/', satisfaction)
  .route('/', definitionRoutes)
  .route('/', sentimentRoutes)
  .route('/', status)
  .route('/', connections)
  .route('/', rates)
  .route('/', auth)

export const app = api.route('/', documentation(api))
app.onError(onError)
app.notFound((c) => onError(new AppError('not_found', 'There is nothing at this address.'), c))

export type Api = typeof app

export default {
  fetch: app.fetch,
  scheduled: (_controller, env) => runJobs(env),
} satisfies ExportedHandler<Env>
