import { type Sql, sql } from '../sql.ts'

/** A row as an observer needs it. */
export interface SeenRow {
  target: string
  has: string
  sentAt: number | null
  /** 1 when the help desk has shown what we sent. */
  confirmed: number
  trouble: string | null
}

/** What we believe of users or tickets, but of those that are being written to. */
export function observedTargets(
  account: number,
  kind: 'user' | 'ticket',
  targets: readonly string[],
): Sql {
  return sql`SELECT target, has, sent_at AS sentAt, trouble,
      sent_at IS NULL OR confirmed_at IS NOT NULL AS confirmed
    FROM push_targets WHERE account = ${account} AND kind = ${kind} AND batch IS NULL
      AND target IN (SELECT value FROM json_each(${JSON.stringify(targets)}))`
}

/** What a look has shown. */
export interface Seen {
  target: string
  /** What was believed before; null: there was no row. */
  before: string | null
  has: string
  verdict: 'confirmed' | 'drift' | 'gone'
  /** When it is put right, if that is needed. */
  again: number | null
}

/** Writes down what was seen, unless somebody wrote to it meanwhile. */
export function saveObserved(
  account: number,
  kind: 'user' | 'ticket',
  seen: readonly Seen[],
  now: number,
): Sql[] {
  const text = (list: readonly Seen[]) =>
    JSON.stringify(
      list.map(({ target, before, has, verdict, again }) => [target, before, has, verdict, again]),
    )
  const fresh = kind === 'user' ? seen.filter(({ before }) => before === null) : []
  return [
    sql`UPDATE push_targets SET has = l.has,
        confirmed_at = iif(l.verdict = 'confirmed', ${now}, confirmed_at),
        cause = iif(l.verdict = 'drift', 'drift', cause),
        trouble = iif(l.verdict = 'gone', 'gone', NULL),
        due_at = CASE WHEN l.verdict = 'gone' OR wanted = l.has THEN NULL
          WHEN l.verdict = 'confirmed' THEN coalesce(due_at, l.again) ELSE l.again END
      FROM (SELECT value->>0 AS target, value->>1 AS before, value->>2 AS has,
          value->>3 AS verdict, value->>4 AS again FROM json_each(${text(seen)})) AS l
      WHERE account = ${account} AND kind = ${kind} AND push_targets.target = l.target
        AND push_targets.has = l.before AND batch IS NULL`,
    ...(fresh.length === 0
      ? []
      : [
          sql`INSERT INTO push_targets (account, kind, target, person, wanted, has, cause, due_at)
            SELECT ${account}, 'user', value->>0, i.person, '{}', value->>2, 'drift', value->>4
            FROM json_each(${text(fresh)})
            CROSS JOIN identities i ON i.account = ${account} AND i.key = 'id:zendesk:' || (value->>0)
            WHERE i.person > 0 ON CONFLICT DO NOTHING`,
        ]),
  ]
}

/** Users behind one of them whose fields are to be read there. */
export function targetsBehind(account: number, target: string, most: number): Sql {
  return sql`SELECT target FROM push_targets WHERE account = ${account} AND kind = 'user'
    AND target > ${target} AND person > 0 ORDER BY target LIMIT ${most}`
}

/** Profiles of users that we have written to. */
export function writtenProfiles(account: number, users: readonly string[]): Sql {
  return sql`SELECT p.key, p.name, p.email, p.phone, p.created_at AS createdAt, p.traits, p.tags,
      (SELECT i.verified FROM identities i
        WHERE i.account = ${account} AND i.key = 'email:' || lower(p.email)) AS verified
    FROM json_each(${JSON.stringify(users)}) e
    CROSS JOIN push_targets t ON t.account = ${account} AND t.kind = 'user' AND t.target = e.value
      AND t.sent_at IS NOT NULL
    CROSS JOIN profiles p ON p.account = ${account} AND p.person = t.person
      AND p.key = 'id:zendesk:' || e.value`
}
