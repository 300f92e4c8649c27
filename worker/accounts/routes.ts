import { Hono } from 'hono'
import { z } from 'zod'
import { needs } from '../auth/access.ts'
import { hashOf, makeKey } from '../auth/key.ts'
import { insertKey, listKeys, revokeKey } from '../auth/store.ts'
import type { Db } from '../db.ts'
import { AppError } from '../errors.ts'
import type { AppEnv } from '../http.ts'
import { valid } from '../http.ts'
import { isSigningKey } from '../auth/signed.ts'
import type { Account, AccountChange } from './account.ts'
import {
  accountChange,
  accountShown,
  accountView,
  changed,
  newAccount,
  permissions,
} from './account.ts'
import { findAccount, insertAccount, saveAccount } from './store.ts'

const newKey = z.strictObject({
  name: z.string().trim().min(1).max(100),
  scopes: z
    .array(z.enum(['ingest', 'read', 'satisfaction', 'admin']))
    .min(1)
    .max(4),
})

const allScopes = ['ingest', 'read', 'satisfaction', 'admin'] as const

const accountMade = newAccount.omit({ industry: true }).extend({ id: z.int(), key: z.string() })
const keyMade = newKey.extend({ id: z.string(), key: z.string() })
const keyShown = newKey.extend({ id: z.string(), createdAt: z.iso.datetime() })
const accountId = z.strictObject({ id: z.coerce.number().int().positive() })

/** Saves a change and returns the account after it. */
async function save(control: Db, account: Account, change: AccountChange): Promise<Account> {
  if (change.helpDesk !== undefined && !(await isSigningKey(change.helpDesk.publicKey))) {
    const message = 'expected an RSA key of at least 2,048 bits'
    throw new AppError('invalid', `helpDesk.publicKey: ${message}`, {
      errors: [{ path: 'helpDesk.publicKey', message }],
    })
  }
  const next = changed(account, change)
  const saved = await control.all(saveAccount(next))
  if (saved.length === 0) {
    throw new AppError('conflict', 'helpDesk.subdomain: another account has it.')
  }
  return next
}

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
    needs('operator', 'Make an account', { 201: accountMade }),
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
  .patch(
    '/v1/accounts/:id',
    needs('operator', 'Change any account, its help desk included', { 200: accountShown }),
    valid('param', accountId),
    valid('json', accountChange),
    async (c) => {
      const control = c.get('control')
      const account = await findAccount(control, c.req.valid('param').id)
      if (account === null) throw new AppError('not_found', 'There is no such account.')
      return c.json(accountView(await save(control, account, c.req.valid('json'))), 200)
    },
  )
  .get('/v1/account', needs('read', 'The account and its settings', { 200: accountShown }), (c) =>
    c.json(accountView(c.get('account')), 200),
  )
  .patch(
    '/v1/account',
    needs('admin', 'Change settings of the account', { 200: accountShown }),
    valid('json', accountChange),
    async (c) => {
      const change = c.req.valid('json')
      const account = c.get('account')
      if (change.helpDesk !== undefined && !c.get('caller').scopes.has('operator')) {
        throw new AppError('forbidden', 'helpDesk: only an operator connects a help desk.')
      }
      return c.json(accountView(await save(c.get('control'), account, change)), 200)
    },
  )
  .get(
    '/v1/keys',
    needs('admin', 'Keys of the account', {
      200: z.object({ items: z.array(keyShown), next: z.null(), total: z.int() }),
    }),
    async (c) => {
      const items = await listKeys(c.get('control'), c.get('account').id)
      return c.json({ items, next: null, total: items.length }, 200)
    },
  )
  .post(
    '/v1/keys',
    needs('admin', 'Make a key; it is shown once', { 201: keyMade }),
    valid('json', newKey),
    async (c) => {
      const { name, scopes } = c.req.valid('json')
      const { key, id, statement } = await mint(c.get('account').id, name, scopes, c.get('now'))
      await c.get('control').all(statement)
      return c.json({ id, name, scopes, key }, 201)
    },
  )
  .delete('/v1/keys/:id', needs('admin', 'Revoke a key', { 204: null }), async (c) => {
    const statement = revokeKey(c.get('account').id, c.req.param('id'), c.get('now'))
    const rows = await c.get('control').all(statement)
    if (rows.length === 0) throw new AppError('not_found', 'There is no such key.')
    return c.body(null, 204)
  })
  .get('/v1/permissions', needs('admin', 'Who sees what', { 200: permissions }), (c) =>
    c.json(c.get('account').settings.permissions, 200),
  )
  .put(
    '/v1/permissions',
    needs('admin', 'Set who sees what', { 200: permissions }),
    valid('json', permissions),
    async (c) => {
      const account = c.get('account')
      const settings = { ...account.settings, permissions: c.req.valid('json') }
      await c.get('control').all(saveAccount({ ...account, settings }))
      return c.json(settings.permissions, 200)
    },
  )
