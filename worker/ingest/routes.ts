import { Hono } from 'hono'
import { z } from 'zod'
import { needs } from '../auth/access.ts'
import { records } from '../auth/describe.ts'
import { customerInput } from '../customers/customer.ts'
import { AppError } from '../errors.ts'
import type { AppContext, AppEnv } from '../http.ts'
import { clock } from '../http.ts'
import { orderInput, refundInput } from '../orders/order.ts'
import { assistSoon, openScoring } from '../assist.ts'
import { messageInput, ratingInput, ticketInput } from '../tickets/ticket.ts'
import { keepUpSoon } from '../jobs.ts'
import { entries } from './body.ts'
import type { KindName } from './kinds.ts'
import { ingest } from './ingest.ts'
import type { Noun } from './store.ts'
import { deleteOwned, nouns } from './store.ts'

const count = z.int().min(0)
const fieldError = z.object({ line: count.optional(), path: z.string(), message: z.string() })
const stored = {
  200: z.object({
    received: count,
    changed: count,
    unchanged: count,
    rejected: count,
    errors: z.array(fieldError),
    errorsTruncated: z.literal(true).optional(),
    erased: count.optional(),
  }),
}

/** Stores the records of a body; all of them bad is an error of the whole request. */
async function store(c: AppContext, kind: KindName) {
  const account = c.get('account')
  const scoring = kind === 'messages' ? await openScoring(c.get('db'), account) : null
  const scope = {
    account: account.id,
    now: () => clock(c.env),
    keepText: account.settings.keepText,
    ...(scoring !== null && { scoreOf: scoring.scoreOf }),
  }
  const summary = await ingest(c.get('db'), scope, kind, entries(c.req.raw))
  if (summary.received > 0 && summary.rejected === summary.received) {
    const first = summary.errors[0]
    const detail = `All ${summary.received} records were rejected; line ${first?.line}: ${first?.path} ${first?.message}`
    throw new AppError('invalid', detail, { errors: summary.errors })
  }
  if (scoring !== null) assistSoon(c, scoring.uncertain)
  if (summary.changed > 0) keepUpSoon(c)
  return c.json(summary, 200)
}

/** Deletes one order or ticket; sending it again later brings it back. */
async function remove(c: AppContext, noun: Noun, id: string) {
  const outcomes = await c.get('db').batch(deleteOwned(c.get('account').id, noun, id, c.get('now')))
  if (outcomes[1]?.rows.length !== 1)
    throw new AppError('not_found', `There is no such ${noun.kind}.`)
  keepUpSoon(c)
  return c.body(null, 204)
}

export const ingestion = new Hono<AppEnv>()
  .put('/v1/orders', needs('ingest', 'Store orders', stored), records(orderInput), (c) =>
    store(c, 'orders'),
  )
  .put(
    '/v1/refunds',
    needs('ingest', 'Store refunds that come apart from their order', stored),
    records(refundInput),
    (c) => store(c, 'refunds'),
  )
  .put(
    '/v1/customers',
    needs('ingest', 'Store source customers', stored),
    records(customerInput),
    (c) => store(c, 'customers'),
  )
  .put('/v1/tickets', needs('ingest', 'Store tickets', stored), records(ticketInput), (c) =>
    store(c, 'tickets'),
  )
  .put(
    '/v1/messages',
    needs('ingest', 'Store messages of tickets', stored),
    records(messageInput),
    (c) => store(c, 'messages'),
  )
  .put(
    '/v1/ratings',
    needs('ingest', 'Store satisfaction ratings', stored),
    records(ratingInput),
    (c) => store(c, 'ratings'),
  )
  .delete('/v1/orders/:id', needs('ingest', 'Delete an order', { 204: null }), (c) =>
    remove(c, nouns.order, c.req.param('id')),
  )
  .delete(
    '/v1/tickets/:id',
    needs('ingest', 'Delete a ticket with its messages and ratings', { 204: null }),
    (c) => remove(c, nouns.ticket, c.req.param('id')),
  )
