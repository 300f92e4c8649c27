import { dropRange } from '../columns/store.ts'
import { nextSeq } from '../ingest/store.ts'
import { join, name, type Sql, sql } from '../sql.ts'

/** Tables of facts, which a receipt counts. */
const factTables = ['orders', 'refunds', 'tickets', 'messages', 'ratings', 'observations'] as const

/** Tables that an erasure empties, each with a column `person`. */
export const erasedTables = [...factTables, 'push_targets', 'push_writes', 'push_marks'] as const

/** Instant of the account's latest erasure (column at); null when there was none. */
export function selectLatest(account: number): Sql {
  return sql`SELECT max(at) AS at FROM erasures WHERE account = ${account}`
}

/**
 * Fails, and with it the whole transaction, when somebody was erased since `latest` was read: what is about to be
 * written may be about them.
 */
export function nobodyErasedSince(account: number, latest: number | null): Sql {
  return sql`SELECT json(CASE WHEN (SELECT max(at) FROM erasures WHERE account = ${account}) IS ${latest}
    THEN '1' ELSE 'erased meanwhile' END)`
}

/** Erasure instants (column at) of those hashes that were erased. */
export function selectTombstones(account: number, hashes: Iterable<string>): Sql {
  return sql`SELECT t.hash, t.at FROM json_each(${JSON.stringify([...hashes])}) h
    CROSS JOIN tombstones t ON t.account = ${account} AND t.hash = h.value`
}

export function insertTombstones(account: number, hashes: Iterable<string>, now: number): Sql {
  return sql`INSERT INTO tombstones (account, hash, at)
    SELECT ${account}, value, ${now} FROM json_each(${JSON.stringify([...hashes])}) WHERE true
    ON CONFLICT (account, hash) DO UPDATE SET at = max(at, excluded.at)`
}

/** Deletes messages and ratings that wait for tickets which will not come. */
export function forgetWaiting(account: number, tickets: readonly string[]): Sql[] {
  return ['messages', 'ratings'].map(
    (table) => sql`DELETE FROM ${name(table)} WHERE account = ${account} AND person = 0
      AND ticket IN (SELECT value FROM json_each(${JSON.stringify(tickets)}))`,
  )
}

/**
 * What a person was known by, each in a column `key`: own keys of its profiles, all keys that lead to them, its
 * tickets, persons merged into it.
 */
export function selectTraces(account: number, person: number): Sql[] {
  const mine = sql`account = ${account} AND person = ${person}`
  return [
    sql`SELECT p.key FROM profiles p WHERE ${mine}`,
    sql`SELECT i.key FROM profiles p CROSS JOIN identities i
      ON i.account = ${account} AND i.profile = p.key
      WHERE p.account = ${account} AND p.person = ${person}`,
    sql`SELECT id AS key FROM tickets WHERE ${mine}`,
    sql`SELECT DISTINCT from_person AS key FROM moves WHERE account = ${account} AND into_person = ${person}`,
  ]
}

/** Forgets the texts of messages of some persons (0: of tickets not seen yet) from before an instant. */
export function forgetTexts(account: number, first: number, last: number, before: number): Sql {
  return sql`UPDATE messages SET text = NULL, sentiment = json_remove(sentiment, '$.evidence')
    WHERE account = ${account}
    AND person BETWEEN ${first} AND ${last} AND text IS NOT NULL AND at < ${before}`
}

export interface Erasure {
  account: number
  person: number
  /** Whose profiles went to this person. */
  merged: readonly number[]
  /** Hashes of all keys and tickets. */
  hashes: Iterable<string>
  /** First persons of the column ranges in which any of them may stand. */
  ranges: readonly number[]
  /** What was written to the person's users at the help desk is emptied there. */
  clearDesk: boolean
  now: number
  actor: string
}

