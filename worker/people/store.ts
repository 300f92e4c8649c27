import type { Db } from '../db.ts'
import { journal, nextSeq } from '../ingest/store.ts'
import type { Sql } from '../sql.ts'
import { name, sql } from '../sql.ts'
import type { Keys } from './identity.ts'

/** Owner of a key: the person of the profile that claimed it. */
function ownerOf(account: number, key: Sql, verified: Sql): Sql {
  return sql`(SELECT o.person FROM identities i
    CROSS JOIN identities o ON o.account = ${account} AND o.key = i.profile
    WHERE i.account = ${account} AND i.key = ${key}${verified})`
}

/** Highest person id ever given; merged persons keep a row, so no id is given twice. */
function lastPerson(account: number): Sql {
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
  const pairs = sql`SELECT min(a.person, b.person) AS person, max(a.person, b.person) AS partner,
      s.other AS key FROM s
    CROSS JOIN identities i ON i.account = ${account} AND i.key = s.key
    CROSS JOIN identities a ON a.account = ${account} AND a.key = i.profile
    CROSS JOIN identities x ON x.account = ${account} AND x.key = s.other
    CROSS JOIN identities b ON b.account = ${account} AND b.key = x.profile
    WHERE a.person <> b.person`
  const met = sql`WITH ${second}, pairs AS MATERIALIZED (${pairs}), fresh AS MATERIALIZED (
      SELECT p.* FROM pairs p WHERE NOT EXISTS (SELECT 1 FROM suggestions q WHERE q.account = ${account}
        AND q.person = p.person AND q.other = p.partner AND q.key = p.key))`
  const announce = journal(
    account,
    now,
    met,
    sql`SELECT person FROM fresh UNION SELECT partner FROM fresh`,
  )
  const suggest = sql`${met} INSERT INTO suggestions (account, person, other, key, at)
    SELECT DISTINCT ${account}, person, partner, key, ${now} FROM fresh`
  const alias = sql`WITH ${second} INSERT INTO identities (account, key, profile, verified, person)
    SELECT ${account}, s.other, i.profile, s.verified, NULL FROM s
    CROSS JOIN identities i ON i.account = ${account} AND i.key = s.key WHERE true
    ON CONFLICT (account, key) DO UPDATE SET profile = excluded.profile, verified = 1
    WHERE identities.verified = 0 AND excluded.verified = 1 AND identities.person IS NULL`
  return [byPhone, ...people, announce, suggest, alias]
}

function others(keys: Keys): (string | null)[] {
  return [keys.email, keys.phone].filter((key) => key !== null && key !== keys.profile)
}

export interface Move {
  id: number
  kind: 'merge' | 'split' | 'undo'
  from: number
  into: number
  profiles: string[]
  at: string
  actor: string
  undone: boolean
}

interface Step {
  account: number
  /** Made by the caller, unique in the account. */
  id: number
  now: number
  actor: string
}

/** Records a merge of all profiles of one person into another; nothing when either has none. */
export function mergeStep(step: Step, from: number, into: number): Sql {
  return sql`INSERT INTO moves (account, id, at, kind, from_person, into_person, profiles, actor)
    SELECT ${step.account}, ${step.id}, ${step.now}, 'merge', ${from}, ${into},
      json_group_array(key), ${step.actor}
    FROM profiles WHERE account = ${step.account} AND person = ${from}
      AND EXISTS (SELECT 1 FROM profiles WHERE account = ${step.account} AND person = ${into})
    HAVING count(*) > 0`
}

/** Records a split of some profiles into a new person; nothing unless others stay. */
export function splitStep(step: Step, from: number, profiles: readonly string[]): Sql {
  return sql`INSERT INTO moves (account, id, at, kind, from_person, into_person, profiles, actor)
    SELECT ${step.account}, ${step.id}, ${step.now}, 'split', ${from},
      1 + ${lastPerson(step.account)}, json_group_array(key) FILTER (WHERE chosen), ${step.actor}
    FROM (SELECT key, key IN (SELECT value FROM json_each(${JSON.stringify(profiles)})) AS chosen
      FROM profiles WHERE account = ${step.account} AND person = ${from})
    HAVING count(*) FILTER (WHERE chosen) > 0 AND count(*) FILTER (WHERE NOT chosen) > 0`
}

/** Records the way back of an earlier move for the profiles that are still where it put them. */
export function undoStep(step: Step, move: number): Sql[] {
  const { account } = step
  return [
    sql`INSERT INTO moves (account, id, at, kind, from_person, into_person, profiles, actor)
      SELECT ${account}, ${step.id}, ${step.now}, 'undo', m.into_person, m.from_person,
        json_group_array(p.key), ${step.actor}
      FROM moves m, json_each(m.profiles) j
      JOIN profiles p ON p.account = ${account} AND p.person = m.into_person AND p.key = j.value
      WHERE m.account = ${account} AND m.id = ${move} AND m.undone_at IS NULL
      HAVING count(*) > 0`,
    sql`UPDATE moves SET undone_at = ${step.now} WHERE account = ${account} AND id = ${move}
      AND EXISTS (SELECT 1 FROM moves n WHERE n.account = ${account} AND n.id = ${step.id})`,
  ]
}

