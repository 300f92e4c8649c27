import type { Db } from '../db.ts'
import { type Sql, sql } from '../sql.ts'
import { type TargetRow, targetColumns } from './batch-store.ts'
import type { Cause, Outcome } from './catalog.ts'

/** Forgets what was written long ago. */
export function pruneWrites(account: number, before: number): Sql {
  return sql`DELETE FROM push_writes WHERE account = ${account} AND at < ${before}`
}

/** How far the push is: users and tickets by what they wait for. */
export interface Counted {
  /** Epoch ms. */
  at: number
  targets: number
  due: number
  sending: number
  done: number
  confirmed: number
  troubled: number
}

/** Targets that are counted in a millisecond of waiting; each costs a row. */
const countedEach = 4

/**
 * Counts the users and tickets of an account. That reads them all, so the more there are the longer a count is
 * taken for the present one: four thousand for a second, two hundred thousand for fifty.
 */
export async function countTargets(db: Db, account: number, now: number): Promise<Counted> {
  const kept = await db.first<{ counted: string | null }>(
    sql`SELECT counted FROM push_states WHERE account = ${account}`,
  )
  const known: Counted | null = JSON.parse(kept?.counted ?? 'null')
  const age = now - (known?.at ?? 0)
  if (known !== null && age >= 0 && age < known.targets / countedEach) return known
  const row = await db.first<Omit<Counted, 'at'>>(sql`SELECT count(*) AS targets,
      count(due_at) AS due, count(batch) AS sending, ifnull(sum(wanted = has), 0) AS done,
      count(confirmed_at) AS confirmed, count(trouble) AS troubled
    FROM push_targets WHERE account = ${account} AND person > 0`)
  const none = { targets: 0, due: 0, sending: 0, done: 0, confirmed: 0, troubled: 0 }
  const counted: Counted = { ...none, ...row, at: now }
  await db.batch([
    sql`UPDATE push_states SET counted = ${JSON.stringify(counted)}
      WHERE account = ${account} AND counted IS ${kept?.counted ?? null}`,
  ])
  return counted
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
