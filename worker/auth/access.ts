import type { MiddlewareHandler } from 'hono'
import { uniqueSymbol } from 'hono-openapi'
import { accountOf, findAccount, insertAccount } from '../accounts/store.ts'
import { dataOf } from '../db.ts'
import { AppError } from '../errors.ts'
import type { AppContext, AppEnv, Caller } from '../http.ts'
import type { Scope } from './catalog.ts'
import { scopes } from './catalog.ts'
import { accountOfKey, hashOf, sameSecret } from './key.ts'
import { findKey } from './store.ts'
import { callerOfSession } from './session.ts'

/** Account of the fixed key of a local run. */
const localAccount = { id: 1, name: 'Local shop', timeZone: 'UTC', currency: 'GBP' }

/**
 * Lets a request through when its bearer (API key or app session) has the scope, and sets `account`,
 * `caller` and `db`. Also describes the route for the OpenAPI document, so no route is one without the other.
 * 401 without a good bearer, 403 without the scope, 429 above the key's rate.
 */
export function needs(scope: Scope, summary: string): MiddlewareHandler<AppEnv> {
  const handler: MiddlewareHandler<AppEnv> = async (c, next) => {
    await authenticate(c)
    if (!c.get('caller').scopes.has(scope)) {
      throw new AppError('forbidden', `This needs the scope "${scope}".`)
    }
    c.set('db', dataOf(c.env, c.get('account').shard, c.get('cost')))
    await next()
  }
  return Object.assign(handler, {
    [uniqueSymbol]: {
      spec: {
        summary,
        description: `Scope: ${scope}`,
        security: [{ bearer: [] }],
        responses: {
          200: { description: 'OK' },
          default: { $ref: '#/components/responses/Problem' },
        },
      },
    },
    scope,
  })
}

async function authenticate(c: AppContext): Promise<void> {
  const bearer = /^Bearer ([\w.-]{1,4096})$/.exec(c.req.header('Authorization') ?? '')?.[1]
  if (bearer === undefined)
    throw new AppError('unauthorized', 'Send "Authorization: Bearer <key>".')
  const caller =
    (await fromKey(c, bearer)) ??
    (await fromBootstrap(c, bearer)) ??
    (await callerOfSession(c, bearer))
  if (caller === null)
    throw new AppError('unauthorized', 'The key or session is not valid (any more).')
  c.set('caller', caller)
  const limit = await c.env.KEY_LIMIT.limit({ key: `${c.get('account').id}:${caller.name}` })
  if (!limit.success) {
    throw new AppError('limited', 'Too many requests with this key; try again in a minute.', {
      retryAfter: 60,
    })
  }
}

async function fromKey(c: AppContext, bearer: string): Promise<Caller | null> {
  const account = accountOfKey(bearer)
  if (account === null) return null
  const row = await findKey(c.get('control'), account, await hashOf(bearer))
  if (row === null) return null
  c.set('account', accountOf(row))
  return {
    scopes: new Set(scopes.filter((scope) => row.scopes.split(' ').includes(scope))),
    name: `key:${row.keyName}`,
  }
}

/** The fixed key of a local run has every scope on account 1 and makes that account at its first use. */
async function fromBootstrap(c: AppContext, bearer: string): Promise<Caller | null> {
  const key = c.env.BOOTSTRAP_KEY
  if (key === undefined || !(await sameSecret(key, bearer))) return null
  const control = c.get('control')
  let account = await findAccount(control, localAccount.id)
  if (account === null) {
    await control.all(insertAccount(localAccount, c.get('now')))
    account = await findAccount(control, localAccount.id)
  }
  if (account === null) throw new AppError('internal', 'The local account could not be made.')
  c.set('account', account)
  return { scopes: new Set(scopes), name: 'key:local' }
}
