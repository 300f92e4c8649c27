import { Hono } from 'hono'
import { z } from 'zod'
import { needs } from '../auth/access.ts'
import { hashOf, makeKey } from '../auth/key.ts'
import { insertKey, listKeys, revokeKey } from '../auth/store.ts'
import { AppError } from '../errors.ts'
import type { AppEnv } from '../http.ts'
import { valid } from '../http.ts'
import { accountChange, accountView, changed, newAccount, permissions } from './account.ts'
import { insertAccount, saveAccount } from './store.ts'

const newKey = z.strictObject({
  name: z.string().trim().min(1).max(100),
  scopes: z
    .array(z.enum(['ingest', 'read', 'satisfaction', 'admin']))
    .min(1)
    .max(4),
})

const allScopes = ['ingest', 'read', 'satisfaction', 'admin'] as const

async function mint(account: number, name: string, scopes: readonly string[], now: number) {
  const key = makeKey(account, crypto.getRandomValues(new Uint8Array(32)))
  const id = crypto.randomUUID()
  return {
    key,
    id,
    statement: insertKey(account, { hash: await hashOf(key), id, name, scopes }, now),
  }
}

export const accounts = new Hono<AppEnv>()
  .post(
    '/v1/accounts',
    needs('operator', 'Make an account'),
    valid('json', newAccount),
    async (c) => {
      const input = c.req.valid('json')
      const control = c.get('control')
      const [row] = await control.all<{ id: number }>(insertAccount(input, c.get('now')))
      if (row === undefined) throw new AppError('internal', 'The account could not be made.')
      const { key, statement } = await mint(row.id, 'first key', allScopes, c.get('now'))
      await control.all(statement)
      const { name, timeZone, currency } = input
      return c.json({ id: row.id, name, timeZone, currency, key }, 201)
    },
  )
  .get('/v1/account', needs('read', 'The account and its settings'), (c) =>
    c.json(accountView(c.get('account')), 200),
  )
  .patch(
    '/v1/account',
    needs('admin', 'Change settings of the account'),
    valid('json', accountChange),
    async (c) => {
      const change = c.req.valid('json')
      const account = c.get('account')
      if (change.helpDesk !== undefined && !c.get('caller').scopes.has('operator')) {
        throw new AppError('forbidden', 'helpDesk: only an operator connects a help desk.')
      }
      const next = changed(account, change)
      await c.get('control').all(saveAccount(next))
      return c.json(accountView(next), 200)
    },
  )
  .get('/v1/keys', needs('admin', 'Keys of the account'), async (c) => {
    const items = await listKeys(c.get('control'), c.get('account').id)
    return c.json({ items, next: null, total: items.length }, 200)
  })
  .post(
    '/v1/keys',
    needs('admin', 'Make a key; it is shown once'),
    valid('json', newKey),
    async (c) => {
      const { name, scopes } = c.req.valid('json')
      const { key, id, statement } = await mint(c.get('account').id, name, scopes, c.get('now'))
      await c.get('control').all(statement)
      return c.json({ id, name, scopes, key }, 201)
    },
  )
  .delete('/v1/keys/:id', needs('admin', 'Revoke a key'), async (c) => {
    const statement = revokeKey(c.get('account').id, c.req.param('id'), c.get('now'))
    const rows = await c.get('control').all(statement)
    if (rows.length === 0) throw new AppError('not_found', 'There is no such key.')
    return c.body(null, 204)
  })
  .get('/v1/permissions', needs('admin', 'Who sees what'), (c) =>
    c.json(c.get('account').settings.permissions, 200),
  )
  .put(
    '/v1/permissions',
    needs('admin', 'Set who sees what'),
    valid('json', permissions),
    async (c) => {
      const account = c.get('account')
      const settings = { ...account.settings, permissions: c.req.valid('json') }
      await c.get('control').all(saveAccount({ ...account, settings }))
      return c.json(settings.permissions, 200)
    },
  )
