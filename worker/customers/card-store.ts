import type { Db } from '../db.ts'
import type { Sql } from '../sql.ts'
import { sql } from '../sql.ts'

/** Journal entries that one step of evaluation looks at, and how far the cursor may lag to save its writes. */
const window = 20
const lag = 8

function evaluated(account: number): Sql {
  return sql`coalesce((SELECT evaluated FROM states WHERE account = ${account}), 0)`
}

/** The oldest open entries of the journal: what one step looks at. */
function nextEntries(account: number): Sql {
  return sql`j.seq > ${evaluated(account)} AND j.seq <= ${window - 1} + (SELECT min(seq)
    FROM journal WHERE account = ${account} AND seq > ${evaluated(account)})`
}

/** Persons named by journal entries `j` after their card's own entry. */
function stale(account: number, entries: Sql): Sql {
  return sql`journal j, json_each(j.persons) e
    LEFT JOIN persons p ON p.account = ${account} AND p.id = e.value
    WHERE j.account = ${account} AND ${entries} AND (p.id IS NULL OR p.seq < j.seq)`
}

/** Some persons whose cards are behind the journal, from its oldest open entries. */
export async function stalePersons(db: Db, account: number, most: number): Promise<number[]> {
  const rows = await db.all<{ person: number }>(
    sql`SELECT DISTINCT e.value AS person FROM ${stale(account, nextEntries(account))} LIMIT ${most}`,
  )
  return rows.map((row) => row.person)
}

export interface Backlog {
  /** Persons whose cards are behind. */
  stale: number
  lastEventAt: number | null
  /** Instant of the oldest entry not evaluated yet; null when there is none. */
  oldest: number | null
}

export async function backlog(db: Db, account: number): Promise<Backlog> {
  const row = await db.first<Backlog>(sql`SELECT
      (SELECT count(DISTINCT e.value)
        FROM ${stale(account, sql`j.seq > ${evaluated(account)}`)}) AS stale,
      (SELECT at FROM journal WHERE account = ${account} ORDER BY seq DESC LIMIT 1) AS lastEventAt,
      (SELECT min(at) FROM journal WHERE account = ${account}
        AND seq > ${evaluated(account)}) AS oldest`)
  return row ?? { stale: 0, lastEventAt: null, oldest: null }
}

export interface CardRow {
  person: number
  seq: number
  /** Facts of the person: orders, tickets, messages, ratings. */
  events: number
  card: string
}

/** Statements that save cards; one that has seen less of the journal than what is there writes nothing. */
export function saveCards(account: number, cards: readonly CardRow[]): Sql[] {
  const statements: Sql[] = []
  let lines: unknown[] = []
  let size = 0
  const flush = () => {
    if (lines.length === 0) return
    statements.push(sql`INSERT INTO persons (account, id, seq, events, card)
      SELECT ${account}, value->>0, value->>1, value->>2, value->>3
      FROM json_each(${JSON.stringify(lines)}) WHERE true
      ON CONFLICT (account, id) DO UPDATE SET seq = excluded.seq, events = excluded.events,
        card = excluded.card
      WHERE persons.seq < excluded.seq`)
    lines = []
    size = 0
  }
  for (const { person, seq, events, card } of cards) {
    lines.push([person, seq, events, card])
    size += card.length + 50
    if (size > 500_000) flush()
  }
  flush()
  return statements
}

/** Moves the cursor behind which every card is up to date; lets it lag a little, to write less. */
export function advance(account: number): Sql {
  const done = sql`coalesce(
    (SELECT min(j.seq) - 1 FROM ${stale(account, nextEntries(account))}),
    (SELECT max(j.seq) FROM journal j
      WHERE j.account = ${account} AND ${nextEntries(account)}), 0)`
  return sql`INSERT INTO states (account, evaluated)
    SELECT ${account}, done FROM (SELECT ${done} AS done) WHERE done >= ${lag}
    ON CONFLICT (account) DO UPDATE SET evaluated = excluded.evaluated
    WHERE excluded.evaluated >= states.evaluated + ${lag}`
}
