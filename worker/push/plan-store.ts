import { type Sql, sql } from '../sql.ts'
import type { Cause } from './catalog.ts'
import type { Reasons } from './reason.ts'
import { type Values, canonical } from './values.ts'

export interface CardRow {
  id: number
  seq: number
  card: string
}

/** Cards of the persons behind one of them, in order. */
export function cardsBehind(account: number, person: number, most: number): Sql {
  return sql`SELECT id, seq, card FROM persons WHERE account = ${account} AND id > ${person}
    ORDER BY id LIMIT ${most}`
}

/** How many persons stand behind one of them (column n). */
export function countBehind(account: number, person: number): Sql {
  return sql`SELECT count(*) AS n FROM persons WHERE account = ${account} AND id > ${person}`
}

export function cardsOf(account: number, persons: readonly number[]): Sql {
  return sql`SELECT id, seq, card FROM persons WHERE account = ${account}
    AND id IN (SELECT value FROM json_each(${JSON.stringify(persons)}))`
}

/** The next entries of the journal, and its first one that is kept (0: none). */
export function entriesAfter(account: number, seq: number, most: number): Sql[] {
  return [
    sql`SELECT seq, persons FROM journal WHERE account = ${account} AND seq > ${seq}
      ORDER BY seq LIMIT ${most}`,
    sql`SELECT coalesce(min(seq), 0) AS seq FROM journal WHERE account = ${account}`,
  ]
}

/** Persons of whom something changes by itself up to a day. */
export function personsChanging(account: number, day: number): Sql {
  return sql`SELECT DISTINCT person FROM push_targets WHERE account = ${account} AND person > 0
    AND changes_on <= ${day}`
}

export interface MarkRow {
  person: number
  name: string
  value: string
}

export function marksOf(account: number, persons: readonly number[]): Sql {
  return sql`SELECT person, name, value FROM push_marks WHERE account = ${account}
    AND person IN (SELECT value FROM json_each(${JSON.stringify(persons)}))`
}

/** Open tickets of persons at the help desk, with when a user of theirs was last written to. */
export function openTicketsOf(account: number, persons: readonly number[]): Sql {
  return sql`SELECT t.person, t.id, (SELECT max(sent_at) FROM push_targets p
      WHERE p.account = ${account} AND p.person = t.person AND p.kind = 'user') AS changed
    FROM json_each(${JSON.stringify(persons)}) e
    CROSS JOIN tickets t ON t.account = ${account} AND t.person = e.value
      AND t.status IN ('new', 'open', 'pending', 'hold')
    WHERE t.profile LIKE 'id:zendesk:%' AND t.id NOT GLOB '*[^0-9]*'`
}

export interface Plan {
  kind: 'user' | 'ticket'
  target: string
  person: number
  wanted: Values
  because: Reasons
  changesOn: number | null
}

/**
 * Notes what users and tickets of these persons should hold; what holds it already is not due. Targets that are no
 * longer theirs go. `all`: also those that should hold nothing and were never written to.
 */
export function savePlans(
  account: number,
  plans: readonly Plan[],
  persons: readonly number[],
  { cause, now, all }: { cause: Cause; now: number; all: boolean },
): Sql[] {
  const lines = plans.map(({ kind, target, person, wanted, because, changesOn }) => [
    kind,
    target,
    person,
    canonical(wanted),
    JSON.stringify(because),
    changesOn,
  ])
  const statements: Sql[] = []
  for (let start = 0; start < lines.length; start += 1_000) {
    const some = JSON.stringify(lines.slice(start, start + 1_000))
    statements.push(sql`INSERT INTO push_targets (account, kind, target, person, wanted, because, cause,
        due_at, changes_on)
      SELECT ${account}, value->>0, value->>1, value->>2, value->>3, value->>4, ${cause},
        iif(value->>3 = '{}', NULL, ${now}), value->>5
      FROM json_each(${some})
      WHERE ${all ? 1 : 0} OR value->>3 <> '{}' OR EXISTS (SELECT 1 FROM push_targets t WHERE t.account = ${account}
        AND t.kind = value->>0 AND t.target = value->>1)
      ON CONFLICT (account, kind, target) DO UPDATE SET person = excluded.person,
        wanted = excluded.wanted, because = excluded.because, changes_on = excluded.changes_on,
        cause = iif(push_targets.wanted = excluded.wanted, push_targets.cause, excluded.cause),
        tries = iif(push_targets.wanted = excluded.wanted, push_targets.tries, 0),
        due_at = CASE WHEN push_targets.batch IS NOT NULL OR push_targets.trouble = 'gone' THEN NULL
          WHEN excluded.wanted = push_targets.has THEN NULL
          WHEN excluded.wanted = push_targets.wanted THEN coalesce(push_targets.due_at, ${now})
          ELSE ${now} END
      WHERE push_targets.wanted <> excluded.wanted OR push_targets.person <> excluded.person
        OR push_targets.changes_on IS NOT excluded.changes_on
        OR (push_targets.wanted <> push_targets.has AND push_targets.due_at IS NULL
          AND push_targets.batch IS NULL AND push_targets.trouble IS NOT 'gone')`)
  }
  const kept = plans.map(({ kind, target }) => `${kind} ${target}`)
  statements.push(sql`DELETE FROM push_targets WHERE account = ${account}
    AND person IN (SELECT value FROM json_each(${JSON.stringify(persons)}))
    AND kind || ' ' || target NOT IN (SELECT value FROM json_each(${JSON.stringify(kept)}))`)
  return statements
}

/** What is believed of targets, by `<kind> <target>`. */
export function believed(account: number, names: readonly string[]): Sql {
  return sql`SELECT e.value AS name, t.has FROM json_each(${JSON.stringify(names)}) e
    CROSS JOIN push_targets t ON t.account = ${account}
      AND t.kind = substr(e.value, 1, instr(e.value, ' ') - 1)
      AND t.target = substr(e.value, instr(e.value, ' ') + 1)`
}
