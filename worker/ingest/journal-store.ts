import { type Sql, sql } from '../sql.ts'

const NO_BOUND = Number.MAX_SAFE_INTEGER

/**
 * Deletes the oldest entries of the journal: those that evaluation and `seen` (an expression, NULL = no bound)
 * have passed and that are older than an instant; always a beginning of it, never the last one.
 */
export function pruneJournal(account: number, seen: Sql, before: number): Sql {
  return sql`DELETE FROM journal WHERE account = ${account}
    AND seq <= coalesce(${seen}, ${NO_BOUND})
    AND seq <= coalesce((SELECT evaluated FROM states WHERE account = ${account}), 0)
    AND seq < (SELECT max(seq) FROM journal WHERE account = ${account})
    AND seq < coalesce((SELECT seq FROM journal WHERE account = ${account} AND at >= ${before}
      ORDER BY seq LIMIT 1), ${NO_BOUND})`
}
