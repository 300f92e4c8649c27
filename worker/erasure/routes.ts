import { Hono } from 'hono'
import { z } from 'zod'
import { needs } from '../auth/access.ts'
import { AppError } from '../errors.ts'
import type { AppContext, AppEnv } from '../http.ts'
import { valid } from '../http.ts'
import { keepUpSoon } from '../jobs.ts'
import { RANGE_SIZE } from '../load.ts'
import { rowsOf } from '../rows.ts'
import { erase, exportedTables, selectAll, selectErasures, selectTraces } from './store.ts'
import { hashesOf, ticketKey } from './tombstones.ts'

const params = z.object({ id: z.coerce.number().int().min(1).max(2_147_483_647) })
const page = z.strictObject({
  before: z
    .string()
    .regex(/^\d{1,16}\.\d{1,10}$/, 'not a cursor of this list')
    .optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
})

const NO_CUSTOMER = 'There is no such customer.'

async function eraseOne(c: AppContext, person: number, clearDesk: boolean) {
  const account = c.get('account').id
  const [profiles, identities, tickets, moves] = await c
    .get('db')
    .batch(selectTraces(account, person))
  const keysIn = (outcome: typeof profiles) =>
    rowsOf<{ key: string | number }>(outcome).map(({ key }) => String(key))
  if (keysIn(profiles).length === 0) throw new AppError('not_found', NO_CUSTOMER)
  const merged = keysIn(moves).map(Number)
  const keys = [...keysIn(profiles), ...keysIn(identities), ...keysIn(tickets).map(ticketKey)]
  const hashes = await hashesOf(account, keys)
  const ranges = [person, ...merged].map((one) => one - (one % RANGE_SIZE))
  const statements = erase({
    account,
    person,
    merged,
    hashes: hashes.values(),
    ranges: [...new Set(ranges)],
    clearDesk,
    now: c.get('now'),
    actor: c.get('caller').name,
  })
  const outcomes = await c.get('db').batch(statements)
  const [receipt] = rowsOf<{ facts: string }>(outcomes[0])
  if (receipt === undefined) throw new AppError('not_found', NO_CUSTOMER)
  keepUpSoon(c)
  return { profiles: outcomes.at(-1)?.changes ?? 0, ...Object(JSON.parse(receipt.facts)) }
}

/** The place of a receipt in the list, as text: instant and person. */
const cursorOf = ({ at, person }: { at: number; person: number }) => `${at}.${person}`

function readCursor(text: string | undefined) {
  const [at = Number.MAX_SAFE_INTEGER, person = 0] = text?.split('.').map(Number) ?? []
  return { at, person }
}

export const erasures = new Hono<AppEnv>()
  .delete(
    '/v1/customers/:id',
    needs('admin', 'Erase a customer everywhere; the answer is the receipt'),
    valid('param', params),
    valid('query', z.strictObject({ deskFields: z.enum(['keep', 'clear']).default('keep') })),
    async (c) => {
      const { id } = c.req.valid('param')
      const facts = await eraseOne(c, id, c.req.valid('query').deskFields === 'clear')
      return c.json({ id, erasedAt: new Date(c.get('now')).toISOString(), ...facts }, 200)
    },
  )
  .get(
    '/v1/customers/:id/export',
    needs('admin', 'Everything that is held about a customer'),
    valid('param', params),
    async (c) => {
      const { id } = c.req.valid('param')
      const outcomes = await c.get('db').batch(selectAll(c.get('account').id, id))
      const tables = exportedTables.map((table, index) => [
        table,
        rowsOf<Record<string, unknown>>(outcomes[index]),
      ])
      if (outcomes[0]?.rows.length === 0) {
        throw new AppError('not_found', NO_CUSTOMER)
      }
      const exportedAt = new Date(c.get('now')).toISOString()
      return c.json({ id, exportedAt, ...Object.fromEntries(tables) }, 200)
    },
  )
  .get(
    '/v1/erasures',
    needs('admin', 'Receipts of erased customers, newest first'),
    valid('query', page),
    async (c) => {
      const { before, limit } = c.req.valid('query')
      const account = c.get('account').id
      const rows = await c
        .get('db')
        .all<{ at: number; person: number; actor: string; facts: string }>(
          selectErasures(account, readCursor(before), limit + 1),
        )
      const items = rows.slice(0, limit).map(({ at, person, actor, facts }) => ({
        person,
        erasedAt: new Date(at).toISOString(),
        by: actor,
        facts: Object(JSON.parse(facts)),
      }))
      const last = rows.length > limit ? rows[limit - 1] : undefined
      return c.json({ items, next: last === undefined ? null : cursorOf(last) }, 200)
    },
  )
