import type { Param, Sql } from '../sql.ts'
import { join, name, place, sql } from '../sql.ts'

/** How the facts of a noun are stored. Columns are the ones after person, at, id and profile. */
export interface Noun {
  kind: 'order' | 'refund' | 'ticket'
  table: string
  columns: readonly string[]
}

export const nouns = {
  order: {
    kind: 'order',
    table: 'orders',
    columns: ['channel', 'status', 'currency', 'total', 'paid', 'detail'],
  },
  refund: { kind: 'refund', table: 'refunds', columns: ['currency', 'amount', 'order_id'] },
  ticket: {
    kind: 'ticket',
    table: 'tickets',
    columns: [
      'channel',
      'status',
      'type',
      'subject',
      'solved_at',
      'reopens',
      'assignee',
      'assignee_name',
      'group_name',
      'detail',
    ],
  },
} as const satisfies Record<string, Noun>

/** A fact about a customer, as stored: the key that names its owner, instant, id, update instant, columns. */
export interface OwnedFact {
  key: string
  at: number
  id: string
  updatedAt: number | null
  values: readonly Param[]
}

/** Next entry of the journal; never below what was evaluated, so that pruning it is safe. */
export function nextSeq(account: number): Sql {
  return sql`1 + max(
    coalesce((SELECT max(seq) FROM journal WHERE account = ${account}), 0),
    coalesce((SELECT evaluated FROM states WHERE account = ${account}), 0))`
}

/** Appends the persons selected by `persons` (column person) to the journal; none, no row. */
export function journal(account: number, now: number, withs: Sql, persons: Sql): Sql {
  return sql`${withs} INSERT INTO journal (account, seq, at, persons)
    SELECT ${account}, ${nextSeq(account)}, ${now}, json_group_array(person)
    FROM (${persons}) WHERE person > 0 HAVING count(*) > 0`
}

/** `f.column IS NOT r.column` for each column, joined by OR. */
function differs(columns: readonly string[]): Sql {
  return join(
    columns.map((column) => sql`f.${name(column)} IS NOT r.${name(column)}`),
    sql` OR `,
    sql`FALSE`,
  )
}

/** The newer of two records wins; equal or absent update instants let the later arrival win. */
const accepted = sql`(f.updated_at IS NULL OR r.updated_at IS NULL OR r.updated_at >= f.updated_at)`
const newer = sql`(r.updated_at > f.updated_at OR (f.updated_at IS NULL AND r.updated_at IS NOT NULL))`

function list(columns: readonly string[], prefix: Sql): Sql {
  return join(
    columns.map((column) => sql`${prefix}${name(column)}`),
    sql`, `,
    sql``,
  )
}

function assignments(columns: readonly string[]): Sql {
  return join(
    columns.map((column) => sql`${name(column)} = excluded.${name(column)}`),
    sql`, `,
    sql``,
  )
}

/**
 * Statements that store facts under their owners: journal first, then rows that moved away, rows, places. The
 * owner is resolved inside each statement. The third outcome counts the facts that changed. Ids are unique
 * within one call.
 */
export function storeOwned(
  account: number,
  noun: Noun,
  facts: readonly OwnedFact[],
  now: number,
): Sql[] {
  const table = name(noun.table)
  const lines = JSON.stringify(facts.map((f) => [f.key, f.at, f.id, f.updatedAt, ...f.values]))
  const values = join(
    noun.columns.map((column, index) => sql`value->>${place(index + 4)} AS ${name(column)}`),
    sql`, `,
    sql``,
  )
  const r = sql`WITH l AS MATERIALIZED (
      SELECT value->>0 AS key, value->>1 AS at, value->>2 AS id, value->>3 AS updated_at, ${values}
      FROM json_each(${lines})),
    r AS MATERIALIZED (
      SELECT l.*, i.profile, o.person, p.person AS was, p.at AS was_at FROM l
      CROSS JOIN identities i ON i.account = ${account} AND i.key = l.key
      CROSS JOIN identities o ON o.account = ${account} AND o.key = i.profile
      LEFT JOIN places p ON p.account = ${account} AND p.kind = ${noun.kind} AND p.id = l.id)`
  const w = sql`${r}, w AS MATERIALIZED (SELECT r.*, f.id IS NOT NULL AS held FROM r
      LEFT JOIN ${table} f
        ON f.account = ${account} AND f.person = r.was AND f.at = r.was_at AND f.id = r.id
      WHERE f.id IS NULL OR (${accepted} AND (f.person <> r.person OR f.at <> r.at OR ${newer}
        OR ${differs(noun.columns)})))`
  const stored = sql`EXISTS (SELECT 1 FROM ${table} f WHERE f.account = ${account}
    AND f.person = r.person AND f.at = r.at AND f.id = r.id)`
  const columns = list(noun.columns, sql``)
  return [
    // Who has no card yet is told of too: a refused record may have been the first word of somebody.
    journal(
      account,
      now,
      w,
      sql`SELECT person FROM w UNION SELECT was FROM w WHERE held
        UNION SELECT person FROM r WHERE NOT EXISTS (SELECT 1 FROM persons q
          WHERE q.account = ${account} AND q.id = r.person)`,
    ),
    sql`${w} DELETE FROM ${table} WHERE account = ${account} AND (person, at, id) IN (
        SELECT was, was_at, id FROM w WHERE held AND (was <> person OR was_at <> at))`,
    sql`${w} INSERT INTO ${table} (account, person, at, id, profile, updated_at, ${columns})
      SELECT ${account}, person, at, id, profile, updated_at, ${columns} FROM w WHERE true
      ON CONFLICT (account, person, at, id) DO UPDATE SET ${assignments(noun.columns)},
        profile = excluded.profile,
        updated_at = coalesce(excluded.updated_at, ${table}.updated_at)`,
    ...(noun.kind === 'ticket' ? followTickets(account, r, stored) : []),
    sql`${r} INSERT INTO places (account, kind, id, person, at)
      SELECT ${account}, ${noun.kind}, r.id, r.person, r.at FROM r
      WHERE (r.was IS NULL OR r.was <> r.person OR r.was_at <> r.at) AND ${stored}
      ON CONFLICT (account, kind, id) DO UPDATE SET person = excluded.person, at = excluded.at`,
  ]
}

