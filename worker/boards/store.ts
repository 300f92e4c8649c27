import type { Sql } from '../sql.ts'
import { sql } from '../sql.ts'
import { type Board, type Drawing, EVERYTHING } from './board.ts'

interface BoardRow {
  grouping: string
  body: string
  version: number
  actor: string
  updatedAt: number
}

/** All boards of an account that somebody has ever drawn on. */
export function selectBoards(account: number): Sql {
  return sql`SELECT grouping, body, version, actor, updated_at AS updatedAt FROM boards
    WHERE account = ${account}`
}

/** One board. */
export function selectBoard(account: number, group: string): Sql {
  return sql`${selectBoards(account)} AND grouping = ${columnOf(group)}`
}

/** Drawings were validated when they were saved. */
export function readBoard(group: string, row: Record<string, unknown> | undefined): Board {
  if (row === undefined) {
    return { group, version: 0, updatedAt: null, updatedBy: null, nodes: [], arrows: [] }
  }
  const { body, version, actor, updatedAt } = row as unknown as BoardRow
  const { nodes, arrows }: Drawing = JSON.parse(body)
  const saved = { version, updatedAt: new Date(updatedAt).toISOString(), updatedBy: actor }
  return { group, ...saved, nodes, arrows }
}

/** Name of the group in a row. */
export function groupOf({ grouping }: Record<string, unknown>): string {
  return grouping === '' ? EVERYTHING : String(grouping)
}

const emptyBody = JSON.stringify({ nodes: [], arrows: [] } satisfies Drawing)

function columnOf(group: string): string {
  return group === EVERYTHING ? '' : group
}

/** Saves a board that still has version `from` (0: none yet); returns a row when it did. */
export function saveBoard(
  account: number,
  group: string,
  { nodes, arrows }: Drawing,
  meta: { from: number; now: number; actor: string },
): Sql {
  const body = JSON.stringify({ nodes, arrows })
  return sql`INSERT INTO boards (account, grouping, body, version, actor, updated_at)
    SELECT ${account}, ${columnOf(group)}, ${body}, ${meta.from + 1}, ${meta.actor}, ${meta.now}
    WHERE ${meta.from} = 0 OR EXISTS (SELECT 1 FROM boards
      WHERE account = ${account} AND grouping = ${columnOf(group)})
    ON CONFLICT (account, grouping) DO UPDATE SET body = excluded.body, version = excluded.version,
      actor = excluded.actor, updated_at = excluded.updated_at
    WHERE boards.version = ${meta.from} RETURNING version`
}

/**
 * Clears a board; returns a row when something was on it. That is a version like any other: who still draws on the
 * one before is told.
 */
export function clearBoard(
  account: number,
  group: string,
  { now, actor }: { now: number; actor: string },
): Sql {
  const body = emptyBody
  return sql`UPDATE boards SET body = ${body}, version = version + 1, actor = ${actor},
      updated_at = ${now}
    WHERE account = ${account} AND grouping = ${columnOf(group)} AND body <> ${body}
    RETURNING version`
}
