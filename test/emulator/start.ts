import { spawn } from 'node:child_process'
import { defaultState, startRapport } from './launcher/rapport.ts'
import type { Rapport } from './launcher/rapport.ts'

/** `npm start`: reads the environment, starts Rapport, and stops it when told or when its parent is gone. */
async function main(): Promise<void> {
  const { env } = process
  const parent = process.ppid
  let rapport: Rapport | null = null
  let stopping = false
  const stop = async () => {
    if (stopping) return
    stopping = true
    await rapport?.stop()
    process.exit(0)
  }
  setInterval(() => {
    if (process.ppid !== parent) void stop()
  }, 500).unref()
  rapport = await startRapport({
    state: env['RAPPORT_STATE'] || defaultState(),
    port: portOf(env['RAPPORT_PORT']),
    seed: seedOf(env['RAPPORT_SEED']),
    adminKey: env['RAPPORT_ADMIN_KEY'] || undefined,
    now: env['RAPPORT_NOW'] || undefined,
    say: (line) => console.log(line),
  })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    // Miniflare ends the process at once on a signal; requests and databases deserve an orderly end.
    process.removeAllListeners(signal)
    process.on(signal, () => void stop())
  }
  if (!env['RAPPORT_ADMIN_KEY']) console.log(`key ${rapport.key}`)
  console.log(`ready ${rapport.url}`)
  if (env['RAPPORT_OPEN'] !== '0' && process.stdout.isTTY) openBrowser(rapport.url)
}

function portOf(text: string | undefined): number {
  const port = Number(text || 8787)
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new Error(`RAPPORT_PORT: "${text}" is not a port`)
  }
  return port
}

function seedOf(text: string | undefined): 'demo' | 'none' {
  if (text === undefined || text === '' || text === 'demo') return 'demo'
  if (text === 'none') return 'none'
  throw new Error(`RAPPORT_SEED: "${text}" is neither demo nor none`)
}

function openBrowser(url: string): void {
  const command =
    new Map([
      ['darwin', 'open'],
      ['win32', 'explorer'],
    ]).get(process.platform) ?? 'xdg-open'
  const child = spawn(command, [url], { stdio: 'ignore', detached: true })
  child.on('error', () => {})
  child.unref()
}

try {
  await main()
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exit(1)
}