/** Messages and ratings go where their ticket goes; those that came before it wait under person 0. */
function followTickets(account: number, r: Sql, stored: Sql): Sql[] {
  return ['messages', 'ratings'].map(
    (table) => sql`${r}, moved AS MATERIALIZED (
        SELECT coalesce(r.was, 0) AS was, r.id, r.person FROM r
        WHERE (r.was IS NULL OR r.was <> r.person) AND ${stored})
      UPDATE ${name(table)} SET person = (SELECT m.person FROM moved m WHERE m.id = ticket)
      WHERE account = ${account} AND (person, ticket) IN (SELECT was, id FROM moved)`,
  )
}

/** A fact about a ticket: messages and ratings. */
export interface TicketFact {
  ticket: string
  id: string
  updatedAt: number | null
  values: readonly Param[]
}

export const ticketNouns = {
  message: { table: 'messages', columns: ['at', 'author', 'public', 'text', 'sentiment'] },
  rating: {
    table: 'ratings',
    columns: [
      'offered_at',
      'rated_at',
      'level',
      'scale',
      'reasons',
      'comment',
      'agent',
      'agent_name',
      'group_name',
    ],
  },
} as const satisfies Record<string, { table: string; columns: readonly string[] }>

/** Statements that store messages or ratings under the person of their ticket; the second counts changes. */
export function storeOfTickets(
  account: number,
  noun: (typeof ticketNouns)[keyof typeof ticketNouns],
  facts: readonly TicketFact[],
  now: number,
): Sql[] {
  const table = name(noun.table)
  const lines = JSON.stringify(facts.map((f) => [f.ticket, f.id, f.updatedAt, ...f.values]))
  const values = join(
    noun.columns.map((column, index) => sql`value->>${place(index + 3)} AS ${name(column)}`),
    sql`, `,
    sql``,
  )
  const w = sql`WITH l AS MATERIALIZED (
      SELECT value->>0 AS ticket, value->>1 AS id, value->>2 AS updated_at, ${values}
      FROM json_each(${lines})),
    r AS MATERIALIZED (SELECT l.*, coalesce(p.person, 0) AS person FROM l
      LEFT JOIN places p ON p.account = ${account} AND p.kind = 'ticket' AND p.id = l.ticket),
    w AS MATERIALIZED (SELECT r.* FROM r LEFT JOIN ${table} f
      ON f.account = ${account} AND f.person = r.person AND f.ticket = r.ticket AND f.id = r.id
      WHERE f.id IS NULL OR (${accepted} AND (${newer} OR ${differs(noun.columns)})))`
  const columns = list(noun.columns, sql``)
  return [
    journal(account, now, w, sql`SELECT DISTINCT person FROM w`),
    sql`${w} INSERT INTO ${table} (account, person, ticket, id, updated_at, ${columns})
      SELECT ${account}, person, ticket, id, updated_at, ${columns} FROM w WHERE true
      ON CONFLICT (account, person, ticket, id) DO UPDATE SET ${assignments(noun.columns)},
        updated_at = coalesce(excluded.updated_at, ${table}.updated_at)`,
  ]
}

/** Statements that delete one fact that has an owner; the second returns its id when there was one. */
export function deleteOwned(account: number, noun: Noun, id: string, now: number): Sql[] {
  const table = name(noun.table)
  const p = sql`(SELECT person, at FROM places
    WHERE account = ${account} AND kind = ${noun.kind} AND id = ${id})`
  const mine = sql`account = ${account} AND person = (SELECT person FROM ${p})`
  const followers = ['messages', 'ratings'].map(
    (follower) => sql`DELETE FROM ${name(follower)} WHERE ${mine} AND ticket = ${id}`,
  )
  return [
    sql`INSERT INTO journal (account, seq, at, persons)
      SELECT ${account}, ${nextSeq(account)}, ${now}, json_array(person) FROM ${p} WHERE true`,
    sql`DELETE FROM ${table} WHERE ${mine} AND at = (SELECT at FROM ${p}) AND id = ${id} RETURNING id`,
    ...(noun.kind === 'ticket' ? followers : []),
    sql`DELETE FROM places WHERE account = ${account} AND kind = ${noun.kind} AND id = ${id}`,
  ]
}
