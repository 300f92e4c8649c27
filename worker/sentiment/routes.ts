import { Hono } from 'hono'
import { z } from 'zod'
import { needs } from '../auth/access.ts'
import { AppError } from '../errors.ts'
import type { AppEnv } from '../http.ts'
import { valid } from '../http.ts'
import { id } from '../ingest/fields.ts'
import { keepUpSoon } from '../jobs.ts'
import { MESSAGE_LABELS } from './catalog.ts'
import { correctMessage, recalibrate } from './store.ts'

const correction = z.strictObject({
  /** The customer whose message it is. */
  customer: z.int().min(1).max(2_147_483_647),
  label: z.enum(MESSAGE_LABELS).nullable(),
})
const corrected = z.object({
  id: z.string(),
  ticket: z.string(),
  label: z.enum(MESSAGE_LABELS).nullable(),
  /** Corrections that the account's scores now lean on. */
  learnedFrom: z.int(),
})

export const sentimentRoutes = new Hono<AppEnv>().post(
  '/v1/messages/:id/sentiment',
  needs('read', 'Say what a customer’s message is, or take that back (null)', { 200: corrected }),
  valid('param', z.object({ id })),
  valid('json', correction),
  async (c) => {
    const account = c.get('account').id
    const { id: message } = c.req.valid('param')
    const { customer, label } = c.req.valid('json')
    const db = c.get('db')
    const outcomes = await db.batch(correctMessage(account, customer, message, label, c.get('now')))
    const ticket = outcomes[1]?.rows[0]?.['ticket']
    if (typeof ticket !== 'string') {
      throw new AppError('not_found', 'The customer has no such scored message.')
    }
    const { n } = await recalibrate(db, account)
    keepUpSoon(c)
    return c.json({ id: message, ticket, label, learnedFrom: n }, 200)
  },
)
