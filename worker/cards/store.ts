import type { Db } from '../db.ts'
import type { Sql } from '../sql.ts'
import { join, sql } from '../sql.ts'
import { nextSeq } from '../ingest/store.ts'
import { lastFacts } from '../rows.ts'

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

/** A person with so many events is evaluated at most once in so many milliseconds. */
const house = { events: 5_000, pause: 60_000 }

/** Some persons whose cards are behind the journal, from its oldest open entries. */
export async function stalePersons(
  db: Db,
  account: number,
  most: number,
  now: number,
): Promise<number[]> {
  const rows = await db.all<{ person: number }>(
    sql`SELECT DISTINCT e.value AS person FROM ${stale(account, nextEntries(account))}
      AND (p.id IS NULL OR p.events <= ${house.events}
        OR coalesce(json_extract(p.card, '$.at'), 0) <= ${now - house.pause}) LIMIT ${most}`,
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

/** The latest entry that tells of facts: what lines must have seen. */
export function lastSeq(account: number): Sql {
  return sql`SELECT ${lastFacts(account)} AS seq`
}

/** How many persons' facts changed after an entry, and the oldest entry that the journal still has. */
export function personsSince(account: number, seq: number): Sql {
  return sql`SELECT (SELECT count(DISTINCT e.value) FROM journal j, json_each(j.persons) e
      WHERE j.account = ${account} AND j.seq > ${seq} AND j.facts = 1) AS persons,
    (SELECT min(seq) FROM journal WHERE account = ${account}) AS oldest`
}

/** Statements that put persons on the journal although no fact of theirs changed: their cards are made again. */
export function journalPersons(account: number, persons: readonly number[], now: number): Sql[] {
  const statements: Sql[] = []
  for (let start = 0; start < persons.length; start += 2_000) {
    statements.push(sql`INSERT INTO journal (account, seq, at, persons, facts, prior)
      VALUES (${account}, ${nextSeq(account)}, ${now},
        ${JSON.stringify(persons.slice(start, start + 2_000))}, 0, ${lastFacts(account)})`)
  }
  return statements
}

/** Puts everybody on the journal, 2,000 persons to an entry, and notes what the cards will follow. */
export function journalEverybody(account: number, basis: string, now: number): Sql[] {
  return [
    sql`WITH everybody AS (SELECT DISTINCT person FROM profiles WHERE account = ${account}),
        parts AS (SELECT (row_number() OVER (ORDER BY person) - 1) / 2000 AS part, person FROM everybody)
      INSERT INTO journal (account, seq, at, persons, facts, prior)
      SELECT ${account}, ${nextSeq(account)} + part, ${now}, json_group_array(person), 0,
        ${lastFacts(account)}
      FROM parts GROUP BY part`,
    noteBasis(account, basis),
  ]
}

/** Notes what settings and segment versions the cards follow. */
export function noteBasis(account: number, basis: string): Sql {
  return sql`INSERT INTO states (account, basis) VALUES (${account}, ${basis})
    ON CONFLICT (account) DO UPDATE SET basis = excluded.basis`
}

/** Statements beside the timelines of an evaluation: human names, verified keys, open suggestions. */
export function selectExtras(
  account: number,
  persons: readonly number[],
  keys: readonly string[],
): Sql[] {
  const chosen = sql`(SELECT value FROM json_each(${JSON.stringify(persons)}))`
  return [
    sql`SELECT id, name FROM persons WHERE account = ${account} AND id IN ${chosen}
      AND name IS NOT NULL`,
    sql`SELECT key FROM identities WHERE account = ${account} AND verified = 1
      AND key IN (SELECT value FROM json_each(${JSON.stringify(keys)}))`,
    sql`SELECT person, other, key FROM suggestions WHERE account = ${account} AND state = 'open'
        AND person IN ${chosen}
      UNION ALL SELECT other, person, key FROM suggestions WHERE account = ${account}
        AND state = 'open' AND other IN ${chosen}`,
  ]
}

/** A person's card with what belongs to its answer: one statement, at most 22 rows. */
export function selectCard(account: number, person: Sql): Sql {
  return sql`SELECT q.person, p.card, p.seq, s.lines, s.agreement,
      (SELECT count(*) FROM journal j WHERE j.account = ${account}
        AND j.seq > max(coalesce(p.seq, 0), coalesce(s.evaluated, 0))
        AND instr(replace(replace(j.persons, '[', ','), ']', ','), ',' || q.person || ',') > 0
      ) AS waiting,
      (SELECT json_group_array(json_array(o.id, o.channel, o.at, o.status, o.currency, o.total, o.paid,
          json(o.detail)))
        FROM (SELECT * FROM orders WHERE account = ${account} AND person = q.person
          ORDER BY at DESC, id DESC LIMIT 10) o) AS orders
    FROM (SELECT ${person} AS person) q
    LEFT JOIN persons p ON p.account = ${account} AND p.id = q.person
    LEFT JOIN states s ON s.account = ${account}
    WHERE q.person IS NOT NULL`
}

/** The person an id stands for now: itself, or where it was merged into. */
export function personOfId(account: number, id: number): Sql {
  return sql`(SELECT coalesce((SELECT merged_into FROM persons
      WHERE account = ${account} AND id = ${id}), ${id})
    WHERE EXISTS (SELECT 1 FROM profiles WHERE account = ${account} AND person =
      coalesce((SELECT merged_into FROM persons WHERE account = ${account} AND id = ${id}), ${id})))`
}

/** The person that owns the first known of some keys. */
export function personOfKeys(account: number, keys: readonly string[]): Sql {
  const owners = keys.map(
    (key) => sql`(SELECT o.person FROM identities i
      CROSS JOIN identities o ON o.account = ${account} AND o.key = i.profile
      WHERE i.account = ${account} AND i.key = ${key})`,
  )
  return sql`coalesce(${join(owners, sql`, `, sql`NULL`)}, NULL)`
}

/** Cards of persons, in any order. */
export function selectCards(account: number, persons: readonly number[]): Sql {
  return sql`SELECT p.id, p.card FROM json_each(${JSON.stringify(persons)}) e
    CROSS JOIN persons p ON p.account = ${account} AND p.id = e.value`
}

/** Persons whose name, e-mail or phone contains a text, ignoring the case of ASCII letters. */
export function searchPersons(account: number, text: string): Sql {
  const field = (path: string) =>
    sql`instr(lower(coalesce(json_extract(card, ${path}), '')), ${text.toLowerCase()}) > 0`
  return sql`SELECT id FROM persons WHERE account = ${account}
    AND (${field('$.name')} OR ${field('$.email')} OR ${field('$.phone')})`
}
