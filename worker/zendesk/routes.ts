import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { z } from 'zod'
import { schedule } from '../accounts/account.ts'
import { findAccount } from '../accounts/store.ts'
import { needs } from '../auth/access.ts'
import { open } from '../auth/describe.ts'
import { frameHeaders, refusalPage } from '../auth/shell.ts'
import { dataOf, noCost } from '../db.ts'
import { AppError } from '../errors.ts'
import type { AppContext, AppEnv } from '../http.ts'
import { log, logFailure, valid } from '../http.ts'
import { keepUpSoon } from '../jobs.ts'
import { openDesk } from './desk.ts'
import { readSchedules } from './hours.ts'
import { accountOfState, endConnection, finishLogin, startLogin } from './login.ts'
import { callbackPath, meansOf } from './means.ts'
import { connectionShown, showConnection } from './show.ts'
import {
  addHints,
  dropDeliveries,
  findConnection,
  learnAccount,
  retryNow,
  takeDelivery,
} from './store.ts'
import { dayCounter, dayText } from '../time.ts'
import { syncZendesk } from './sync.ts'
import type { Means } from './tokens.ts'
import { unseal } from './vault.ts'
import { deliveryOf, hintOf, isGenuine } from './webhook.ts'

const started = z.object({ url: z.url() })
const scheduleShown = z.object({ name: z.string(), schedule: schedule.nullable() })
/** A sync that follows a request ends after this (ms); the clock does the rest. */
const soon = 10_000
/** Deliveries are remembered for longer than their signature is good (ms). */
const remembered = 3_600_000

async function means(c: AppContext): Promise<Means> {
  const found = await meansOf(c.env, c.req.url)
  if (found === null) {
    throw new AppError(
      'conflict',
      'This deployment has no client at Zendesk: set ZENDESK_CLIENT_ID, ZENDESK_CLIENT_SECRET and TOKEN_KEYS.',
    )
  }
  return found
}

/** Syncs after the answer, then evaluates who has changed. */
function syncSoon(c: AppContext, found: Means): void {
  const account = c.get('account')
  const begun = performance.now()
  const work = syncZendesk({
    db: dataOf(c.env, account.shard, noCost()),
    control: c.get('control'),
    account,
    means: found,
    mayGoOn: () => performance.now() - begun < soon,
  })
  c.executionCtx.waitUntil(
    work
      .then(() => keepUpSoon(c))
      .catch((error: unknown) => {
        const name = error instanceof Error ? error.name : 'unknown'
        log({ level: 'error', job: 'syncSoon', account: account.id, error: name })
      }),
  )
}

export const connections = new Hono<AppEnv>()
  .get(
    '/v1/connections',
    needs('admin', 'The help desk: how far it has been read, and what stands in the way', {
      200: z.object({ items: z.array(connectionShown) }),
    }),
    async (c) => {
      const shown = await showConnection(c.get('db'), c.get('account'), c.get('now'))
      return c.json({ items: [shown] }, 200)
    },
  )
  .post(
    '/v1/connections/zendesk',
    needs('admin', 'Begin to connect the help desk: where its admin says yes', { 201: started }),
    async (c) => {
      const options = {
        actor: c.get('caller').name,
        loginOrigin: c.env.ZENDESK_LOGIN_ORIGIN,
      }
      const url = await startLogin(c.get('db'), c.get('account'), await means(c), options)
      return c.json({ url }, 201)
    },
  )
  .post(
    '/v1/connections/zendesk/retry',
    needs('admin', 'Try again now whatever stands still', { 202: null }),
    async (c) => {
      await c.get('db').batch(retryNow(c.get('account').id))
      syncSoon(c, await means(c))
      return c.body(null, 202)
    },
  )
  .get(
    '/v1/connections/zendesk/schedules',
    needs('admin', 'Working hours of the help desk, in the form of the account’s schedules', {
      200: z.object({ items: z.array(scheduleShown) }),
    }),
    async (c) => {
      const account = c.get('account')
      const found = await findConnection(c.get('db'), account.id)
      if (found === null) throw new AppError('not_found', 'No help desk is connected.')
      const desk = openDesk(c.get('db'), account, found, await means(c))
      const from = dayText(dayCounter(account.timeZone)(c.get('now')))
      const items = await readSchedules(desk, from)
      if (items === null) throw new AppError('upstream', 'The help desk did not tell its hours.')
      return c.json({ items }, 200)
    },
  )
  .delete(
    '/v1/connections/zendesk',
    needs('admin', 'Disconnect: webhooks, triggers and token go, what was read stays', {
      204: null,
    }),
    valid('query', z.strictObject({ fields: z.enum(['keep', 'remove']).default('keep') })),
    async (c) => {
      const withFields = c.req.valid('query').fields === 'remove'
      const able = await means(c)
      const ended = await endConnection(c.get('db'), c.get('account'), able, { withFields })
      if (!ended) throw new AppError('not_found', 'No help desk is connected.')
      return c.body(null, 204)
    },
  )
  .get(
    callbackPath,
    open('Where the help desk sends its admin back to', 'Proven by a one-time state.'),
    (c) => finish(c).catch((error: unknown) => broken(c, error)),
  )
  .post(
    '/webhooks/:connection',
    open('Deliveries of the help desk', 'Signed by the help desk (HMAC-SHA256 of the raw body).'),
    bodyLimit({
      maxSize: 256 * 1_024,
      onError: () => {
        throw new AppError('too_large', 'The delivery is too large.')
      },
    }),
    (c) => receive(c, c.req.param('connection')),
  )

