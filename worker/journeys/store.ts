import type { Sql } from '../sql.ts'
import { sql } from '../sql.ts'

/** Names and e-mails of persons, from their cards. */
export function selectNames(account: number, persons: readonly number[]): Sql {
  return sql`SELECT id, json_extract(card, '$.name') AS name, json_extract(card, '$.email') AS email
    FROM persons WHERE account = ${account}
      AND id IN (SELECT value FROM json_each(${JSON.stringify(persons)}))`
}

/** Sets of memberships that an account keeps. */
const MOST_KEPT = 6

/** The parts of a set of memberships, in order. */
export function selectKept(account: number, name: string): Sql {
  return sql`SELECT part, parts, at, body FROM kept_memberships
    WHERE account = ${account} AND name = ${name} ORDER BY part`
}

/**
 * Statements that keep a set of memberships, one transaction: nothing happens when the columns of one of these
 * versions are gone. Sets that were not made for longest go.
 */
export function saveKept(
  account: number,
  name: string,
  parts: readonly string[],
  { versions, now }: { versions: readonly string[]; now: number },
): Sql[] {
  const held = sql`EXISTS (SELECT 1 FROM chunks d WHERE d.account = ${account} AND d.first = -1
    AND d.slice = 'ranges' AND d.part = 0 AND NOT EXISTS (
      SELECT 1 FROM json_each(${JSON.stringify(versions)}) v WHERE instr(d.body, v.value) = 0))`
  return [
    ...parts.map(
      (body, part) => sql`INSERT INTO kept_memberships (account, name, part, parts, at, body)
        SELECT ${account}, ${name}, ${part}, ${parts.length}, ${now}, ${body} WHERE ${held}
        ON CONFLICT (account, name, part) DO UPDATE SET parts = excluded.parts, at = excluded.at,
          body = excluded.body`,
    ),
    sql`DELETE FROM kept_memberships WHERE account = ${account}
      AND (name = ${name} AND part >= ${parts.length} OR name NOT IN (
      SELECT name FROM kept_memberships WHERE account = ${account} AND part = 0
      ORDER BY at DESC LIMIT ${MOST_KEPT}))`,
  ]
}
