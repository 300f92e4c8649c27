import type { Context, MiddlewareHandler } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { routePath } from 'hono/route'
import { validator } from 'hono-openapi'
import type { z } from 'zod'
import type { Account } from './accounts/account.ts'
import type { Role, Scope } from './auth/catalog.ts'
import type { Cost, Db } from './db.ts'
import { noCost, openDb } from './db.ts'
import type { Env } from './env.ts'
import type { FieldError } from './errors.ts'
import { AppError, problemOf } from './errors.ts'

/** Who is asking: a machine with a key, or a help-desk user with an app session. */
export interface Caller {
  /** Tells callers of one account apart: `key:<id>` or `user:<id>`. */
  id: string
  scopes: ReadonlySet<Scope>
  /** Shown in histories, e.g. `key:importer` or `user:42`. */
  name: string
  user?: { id: string; role: Role; startedAt: number }
}

export interface AppEnv {
  Bindings: Env
  Variables: {
    requestId: string
    cost: Cost
    /** Epoch milliseconds. */
    now: number
    control: Db
    account: Account
    caller: Caller
    /** Data of the caller's account. */
    db: Db
  }
}
export type AppContext = Context<AppEnv>

let clockStart: number | null = null

/** The instant of this call; a local run may set where the clock starts. One of the two doors of time. */
export function clock(env: Env): number {
  const real = Date.now()
  if (env.RAPPORT_NOW === undefined) return real
  clockStart ??= real
  const started = env.RAPPORT_STARTED === undefined ? clockStart : Number(env.RAPPORT_STARTED)
  return Date.parse(env.RAPPORT_NOW) + (real - started)
}

/**
 * First middleware: id, clock, control database, Server-Timing and one log line per request. What a request answers
 * stays out of caches unless its route says otherwise.
 */
export const observe: MiddlewareHandler<AppEnv> = async (c, next) => {
  const started = performance.now()
  const cost = noCost()
  c.set('requestId', crypto.randomUUID())
  c.set('cost', cost)
  c.set('now', clock(c.env))
  c.set('control', openDb(c.env.CONTROL, cost))
  await next()
  c.res.headers.set('X-Request-Id', c.get('requestId'))
  c.res.headers.set('Server-Timing', serverTiming(cost))
  c.res.headers.set('X-Content-Type-Options', 'nosniff')
  if (!c.res.headers.has('Cache-Control')) c.res.headers.set('Cache-Control', 'no-store')
  log({
    requestId: c.get('requestId'),
    method: c.req.method,
    route: routePath(c, -1),
    status: c.res.status,
    account: c.get('account')?.id ?? null,
    ms: Math.round(performance.now() - started),
    queries: cost.queries,
    read: cost.read,
    written: cost.written,
  })
}

export function serverTiming(cost: Cost): string {
  const counts = `queries=${cost.queries} read=${cost.read} written=${cost.written}`
  return `db;dur=${cost.duration.toFixed(1)};desc="${counts}"`
}

/** The only log: one JSON line of figures and ids, never of people or their words. */
export function log(line: Record<string, string | number | boolean | null>): void {
  // oxlint-disable-next-line no-console -- the platform collects what is printed
  console.log(JSON.stringify(line))
}

/** Maps every error to problem details; unknown ones are logged by name only. */
export function onError(thrown: Error, c: AppContext): Response {
  const requestId = c.get('requestId') ?? crypto.randomUUID()
  const error = thrown instanceof HTTPException ? unreadable(thrown) : thrown
  const problem = problemOf(error, requestId)
  if (problem.status === 500) logFailure(requestId, error)
  const headers: Record<string, string> = { 'Content-Type': 'application/problem+json' }
  if (problem.status === 401) headers['WWW-Authenticate'] = 'Bearer'
  if (error instanceof AppError && error.retryAfter !== undefined) {
    headers['Retry-After'] = String(error.retryAfter)
  }
  return new Response(JSON.stringify(problem), { status: problem.status, headers })
}

/** The framework's own errors: a body that is not what its content type says. */
function unreadable(error: HTTPException): Error {
  return error.status === 400 ? new AppError('malformed', 'The body cannot be read.') : error
}

/** Logs kind and place of an unexpected error; messages may quote data and stay out. */
export function logFailure(requestId: string, error: unknown): void {
  const { name, message, stack = '' } = error instanceof Error ? error : new Error('not an error')
  const frames = stack
    .replace(message, () => '')
    .split('\n')
    .filter((line) => line.trimStart().startsWith('at '))
  const detail = error instanceof AppError ? error.message : null
  log({
    requestId,
    level: 'error',
    error: name,
    detail,
    at: frames.slice(0, 6).join(' | ').slice(0, 900),
  })
}

/** What a validation says of one value; unknown fields come together, with the path of their owner. */
interface Issue {
  path?: readonly unknown[] | undefined
  message: string
  code?: string
  keys?: readonly string[]
}

/** Field errors of a failed validation, one per field, at most a thousand. */
export function fieldErrors(issues: readonly Issue[]): FieldError[] {
  return issues
    .flatMap(({ path = [], message, code, keys = [] }) =>
      code === 'unrecognized_keys'
        ? keys.map((key) => ({ path: pathText([...path, key]), message: 'unknown field' }))
        : [{ path: pathText(path), message }],
    )
    .slice(0, 1_000)
}

/** `['lines', 0, 'sku']` → `lines[0].sku`. */
export function pathText(path: readonly unknown[]): string {
  return path
    .map((step) => (typeof step === 'object' && step !== null && 'key' in step ? step.key : step))
    .map((step, index) =>
      typeof step === 'number' ? `[${step}]` : `${index > 0 ? '.' : ''}${String(step)}`,
    )
    .join('')
}

const jsonType = /^application\/([\w.+-]+\+)?json\s*(;|$)/i

/** Validates a part of the request; failure throws a 422 that names each path, and 415 for a body that is not JSON. */
export function valid<Schema extends z.ZodType, Target extends 'json' | 'query' | 'param' | 'form'>(
  target: Target,
  schema: Schema,
) {
  return validator(target, schema, (result, c) => {
    if (target === 'json' && !jsonType.test(c.req.header('Content-Type') ?? '')) {
      throw new AppError('unsupported', 'Send JSON, with "Content-Type: application/json".')
    }
    if (!result.success) {
      const errors = fieldErrors(result.error)
      const first = errors[0]
      const detail =
        first === undefined ? 'Not valid.' : `${first.path || 'body'}: ${first.message}`
      throw new AppError('invalid', detail, { errors })
    }
  })
}
