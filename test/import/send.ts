import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import * as z from 'zod'
import type { Kind } from './fields.ts'

const gzipped = promisify(gzip)

const fieldErrors = z
  .array(z.object({ line: z.number().optional(), path: z.string(), message: z.string() }))
  .default([])

const accepted = z.object({
  received: z.number(),
  changed: z.number(),
  unchanged: z.number(),
  rejected: z.number(),
  errors: fieldErrors,
})

const refused = z.object({
  title: z.string().default(''),
  detail: z.string().default(''),
  errors: fieldErrors,
})

/** What the interface said about one body. */
export type Receipt = z.infer<typeof accepted>

/** The interface cannot take the import; trying again does not help. */
export class ImportError extends Error {}

/** Where and how bodies are sent; the clock and the network are arguments. */
export interface Target {
  url: string
  key: string
  fetch: typeof fetch
  sleep(milliseconds: number): Promise<unknown>
  /** Told before each wait. */
  onRetry(reason: string, milliseconds: number): void
}

const attempts = 8

/** Milliseconds that Retry-After asks for (seconds or an HTTP date), else doubling from half a second. */
export function waitOf(retryAfter: string | null, attempt: number, now: number): number {
  const backoff = Math.min(30_000, 500 * 2 ** attempt)
  if (retryAfter === null) return backoff
  const seconds = Number(retryAfter)
  const asked = Number.isNaN(seconds) ? Date.parse(retryAfter) - now : seconds * 1000
  return Number.isNaN(asked) ? backoff : Math.min(300_000, Math.max(0, asked))
}

function explain(status: number, detail: string): string {
  if (status === 401) return `${detail} Give the key with --key or RAPPORT_ADMIN_KEY.`
  if (status === 403) return `${detail} The key needs the scope ingest.`
  return detail
}

/** Sends one NDJSON body; tries again on 429, 5xx and a broken connection. */
export async function send(target: Target, kind: Kind, lines: readonly string[]): Promise<Receipt> {
  const body = new Uint8Array(await gzipped(`${lines.join('\n')}\n`))
  const headers = {
    Authorization: `Bearer ${target.key}`,
    'Content-Type': 'application/x-ndjson',
    'Content-Encoding': 'gzip',
  }
  for (let attempt = 0; ; attempt += 1) {
    const answer = await tryOnce(target, kind, headers, body)
    if (answer.ok) return answer.receipt(lines.length)
    if (attempt + 1 >= attempts) {
      throw new ImportError(`${answer.reason}, ${attempts} times. Run the same command to resume.`)
    }
    const wait = waitOf(answer.retryAfter, attempt, Date.now())
    target.onRetry(answer.reason, wait)
    await target.sleep(wait)
  }
}

type Answer =
  | { ok: true; receipt(sent: number): Receipt }
  | { ok: false; reason: string; retryAfter: string | null }

async function tryOnce(
  target: Target,
  kind: Kind,
  headers: Record<string, string>,
  body: Uint8Array<ArrayBuffer>,
): Promise<Answer> {
  let response: Response
  let text: string
  try {
    response = await target.fetch(`${target.url}/v1/${kind}`, { method: 'PUT', headers, body })
    text = await response.text()
  } catch {
    return { ok: false, reason: `${target.url} does not answer`, retryAfter: null }
  }
  if (response.status === 429 || response.status >= 500) {
    const reason = `${target.url} answered ${response.status}`
    return { ok: false, reason, retryAfter: response.headers.get('Retry-After') }
  }
  if (response.ok) {
    const receipt = accepted.safeParse(jsonOf(text))
    if (!receipt.success) throw new ImportError(`${target.url} is not Rapport: it answered oddly.`)
    return { ok: true, receipt: () => receipt.data }
  }
  const problem = refused.parse(jsonOf(text))
  if (response.status === 422 && problem.errors.length > 0) {
    const { errors } = problem
    return {
      ok: true,
      receipt: (sent) => ({ received: sent, changed: 0, unchanged: 0, rejected: sent, errors }),
    }
  }
  const detail = problem.detail || problem.title || `${target.url} answered ${response.status}.`
  throw new ImportError(explain(response.status, detail))
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return {}
  }
}
