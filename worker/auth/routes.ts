import type { Context } from 'hono'
import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { z } from 'zod'
import type { Account } from '../accounts/account.ts'
import { findAccountBySubdomain } from '../accounts/store.ts'
import { dataOf } from '../db.ts'
import { AppError } from '../errors.ts'
import type { AppContext, AppEnv } from '../http.ts'
import { log, logFailure, valid } from '../http.ts'
import { meansOf } from '../zendesk/means.ts'
import { roleNow } from '../zendesk/role.ts'
import { needs, needsSession } from './access.ts'
import { open } from './describe.ts'
import type { Location, Role } from './catalog.ts'
import { locations, roles } from './catalog.ts'
import { mintSession } from './session.ts'
import { frameHeaders, refusalPage, shellPage } from './shell.ts'
import type { Refusal } from './signed.ts'
import { claimedSubdomain, verifySigned } from './signed.ts'
import { dropUsedTokens, findMember, listMembers, saveMember, useToken } from './store.ts'

const member = z.object({ id: z.string(), name: z.string().nullable(), role: z.enum(roles) })
const memberChange = z.strictObject({
  name: z.string().trim().min(1).max(200).optional(),
  role: z.enum(roles),
})
const memberId = z.strictObject({ userId: z.string().regex(/^\d{1,20}$/, 'expected a number') })
const page = z.strictObject({
  after: z.string().max(20).default(''),
  limit: z.coerce.number().int().min(1).max(200).default(50),
})
const renewed = z.object({
  token: z.string(),
  expiresAt: z.iso.datetime(),
  user: z.object({ id: z.string(), role: z.enum(roles) }),
})

export const auth = new Hono<AppEnv>()
  .post(
    '/zaf/:location',
    open('Open the app in a help desk', 'Signed by the help desk: form field `token` (RS256).'),
    bodyLimit({
      maxSize: 32 * 1_024,
      onError: (c) => refuse(c, 413, 'The request is too large.'),
    }),
    (c) => openShell(c).catch((error: unknown) => broken(c, error)),
  )
  .all('/zaf/:location', async (c) => {
    const answer = await refuse(c, 405, 'Open this page from the apps panel of your help desk.')
    answer.headers.set('Allow', 'POST')
    return answer
  })
  .post('/v1/session', needsSession('Renew an app session', { 200: renewed }), async (c) => {
    const account = c.get('account')
    const { user } = c.get('caller')
    if (user === undefined || account.installation === null) {
      throw new AppError('unauthorized', 'The session is over; reload the app.')
    }
    const session = { account: account.id, installation: account.installation, user: user.id }
    const { token, expiresAt } = await mintSession(
      { ...session, role: user.role, startedAt: user.startedAt },
      c.env.SESSION_SECRET,
      c.get('now'),
    )
    const shown = { id: user.id, role: user.role }
    return c.json({ token, expiresAt: new Date(expiresAt).toISOString(), user: shown }, 200)
  })
  .get(
    '/v1/members',
    needs('admin', 'Help-desk users whose role is known', {
      200: z.object({ items: z.array(member), next: z.string().nullable(), total: z.int() }),
    }),
    valid('query', page),
    async (c) => {
      const members = await listMembers(c.get('control'), c.get('account').id, c.req.valid('query'))
      return c.json(members, 200)
    },
  )
  .put(
    '/v1/members/:userId',
    needs('admin', 'Set the role of a help-desk user', { 200: member }),
    valid('param', memberId),
    valid('json', memberChange),
    async (c) => {
      const { name, role } = c.req.valid('json')
      const change = { id: c.req.valid('param').userId, name, role }
      const saved = saveMember(c.get('account').id, change, c.get('now'))
      const [row] = await c.get('control').all<z.output<typeof member>>(saved)
      if (row === undefined) throw new AppError('internal', 'The member could not be saved.')
      return c.json(row, 200)
    },
  )