/**
 * Statements that erase a person: journal, facts, identities, profiles, moves, columns; the row stays so that no id
 * returns. The first outcome is the receipt (column facts), or nothing when there is no such person; the last one
 * counts profiles.
 */
export function erase(erasure: Erasure): Sql[] {
  const { account, person, merged, hashes, ranges, clearDesk, now, actor } = erasure
  const mine = sql`account = ${account} AND person = ${person}`
  const profiles = sql`(SELECT key FROM profiles WHERE ${mine})`
  const places = (kind: string, table: string) => sql`DELETE FROM places WHERE account = ${account}
    AND (kind, id) IN (SELECT ${kind}, id FROM ${name(table)} WHERE ${mine})`
  const counts = join(
    factTables.map((table) => sql`${table}, (SELECT count(*) FROM ${name(table)} WHERE ${mine})`),
    sql`, `,
    sql``,
  )
  return [
    sql`INSERT INTO erasures (account, at, person, actor, facts)
      SELECT ${account}, ${now}, ${person}, ${actor}, json_object(${counts})
      WHERE EXISTS (SELECT 1 FROM profiles WHERE ${mine}) RETURNING facts`,
    sql`INSERT INTO journal (account, seq, at, persons)
      VALUES (${account}, ${nextSeq(account)}, ${now}, json_array(${person}))`,
    places('order', 'orders'),
    places('refund', 'refunds'),
    places('ticket', 'tickets'),
    insertTombstones(account, hashes, now),
    sql`DELETE FROM identities WHERE account = ${account} AND profile IN ${profiles}`,
    sql`DELETE FROM suggestions WHERE account = ${account} AND (person = ${person} OR other = ${person})`,
    sql`DELETE FROM moves WHERE account = ${account}
      AND (into_person = ${person} OR from_person = ${person})`,
    sql`INSERT INTO persons (account, id, seq) VALUES (${account}, ${person}, 0)
      ON CONFLICT (account, id) DO UPDATE SET name = NULL, card = '{}'`,
    sql`UPDATE persons SET name = NULL WHERE account = ${account}
      AND id IN (SELECT value FROM json_each(${JSON.stringify(merged)}))
      AND NOT EXISTS (SELECT 1 FROM profiles p WHERE p.account = ${account} AND p.person = persons.id)`,
    ...ranges.flatMap((first) => dropRange(account, first)),
    ...(clearDesk
      ? [
          sql`UPDATE push_targets SET person = 0, wanted = '{}', because = '{}', cause = 'erased',
            changes_on = NULL, due_at = iif(batch IS NULL, ${now}, NULL)
            WHERE ${mine} AND kind = 'user' AND (has <> '{}' OR batch IS NOT NULL)`,
        ]
      : []),
    sql`DELETE FROM kept_memberships WHERE account = ${account}`,
    ...erasedTables.map((table) => sql`DELETE FROM ${name(table)} WHERE ${mine}`),
    sql`DELETE FROM profiles WHERE ${mine}`,
  ]
}

/** Erasures, the latest first, from behind one of them on. */
export function selectErasures(
  account: number,
  before: { at: number; person: number },
  limit: number,
): Sql {
  return sql`SELECT at, person, actor, facts FROM erasures
    WHERE account = ${account} AND (at, person) < (${before.at}, ${before.person})
    ORDER BY at DESC, person DESC LIMIT ${limit}`
}

/** All rows of a person, table by table in the order of `exportedTables`, as they are stored. */
export function selectAll(account: number, person: number): Sql[] {
  return exportedTables.map((table) =>
    table === 'identities'
      ? sql`SELECT i.* FROM profiles p CROSS JOIN identities i
          ON i.account = ${account} AND i.profile = p.key
          WHERE p.account = ${account} AND p.person = ${person}`
      : sql`SELECT * FROM ${name(table)} WHERE account = ${account} AND person = ${person}`,
  )
}

export const exportedTables = ['profiles', 'identities', ...erasedTables] as const
