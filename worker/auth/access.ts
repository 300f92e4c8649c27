import type { MiddlewareHandler } from 'hono'
import { uniqueSymbol } from 'hono-openapi'
import { accountOf, findAccount, insertAccount } from '../accounts/store.ts'
import { dataOf } from '../db.ts'
import { AppError } from '../errors.ts'
import type { AppContext, AppEnv, Caller } from '../http.ts'
import type { Scope } from './catalog.ts'
import { scopes } from './catalog.ts'
import type { Answers } from './describe.ts'
import { done, guardedSpec } from './describe.ts'
import { accountOfKey, hashOf, sameSecret } from './key.ts'
import { readSession, scopesOf } from './session.ts'
import { findKey, findMember } from './store.ts'

/** Account of the fixed key of a local run. */
const localAccount = { id: 1, name: 'Local shop', timeZone: 'UTC', currency: 'GBP' }

/**
 * Lets a request through when its bearer (API key or app session) has the scope, and sets `account`,
 * `caller` and `db`. Also describes the route for the OpenAPI document, so no route is one without the other.
 * 401 without a good bearer, 403 without the scope, 429 above the key's rate.
 */
export function needs(
  scope: Scope,
  summary: string,
  answers: Answers = done,
): MiddlewareHandler<AppEnv> {
  const spec = guardedSpec(summary, `Scope: ${scope}`, answers)
  const handler: MiddlewareHandler<AppEnv> = async (c, next) => {
    await enter(c, await callerOf(c, bearerOf(c)))
    if (!c.get('caller').scopes.has(scope)) {
      throw new AppError('forbidden', `This needs the scope "${scope}".`)
    }
    c.set('db', dataOf(c.env, c.get('account').shard, c.get('cost')))
    await next()
  }
  return Object.assign(handler, { [uniqueSymbol]: { spec }, scope })
}

/** Lets an app session through, also one past its half hour; a key has nothing to renew. */
export function needsSession(summary: string, answers: Answers): MiddlewareHandler<AppEnv> {
  const spec = guardedSpec(summary, 'For app sessions only.', answers)
  return Object.assign(renewal(), { [uniqueSymbol]: { spec }, scope: 'session' })
}

function renewal(): MiddlewareHandler<AppEnv> {
  return async (c, next) => {
    const bearer = bearerOf(c)
    await enter(c, (await fromSession(c, bearer, true)) ?? (await callerOf(c, bearer)))
    if (c.get('caller').user === undefined) {
      throw new AppError('forbidden', 'Only an app session can be renewed.')
    }
    await next()
  }
}

function bearerOf(c: AppContext): string {
  const bearer = /^Bearer ([\x21-\x7e]{1,4096})$/i.exec(c.req.header('Authorization') ?? '')?.[1]
  if (bearer === undefined) {
    throw new AppError('unauthorized', 'Send "Authorization: Bearer <key>".')
  }
  return bearer
}

/** Sets the caller, or refuses: nobody, or somebody in too much of a hurry. */
async function enter(c: AppContext, caller: Caller | null): Promise<void> {
  if (caller === null) {
    throw new AppError('unauthorized', 'The key or session is not valid (any more).')
  }
  c.set('caller', caller)
  const limit = await c.env.KEY_LIMIT.limit({ key: `${c.get('account').id}:${caller.id}` })
  if (!limit.success) {
    throw new AppError('limited', 'Too many requests with this key; try again in a minute.', {
      retryAfter: 60,
    })
  }
}

async function callerOf(c: AppContext, bearer: string): Promise<Caller | null> {
  return (
    (await fromKey(c, bearer)) ?? (await fromBootstrap(c, bearer)) ?? (await fromSession(c, bearer))
  )
}

async function fromKey(c: AppContext, bearer: string): Promise<Caller | null> {
  const account = accountOfKey(bearer)
  if (account === null) return null
  const row = await findKey(c.get('control'), account, await hashOf(bearer))
  if (row === null) return null
  c.set('account', accountOf(row))
  return {
    id: `key:${row.keyId}`,
    name: `key:${row.keyName}`,
    scopes: new Set(scopes.filter((scope) => row.scopes.split(' ').includes(scope))),
  }
}

/** The fixed key of a local run has every scope on account 1 and makes that account at its first use. */
async function fromBootstrap(c: AppContext, bearer: string): Promise<Caller | null> {
  const key = c.env.BOOTSTRAP_KEY
  if (key === undefined || key === '' || !(await sameSecret(key, bearer))) return null
  const control = c.get('control')
  let account = await findAccount(control, localAccount.id)
  if (account === null) {
    await control.all(insertAccount(localAccount, c.get('now')))
    account = await findAccount(control, localAccount.id)
  }
  if (account === null) throw new AppError('internal', 'The local account could not be made.')
  c.set('account', account)
  return { id: 'key:local', name: 'key:local', scopes: new Set(scopes) }
}

/** The role is looked up at every request: what the token says of it is only for show. */
async function fromSession(
  c: AppContext,
  bearer: string,
  renewing = false,
): Promise<Caller | null> {
  const session = await readSession(bearer, c.env.SESSION_SECRET, c.get('now'), { renewing })
  if (session === null) return null
  const member = await findMember(c.get('control'), session.account, session.user)
  if (member === null || member.account.installation !== session.installation) return null
  c.set('account', member.account)
  const { permissions } = member.account.settings
  return {
    id: `user:${session.user}`,
    name: `user:${session.user}`,
    scopes: new Set(scopesOf(member.role, session.user, permissions)),
    user: { id: session.user, role: member.role, startedAt: session.startedAt },
  }
}
