import type { Sql } from '../sql.ts'
import { sql } from '../sql.ts'
import type { Keys } from './identity.ts'

/** Owner of a key: the person of the profile that claimed it. */
function ownerOf(account: number, key: Sql, verified: Sql): Sql {
  return sql`(SELECT o.person FROM identities i
    CROSS JOIN identities o ON o.account = ${account} AND o.key = i.profile
    WHERE i.account = ${account} AND i.key = ${key}${verified})`
}

/** Highest person id ever given; merged persons keep a row, so no id is given twice. */
export function lastPerson(account: number): Sql {
  return sql`max(
    coalesce((SELECT max(person) FROM profiles WHERE account = ${account}), 0),
    coalesce((SELECT max(id) FROM persons WHERE account = ${account}), 0))`
}

/**
 * Statements that give every claim of one round a profile and a person. A new shop id joins the person of a
 * verified e-mail, else phone, when it is verified itself; an event without an id goes to the owner of its
 * e-mail, else phone. Keys that name somebody else never merge two persons: they make a suggestion.
 */
export function claim(account: number, claims: readonly Keys[], now: number): Sql[] {
  const lines = JSON.stringify(
    claims.map((keys) => [keys.profile, keys.email, keys.phone, keys.verified ? 1 : 0]),
  )
  const n = sql`n AS MATERIALIZED (SELECT j.key AS ord, j.value->>0 AS key, j.value->>1 AS email,
    j.value->>2 AS phone, j.value->>3 AS verified FROM json_each(${lines}) j)`
  const fresh = sql`NOT EXISTS (SELECT 1 FROM identities k WHERE k.account = ${account} AND k.key = n.key)`
  const people = [
    sql`WITH ${n}, fresh AS (SELECT n.ord, n.key, n.verified,
        CASE WHEN n.key LIKE 'id:%' AND n.verified = 1 THEN coalesce(
          ${ownerOf(account, sql`n.email`, sql` AND i.verified = 1`)},
          ${ownerOf(account, sql`n.phone`, sql` AND i.verified = 1`)}) END AS found
        FROM n WHERE ${fresh})
      INSERT INTO identities (account, key, profile, verified, person)
      SELECT ${account}, key, key, CASE WHEN key LIKE 'id:%' THEN 1 ELSE verified END,
        coalesce(found, ${lastPerson(account)} + row_number() OVER (PARTITION BY found IS NULL ORDER BY ord))
      FROM fresh`,
    sql`WITH ${n} INSERT INTO profiles (account, person, key)
      SELECT ${account}, i.person, n.key FROM n
      CROSS JOIN identities i ON i.account = ${account} AND i.key = n.key
      WHERE i.person IS NOT NULL ON CONFLICT DO NOTHING`,
  ]
  if (claims.every((keys) => others(keys).length === 0)) return people
  const byPhone = sql`WITH ${n} INSERT INTO identities (account, key, profile, verified, person)
    SELECT ${account}, n.key, i.profile, n.verified, NULL FROM n
    CROSS JOIN identities i ON i.account = ${account} AND i.key = n.phone
    WHERE n.key = n.email AND ${fresh} ON CONFLICT DO NOTHING`
  const second = sql`${n}, s AS (
    SELECT key, email AS other, verified FROM n WHERE email <> key
    UNION ALL SELECT key, phone, verified FROM n WHERE phone <> key)`
  const suggest = sql`WITH ${second} INSERT INTO suggestions (account, person, other, key, at)
    SELECT ${account}, min(a.person, b.person), max(a.person, b.person), s.other, ${now} FROM s
    CROSS JOIN identities i ON i.account = ${account} AND i.key = s.key
    CROSS JOIN identities a ON a.account = ${account} AND a.key = i.profile
    CROSS JOIN identities x ON x.account = ${account} AND x.key = s.other
    CROSS JOIN identities b ON b.account = ${account} AND b.key = x.profile
    WHERE a.person <> b.person ON CONFLICT DO NOTHING`
  const alias = sql`WITH ${second} INSERT INTO identities (account, key, profile, verified, person)
    SELECT ${account}, s.other, i.profile, s.verified, NULL FROM s
    CROSS JOIN identities i ON i.account = ${account} AND i.key = s.key WHERE true
    ON CONFLICT (account, key) DO UPDATE SET profile = excluded.profile, verified = 1
    WHERE identities.verified = 0 AND excluded.verified = 1 AND identities.person IS NULL`
  return [byPhone, ...people, suggest, alias]
}

function others(keys: Keys): (string | null)[] {
  return [keys.email, keys.phone].filter((key) => key !== null && key !== keys.profile)
}
