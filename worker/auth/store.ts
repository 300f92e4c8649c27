import type { Db } from '../db.ts'
import type { Sql } from '../sql.ts'
import { sql } from '../sql.ts'
import type { Account } from '../accounts/account.ts'
import type { AccountRow } from '../accounts/store.ts'
import { accountColumns, accountOf } from '../accounts/store.ts'
import type { Role } from './catalog.ts'

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
): Promise<(AccountRow & { keyId: string; keyName: string; scopes: string }) | null> {
  return control.first(sql`SELECT ${accountColumns}, k.id AS keyId, k.name AS keyName, k.scopes
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

export interface MemberView {
  id: string
  name: string | null
  role: Role
}

/** A help-desk user of an account, agent unless we know better: one statement, two rows. */
export async function findMember(
  control: Db,
  account: number,
  user: string,
): Promise<{ account: Account; role: Role; checkedAt: number } | null> {
  const row = await control.first<AccountRow & { role: Role | null; checkedAt: number | null }>(
    sql`SELECT ${accountColumns}, m.role, m.checked_at AS checkedAt FROM accounts a
      LEFT JOIN members m ON m.account = a.id AND m.user_id = ${user} WHERE a.id = ${account}`,
  )
  return row === null
    ? null
    : { account: accountOf(row), role: row.role ?? 'agent', checkedAt: row.checkedAt ?? 0 }
}

/** Members by id, after one of them; `next` is the last shown one when more follow. */
export async function listMembers(
  control: Db,
  account: number,
  page: { after: string; limit: number },
): Promise<{ items: MemberView[]; next: string | null; total: number }> {
  const rows = await control.all<MemberView>(
    sql`SELECT user_id AS id, name, role FROM members
      WHERE account = ${account} AND user_id > ${page.after} ORDER BY user_id LIMIT ${page.limit + 1}`,
  )
  const count = await control.first<{ total: number }>(
    sql`SELECT COUNT(*) AS total FROM members WHERE account = ${account}`,
  )
  const items = rows.slice(0, page.limit)
  const next = rows.length > items.length ? (items.at(-1)?.id ?? null) : null
  return { items, next, total: count?.total ?? 0 }
}

/** Sets a member's role, and the name when one is given. */
export function saveMember(
  account: number,
  member: { id: string; name: string | undefined; role: Role },
  now: number,
): Sql {
  return sql`INSERT INTO members (account, user_id, name, role, checked_at)
    VALUES (${account}, ${member.id}, ${member.name ?? null}, ${member.role}, ${now})
    ON CONFLICT (account, user_id) DO UPDATE SET name = COALESCE(excluded.name, name),
      role = excluded.role, checked_at = excluded.checked_at
    RETURNING user_id AS id, name, role`
}

/** Marks a signed request as used; returns a row only the first time. */
export function useToken(account: number, fingerprint: string, expiresAt: number): Sql {
  return sql`INSERT INTO used_tokens (account, expires_at, hash)
    VALUES (${account}, ${expiresAt}, ${fingerprint}) ON CONFLICT DO NOTHING RETURNING hash`
}

/** Drops marks of requests that are too old to be accepted anyway, at most twenty at once. */
export function dropUsedTokens(account: number, now: number): Sql {
  return sql`DELETE FROM used_tokens WHERE account = ${account} AND (expires_at, hash) IN (
    SELECT expires_at, hash FROM used_tokens
    WHERE account = ${account} AND expires_at < ${now} ORDER BY expires_at, hash LIMIT 20)`
}
