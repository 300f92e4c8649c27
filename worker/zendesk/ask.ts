import type { z } from 'zod'
import { budget, pace, type Trouble, unverified } from './catalog.ts'
import type { Spent } from './store.ts'

/** How requests leave us. */
export interface Outside {
  fetch: typeof fetch
  now: () => number
  /** In [0, 1): spreads repeated tries. */
  random: () => number
  /** Names that Zendesk asks of marketplace apps. */
  marketplace: Readonly<Record<string, string>>
}

/** An answer that was understood, or why there is none. `resumeAt`: ask nothing before. */
export type Reply<Body> =
  | { ok: true; body: Body }
  | { ok: false; trouble: Trouble; status: number; resumeAt: number }

/** A reply that is no yes. */
export type Failure = Exclude<Reply<never>, { ok: true }>

export interface Question {
  path: string
  method?: 'GET' | 'POST' | 'PUT' | 'DELETE'
  body?: unknown
  /** Incremental exports have a limit of their own. */
  isExport?: boolean
}

/** One help desk, one access token; counts what it takes of the limits. */
export interface Asker {
  outside: Outside
  /** `https://<sub-domain>.zendesk.com`. */
  origin: string
  token: string
  spent: Spent
}

/** What is left of this minute; 0 when nothing more may be asked. */
export function allowance({ outside, spent }: Pick<Asker, 'outside' | 'spent'>, isExport: boolean) {
  const minute = Math.floor(outside.now() / 60_000)
  const fresh = spent.minute !== minute
  const plan = Math.max(1, Math.floor((spent.plan ?? budget.plan) * budget.share))
  const exports = Math.max(
    1,
    Math.floor((spent.exportLimit ?? budget.exports) * budget.exportShare),
  )
  const calls = plan - (fresh ? 0 : spent.calls)
  return isExport ? Math.min(calls, exports - (fresh ? 0 : spent.exports)) : calls
}

/** Asks Zendesk, and reads the answer by its schema. Never throws for what the other side does. */
export async function ask<Schema extends z.ZodType>(
  asker: Asker,
  question: Question,
  schema: Schema,
): Promise<Reply<z.output<Schema>>> {
  const { outside, spent } = asker
  const now = outside.now()
  if (allowance(asker, question.isExport === true) <= 0) {
    const resumeAt = (Math.floor(now / 60_000) + 1) * 60_000
    return { ok: false, trouble: 'limited', status: 0, resumeAt }
  }
  count(spent, now, question.isExport === true)
  let response: Response
  let text: string
  try {
    response = await outside.fetch(requestOf(asker, question), {
      signal: AbortSignal.timeout(pace.timeout),
    })
    text = await response.text()
  } catch {
    return { ok: false, trouble: 'unavailable', status: 0, resumeAt: 0 }
  }
  learn(spent, response.headers)
  const failure = failureOf(response, outside)
  if (failure !== null) return failure
  const read = schema.safeParse(jsonOf(text))
  if (!read.success)
    return { ok: false, trouble: 'unreadable', status: response.status, resumeAt: 0 }
  return { ok: true, body: read.data }
}

function requestOf({ outside, origin, token }: Asker, { path, method = 'GET', body }: Question) {
  const headers: Record<string, string> = {
    ...outside.marketplace,
    Authorization: `Bearer ${token}`,
    Accept: 'application/json',
  }
  if (body !== undefined) headers['Content-Type'] = 'application/json'
  const text = body === undefined ? null : JSON.stringify(body)
  return new Request(new URL(path, origin), { method, headers, body: text })
}

function count(spent: Spent, now: number, isExport: boolean): void {
  const minute = Math.floor(now / 60_000)
  if (spent.minute !== minute) Object.assign(spent, { minute, calls: 0, exports: 0 })
  spent.calls += 1
  if (isExport) spent.exports += 1
}

/** Limits as Zendesk tells them beside an answer. */
function learn(spent: Spent, headers: Headers): void {
  const plan = Number(headers.get('X-Rate-Limit'))
  if (Number.isInteger(plan) && plan > 0) spent.plan = plan
  const own = headers.get(unverified.exportLimitHeader) ?? ''
  const exports = Number(/total=(\d+)/.exec(own)?.[1])
  if (Number.isInteger(exports) && exports > 0) spent.exportLimit = exports
}

function failureOf(response: Response, outside: Outside): Reply<never> | null {
  const { status } = response
  if (status >= 200 && status < 300) return null
  const failed = (trouble: Trouble, resumeAt = 0) =>
    ({ ok: false, trouble, status, resumeAt }) as const
  if (status === 429) {
    // The header may be missing or 0, and the body may be no JSON: neither is relied upon.
    const seconds = Number(response.headers.get('Retry-After'))
    const wait = seconds > 0 && seconds <= 3_600 ? seconds * 1_000 : pace.backoff.first
    return failed('limited', outside.now() + wait + Math.floor(outside.random() * 1_000))
  }
  if (status === 401) return failed('unauthorized')
  if (status === 403) return failed('forbidden')
  if (status >= 500 || status === 408) return failed('unavailable')
  return failed('refused')
}

function jsonOf(text: string): unknown {
  if (text.trim() === '') return {}
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** How long to wait after so many failures in a row (ms), spread so that accounts do not come at once. */
export function backoff(fails: number, random: () => number): number {
  const most = Math.min(pace.backoff.most, pace.backoff.first * 2 ** Math.max(0, fails - 1))
  return Math.floor(most * (0.5 + random() / 2))
}
