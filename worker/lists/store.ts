import type { Sql } from '../sql.ts'
import { sql } from '../sql.ts'

/** A saved list. `query` holds parameters of `GET /v1/customers`, as text. */
export interface SavedList {
  id: string
  name: string
  owner: string
  shared: boolean
  query: Record<string, string>
  version: number
  updatedAt: string
}

const columns = sql`id, name, owner, shared, query, version, updated_at AS updatedAt`

/** The lists that a caller sees: their own and those for everybody, by name. */
export function selectLists(account: number, caller: string): Sql {
  return sql`SELECT ${columns} FROM lists WHERE account = ${account}
    AND (shared = 1 OR owner = ${caller}) ORDER BY name, id`
}

/** All lists of an account: what they read must be known before a segment is deleted. */
export function selectAllLists(account: number): Sql {
  return sql`SELECT ${columns} FROM lists WHERE account = ${account} ORDER BY name, id`
}

/** Parameters were validated when they were saved. */
export function readList(row: Record<string, unknown>): SavedList {
  const { id, name, owner, shared, query, version, updatedAt } = row as unknown as Omit<
    SavedList,
    'shared' | 'query' | 'updatedAt'
  > & { shared: number; query: string; updatedAt: number }
  const at = new Date(updatedAt).toISOString()
  return { id, name, owner, shared: shared === 1, query: JSON.parse(query), version, updatedAt: at }
}

export function insertList(
  account: number,
  list: Omit<SavedList, 'version' | 'updatedAt'>,
  now: number,
): Sql {
  return sql`INSERT INTO lists (account, id, name, owner, shared, query, version, updated_at)
    VALUES (${account}, ${list.id}, ${list.name}, ${list.owner}, ${list.shared ? 1 : 0},
      ${JSON.stringify(list.query)}, 1, ${now}) RETURNING ${columns}`
}

/** Saves a list that still has this version; returns it when it did. */
export function updateList(
  account: number,
  { id, version, name, shared, query }: Omit<SavedList, 'owner' | 'updatedAt'>,
  now: number,
): Sql {
  return sql`UPDATE lists SET name = ${name}, shared = ${shared ? 1 : 0},
      query = ${JSON.stringify(query)}, version = version + 1, updated_at = ${now}
    WHERE account = ${account} AND id = ${id} AND version = ${version} RETURNING ${columns}`
}

export function deleteList(account: number, id: string): Sql {
  return sql`DELETE FROM lists WHERE account = ${account} AND id = ${id} RETURNING id`
}
