import type { Env } from './env.ts'
import { AppError } from './errors.ts'
import type { Sql } from './sql.ts'

/** What the statements of one request cost, by D1's own count. */
export interface Cost {
  queries: number
  read: number
  written: number
  /** Milliseconds spent in D1, as seen from the Worker. */
  duration: number
}

export function noCost(): Cost {
  return { queries: 0, read: 0, written: 0, duration: 0 }
}

export interface Outcome {
  rows: Record<string, unknown>[]
  changes: number
}

/** A database of one request: runs statements and adds up their cost. The only caller of `prepare`. */
export interface Db {
  all<Row>(statement: Sql): Promise<Row[]>
  first<Row>(statement: Sql): Promise<Row | null>
  /** One transaction; the rows of each statement and how many rows it changed. */
  batch(statements: readonly Sql[]): Promise<Outcome[]>
  readonly cost: Cost
}

/** Wraps a D1 database so that every statement is counted in `cost`. */
export function openDb(database: D1Database, cost: Cost): Db {
  const prepare = (statement: Sql) => database.prepare(statement.text).bind(...statement.params)
  const add = (meta: D1Meta) => {
    cost.queries += 1
    cost.read += meta.rows_read
    cost.written += meta.rows_written
  }
  const timed = async <T>(work: () => Promise<T>): Promise<T> => {
    const start = performance.now()
    try {
      return await work()
    } finally {
      cost.duration += performance.now() - start
    }
  }
  return {
    cost,
    async all<Row>(statement: Sql) {
      const result = await timed(() => prepare(statement).all<Row>())
      add(result.meta)
      return result.results
    },
    async first<Row>(statement: Sql) {
      const result = await timed(() => prepare(statement).all<Row>())
      add(result.meta)
      return result.results[0] ?? null
    },
    async batch(statements) {
      if (statements.length === 0) return []
      const results = await timed(() =>
        database.batch<Record<string, unknown>>(statements.map(prepare)),
      )
      for (const result of results) add(result.meta)
      return results.map((result) => ({ rows: result.results, changes: result.meta.changes }))
    },
  }
}

/** The database that holds an account's data. The only place that knows where an account lives. */
export function dataOf(env: Env, shard: string, cost: Cost): Db {
  if (shard !== 'SHARD_00') throw new AppError('internal', 'The data of this account is elsewhere.')
  return openDb(env.SHARD_00, cost)
}
