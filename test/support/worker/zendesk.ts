import { env } from 'cloudflare:workers'
import { findAccount } from '../../../worker/accounts/store.ts'
import { dataOf, noCost, openDb } from '../../../worker/db.ts'
import { keepUp } from '../../../worker/jobs.ts'
import { pushZendesk } from '../../../worker/push/run.ts'
import type { Starter } from '../../../worker/push/catalog.ts'
import { findState, freshState } from '../../../worker/push/store.ts'
import { chooseTriggers } from '../../../worker/push/triggers.ts'
import { openDesk } from '../../../worker/zendesk/desk.ts'
import { findConnection } from '../../../worker/zendesk/store.ts'
import {
  accountOfState,
  endConnection,
  finishLogin,
  startLogin,
} from '../../../worker/zendesk/login.ts'
import { showConnection } from '../../../worker/zendesk/show.ts'
import { syncZendesk } from '../../../worker/zendesk/sync.ts'
import type { Means } from '../../../worker/zendesk/tokens.ts'
import { readRing } from '../../../worker/zendesk/vault.ts'
import { openAccount, type ZendeskAccount } from '../../emulator/zendesk/account.ts'
import type { Faults } from '../../emulator/zendesk/faults.ts'
import { iso } from '../../emulator/zendesk/objects.ts'
import { openLimits, type Plan } from '../../emulator/zendesk/limits.ts'
import { openOAuth } from '../../emulator/zendesk/oauth.ts'
import { zendeskSite } from '../../emulator/zendesk/site.ts'
import { openTriggers } from '../../emulator/zendesk/triggers.ts'
import { start, user } from '../zendesk-past.ts'
import { call, newAccount } from './api.ts'
import { guardedEnv } from './guard.ts'

interface DeskOptions {
  plan?: Plan
  faults?: Faults
  lost?: (request: Request) => boolean
  satisfaction?: () => ReadonlySet<'ratings' | 'surveys'>
  fill?: (account: ZendeskAccount) => void
  /** Texts of messages are kept. */
  keepText?: boolean
}

