import { Hono } from 'hono'
import { z } from 'zod'
import { needs } from '../auth/access.ts'
import { AppError } from '../errors.ts'
import type { AppContext, AppEnv } from '../http.ts'
import { valid } from '../http.ts'
import { dayText } from '../time.ts'
import { comparedIn, dimensions, figuresByGap, figuresIn, listedIn, metricsIn } from './analysis.ts'
import { methodOf, periodOf, shownCase } from './answers.ts'
import { methodInput, methodShown } from './method.ts'
import { deleteMethod, isTicket, listMethods, saveMethod, saySo } from './store.ts'

const methodParam = z.object({ id: z.string().min(1).max(100) })
const between = { from: z.iso.date().optional(), to: z.iso.date().optional() }
const metricsQuery = z.strictObject({
  ...between,
  by: z.enum(dimensions).optional(),
  hours: z.enum(['calendar', 'business']).default('calendar'),
})
const casesQuery = z.strictObject({
  ...between,
  resolved: z.enum(['true', 'false']).optional(),
  after: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(200).default(50),
})
const compareQuery = z.strictObject({ ...between, a: z.string(), b: z.string() })
/** Hours of the gap at which a metric is told. */
const gaps = [1, 4, 12, 24, 48, 72, 168, 336, 720]
const sensitivityQuery = z.strictObject({
  ...between,
  metric: z
    .enum(['cases', 'ticketsPerCase', 'resolutionRate', 'medianHours'])
    .default('resolutionRate'),
})
const saying = z.strictObject({
  ticket: z.string().min(1).max(200),
  undo: z.boolean().default(false),
})

/** The method in a case's id, which is `<method>:<first ticket>`. */
function methodIn(id: string): string {
  return id.slice(0, Math.max(0, id.indexOf(':')))
}

