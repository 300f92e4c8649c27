import type { Sql } from '../sql.ts'
import { sql } from '../sql.ts'

export function selectGroups(account: number): Sql {
  return sql`SELECT key, name FROM segment_groups WHERE account = ${account} ORDER BY created_at, key`
}

/** Adds a group; returns a row when its key was free. */
export function insertGroup(
  account: number,
  group: { key: string; name: string },
  now: number,
): Sql {
  return sql`INSERT INTO segment_groups (account, key, name, created_at)
    VALUES (${account}, ${group.key}, ${group.name}, ${now})
    ON CONFLICT DO NOTHING RETURNING key`
}

export function renameGroup(account: number, key: string, name: string): Sql {
  return sql`UPDATE segment_groups SET name = ${name}
    WHERE account = ${account} AND key = ${key} RETURNING key`
}

export function deleteGroup(account: number, key: string): Sql {
  return sql`DELETE FROM segment_groups WHERE account = ${account} AND key = ${key} RETURNING key`
}
