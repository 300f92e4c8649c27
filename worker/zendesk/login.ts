import type { Account } from '../accounts/account.ts'
import type { Db } from '../db.ts'
import { AppError } from '../errors.ts'
import { hashOf } from '../auth/key.ts'
import { forgetDesk, findState } from '../push/store.ts'
import { removeOurs } from '../push/triggers.ts'
import { unverified } from './catalog.ts'
import { type Desk, openDesk } from './desk.ts'
import { authorizeUrl, challengeOf, codeBody, randomText } from './oauth.ts'
import * as shapes from './shapes.ts'
import {
  beginLogin,
  connect,
  type Connection,
  disconnect,
  findConnection,
  saveWebhook,
  takeLogin,
} from './store.ts'
import { type Means, requestTokens, sealTokens } from './tokens.ts'
import { seal, unseal } from './vault.ts'
import { z } from 'zod'

/** A login may take this long (ms). */
const life = 600_000

/** Begins a login: returns where an admin of the help desk says yes. */
export async function startLogin(
  db: Db,
  account: Account,
  means: Means,
  options: { actor: string; loginOrigin: string | undefined },
): Promise<string> {
  if (account.subdomain === null) {
    throw new AppError('conflict', 'The account has no help desk yet; install the app there first.')
  }
  const now = means.outside.now()
  const secret = randomText()
  const verifier = randomText()
  const login = {
    state: await hashOf(secret),
    verifier: await seal(means.ring, account.id, verifier),
    actor: options.actor,
    expiresAt: now + life,
  }
  await db.batch(beginLogin(account.id, login, now))
  const origin = options.loginOrigin ?? `https://${account.subdomain}.zendesk.com`
  const state = `${account.id}.${secret}`
  return authorizeUrl(origin, means.client, { state, challenge: await challengeOf(verifier) })
}

/** The account that a state names; nothing is proven by it. */
export function accountOfState(state: string): { account: number; secret: string } | null {
  const [, account, secret] = /^(\d{1,10})\.([\w-]{20,100})$/.exec(state) ?? []
  return account === undefined || secret === undefined ? null : { account: Number(account), secret }
}

/** Ends a login: trades the code for tokens and connects. False when the login is unknown, over, or refused. */
export async function finishLogin(
  db: Db,
  account: Account,
  means: Means,
  { secret, code, origin }: { secret: string; code: string; origin: string },
): Promise<boolean> {
  const { outside, client, ring } = means
  const [login] = await db.all<{ verifier: string; actor: string }>(
    takeLogin(account.id, await hashOf(secret), outside.now()),
  )
  const verifier = login === undefined ? null : await unseal(ring, account.id, login.verifier)
  if (login === undefined || verifier === null || account.subdomain === null) return false
  const tokens = await requestTokens(outside, account.subdomain, codeBody(client, code, verifier))
  if (tokens === 'refused' || tokens === 'unavailable') return false
  const meta = { actor: login.actor, now: outside.now(), origin }
  const sealed = await sealTokens(ring, account.id, tokens)
  await db.batch([connect(account.id, account.subdomain, sealed, meta)])
  return true
}

/** Address of the account's webhook, below our own. */
export function webhookPath(account: number): string {
  return `/webhooks/zendesk-${account}`
}

/** Makes the webhook that hurries the sync, unless there is one. Without it everything comes with the export. */
export async function ensureWebhook(
  db: Db,
  account: Account,
  connection: Connection,
  desk: Desk,
  means: Means,
): Promise<void> {
  if (connection.webhook !== null) return
  const webhook = {
    name: 'Rapport',
    description: 'Tells Rapport at once that a ticket or a user has changed.',
    status: 'active',
    endpoint: new URL(webhookPath(account.id), connection.origin).href,
    http_method: 'POST',
    request_format: 'json',
    subscriptions: unverified.events,
  }
  const made = await desk.ask(
    { path: '/api/v2/webhooks', method: 'POST', body: { webhook } },
    shapes.webhookMade,
  )
  if (!made.ok) return
  const { id } = made.body.webhook
  const secret = await desk.ask(
    { path: `/api/v2/webhooks/${id}/signing_secret` },
    shapes.signingSecret,
  )
  if (!secret.ok) return
  const sealed = await seal(means.ring, account.id, secret.body.signing_secret.secret)
  await db.batch([saveWebhook(account.id, id, sealed)])
}

/**
 * Removes our webhooks, triggers and token from the help desk, as far as it lets us, the fields that we made where that
 * is asked for, and forgets the connection.
 */
export async function endConnection(
  db: Db,
  account: Account,
  means: Means,
  { withFields = false }: { withFields?: boolean } = {},
): Promise<boolean> {
  const connection = await findConnection(db, account.id)
  if (connection === null) return false
  if (connection.state === 'connected') {
    const desk = openDesk(db, account, connection, means)
    const { webhook } = connection
    const push = await findState(db, account.id)
    if (push !== null) await removeOurs(desk, connection, push, { withFields })
    if (webhook !== null) {
      await desk.ask({ path: `/api/v2/webhooks/${webhook}`, method: 'DELETE' }, z.unknown())
    }
    await desk.ask({ path: '/api/v2/oauth/tokens/current.json', method: 'DELETE' }, z.unknown())
  }
  await db.batch([...disconnect(account.id), ...forgetDesk(account.id)])
  return true
}