export const caseRoutes = new Hono<AppEnv>()
  .get(
    '/v1/aggregation-methods',
    needs('read', 'How tickets are grouped into cases'),
    async (c) => {
      const items = await listMethods(c.get('db'), c.get('account').id)
      return c.json({ items, next: null, total: items.length }, 200)
    },
  )
  .post(
    '/v1/aggregation-methods',
    needs('admin', 'Make a method', { 201: methodShown }),
    valid('json', methodInput),
    async (c) => {
      const input = c.req.valid('json')
      const id = crypto.randomUUID()
      await c
        .get('db')
        .all(saveMethod(c.get('account').id, id, input, { from: 0, now: c.get('now') }))
      return c.json({ ...input, id, version: 1, isDefault: false }, 201)
    },
  )
  .post(
    '/v1/aggregation-methods/preview',
    needs('read', 'What a method would say of the last thirty days, before it is saved'),
    valid('json', methodInput),
    async (c) => {
      const method = { ...c.req.valid('json'), id: '', version: 0, isDefault: false }
      const { to } = periodOf(c, method, {})
      return c.json(await figuresIn(c, method, { from: to - 30, to }), 200)
    },
  )
  .get(
    '/v1/aggregation-methods/compare',
    needs('read', 'Two methods side by side, with the tickets that moved'),
    valid('query', compareQuery),
    async (c) => {
      const query = c.req.valid('query')
      const [a, b] = [await methodOf(c, query.a), await methodOf(c, query.b)]
      return c.json(await comparedIn(c, [a, b], periodOf(c, a, query)), 200)
    },
  )
  .get(
    '/v1/aggregation-methods/:id',
    needs('read', 'One method', { 200: methodShown }),
    valid('param', methodParam),
    async (c) => c.json(await methodOf(c, c.req.valid('param').id), 200),
  )
  .put(
    '/v1/aggregation-methods/:id',
    needs('admin', 'Change a method that has not changed since it was read', { 200: methodShown }),
    valid('param', methodParam),
    valid('json', methodInput.extend({ version: z.int().min(0) })),
    async (c) => {
      const { version, ...input } = c.req.valid('json')
      const { id } = c.req.valid('param')
      const known = await methodOf(c, id)
      const meta = { from: version, now: c.get('now') }
      const saved =
        known.version === version
          ? await c
              .get('db')
              .all<{ version: number }>(saveMethod(c.get('account').id, id, input, meta))
          : []
      const [row] = saved
      if (row === undefined) {
        throw new AppError('conflict', 'Somebody else has changed this method; read it again.')
      }
      return c.json({ ...input, id, version: row.version, isDefault: known.isDefault }, 200)
    },
  )
  .delete(
    '/v1/aggregation-methods/:id',
    needs('admin', 'Delete a method; the default one becomes as it was at first', { 204: null }),
    valid('param', methodParam),
    async (c) => {
      const { id } = c.req.valid('param')
      const [first] = await c.get('db').batch(deleteMethod(c.get('account').id, id))
      if (first?.rows.length !== 1) throw new AppError('not_found', 'There is no such method.')
      return c.body(null, 204)
    },
  )
  .get(
    '/v1/aggregation-methods/:id/metrics',
    needs('read', 'Cases opened in a period: how many, resolved or not, how fast'),
    valid('param', methodParam),
    valid('query', metricsQuery),
    async (c) => {
      const query = c.req.valid('query')
      const method = await methodOf(c, c.req.valid('param').id)
      const period = periodOf(c, method, query)
      const { by, hours } = query
      const metrics = await metricsIn(c, method, period, { by, business: hours === 'business' })
      return c.json({ from: dayText(period.from), to: dayText(period.to), ...metrics }, 200)
    },
  )
  .get(
    '/v1/aggregation-methods/:id/cases',
    needs('read', 'Cases opened in a period, the latest first'),
    valid('param', methodParam),
    valid('query', casesQuery),
    async (c) => {
      const { after, limit, resolved, ...query } = c.req.valid('query')
      const method = await methodOf(c, c.req.valid('param').id)
      const { cases, total } = await listedIn(c, method, periodOf(c, method, query), {
        resolved: resolved === undefined ? undefined : resolved === 'true',
        most: after + limit,
      })
      const items = cases.slice(after).map((one) => shownCase(method, one))
      const end = after + items.length
      return c.json({ items, next: end < total ? String(end) : null, total }, 200)
    },
  )
  .get(
    '/v1/aggregation-methods/:id/sensitivity',
    needs('read', 'A metric over gaps from an hour to thirty days'),
    valid('param', methodParam),
    valid('query', sensitivityQuery),
    async (c) => {
      const { metric, ...query } = c.req.valid('query')
      const method = await methodOf(c, c.req.valid('param').id)
      const figures = await figuresByGap(c, method, periodOf(c, method, query), gaps)
      const items = figures.map((one, k) => ({ gapHours: gaps[k] ?? 0, value: one[metric] }))
      return c.json({ metric, items }, 200)
    },
  )
  .post(
    '/v1/cases/:id/split',
    needs('admin', 'Let a case begin anew with one of its tickets, or take that back'),
    valid('param', methodParam),
    valid('json', saying),
    (c) => say(c, 'split', c.req.valid('param').id, c.req.valid('json')),
  )
  .post(
    '/v1/cases/:id/join',
    needs(
      'admin',
      'Let the first ticket of a case belong to the case before it, or take that back',
    ),
    valid('param', methodParam),
    valid('json', saying),
    (c) => say(c, 'join', c.req.valid('param').id, c.req.valid('json')),
  )

async function say(
  c: AppContext,
  said: 'split' | 'join',
  id: string,
  { ticket, undo }: z.output<typeof saying>,
) {
  const known = await methodOf(c, methodIn(id))
  if (!(await isTicket(c.get('db'), c.get('account').id, ticket))) {
    throw new AppError('not_found', 'There is no such ticket.')
  }
  const meta = { actor: c.get('caller').name, now: c.get('now') }
  await c.get('db').batch([saySo(c.get('account').id, known.id, ticket, undo ? null : said, meta)])
  return c.json({ id, ticket, said: undo ? null : said }, 200)
}
