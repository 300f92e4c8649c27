import type { Db } from '../db.ts'
import { type Sql, sql } from '../sql.ts'
import { dayText, parseDay } from '../time.ts'
import type { Sayings } from './collect.ts'
import { defaultMethod, type Method, type MethodInput } from './method.ts'

interface MethodRow extends Omit<Method, 'keys' | 'filter' | 'since' | 'isDefault'> {
  keys: string
  filters: string
  since: number | null
}

/** An account's methods, the default one first. */
export async function listMethods(db: Db, account: number): Promise<Method[]> {
  const rows = await db.all<MethodRow>(sql`SELECT id, name, keys, gap_hours AS gapHours,
      gap_from AS gapFrom, since, filters, version FROM aggregation_methods
    WHERE account = ${account} ORDER BY created_at, id`)
  const own = rows.map(({ filters, ...row }): Method => ({
    ...row,
    keys: JSON.parse(row.keys),
    filter: JSON.parse(filters),
    since: row.since === null ? null : dayText(row.since),
    isDefault: row.id === defaultMethod.id,
  }))
  const changed = own.find(({ isDefault }) => isDefault)
  return [changed ?? defaultMethod, ...own.filter(({ isDefault }) => !isDefault)]
}

/** Saves a method when it still has version `from` (0: when there is none); returns a row when it did. */
export function saveMethod(
  account: number,
  id: string,
  { name, keys, gapHours, gapFrom, since, filter }: MethodInput,
  { from, now }: { from: number; now: number },
): Sql {
  const day = since === null ? null : parseDay(since)
  return sql`INSERT INTO aggregation_methods (account, id, name, keys, gap_hours, gap_from, since,
      filters, version, created_at)
    VALUES (${account}, ${id}, ${name}, ${JSON.stringify(keys)}, ${gapHours}, ${gapFrom}, ${day},
      ${JSON.stringify(filter)}, ${from + 1}, ${now})
    ON CONFLICT (account, id) DO UPDATE SET name = excluded.name, keys = excluded.keys,
      gap_hours = excluded.gap_hours, gap_from = excluded.gap_from, since = excluded.since,
      filters = excluded.filters, version = excluded.version
    WHERE aggregation_methods.version = ${from} RETURNING version`
}

/** Deletes a method with what humans said in it; the first returns a row when there was one. */
export function deleteMethod(account: number, id: string): Sql[] {
  return [
    sql`DELETE FROM aggregation_methods WHERE account = ${account} AND id = ${id} RETURNING id`,
    sql`DELETE FROM case_sayings WHERE account = ${account} AND method = ${id}`,
  ]
}

export async function readSayings(db: Db, account: number, method: string): Promise<Sayings> {
  const rows = await db.all<{ ticket: string; said: 'split' | 'join' }>(
    sql`SELECT ticket, said FROM case_sayings WHERE account = ${account} AND method = ${method}`,
  )
  return new Map(rows.map(({ ticket, said }) => [ticket, said]))
}

/** Notes what a human says of a ticket in a method, or takes it back (null). */
export function saySo(
  account: number,
  method: string,
  ticket: string,
  said: 'split' | 'join' | null,
  meta: { actor: string; now: number },
): Sql {
  return said === null
    ? sql`DELETE FROM case_sayings
        WHERE account = ${account} AND method = ${method} AND ticket = ${ticket}`
    : sql`INSERT INTO case_sayings (account, method, ticket, said, actor, at)
        VALUES (${account}, ${method}, ${ticket}, ${said}, ${meta.actor}, ${meta.now})
        ON CONFLICT (account, method, ticket) DO UPDATE SET said = excluded.said,
          actor = excluded.actor, at = excluded.at`
}

/** True when the account has a ticket of this id. */
export async function isTicket(db: Db, account: number, id: string): Promise<boolean> {
  const row = await db.first(
    sql`SELECT id FROM places WHERE account = ${account} AND kind = 'ticket' AND id = ${id}`,
  )
  return row !== null
}