/** Carries out a recorded move in the same batch: journal first, then facts, places, identities, profiles. */
export function carryOut(step: Step): Sql[] {
  const { account } = step
  const m = sql`(SELECT * FROM moves WHERE account = ${account} AND id = ${step.id})`
  const from = sql`(SELECT from_person FROM ${m})`
  const into = sql`(SELECT into_person FROM ${m})`
  const chosen = sql`(SELECT j.value FROM ${m} m, json_each(m.profiles) j)`
  const mine = sql`account = ${account} AND person = ${from}`
  const places = (kind: string, table: string) => sql`UPDATE places SET person = ${into}
    WHERE account = ${account} AND (kind, id) IN (
      SELECT ${kind}, id FROM ${name(table)} WHERE ${mine} AND profile IN ${chosen})`
  const followers = (table: string) => sql`UPDATE ${name(table)} SET person = ${into}
    WHERE ${mine} AND ticket IN (SELECT id FROM tickets WHERE ${mine} AND profile IN ${chosen})`
  const facts = (table: string) =>
    sql`UPDATE ${name(table)} SET person = ${into} WHERE ${mine} AND profile IN ${chosen}`
  return [
    sql`INSERT INTO journal (account, seq, at, persons)
      SELECT ${account}, ${nextSeq(account)}, ${step.now}, json_array(from_person, into_person)
      FROM ${m} WHERE true`,
    places('order', 'orders'),
    places('refund', 'refunds'),
    places('ticket', 'tickets'),
    followers('messages'),
    followers('ratings'),
    ...['orders', 'refunds', 'tickets', 'observations'].map(facts),
    sql`UPDATE identities SET person = ${into} WHERE account = ${account} AND key IN ${chosen}`,
    sql`UPDATE profiles SET person = ${into} WHERE ${mine} AND key IN ${chosen}`,
    sql`INSERT INTO persons (account, id, seq, merged_into)
      SELECT ${account}, from_person, 0, into_person FROM ${m}
      WHERE NOT EXISTS (SELECT 1 FROM profiles WHERE ${mine})
      ON CONFLICT (account, id) DO UPDATE SET merged_into = excluded.merged_into`,
    sql`UPDATE persons SET merged_into = NULL WHERE account = ${account} AND id = ${into}`,
    sql`INSERT OR IGNORE INTO suggestions (account, person, other, key, at, state)
      SELECT ${account}, min(into_person, q.partner), max(into_person, q.partner), q.key, q.at, q.state
      FROM ${m} m, (SELECT CASE WHEN person = ${from} THEN other ELSE person END AS partner, key, at, state
        FROM suggestions WHERE account = ${account} AND (person = ${from} OR other = ${from})) q
      WHERE m.kind = 'merge' AND q.partner <> m.into_person`,
    sql`DELETE FROM suggestions WHERE account = ${account} AND (person = ${from} OR other = ${from})
      AND (SELECT kind FROM ${m}) = 'merge'`,
    sql`SELECT from_person AS "from", into_person AS "into" FROM ${m}`,
  ]
}

interface MoveRow extends Omit<Move, 'profiles' | 'at' | 'undone'> {
  profiles: string
  at: number
  undoneAt: number | null
}

/** Moves that touched a person, the latest first. */
export async function listMoves(db: Db, account: number, person: number): Promise<Move[]> {
  const rows =
    await db.all<MoveRow>(sql`SELECT id, kind, from_person AS "from", into_person AS "into",
      profiles, at, actor, undone_at AS undoneAt FROM moves
    WHERE account = ${account} AND (from_person = ${person} OR into_person = ${person})
    ORDER BY id DESC LIMIT 100`)
  return rows.map(({ undoneAt, ...row }) => ({
    ...row,
    profiles: JSON.parse(row.profiles),
    at: new Date(row.at).toISOString(),
    undone: undoneAt !== null,
  }))
}

export interface Suggestion {
  person: number
  key: string
  state: string
}

/** Other persons who may be this one, with the key that says so. */
export function listSuggestions(db: Db, account: number, person: number): Promise<Suggestion[]> {
  return db.all(sql`SELECT other AS person, key, state FROM suggestions
      WHERE account = ${account} AND person = ${person}
    UNION ALL SELECT person, key, state FROM suggestions
      WHERE account = ${account} AND other = ${person}`)
}

/** Statements that dismiss what suggests that two persons are one, or open it again; the second returns the keys. */
export function decideSuggestion(
  account: number,
  [person, other]: readonly [number, number],
  state: 'open' | 'dismissed',
  now: number,
): Sql[] {
  const pair = sql`account = ${account} AND person = ${Math.min(person, other)}
    AND other = ${Math.max(person, other)}`
  return [
    sql`INSERT INTO journal (account, seq, at, persons)
      SELECT ${account}, ${nextSeq(account)}, ${now}, json_array(${person}, ${other})
      WHERE EXISTS (SELECT 1 FROM suggestions WHERE ${pair})`,
    sql`UPDATE suggestions SET state = ${state} WHERE ${pair} RETURNING key`,
  ]
}

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

/** True when a person of the account has a source customer. */
export async function isPerson(db: Db, account: number, person: number): Promise<boolean> {
  const row = await db.first(
    sql`SELECT person FROM profiles WHERE account = ${account} AND person = ${person} LIMIT 1`,
  )
  return row !== null
}
