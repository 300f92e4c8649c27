import type { Db } from '../db.ts'
import { nextSeq } from '../ingest/store.ts'
import type { Sql } from '../sql.ts'
import { name, sql } from '../sql.ts'
import { lastPerson } from './claim-store.ts'

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

export function dismissSuggestion(account: number, person: number, other: number): Sql {
  return sql`UPDATE suggestions SET state = 'dismissed' WHERE account = ${account}
    AND person = ${Math.min(person, other)} AND other = ${Math.max(person, other)} RETURNING key`
}

/** Statements that erase a person: journal, facts, identities, profiles; the row stays so that no id returns. */
export function erase(account: number, person: number, now: number): Sql[] {
  const mine = sql`account = ${account} AND person = ${person}`
  const keys = sql`(SELECT key FROM profiles WHERE ${mine})`
  const places = (kind: string, table: string) => sql`DELETE FROM places WHERE account = ${account}
    AND (kind, id) IN (SELECT ${kind}, id FROM ${name(table)} WHERE ${mine})`
  return [
    sql`INSERT INTO journal (account, seq, at, persons)
      VALUES (${account}, ${nextSeq(account)}, ${now}, json_array(${person}))`,
    places('order', 'orders'),
    places('refund', 'refunds'),
    places('ticket', 'tickets'),
    ...erasedTables.map((table) => sql`DELETE FROM ${name(table)} WHERE ${mine}`),
    sql`DELETE FROM identities WHERE account = ${account} AND profile IN ${keys}`,
    sql`DELETE FROM profiles WHERE ${mine}`,
    sql`DELETE FROM suggestions WHERE account = ${account} AND (person = ${person} OR other = ${person})`,
    sql`INSERT INTO persons (account, id, seq) VALUES (${account}, ${person}, 0)
      ON CONFLICT (account, id) DO UPDATE SET name = NULL, card = '{}'`,
  ]
}

/** Tables of facts that an erasure empties, in the order of its statements. */
export const erasedTables = [
  'orders',
  'refunds',
  'tickets',
  'messages',
  'ratings',
  'observations',
] as const