/** A fresh account of ours, and a help desk of its own with a clock that stands still until it is moved. */
export async function newDesk(options: DeskOptions = {}) {
  const clock = { now: start }
  const zendesk = openAccount(() => clock.now)
  addStaff(zendesk)
  options.fill?.(zendesk)
  openTriggers(zendesk)
  const oauth = openOAuth({
    now: zendesk.now,
    clientId: env.ZENDESK_CLIENT_ID ?? '',
    clientSecret: env.ZENDESK_CLIENT_SECRET ?? '',
    redirectUris: (uri) => uri === 'https://rapport.test/connections/zendesk/callback',
  })
  const limits = openLimits(options.plan ?? { requests: 700, exports: 10 }, zendesk.now)
  const site = zendeskSite({
    account: zendesk,
    oauth,
    limits,
    satisfaction: options.satisfaction ?? (() => new Set(['ratings'])),
    ...(options.faults && { faults: options.faults }),
    ...(options.lost && { lost: options.lost }),
  })
  const asked: string[] = []
  const means: Means = {
    client: {
      id: env.ZENDESK_CLIENT_ID ?? '',
      secret: env.ZENDESK_CLIENT_SECRET ?? '',
      redirectUri: 'https://rapport.test/connections/zendesk/callback',
    },
    ring: await readRing(env.TOKEN_KEYS ?? ''),
    outside: {
      fetch: (input, init) => {
        const request = new Request(input, init)
        asked.push(`${request.method} ${new URL(request.url).pathname}`)
        return site(request)
      },
      now: () => clock.now,
      random: () => 0.5,
      marketplace: {},
    },
  }
  const { id, key } = await newAccount()
  const settings = JSON.stringify({ keepText: options.keepText === true })
  await env.CONTROL.prepare('UPDATE accounts SET subdomain = ?, settings = ? WHERE id = ?')
    .bind(`desk${id}`, settings, id)
    .run()
  const db = () => dataOf(guardedEnv(), 'SHARD_00', noCost())
  const control = () => openDb(guardedEnv().CONTROL, noCost())
  const account = async () => {
    const found = await findAccount(control(), id)
    if (found === null) throw new Error(`There is no account ${id}.`)
    return found
  }
  const login = async () =>
    new URL(
      await startLogin(db(), await account(), means, { actor: 'test', loginOrigin: undefined }),
    )
  const comeBack = async (back: URL) => {
    const named = accountOfState(back.searchParams.get('state') ?? '')
    const code = back.searchParams.get('code') ?? ''
    const secret = named?.secret ?? ''
    const origin = 'https://rapport.test'
    return await finishLogin(db(), await account(), means, { secret, code, origin })
  }
  const desk = {
    id,
    key,
    clock,
    zendesk,
    oauth,
    limits,
    means,
    asked,
    db,
    account,
    login,
    comeBack,
    async connect() {
      const back = oauth.approve(await login(), 1)
      if (typeof back !== 'string') throw new Error(JSON.stringify(back))
      if (!(await comeBack(new URL(back)))) throw new Error('not connected')
    },
    /** One run of the sync, as the clock would start it. */
    async run(mayGoOn: () => boolean = () => true) {
      await syncZendesk({ db: db(), control: control(), account: await account(), means, mayGoOn })
    },
    /** One run of everything that the clock starts: reading, cards and lines, writing. */
    async work(mayGoOn: () => boolean = () => true) {
      await desk.run()
      await keepUp(db(), await account(), clock.now)
      await desk.push(mayGoOn)
    },
    async push(mayGoOn: () => boolean = () => true) {
      await pushZendesk({ db: db(), account: await account(), means, mayGoOn })
    },
    /** Chooses what is kept up to date at the help desk. */
    async choose(settings: Record<string, unknown>) {
      await desk.json('PUT', '/v1/push', { body: { on: true, ...settings } })
    },
    /** Chooses triggers of the starter kit; answers with their names. */
    async triggers(names: readonly Starter[], group: string | null = null): Promise<string[]> {
      const own = await account()
      const connection = await findConnection(db(), id)
      if (connection === null) throw new Error('not connected')
      const state = (await findState(db(), id)) ?? freshState()
      const open = openDesk(db(), own, connection, means)
      const bench = { db: db(), account: own, connection, means, state, desk: open }
      return Object.keys(await chooseTriggers(bench, names, group))
    },
    async disconnect(options: { withFields: boolean }) {
      return await endConnection(db(), await account(), means, options)
    },
    /** Sends a request at the help desk's time, and reads its JSON answer. */
    async json<T = Record<string, unknown>>(
      method: string,
      path: string,
      { body, status = 200 }: { body?: unknown; status?: number } = {},
    ): Promise<T> {
      const time = { RAPPORT_NOW: iso(clock.now), RAPPORT_STARTED: String(Date.now()) }
      const response = await call(method, path, {
        key,
        env: time,
        ...(body !== undefined && { body }),
      })
      const text = await response.text()
      if (response.status !== status) {
        throw new Error(`${method} ${path} answered ${response.status}, not ${status}: ${text}`)
      }
      return text === '' ? Object(null) : JSON.parse(text)
    },
    async shown() {
      return await showConnection(db(), await account(), clock.now)
    },
    /** A run a minute until everything has come; returns the minutes it took. */
    async follow(most = 200) {
      for (let minute = 1; minute <= most; minute += 1) {
        await desk.run()
        const { upTo, waiting } = await desk.shown()
        // Changes of the newest minute are exported after it.
        if (upTo !== null && waiting === 0 && Date.parse(upTo) > clock.now - 160_000) return minute
        clock.now += 60_000
      }
      throw new Error(`not read after ${most} minutes: ${JSON.stringify(await desk.shown())}`)
    },
  }
  return desk
}
export type TestDesk = Awaited<ReturnType<typeof newDesk>>

function addStaff(zendesk: ZendeskAccount): void {
  zendesk.groups.set(3, 'Care')
  const names = [
    ['Ada Moss', 'admin'],
    ['Jun Ito', 'agent'],
  ] as const
  names.forEach(([name, role], index) => {
    zendesk.saveUser({ ...user(index + 1), name, role, email: null }, start - 900 * 86_400_000)
  })
  zendesk.fields = [{ id: 9_000, title: 'Order number', type: 'text', removable: true }]
}

/** What is stored of an account's tickets, without the numbers that are ours alone. */
export async function stored(account: number) {
  const database = env.SHARD_00
  const all = async (text: string) => (await database.prepare(text).bind(account).all()).results
  return {
    tickets:
      await all(`SELECT id, profile, at, channel, status, subject, solved_at, reopens, assignee,
      assignee_name, group_name, detail FROM tickets WHERE account = ? ORDER BY id`),
    messages: await all(`SELECT id, ticket, at, author, public, text FROM messages
      WHERE account = ? ORDER BY id`),
    ratings:
      await all(`SELECT id, ticket, offered_at, rated_at, level, scale, reasons, comment, agent,
      group_name FROM ratings WHERE account = ? ORDER BY id`),
    profiles: await all(
      `SELECT key, name, email, phone FROM profiles WHERE account = ? ORDER BY key`,
    ),
  }
}
