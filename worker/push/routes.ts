import { Hono } from 'hono'
import { z } from 'zod'
import { needs } from '../auth/access.ts'
import { journalEverybody } from '../cards/store.ts'
import { AppError } from '../errors.ts'
import type { AppContext, AppEnv } from '../http.ts'
import { valid } from '../http.ts'
import { basisOf } from '../lines.ts'
import { rowsOf } from '../rows.ts'
import { listSegments } from '../segments/store.ts'
import { openDesk } from '../zendesk/desk.ts'
import { meansOf } from '../zendesk/means.ts'
import { findConnection } from '../zendesk/store.ts'
import { starters } from './catalog.ts'
import { selectTargets, selectWrites, type TargetState, type WriteRow } from './ledger-store.ts'
import { pushSettings } from './settings.ts'
import { show, shown, targetShown, writeShown } from './show.ts'
import { findState, freshState, saveSettings, saveWishes } from './store.ts'
import { chooseTriggers } from './triggers.ts'
import { preview } from './try-out.ts'

const ledgerQuery = z.strictObject({
  customer: z.coerce.number().int().min(1).optional(),
  after: z
    .string()
    .regex(/^\d{1,16}\.(user|ticket)\.\d{1,20}$/, 'not a cursor of this list')
    .optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
})

async function openBench(c: AppContext) {
  const [db, account] = [c.get('db'), c.get('account')]
  const means = await meansOf(c.env, c.req.url)
  const connection = await findConnection(db, account.id)
  if (means === null || connection === null || connection.state !== 'connected') {
    throw new AppError('conflict', 'Connect the help desk first.')
  }
  const state = (await findState(db, account.id)) ?? freshState()
  return { db, account, connection, means, state, desk: openDesk(db, account, connection, means) }
}

export const pushRoutes = new Hono<AppEnv>()
  .get(
    '/v1/push',
    needs('admin', 'What is kept up to date at the help desk, and how far that is', { 200: shown }),
    async (c) => c.json(await show(c), 200),
  )
  .put(
    '/v1/push',
    needs('admin', 'Choose what is kept up to date at the help desk, and switch it on or off', {
      200: shown,
    }),
    valid('json', pushSettings),
    async (c) => {
      const [db, account] = [c.get('db'), c.get('account')]
      const settings = c.req.valid('json')
      const before = ((await findState(db, account.id)) ?? freshState()).settings
      const { lineProperty, planTrait } = settings
      const anew = lineProperty !== before.lineProperty || planTrait !== before.planTrait
      const basis = anew ? basisOf(account, await listSegments(db, account.id)) : ''
      await db.batch([
        ...saveSettings(account.id, settings, { wasOn: before.on }),
        ...(anew ? [saveWishes(account.id, { lineProperty, planTrait })] : []),
        ...(anew ? journalEverybody(account.id, basis, c.get('now')) : []),
      ])
      return c.json(await show(c), 200)
    },
  )
  .post(
    '/v1/push/dry-run',
    needs('admin', 'What these settings would write, and what triggers would have touched lately'),
    valid('json', pushSettings),
    async (c) => c.json(await preview(c, c.req.valid('json')), 200),
  )
  .get(
    '/v1/push/ledger',
    needs('admin', 'Everything that was written to the help desk and why, the latest first'),
    valid('query', ledgerQuery),
    async (c) => {
      const { customer = null, after, limit } = c.req.valid('query')
      const [at = '', kind = '', target = ''] = after?.split('.') ?? []
      const before =
        after === undefined
          ? { at: Number.MAX_SAFE_INTEGER, kind: '', target: '' }
          : { at: Number(at), kind, target }
      const [writes, targets] = await c
        .get('db')
        .batch([
          selectWrites(c.get('account').id, before, limit + 1, customer),
          ...(customer === null ? [] : [selectTargets(c.get('account').id, customer)]),
        ])
      const rows = rowsOf<WriteRow>(writes)
      const last = rows.length > limit ? rows[limit - 1] : undefined
      const next = last === undefined ? null : `${last.at}.${last.kind}.${last.target}`
      const items = rows.slice(0, limit).map(writeShown)
      const now = rowsOf<TargetState>(targets).map(targetShown)
      return c.json({ items, next, ...(customer !== null && { targets: now }) }, 200)
    },
  )
  .put(
    '/v1/push/triggers',
    needs('admin', 'Make the triggers of the starter kit that are named, and remove the others', {
      200: z.object({ triggers: z.array(z.enum(starters)) }),
    }),
    valid(
      'json',
      z.strictObject({
        triggers: z.array(z.enum(starters)).max(starters.length),
        /** Group that takes over tickets of those who are upset or at risk; null: none, left out: as it is. */
        group: z
          .string()
          .regex(/^\d{1,20}$/)
          .nullish(),
      }),
    ),
    async (c) => {
      const bench = await openBench(c)
      const { triggers, group } = c.req.valid('json')
      const made = await chooseTriggers(bench, triggers, group)
      await bench.desk.settle(0)
      return c.json({ triggers: starters.filter((one) => one in made) }, 200)
    },
  )
