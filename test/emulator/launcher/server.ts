import { createWriteStream, existsSync, readdirSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { Miniflare, NoOpLog, convertV4MiniflareOptions } from 'miniflare'
import type { V4MiniflareOptions } from 'miniflare'
import { migrate } from './migrate.ts'
import type { Settings } from './settings.ts'
import { forgetWorkerd, ownWorkerds, rememberWorkerd } from './workerd.ts'

export interface ServerOptions {
  root: string
  state: string
  settings: Settings
  bindings: Record<string, string>
  /** Answers every request that the Worker sends to the outside. */
  outside: (request: Request) => Promise<Response>
  /** The instant now, for the cron's scheduled time. */
  now: () => Date
  cron: boolean
}

/** The production Worker and its static files, running in workerd on this machine. */
export interface Server {
  /** Where the Worker answers; another address after a crash. */
  worker: () => URL
  files: () => URL
  pid: () => number
  stop: () => Promise<void>
}

/** Miniflare's own types of fetch; the same objects at run time as the ones Node has. */
type OutboundService = (request: never) => Promise<never>

/** Starts workerd with the production bundle, brings the databases up to date and fires the cron. */
export async function startServer(options: ServerOptions): Promise<Server> {
  const log = openLog(join(options.state, 'worker.log'))
  const before = new Set(ownWorkerds())
  let worker = new URL('http://127.0.0.1')
  let files = worker
  let pid = 0
  const look = async () => {
    worker = await miniflare.unsafeGetDirectURL('rapport')
    files = await miniflare.unsafeGetDirectURL('files')
    pid = ownWorkerds().find((one) => !before.has(one)) ?? 0
    rememberWorkerd(options.state, pid)
  }
  const converted = convertV4MiniflareOptions({
    ...workers(options),
    handleStructuredLogs: ({ message }) => log.write(`${message}\n`),
    unsafeHandleRuntimeRestart: look,
  })
  // Converting drops the folder, so it is set afterwards.
  converted.resourcePersistencePath = options.state
  const miniflare = new Miniflare(converted)
  try {
    await miniflare.ready
    await look()
    const migrations = join(options.root, 'worker/migrations')
    await migrate(await miniflare.getD1Database('CONTROL', 'rapport'), join(migrations, 'control'))
    await migrate(await miniflare.getD1Database('SHARD_00', 'rapport'), join(migrations, 'shard'))
  } catch (error) {
    await miniflare.dispose()
    throw error
  }
  const stopCron = options.cron ? fireCron(miniflare, options) : async () => {}
  return {
    worker: () => worker,
    files: () => files,
    pid: () => pid,
    async stop() {
      await stopCron()
      await miniflare.dispose()
      log.end()
      forgetWorkerd(options.state)
    },
  }
}

/** The Worker's log of this run; the one of the run before is kept beside it. */
function openLog(path: string) {
  if (existsSync(path)) renameSync(path, `${path}.before`)
  return createWriteStream(path, { mode: 0o600 })
}

/** Two Workers: ours, and one that only serves files, so that the interface is reached without a detour. */
function workers({ root, settings, bindings, outside }: ServerOptions): V4MiniflareOptions {
  const folder = join(root, 'dist/worker')
  const direct = [{ host: '127.0.0.1', port: 0 }]
  return {
    host: '127.0.0.1',
    port: 0,
    cf: false,
    log: new NoOpLog(),
    workers: [
      {
        name: 'rapport',
        modules: [
          { type: 'ESModule', path: join(folder, 'index.js') },
          ...readdirSync(folder)
            .filter((name) => name.endsWith('.bin'))
            .map((name) => ({ type: 'Data' as const, path: join(folder, name) })),
        ],
        modulesRoot: folder,
        compatibilityDate: settings.compatibilityDate,
        compatibilityFlags: settings.compatibilityFlags,
        d1Databases: { CONTROL: 'control', SHARD_00: 'shard-00' },
        ratelimits: { KEY_LIMIT: { namespace_id: '1001', simple: settings.keyLimit } },
        serviceBindings: { ASSETS: 'files' },
        bindings,
        unsafeDirectSockets: direct,
        outboundService: asOutbound(outside),
      },
      {
        name: 'files',
        modules: true,
        script: 'export default { fetch: () => new Response(null, { status: 404 }) }',
        compatibilityDate: settings.compatibilityDate,
        assets: {
          directory: join(root, 'dist/local/assets'),
          assetConfig: { html_handling: settings.htmlHandling },
          routerConfig: { has_user_worker: false },
        },
        unsafeDirectSockets: direct,
      },
    ],
  }
}

/** Miniflare types requests as undici's and Node types them as its own; they are the same standard. */
function asOutbound(outside: ServerOptions['outside']): OutboundService {
  return outside as unknown as OutboundService
}

/** Fires the cron once a second, the next time only when the last one has ended. Returns a function that stops it. */
function fireCron(miniflare: Miniflare, { now, settings }: ServerOptions): () => Promise<void> {
  const end = new AbortController()
  const loop = async () => {
    while (!end.signal.aborted) {
      const pause = setTimeout(1_000, null, { signal: end.signal }).catch(() => null)
      try {
        const worker = await miniflare.getWorker('rapport')
        await worker.scheduled({ cron: settings.cron, scheduledTime: now() })
      } catch {
        // workerd is being restarted; the next second tries again.
      }
      await pause
    }
  }
  const done = loop()
  return async () => {
    end.abort()
    await done
  }
}
