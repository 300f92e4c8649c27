import type { Db } from '../db.ts'
import type { Sql } from '../sql.ts'
import { sql } from '../sql.ts'
import type { SegmentDefinition, SegmentRow } from './definition.ts'
import { definitionsOf } from './definition.ts'
import type { Line, LineSteps } from './line.ts'
import type { Rule } from './rule.ts'

interface StoredSegment extends SegmentRow {
  /** Epoch ms. */
  createdAt: number
}

/** All segments of an account as one row (column body): whoever answers a question reads it. */
export function selectSegments(account: number): Sql {
  return sql`SELECT body FROM segment_sets WHERE account = ${account}`
}

/** Rules were validated when they were saved. */
function storedIn(rows: readonly Record<string, unknown>[]): StoredSegment[] {
  const body = rows[0]?.['body']
  return typeof body === 'string' ? JSON.parse(body) : []
}

export function readSegments(rows: readonly Record<string, unknown>[]): SegmentDefinition[] {
  return definitionsOf(storedIn(rows))
}

export async function listSegments(db: Db, account: number): Promise<SegmentDefinition[]> {
  return readSegments(await db.all(selectSegments(account)))
}

/** When the segments of an account were first saved, epoch ms; default segments that nobody edited are not there. */
export async function listCreated(db: Db, account: number): Promise<Map<string, number>> {
  const rows = await db.all<Record<string, unknown>>(selectSegments(account))
  return new Map(storedIn(rows).map(({ key, createdAt }) => [key, createdAt]))
}

/**
 * Statements that save a new version of a segment when it still has version `from` (0: when there is none); the
 * first returns a row when it did. Deleted segments keep their versions.
 */
export function saveSegment(
  account: number,
  segment: Omit<SegmentDefinition, 'isDefault'>,
  from: number,
  meta: { now: number; actor: string; deleted?: boolean },
): Sql[] {
  const { key, name, rule, basis, group, version } = segment
  const text = JSON.stringify(rule)
  const deletedAt = meta.deleted === true ? meta.now : null
  return [
    sql`INSERT INTO segments (account, key, name, rule, basis, grouping, version, created_at, updated_at,
        deleted_at)
      VALUES (${account}, ${key}, ${name}, ${text}, ${basis}, ${group}, ${version}, ${meta.now},
        ${meta.now}, ${deletedAt})
      ON CONFLICT (account, key) DO UPDATE SET name = excluded.name, rule = excluded.rule,
        basis = excluded.basis, grouping = excluded.grouping, version = excluded.version,
        updated_at = excluded.updated_at, deleted_at = excluded.deleted_at
      WHERE segments.version = ${from} RETURNING key`,
    sql`INSERT INTO segment_versions (account, key, version, name, rule, basis, actor, created_at)
      SELECT ${account}, ${key}, ${version}, ${name}, ${text}, ${basis}, ${meta.actor}, ${meta.now}
      WHERE EXISTS (SELECT 1 FROM segments WHERE account = ${account} AND key = ${key}
        AND version = ${version} AND updated_at = ${meta.now})
      ON CONFLICT DO NOTHING`,
    sql`INSERT INTO segment_sets (account, body)
      SELECT ${account}, json_group_array(json_object('key', key, 'name', name, 'rule', json(rule),
        'basis', basis, 'group', grouping, 'version', version,
        'deleted', json(iif(deleted_at IS NULL, 'false', 'true')), 'createdAt', created_at))
      FROM segments WHERE account = ${account}
      ON CONFLICT (account) DO UPDATE SET body = excluded.body WHERE body <> excluded.body`,
  ]
}

export interface SegmentVersion {
  version: number
  name: string | null
  rule: Rule
  basis: string | null
  actor: string
  createdAt: string
}

/** Versions of a segment, the latest first. */
export async function listVersions(
  db: Db,
  account: number,
  key: string,
): Promise<SegmentVersion[]> {
  const rows = await db.all<
    Omit<SegmentVersion, 'rule' | 'createdAt'> & { rule: string; createdAt: number }
  >(
    sql`SELECT version, name, rule, basis, actor, created_at AS createdAt FROM segment_versions
      WHERE account = ${account} AND key = ${key} ORDER BY version DESC`,
  )
  return rows.map((row) => ({
    ...row,
    rule: JSON.parse(row.rule),
    createdAt: new Date(row.createdAt).toISOString(),
  }))
}

/** Today's lines, and what they were computed from. */
export interface LineState {
  /** Journal entry that they include. */
  seq: number
  /** Day they are of. */
  day: number
  /** Account revision and segment versions that they follow. */
  basis: string
  lines: Record<string, Line>
}

/** The row of `states`; its JSON is written by `saveLines` only. */
export function selectState(account: number): Sql {
  return sql`SELECT evaluated, basis, lines, wishes FROM states WHERE account = ${account}`
}

export function readLineState(text: unknown): LineState | null {
  if (typeof text !== 'string' || text === '{}') return null
  return JSON.parse(text)
}

/** Statements that save the lines as of a journal entry; older ones write nothing. */
export function saveLines(
  account: number,
  state: LineState,
  changed: ReadonlyMap<string, LineSteps>,
): Sql[] {
  const newer = sql`coalesce(json_extract(states.lines, '$.seq'), -1) <= ${state.seq}`
  return [
    sql`INSERT INTO states (account, lines) VALUES (${account}, ${JSON.stringify(state)})
      ON CONFLICT (account) DO UPDATE SET lines = excluded.lines WHERE ${newer}`,
    ...[...changed].map(
      ([key, steps]) => sql`INSERT INTO lines (account, key, steps)
        SELECT ${account}, ${key}, ${stepsText(steps)} FROM states
        WHERE account = ${account} AND ${newer}
        ON CONFLICT (account, key) DO UPDATE SET steps = excluded.steps
        WHERE lines.steps <> excluded.steps`,
    ),
  ]
}

/** Infinity (nobody reaches the line) is null in JSON. */
export function stepsText({ day, value, n, k }: LineSteps): string {
  const values = Array.from(value, (one) => (one === Infinity ? null : one))
  return JSON.stringify([Array.from(day), values, Array.from(n), Array.from(k)])
}

function stepsOf(text: string): LineSteps {
  const [day, value, n, k]: [number[], (number | null)[], number[], number[]] = JSON.parse(text)
  return {
    day: Int32Array.from(day),
    value: Float64Array.from(value, (one) => one ?? Infinity),
    n: Int32Array.from(n),
    k: Int32Array.from(k),
  }
}

export function selectLines(account: number): Sql {
  return sql`SELECT key, steps FROM lines WHERE account = ${account}`
}

export function readLines(rows: readonly Record<string, unknown>[]): Map<string, LineSteps> {
  return new Map(rows.map((row) => [String(row['key']), stepsOf(String(row['steps']))]))
}
