import type { Db } from '../db.ts'
import { type Sql, sql } from '../sql.ts'
import type { Cause, Outcome } from './catalog.ts'
import type { Reasons } from './reason.ts'
import { type Value, type Values, canonical } from './values.ts'

export interface TargetRow {
  kind: 'user' | 'ticket'
  target: string
  person: number
  wanted: string
  has: string
  because: string
  cause: Cause
  tries: number
}

export const targetColumns = sql`kind, target, person, wanted, has, because, cause, tries`

/** Targets that are due, those that wait longest first. */
export function dueTargets(
  account: number,
  kind: string,
  { now, most, onlyErased }: { now: number; most: number; onlyErased: boolean },
): Sql {
  return sql`SELECT ${targetColumns} FROM push_targets WHERE account = ${account} AND kind = ${kind}
    AND due_at <= ${now} AND (${onlyErased ? 0 : 1} OR person = 0) ORDER BY due_at LIMIT ${most}`
}

/** A row of a batch: what is written to a target, and why. */
export interface BatchRow {
  target: string
  person: number
  changes: Record<string, Value | null>
  because: Reasons
  cause: Cause
}

export interface Batch {
  id: string
  kind: 'user' | 'ticket'
  at: number
  job: string | null
  rows: BatchRow[]
}

/** Writes a batch down before it is sent. */
export function beginBatch(account: number, batch: Batch): Sql[] {
  const targets = JSON.stringify(batch.rows.map(({ target }) => target))
  return [
    sql`INSERT INTO push_batches (account, id, kind, at, rows)
      VALUES (${account}, ${batch.id}, ${batch.kind}, ${batch.at}, ${JSON.stringify(batch.rows)})`,
    sql`UPDATE push_targets SET batch = ${batch.id}, due_at = NULL WHERE account = ${account}
      AND kind = ${batch.kind} AND target IN (SELECT value FROM json_each(${targets}))`,
  ]
}

export function saveJob(account: number, batch: string, job: string): Sql {
  return sql`UPDATE push_batches SET job = ${job} WHERE account = ${account} AND id = ${batch}`
}

export async function openBatches(db: Db, account: number): Promise<Batch[]> {
  const rows = await db.all<Omit<Batch, 'rows'> & { rows: string }>(
    sql`SELECT id, kind, at, job, rows FROM push_batches WHERE account = ${account} ORDER BY at`,
  )
  return rows.map((row) => ({ ...row, rows: JSON.parse(row.rows) }))
}

/** Targets of a batch as they are now. */
export function targetsIn(account: number, batch: Batch): Sql {
  return sql`SELECT ${targetColumns} FROM push_targets WHERE account = ${account}
    AND kind = ${batch.kind} AND batch = ${batch.id}
    AND target IN (SELECT value FROM json_each(${JSON.stringify(batch.rows.map(({ target }) => target))}))`
}

/** How the write of one row ended. */
export interface Ending {
  row: BatchRow
  outcome: Outcome
  has: Values
  /** When it is tried again; null when it is not. */
  again: number | null
  tries: number
}

/** Ends a batch: what targets hold now, the ledger, and the batch itself goes. */
export function endBatch(
  account: number,
  batch: Batch,
  endings: readonly Ending[],
  now: number,
): Sql[] {
  const lines = endings.map(({ row, outcome, has, again, tries }) => [
    row.target,
    canonical(has),
    outcome,
    again,
    tries,
    JSON.stringify(row.changes),
    JSON.stringify(row.because),
    row.cause,
  ])
  const text = JSON.stringify(lines)
  const mine = sql`account = ${account} AND kind = ${batch.kind} AND batch = ${batch.id}`
  return [
    sql`INSERT INTO push_writes (account, at, kind, target, person, changes, because, cause, outcome)
      SELECT ${account}, ${batch.at}, ${batch.kind}, t.target, t.person, value->>5, value->>6,
        value->>7, value->>2
      FROM json_each(${text})
      CROSS JOIN push_targets t ON t.account = ${account} AND t.kind = ${batch.kind}
        AND t.target = value->>0 AND t.batch = ${batch.id} AND t.person > 0
      WHERE true ON CONFLICT DO NOTHING`,
    sql`UPDATE push_targets SET has = l.has, tries = l.tries, batch = NULL, confirmed_at = NULL,
        sent_at = iif(l.outcome = 'updated', ${batch.at}, sent_at),
        trouble = iif(l.outcome IN ('refused', 'gone'), l.outcome, NULL),
        cause = iif(l.outcome = 'unknown' AND push_targets.person > 0, 'again', cause),
        due_at = CASE WHEN l.outcome = 'updated' THEN iif(wanted = l.has, NULL, ${now}) ELSE l.again END
      FROM (SELECT value->>0 AS target, value->>1 AS has, value->>2 AS outcome, value->>3 AS again,
        value->>4 AS tries FROM json_each(${text})) AS l
      WHERE ${mine} AND push_targets.target = l.target`,
    // Somebody who was erased is not remembered any longer than needed.
    sql`DELETE FROM push_targets WHERE account = ${account} AND person = 0 AND kind = ${batch.kind}
      AND batch IS NULL AND (wanted = has OR trouble = 'gone')`,
    sql`DELETE FROM push_batches WHERE account = ${account} AND id = ${batch.id}`,
  ]
}

/** Gives a batch back that was not carried out. */
export function dropBatch(account: number, { id, kind, rows }: Batch, again: number): Sql[] {
  const targets = JSON.stringify(rows.map(({ target }) => target))
  return [
    sql`UPDATE push_targets SET batch = NULL, due_at = ${again} WHERE account = ${account}
      AND kind = ${kind} AND batch = ${id} AND target IN (SELECT value FROM json_each(${targets}))`,
    sql`DELETE FROM push_batches WHERE account = ${account} AND id = ${id}`,
  ]
}

/** A target that holds what it should; `seen` and `wanted` as they were read. */
export interface Idle {
  target: string
  has: Values
  seen: string
  wanted: string
}

/** Corrects what targets are believed to hold, where nothing needs to be sent. */
export function settleTargets(account: number, kind: string, targets: readonly Idle[]): Sql {
  const text = JSON.stringify(
    targets.map(({ target, has, seen, wanted }) => [target, canonical(has), seen, wanted]),
  )
  return sql`UPDATE push_targets SET has = l.has, due_at = NULL
    FROM (SELECT value->>0 AS target, value->>1 AS has, value->>2 AS seen, value->>3 AS wanted
      FROM json_each(${text})) AS l
    WHERE account = ${account} AND kind = ${kind} AND push_targets.target = l.target
      AND push_targets.has = l.seen AND push_targets.wanted = l.wanted AND batch IS NULL`
}