async function finish(c: AppContext): Promise<Response> {
  const { state, code } = c.req.query()
  const named = accountOfState(state ?? '')
  const account = named === null ? null : await findAccount(c.get('control'), named.account)
  const done =
    named !== null &&
    account !== null &&
    code !== undefined &&
    (await finishLogin(dataOf(c.env, account.shard, c.get('cost')), account, await means(c), {
      secret: named.secret,
      code,
      origin: new URL(c.req.url).origin,
    }))
  if (!done) {
    const sentence = 'The help desk was not connected. Close this window and begin again.'
    return page(c, 400, 'Not connected', sentence)
  }
  c.set('account', account)
  syncSoon(c, await means(c))
  return page(c, 200, 'Connected', 'The help desk is connected. You can close this window.')
}

async function page(
  c: AppContext,
  status: 200 | 400 | 500,
  title: string,
  sentence: string,
): Promise<Response> {
  return c.body(await refusalPage(title, sentence, c.get('requestId')), status, frameHeaders([]))
}

function broken(c: AppContext, error: unknown): Promise<Response> {
  logFailure(c.get('requestId'), error)
  return page(c, 500, 'Not connected', 'Something went wrong here. Please try again.')
}

/** Takes a genuine delivery as a hint, once; whatever it says is looked up, never believed. */
async function receive(c: AppContext, connection: string): Promise<Response> {
  const refused = new AppError('unauthorized', 'The delivery is not signed by the help desk.')
  const number = Number(/^zendesk-(\d{1,10})$/.exec(connection)?.[1] ?? 0)
  const delivery = deliveryOf(c.req.raw.headers)
  const account = number === 0 ? null : await findAccount(c.get('control'), number)
  if (account === null || delivery === null) throw refused
  const db = dataOf(c.env, account.shard, c.get('cost'))
  const found = await findConnection(db, account.id)
  const able = await means(c)
  const sealed =
    delivery.webhook === found?.webhook
      ? found.webhookSecret
      : delivery.webhook === found?.triggerWebhook
        ? found.triggerSecret
        : null
  const secret = sealed === null ? null : await unseal(able.ring, account.id, sealed)
  if (found === null || secret === null) throw refused
  const body = await c.req.text()
  const now = c.get('now')
  if (!(await isGenuine(secret, delivery, body, now))) throw refused
  const zendesk = c.req.header('X-Zendesk-Account-Id') ?? ''
  if (found.zendeskAccount !== null && found.zendeskAccount !== zendesk) throw refused
  c.set('account', account)
  const hint = hintOf(readJson(body))
  const [first] = await db.batch([
    takeDelivery(account.id, delivery.invocation, now),
    dropDeliveries(account.id, now - remembered),
    ...(found.zendeskAccount === null && zendesk !== '' ? [learnAccount(account.id, zendesk)] : []),
  ])
  if (first?.rows.length === 1 && hint !== null) {
    await db.batch([addHints(account.id, [hint], now)])
    syncSoon(c, able)
  }
  return c.body(null, 204)
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
