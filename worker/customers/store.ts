import type { Db } from '../db.ts'
import { nextSeq } from '../ingest/store.ts'
import type { Sql } from '../sql.ts'
import { sql } from '../sql.ts'

/** Statements that give a person a name of a human's choice, or null to go back to the sources' name. */
export function rename(account: number, person: number, name: string | null, now: number): Sql[] {
  const known = sql`SELECT 1 FROM profiles WHERE account = ${account} AND person = ${person}`
  return [
    sql`INSERT INTO journal (account, seq, at, persons)
      SELECT ${account}, ${nextSeq(account)}, ${now}, json_array(${person}) WHERE EXISTS (${known})`,
    sql`INSERT INTO persons (account, id, seq, name)
      SELECT ${account}, ${person}, 0, ${name} WHERE EXISTS (${known})
      ON CONFLICT (account, id) DO UPDATE SET name = excluded.name RETURNING id`,
  ]
}

export function selectProfiles(account: number, owners: Sql): Sql {
  return sql`SELECT person, key, channel, name, email, phone, created_at AS createdAt,
      updated_at AS updatedAt FROM profiles
    WHERE account = ${account} AND ${owners} ORDER BY person, key`
}

export function selectObservations(account: number, owners: Sql): Sql {
  return sql`SELECT person, profile, name, at, value FROM observations
    WHERE account = ${account} AND ${owners} ORDER BY person, profile, name, at`
}

/** True when a person of the account has a source customer. */
export async function isPerson(db: Db, account: number, person: number): Promise<boolean> {
  const row = await db.first(
    sql`SELECT person FROM profiles WHERE account = ${account} AND person = ${person} LIMIT 1`,
  )
  return row !== null
}
