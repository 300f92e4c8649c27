import { type Sql, sql } from '../sql.ts'
import { type TargetRow, targetColumns } from './batch-store.ts'
import type { Cause, Outcome } from './catalog.ts'

/** Forgets what was written long ago. */
export function pruneWrites(account: number, before: number): Sql {
  return sql`DELETE FROM push_writes WHERE account = ${account} AND at < ${before}`
}

/** How far the push is: users and tickets by what they wait for. */
export function countTargets(account: number): Sql {
  return sql`SELECT count(*) AS total, count(due_at) AS due, count(batch) AS sending,
      sum(trouble IS NOT NULL) AS troubled, sum(wanted = has) AS done,
      sum(confirmed_at IS NOT NULL) AS confirmed
    FROM push_targets WHERE account = ${account} AND person > 0`
}

export interface WriteRow {
  at: number
  kind: 'user' | 'ticket'
  target: string
  person: number
  changes: string
  because: string
  cause: Cause
  outcome: Outcome
}

/** A place in the ledger: the write at it comes before those that follow. */
export interface LedgerPlace {
  at: number
  kind: string
  target: string
}

/** Writes before a place, the latest first; only a person's where one is given. */
export function selectWrites(
  account: number,
  before: LedgerPlace,
  limit: number,
  person: number | null,
): Sql {
  const only = person === null ? sql`` : sql`AND person = ${person}`
  return sql`SELECT at, kind, target, person, changes, because, cause, outcome FROM push_writes
    WHERE account = ${account} AND (at, kind, target) < (${before.at}, ${before.kind}, ${before.target})
      ${only}
    ORDER BY at DESC, kind DESC, target DESC LIMIT ${limit}`
}

export interface TargetState extends Omit<TargetRow, 'tries'> {
  dueAt: number | null
  sending: number
  sentAt: number | null
  confirmedAt: number | null
  trouble: string | null
}

/** What a person's users and tickets should hold and what they hold. */
export function selectTargets(account: number, person: number): Sql {
  return sql`SELECT ${targetColumns}, due_at AS dueAt, batch IS NOT NULL AS sending,
      sent_at AS sentAt, confirmed_at AS confirmedAt, trouble
    FROM push_targets WHERE account = ${account} AND person = ${person} ORDER BY kind DESC, target`
}
