import { mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { recordsOf } from '../demo/records.ts'
import { startFront } from '../front/front.ts'
import { apply, openChanges } from '../practice/changes.ts'
import { openPractice } from '../practice/practice.ts'
import { deskRoutes } from '../practice/routes.ts'
import type { World } from '../world.ts'
import { client, type DeskMakeup, openZendesk } from '../zendesk/desk.ts'
import { mirrorOf } from '../zendesk/fill.ts'
import { rapportApi } from './api.ts'
import type { RapportApi } from './api.ts'
import { buildIfOlder } from './build.ts'
import type { Host } from './outside.ts'
import { outsideWorld } from './outside.ts'
import { checkLog } from './log.ts'
import { startServer } from './server.ts'
import type { Server } from './server.ts'
import { readSettings } from './settings.ts'
import { connectDesk, connectZendesk, followSync, isConnected, seedDemo } from './setup.ts'
import type { Seeding } from './setup.ts'
import { isMarked, mark, openState } from './state.ts'
import { wipeErased } from './wipe.ts'
import { endOrphan } from './workerd.ts'
import { demoWorld, emptyWorld } from './worlds.ts'

const root = fileURLToPath(new URL('../../..', import.meta.url))
const subdomain = 'ternandthistle'
const installation = '4200042'

export interface RapportOptions {
  /** Folder of the databases and of everything else that is kept. */
  state: string
  /** 0, the default, takes any free port. */
  port?: number
  seed?: 'demo' | 'none'
  /** Fixed key with every scope; otherwise one is made and kept. */
  adminKey?: string | undefined
  /** RFC 3339: the clock stands there at the start and runs on. */
  now?: string | undefined
  /** False leaves `dist` as it is. */
  build?: boolean
  /** False leaves the cron to the caller. */
  cron?: boolean
  /** More hosts of the outside world, by name. */
  hosts?: ReadonlyMap<string, Host>
  /** Another world than the demo shop, for tests. */
  world?: World
  /** Another help desk than the practice shop's, for tests. */
  desk?: DeskMakeup
  /** Requests a minute and key; the product's own limit when absent. Benchmarks raise it. */
  keyLimit?: number
  say?: (line: string) => void
}

/** A running Rapport: the production Worker, its databases, the practice desk. */
export interface Rapport {
  /** `http://localhost:<port>/`: the desk. The interface answers here too. */
  url: string
  /** `http://127.0.0.1:<port>/`: the origin of the app. */
  appUrl: string
  /** The Worker's own socket, without the front; for measurements. */
  workerUrl: () => URL
  port: number
  /** Key with every scope on the local account. */
  key: string
  state: string
  api: RapportApi
  world: World
  /** The help desk's side. */
  zendesk: ReturnType<typeof openZendesk>
  /** Ends when the demo shop has been sent; never rejects. */
  seeded: Promise<Seeding>
  /** Pid of workerd, for tests that end it. */
  workerdPid: () => number
  stop: () => Promise<void>
}

/**
 * Starts everything on this machine and returns once requests are answered. The demo shop is sent
 * afterwards; wait for `seeded` where it matters.
 */
export async function startRapport(options: RapportOptions): Promise<Rapport> {
  const say = options.say ?? (() => {})
  const started = String(Date.now())
  const state = resolve(options.state)
  const now = clockOf(options.now)
  mkdirSync(state, { recursive: true, mode: 0o700 })
  if (options.build !== false) await buildIfOlder(root, say)
  if (await endOrphan(state)) say('ended a workerd that an earlier start left behind')
  wipeErased(state)
  const kept = openState(state, now())
  const key = options.adminKey ?? kept.adminKey
  const demo =
    options.seed === 'demo' ? (options.world ?? (await demoWorld(new Date(kept.firstStart)))) : null
  const world = demo ?? emptyWorld(now())
  const settings = readSettings(root)
  const limit = { ...settings.keyLimit, ...(options.keyLimit && { limit: options.keyLimit }) }
  let server: Server | null = null
  const worker = () => server?.worker() ?? nowhere
  const api = rapportApi(worker, key)
  const changes = openChanges(state)
  for (const change of changes.earlier) apply(world, change)
  // The Worker's socket may be another one than when the webhook was made: only its path is kept to.
  const send = async (endpoint: string, init: { headers: Record<string, string>; body: string }) =>
    (await fetch(new URL(new URL(endpoint).pathname, worker()), { method: 'POST', ...init })).status
  const zendesk = openZendesk({
    world,
    now,
    state,
    send,
    ...(options.desk && { makeup: options.desk }),
  })
  const mirror = mirrorOf(zendesk.account, world)
  const practice = openPractice({ world, changes, api, mirror, now })
  const hosts = new Map([[`${subdomain}.zendesk.com`, zendesk.host], ...(options.hosts ?? [])])
  const outside = outsideWorld(hosts, (host) =>
    say(`a request to ${host} was held back: the practice world does not have it`),
  )
  let seeding: Seeding = { state: 'none', sent: 0, total: 0 }
  const { privateKey, publicKey } = kept
  const seen = () => seeding
  const front = await startFront({
    port: options.port ?? 0,
    workerFirst: settings.workerFirst,
    worker,
    files: () => server?.files() ?? nowhere,
    desk: deskRoutes({
      practice,
      subdomain,
      installation,
      privateKey,
      now,
      seeding: seen,
      outside,
      site: zendesk.options,
      approve: zendesk.approve,
    }),
  })
  const stop = async () => {
    await front.close()
    await server?.stop()
    wipeErased(state)
    checkLog(state, zendesk.secrets())
  }
  const url = `http://localhost:${front.port}/`
  try {
    server = await startServer({
      root,
      state,
      settings: { ...settings, keyLimit: limit },
      bindings: {
        SESSION_SECRET: kept.sessionSecret,
        BOOTSTRAP_KEY: key,
        ZENDESK_CLIENT_ID: client.id,
        ZENDESK_CLIENT_SECRET: client.secret,
        ZENDESK_LOGIN_ORIGIN: url,
        TOKEN_KEYS: `local:${kept.tokenKey}`,
        ...(options.now !== undefined && { RAPPORT_NOW: options.now, RAPPORT_STARTED: started }),
      },
      outside,
      now,
      cron: options.cron !== false,
    })
    const frameOrigins = [url.slice(0, -1)]
    await connectDesk(api, { subdomain, installation, publicKey, frameOrigins }, world)
  } catch (error) {
    await stop()
    throw error
  }
  const running = server
  const seed = async (): Promise<Seeding> => {
    let told = 0
    const progress = (step: Seeding) => {
      seeding = step
      const tenth = Math.floor((step.sent * 10) / Math.max(1, step.total))
      if (tenth > told) say(`demo shop: ${step.sent} of ${step.total} records`)
      told = Math.max(told, tenth)
    }
    try {
      const isNew = demo !== null && !isMarked(state, 'seed')
      // Shop customers first: what they proved decides how help-desk users are matched.
      const { tickets, events } = zendesk.account
      const later = tickets.size + events.length
      if (isNew) await seedDemo(api, world, recordsOf(world), progress, later)
      if (!(await isConnected(api))) await connectZendesk(api, zendesk.approve)
      if (isNew) {
        await followSync(api, seeding, progress)
        mark(state, 'seed')
      }
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error)
      seeding = { ...seeding, state: 'failed', message }
      say(`the demo shop could not be sent: ${message}`)
    }
    return seeding
  }
  return {
    url,
    appUrl: `http://127.0.0.1:${front.port}/`,
    workerUrl: worker,
    port: front.port,
    key,
    state,
    api,
    world,
    zendesk,
    seeded: seed(),
    workerdPid: running.pid,
    stop,
  }
}

const nowhere = new URL('http://127.0.0.1:1')

/** The clock of this run: the machine's, or one that starts at the given instant. */
function clockOf(start: string | undefined): () => Date {
  if (start === undefined) return () => new Date()
  const from = Date.parse(start)
  if (Number.isNaN(from))
    throw new Error(`RAPPORT_NOW: "${start}" is not an instant like 2026-11-26T09:00:00Z`)
  const offset = from - Date.now()
  return () => new Date(Date.now() + offset)
}

export function defaultState(): string {
  return join(root, '.rapport')
}