/** Answers the help desk's signed request with the built page, a fresh session in it. */
async function openShell(c: Context<AppEnv, '/zaf/:location'>): Promise<Response> {
  const location = c.req.param('location')
  if (!isLocation(location)) return refuse(c, 404, 'The app has no page for this place.')
  const token = await formToken(c)
  if (token === null) return refuse(c, 400, 'Open this page from the apps panel of your help desk.')
  const subdomain = claimedSubdomain(token)
  if (subdomain === null) return unsigned(c, 'issuer')
  const account = await findAccountBySubdomain(c.get('control'), subdomain)
  const desk = account === null ? null : deskOf(account)
  if (account === null || desk === null) return unsigned(c, 'issuer')
  const verdict = await verifySigned(token, desk, c.get('now'))
  if (!verdict.ok) return unsigned(c, verdict.reason)
  c.set('account', account)

  const [origin, ...others] = c.req.queries('origin') ?? []
  if (origin === undefined || others.length > 0 || !account.frameOrigins.includes(origin)) {
    return refuse(c, 403, 'The app is not set up for the address of this help desk.')
  }
  const [first] = await c
    .get('control')
    .batch([
      useToken(account.id, verdict.fingerprint, verdict.expiresAt),
      dropUsedTokens(account.id, c.get('now')),
    ])
  if (first?.rows.length !== 1) {
    return refuse(c, 401, 'This page was opened before. Reload the apps to open it again.')
  }
  return shell(c, { account, installation: desk.installation, user: verdict.user, location })
}

async function shell(
  c: AppContext,
  opened: { account: Account; installation: string; user: string; location: Location },
): Promise<Response> {
  const { account, installation, user, location } = opened
  const role = await roleOf(c, account, user)
  const session = { account: account.id, installation, user, role, startedAt: c.get('now') }
  const { token, expiresAt } = await mintSession(session, c.env.SESSION_SECRET, c.get('now'))
  const built = await c.env.ASSETS.fetch(new URL(`/${locations[location]}`, c.req.url))
  const html = shellPage(built.ok ? await built.text() : '', {
    token,
    expiresAt: new Date(expiresAt).toISOString(),
    account: {
      id: account.id,
      name: account.name,
      timeZone: account.timeZone,
      currency: account.currency,
    },
    user: { id: user, role },
    location,
  })
  if (html === null) throw new AppError('internal', `The page of "${location}" is not built.`)
  return c.body(html, 200, frameHeaders(account.frameOrigins))
}

/** What the help desk says of a user's role, as far as that can be had at once; else what we know. */
async function roleOf(c: AppContext, account: Account, user: string): Promise<Role> {
  const control = c.get('control')
  const found = await findMember(control, account.id, user)
  const db = dataOf(c.env, account.shard, c.get('cost'))
  const member = { id: user, checkedAt: found?.checkedAt ?? 0 }
  const seen = await roleNow(db, account, await meansOf(c.env, c.req.url), member)
  if (seen === null) return found?.role ?? 'agent'
  await control.all(saveMember(account.id, { ...seen, id: user }, c.get('now')))
  return seen.role
}

function isLocation(name: string): name is Location {
  return Object.hasOwn(locations, name)
}

async function formToken(c: AppContext): Promise<string | null> {
  const type = c.req.header('Content-Type') ?? ''
  if (!/^application\/x-www-form-urlencoded\b|^multipart\/form-data\b/i.test(type)) return null
  try {
    const { token } = await c.req.parseBody()
    return typeof token === 'string' && token !== '' ? token : null
  } catch {
    return null
  }
}

function deskOf(account: Account) {
  const { subdomain, installation, publicKey } = account
  if (subdomain === null || installation === null || publicKey === null) return null
  return { subdomain, installation, publicKey }
}

/** One answer for every flaw of a signature; the flaw itself goes to the log. */
function unsigned(c: AppContext, reason: Refusal): Promise<Response> {
  log({ requestId: c.get('requestId'), level: 'warn', refused: reason })
  return refuse(c, 401, 'This page could not be opened. Reload the apps of your help desk.')
}

/** A fault of ours, told in a page instead of problem details. */
function broken(c: AppContext, error: unknown): Promise<Response> {
  logFailure(c.get('requestId'), error)
  return refuse(c, 500, 'Something went wrong here. Please try again.')
}

/** A page that says no. Until an account is proven, any help desk may show it: there is nothing in it. */
async function refuse(
  c: AppContext,
  status: 400 | 401 | 403 | 404 | 405 | 413 | 500,
  sentence: string,
): Promise<Response> {
  const origins = c.get('account')?.frameOrigins ?? ['https://*.zendesk.com']
  const page = await refusalPage('Rapport cannot open', sentence, c.get('requestId'))
  return c.body(page, status, frameHeaders(origins))
}
