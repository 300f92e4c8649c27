import { Hono } from 'hono'
import { needs } from '../auth/access.ts'
import { AppError } from '../errors.ts'
import type { AppContext, AppEnv } from '../http.ts'
import { entries } from './body.ts'
import type { KindName } from './ingest.ts'
import { ingest } from './ingest.ts'
import type { Noun } from './store.ts'
import { deleteOwned, nouns } from './store.ts'

/** Stores the records of a body; all of them bad is an error of the whole request. */
async function store(c: AppContext, kind: KindName) {
  const account = c.get('account')
  const scope = { account: account.id, now: c.get('now'), keepText: account.settings.keepText }
  const summary = await ingest(c.get('db'), scope, kind, entries(c.req.raw))
  if (summary.received > 0 && summary.rejected === summary.received) {
    const first = summary.errors[0]
    const detail = `All ${summary.received} records were rejected; line ${first?.line}: ${first?.path} ${first?.message}`
    throw new AppError('invalid', detail, { errors: summary.errors })
  }
  return c.json(summary, 200)
}

/** Deletes one order or ticket; sending it again later brings it back. */
async function remove(c: AppContext, noun: Noun, id: string) {
  const outcomes = await c.get('db').batch(deleteOwned(c.get('account').id, noun, id, c.get('now')))
  if (outcomes[1]?.rows.length !== 1)
    throw new AppError('not_found', `There is no such ${noun.kind}.`)
  return c.body(null, 204)
}

export const ingestion = new Hono<AppEnv>()
  .put('/v1/orders', needs('ingest', 'Store orders'), (c) => store(c, 'orders'))
  .put('/v1/refunds', needs('ingest', 'Store refunds that come apart from their order'), (c) =>
    store(c, 'refunds'),
  )
  .put('/v1/customers', needs('ingest', 'Store source customers'), (c) => store(c, 'customers'))
  .put('/v1/tickets', needs('ingest', 'Store tickets'), (c) => store(c, 'tickets'))
  .put('/v1/messages', needs('ingest', 'Store messages of tickets'), (c) => store(c, 'messages'))
  .put('/v1/ratings', needs('ingest', 'Store satisfaction ratings'), (c) => store(c, 'ratings'))
  .delete('/v1/orders/:id', needs('ingest', 'Delete an order'), (c) =>
    remove(c, nouns.order, c.req.param('id')),
  )
  .delete(
    '/v1/tickets/:id',
    needs('ingest', 'Delete a ticket with its messages and ratings'),
    (c) => remove(c, nouns.ticket, c.req.param('id')),
  )
