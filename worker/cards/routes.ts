import { Hono } from 'hono'
import { z } from 'zod'
import { needs } from '../auth/access.ts'
import { AppError } from '../errors.ts'
import { evaluatePersons } from '../evaluate.ts'
import type { AppContext, AppEnv } from '../http.ts'
import { valid } from '../http.ts'
import { linesNow } from '../lines.ts'
import { loadPersons } from '../load.ts'
import { e164, emailKey } from '../people/identity.ts'
import { compile } from '../segments/compile.ts'
import { membershipOf } from '../segments/membership.ts'
import { listSegments } from '../segments/store.ts'
import type { Sql } from '../sql.ts'
import { dayCounter, dayText } from '../time.ts'
import { OPEN } from '../timeline/intervals.ts'
import type { CardRead } from './show.ts'
import { readCard, showCard } from './show.ts'
import { personOfId, personOfKeys, selectCard, selectCards } from './store.ts'

const personParam = z.object({ id: z.coerce.number().int().min(1).max(2_147_483_647) })

const lookupQuery = z.strictObject({
  externalId: z.string().min(1).max(200).optional(),
  zendeskUserId: z.string().min(1).max(40).optional(),
  email: z.string().min(1).max(320).optional(),
  phone: z.string().min(1).max(60).optional(),
})

/** Keys of a lookup, the surest first; a phone that is no international number leads nowhere. */
function keysOfLookup(query: z.output<typeof lookupQuery>): string[] {
  const phone = query.phone === undefined ? null : e164(query.phone)
  return [
    query.externalId === undefined ? null : `id:${query.externalId}`,
    query.zendeskUserId === undefined ? null : `id:zendesk:${query.zendeskUserId}`,
    query.email === undefined ? null : emailKey(query.email.trim(), ''),
    phone === null ? null : `phone:${phone}`,
  ].filter((key) => key !== null)
}

const unknown = () => new AppError('not_found', 'There is no such customer.')

/** The card of the person that `person` finds; one who was not evaluated yet is evaluated now. */
async function answerCard(c: AppContext, person: Sql) {
  const account = c.get('account')
  const db = c.get('db')
  const today = dayCounter(account.timeZone)(c.get('now'))
  let read = await db.first<CardRead>(selectCard(account.id, person))
  if (read === null) throw unknown()
  let kept = readCard(read.card)
  if (kept === null) {
    await evaluatePersons(db, account, c.get('now'), [read.person])
    read = await db.first<CardRead>(selectCard(account.id, person))
    kept = readCard(read?.card ?? null)
    if (read === null || kept === null) throw unknown()
  }
  const names = new Map<number, string | null>()
  if (kept.candidates.length > 0) {
    const ids = kept.candidates.map(({ id }) => id)
    const rows = await db.all<{ id: number; card: string }>(selectCards(account.id, ids))
    for (const row of rows) names.set(row.id, readCard(row.card)?.name ?? null)
  }
  const { currency, countUnpaid } = account
  const { badRatingDays } = account.settings
  return c.json(showCard(read, kept, { today, currency, countUnpaid, badRatingDays, names }), 200)
}

export const cards = new Hono<AppEnv>()
  .get(
    '/v1/customers/lookup',
    needs('read', 'The card of the customer that a key leads to'),
    valid('query', lookupQuery),
    (c) => {
      const keys = keysOfLookup(c.req.valid('query'))
      if (Object.keys(c.req.query()).length === 0) {
        throw new AppError('invalid', 'Give externalId, zendeskUserId, email or phone.')
      }
      return answerCard(c, personOfKeys(c.get('account').id, keys))
    },
  )
  .get(
    '/v1/customers/:id',
    needs('read', 'The card of a customer'),
    valid('param', personParam),
    (c) => answerCard(c, personOfId(c.get('account').id, c.req.valid('param').id)),
  )
  .get(
    '/v1/customers/:id/memberships',
    needs('read', 'Every stretch of membership of a customer, past and foreseen'),
    valid('param', personParam),
    async (c) => {
      const account = c.get('account')
      const db = c.get('db')
      const { id } = c.req.valid('param')
      const { facts } = await loadPersons(db, account, [id])
      if ((facts.profiles.offsets[1] ?? 0) === 0) throw unknown()
      const segments = await listSegments(db, account.id)
      const compiled = compile(segments, facts, await linesNow(db, account, segments))
      const items = segments.flatMap(({ key }) =>
        membershipOf(compiled, key, 0).map(({ joined, left }) => ({
          segment: key,
          joined: dayText(joined),
          left: left === OPEN ? null : dayText(left),
        })),
      )
      return c.json({ items, next: null, total: items.length }, 200)
    },
  )
