import { Hono } from 'hono'
import { z } from 'zod'
import { needs } from '../auth/access.ts'
import type { Db } from '../db.ts'
import { AppError } from '../errors.ts'
import type { AppContext, AppEnv } from '../http.ts'
import { valid } from '../http.ts'
import { keepUpSoon } from '../jobs.ts'
import { text } from '../ingest/fields.ts'
import type { Sql } from '../sql.ts'
import {
  carryOut,
  decideSuggestion,
  listMoves,
  listSuggestions,
  isPerson,
  mergeStep,
  rename,
  splitStep,
  undoStep,
} from './store.ts'

const personId = z.coerce.number().int().min(1).max(2_147_483_647)
const personParam = z.object({ id: personId })

/** Records and carries out one move of profiles; answers who moved where, or 404 when nothing could move. */
async function move(c: AppContext, record: (step: Parameters<typeof carryOut>[0]) => Sql[]) {
  const account = c.get('account').id
  const id = c.get('now') * 1_000 + ((crypto.getRandomValues(new Uint16Array(1))[0] ?? 0) % 1_000)
  const step = { account, id, now: c.get('now'), actor: c.get('caller').name }
  const outcomes = await c.get('db').batch([...record(step), ...carryOut(step)])
  const moved = outcomes.at(-1)?.rows[0]
  if (moved === undefined) {
    throw new AppError('not_found', 'There is no such customer, or nothing of it that could move.')
  }
  keepUpSoon(c)
  return c.json({ id, from: Number(moved['from']), into: Number(moved['into']) }, 200)
}

/** What a reader tells of a customer; 404 when nothing is told because there is no such customer. */
async function list<Item>(
  c: AppContext,
  id: number,
  read: (db: Db, account: number, person: number) => Promise<Item[]>,
) {
  const account = c.get('account').id
  const items = await read(c.get('db'), account, id)
  if (items.length === 0 && !(await isPerson(c.get('db'), account, id))) {
    throw new AppError('not_found', 'There is no such customer.')
  }
  return c.json({ items, next: null, total: items.length }, 200)
}

export const people = new Hono<AppEnv>()
  .patch(
    '/v1/customers/:id',
    needs('admin', 'Rename a customer'),
    valid('param', personParam),
    valid('json', z.strictObject({ name: text(500).min(1).nullable() })),
    async (c) => {
      const { id } = c.req.valid('param')
      const { name } = c.req.valid('json')
      const outcomes = await c.get('db').batch(rename(c.get('account').id, id, name, c.get('now')))
      if (outcomes[1]?.rows.length !== 1)
        throw new AppError('not_found', 'There is no such customer.')
      keepUpSoon(c)
      return c.json({ id, name }, 200)
    },
  )
  .post(
    '/v1/customers/:id/merge',
    needs('admin', 'Merge another customer into this one'),
    valid('param', personParam),
    valid('json', z.strictObject({ from: personId })),
    (c) => {
      const { id } = c.req.valid('param')
      const { from } = c.req.valid('json')
      if (from === id)
        throw new AppError('invalid', 'from: a customer cannot be merged into itself.')
      return move(c, (step) => [mergeStep(step, from, id)])
    },
  )
  .post(
    '/v1/customers/:id/split',
    needs('admin', 'Split source customers off into a customer of their own'),
    valid('param', personParam),
    valid('json', z.strictObject({ profiles: z.array(z.string().max(400)).min(1).max(1_000) })),
    (c) => {
      const { id } = c.req.valid('param')
      const { profiles } = c.req.valid('json')
      return move(c, (step) => [splitStep(step, id, profiles)])
    },
  )
  .post(
    '/v1/customers/:id/undo',
    needs('admin', 'Undo a merge or split of this customer'),
    valid('param', personParam),
    valid('json', z.strictObject({ move: z.int().min(1) })),
    async (c) => {
      const { id } = c.req.valid('param')
      const moves = await listMoves(c.get('db'), c.get('account').id, id)
      const chosen = moves.find((one) => one.id === c.req.valid('json').move)
      if (chosen === undefined) throw new AppError('not_found', 'There is no such merge or split.')
      if (chosen.undone) throw new AppError('conflict', 'This was undone already.')
      return await move(c, (step) => undoStep(step, chosen.id))
    },
  )
  .get(
    '/v1/customers/:id/moves',
    needs('read', 'Merges and splits of a customer'),
    valid('param', personParam),
    async (c) => {
      return await list(c, c.req.valid('param').id, listMoves)
    },
  )
  .get(
    '/v1/customers/:id/suggestions',
    needs('read', 'Customers who may be the same person'),
    valid('param', personParam),
    async (c) => {
      return await list(c, c.req.valid('param').id, listSuggestions)
    },
  )
  .post(
    '/v1/customers/:id/suggestions/dismiss',
    needs('admin', 'Say that two customers are different people, or take that back'),
    valid('param', personParam),
    valid('json', z.strictObject({ person: personId, undo: z.boolean().default(false) })),
    async (c) => {
      const { id } = c.req.valid('param')
      const { person, undo } = c.req.valid('json')
      const account = c.get('account').id
      const state = undo ? 'open' : 'dismissed'
      const decided = decideSuggestion(account, [id, person], state, c.get('now'))
      const outcomes = await c.get('db').batch(decided)
      const dismissed = outcomes[1]?.rows.length ?? 0
      if (dismissed === 0) throw new AppError('not_found', 'There is no such suggestion.')
      keepUpSoon(c)
      return c.json({ dismissed }, 200)
    },
  )
