import { type Sql, sql } from './sql.ts'

/**
 * Takes the lease `name` of an account for so many milliseconds, or makes one's own last longer; returns a row
 * when it was taken. It keeps work from being done twice; what must never be written twice has its own guard.
 */
export function takeLease(
  account: number,
  name: string,
  holder: string,
  now: number,
  duration: number,
): Sql {
  return sql`INSERT INTO leases (account, name, holder, expires_at)
    VALUES (${account}, ${name}, ${holder}, ${now + duration})
    ON CONFLICT (account, name) DO UPDATE SET holder = excluded.holder,
      expires_at = excluded.expires_at
    WHERE leases.holder = excluded.holder OR leases.expires_at <= ${now}
    RETURNING name`
}

/** Gives a lease back. */
export function endLease(account: number, name: string, holder: string): Sql {
  return sql`DELETE FROM leases WHERE account = ${account} AND name = ${name} AND holder = ${holder}`
}
