import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** What production is told in `wrangler.toml` and a local run must be told the same way. */
export interface Settings {
  compatibilityDate: string
  compatibilityFlags: string[]
  /** Address patterns that the Worker answers; every other one is a static file. */
  workerFirst: string[]
  htmlHandling: 'none'
  keyLimit: { limit: number; period: 10 | 60 }
  cron: string
}

/** Reads the few settings a local run shares with production. Throws when one is missing. */
export function readSettings(root: string): Settings {
  const text = readFileSync(join(root, 'wrangler.toml'), 'utf8')
  const period = Number(setting(text, /period = (\d+)/))
  const handling = setting(text, /html_handling = "(\w+)"/)
  if (period !== 10 && period !== 60) throw new Error('wrangler.toml: period must be 10 or 60')
  if (handling !== 'none') throw new Error('wrangler.toml: html_handling must be "none"')
  return {
    compatibilityDate: setting(text, /compatibility_date = "([\d-]+)"/),
    compatibilityFlags: texts(setting(text, /compatibility_flags = (\[[^\]]*\])/)),
    workerFirst: texts(setting(text, /run_worker_first = (\[[^\]]*\])/)),
    htmlHandling: handling,
    keyLimit: { limit: Number(setting(text, /limit = (\d+)/)), period },
    cron: texts(setting(text, /crons = (\[[^\]]*\])/))[0] ?? '* * * * *',
  }
}

function setting(text: string, pattern: RegExp): string {
  const found = pattern.exec(text)?.[1]
  if (found === undefined) throw new Error(`wrangler.toml: nothing matches ${pattern.source}`)
  return found
}

function texts(list: string): string[] {
  return [...list.matchAll(/"([^"]*)"/g)].map((match) => match[1] ?? '')
}
