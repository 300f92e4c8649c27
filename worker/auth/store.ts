import type { Db } from '../db.ts'
import type { Sql } from '../sql.ts'
import { sql } from '../sql.ts'
import type { AccountRow } from '../accounts/store.ts'
import { accountColumns } from '../accounts/store.ts'

export interface KeyView {
  id: string
  name: string
  scopes: string[]
  createdAt: string
}

/** The account of a key that is not revoked, with the key's scopes: one statement, two rows. */
export function findKey(
  control: Db,
  account: number,
  hash: string,
): Promise<(AccountRow & { keyName: string; scopes: string }) | null> {
  return control.first(sql`SELECT ${accountColumns}, k.name AS keyName, k.scopes
    FROM keys k JOIN accounts a ON a.id = k.account
    WHERE k.account = ${account} AND k.hash = ${hash} AND k.revoked_at IS NULL`)
}

export async function listKeys(control: Db, account: number): Promise<KeyView[]> {
  const rows = await control.all<{ id: string; name: string; scopes: string; createdAt: number }>(
    sql`SELECT id, name, scopes, created_at AS createdAt FROM keys
      WHERE account = ${account} AND revoked_at IS NULL ORDER BY created_at, id`,
  )
  return rows.map((row) => ({
    ...row,
    scopes: row.scopes.split(' '),
    createdAt: new Date(row.createdAt).toISOString(),
  }))
}

export function insertKey(
  account: number,
  key: { hash: string; id: string; name: string; scopes: readonly string[] },
  now: number,
): Sql {
  return sql`INSERT INTO keys (account, hash, id, name, scopes, created_at)
    VALUES (${account}, ${key.hash}, ${key.id}, ${key.name}, ${key.scopes.join(' ')}, ${now})`
}

/** Revokes a key; returns a row when there was one. */
export function revokeKey(account: number, id: string, now: number): Sql {
  return sql`UPDATE keys SET revoked_at = ${now}
    WHERE account = ${account} AND id = ${id} AND revoked_at IS NULL RETURNING id`
}
