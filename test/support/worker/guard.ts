import { env } from 'cloudflare:workers'

/** D1's production limits, which the local one does not enforce. */
const limits = { params: 100, text: 100_000, value: 2_000_000, statements: 1_000 }

/** Tables that grow with an account's facts: no statement may walk all rows of an account in them. */
const large = [
  'identities',
  'orders',
  'tickets',
  'messages',
  'ratings',
  'refunds',
  'places',
  'observations',
]

/** Every statement text that the Worker sent in this file. */
const texts = new Map<string, D1Database>()

const size = (value: unknown) =>
  typeof value === 'string' ? new TextEncoder().encode(value).length : 8

/** Counts the statements of one request over all its databases. */
export interface Meter {
  statements: number
}

/** Rows that D1 counted in this file, whoever asked: requests, what runs after them, the clock. */
export const counted = { read: 0, written: 0 }

function add<Result extends { meta: D1Meta }>(result: Result): Result {
  counted.read += result.meta.rows_read
  counted.written += result.meta.rows_written
  return result
}

/** A database that refuses what production would refuse, and remembers each statement. */
export function guarded(database: D1Database, meter: Meter): D1Database {
  const count = (statements: number) => {
    meter.statements += statements
    if (meter.statements > limits.statements) throw new Error('D1 limit: statements per request')
  }
  const wrap = (statement: D1PreparedStatement): D1PreparedStatement =>
    new Proxy(statement, {
      get(target, property) {
        if (property === 'bind') {
          return (...values: unknown[]) => {
            if (values.length > limits.params) throw new Error('D1 limit: bound parameters')
            if (values.some((value) => size(value) > limits.value)) {
              throw new Error('D1 limit: size of a value')
            }
            return wrap(target.bind(...values))
          }
        }
        if (
          property === 'all' ||
          property === 'first' ||
          property === 'run' ||
          property === 'raw'
        ) {
          count(1)
        }
        if (property === 'all') return async () => add(await target.all())
        const value: unknown = Reflect.get(target, property)
        if (property === inner) return target
        return typeof value === 'function' ? value.bind(target) : value
      },
    })
  return new Proxy(database, {
    get(target, property) {
      if (property === 'prepare') {
        return (text: string) => {
          if (size(text) > limits.text) throw new Error('D1 limit: length of a statement')
          texts.set(text, target)
          return wrap(target.prepare(text))
        }
      }
      if (property === 'batch') {
        return (statements: D1PreparedStatement[]) => {
          count(statements.length)
          const real = statements.map((statement) => Reflect.get(statement, inner) ?? statement)
          return target.batch(real).then((results) => results.map(add))
        }
      }
      if (property === 'exec') throw new Error('exec is for maintenance only')
      const value: unknown = Reflect.get(target, property)
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
}

const inner = Symbol('inner')

/** The bindings of the tests behind the guard. */
export function guardedEnv(overrides: Partial<typeof env> = {}): typeof env {
  const meter: Meter = { statements: 0 }
  return {
    ...env,
    CONTROL: guarded(env.CONTROL, meter),
    SHARD_00: guarded(env.SHARD_00, meter),
    ...overrides,
  }
}

/** Statements seen so far whose plan walks all rows, or all of an account, of a table that grows. */
export async function scans(allowed: readonly RegExp[] = []): Promise<string[]> {
  const found: string[] = []
  for (const [text, database] of texts) {
    if (allowed.some((pattern) => pattern.test(text))) continue
    const params = Array.from({ length: text.split('?').length - 1 }, () => '[]')
    const plan = await database
      .prepare(`EXPLAIN QUERY PLAN ${text}`)
      .bind(...params)
      .all<{ detail: string }>()
    for (const { detail } of plan.results) {
      const walk = /^(SCAN|SEARCH) (\w+)(.*)$/.exec(detail)
      if (walk === null) continue
      const [, verb, table, how] = walk
      const whole = verb === 'SCAN' || (how ?? '').endsWith('(account=?)')
      const real = tableOf(text, table ?? '')
      if (whole && large.includes(real))
        found.push(`${detail} in: ${text.replaceAll(/\s+/g, ' ').slice(-160)}`)
    }
  }
  return found
}

/** Plans name a table by its alias. */
function tableOf(text: string, alias: string): string {
  const named = new RegExp(`\\b(\\w+)(?: AS)? ${alias}\\b`).exec(text)?.[1]
  return named !== undefined && large.includes(named) ? named : alias
}
