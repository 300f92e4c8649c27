import { type Sql, sql } from '../sql.ts'
import type { Value } from './values.ts'

/** Names and types of what acting on lists has put on persons. */
export function selectActions(account: number): Sql {
  return sql`SELECT name, type, actor, at, total FROM push_actions WHERE account = ${account}
    ORDER BY at DESC`
}

export interface ActionRow {
  name: string
  type: 'checkbox' | 'text'
  actor: string
  at: number
  total: number
}

/** Notes an action on a list, and what it puts on persons; a null value takes it away again. */
export function saveAction(
  account: number,
  action: Omit<ActionRow, 'total'>,
  value: Value | null,
  persons: readonly number[],
): Sql[] {
  const { name, type, actor, at } = action
  const total = persons.length
  const parts: Sql[] = []
  for (let start = 0; start < persons.length; start += 5_000) {
    const some = JSON.stringify(persons.slice(start, start + 5_000))
    parts.push(
      value === null
        ? sql`DELETE FROM push_marks WHERE account = ${account} AND name = ${name}
            AND person IN (SELECT value FROM json_each(${some}))`
        : sql`INSERT INTO push_marks (account, person, name, value)
            SELECT ${account}, e.value, ${name}, ${JSON.stringify(value)} FROM json_each(${some}) e
            WHERE EXISTS (SELECT 1 FROM profiles p WHERE p.account = ${account} AND p.person = e.value)
            ON CONFLICT (account, person, name) DO UPDATE SET value = excluded.value
            WHERE push_marks.value <> excluded.value`,
    )
  }
  return [
    sql`INSERT INTO push_actions (account, name, type, actor, at, total)
      VALUES (${account}, ${name}, ${type}, ${actor}, ${at}, ${total})
      ON CONFLICT (account, name) DO UPDATE SET actor = excluded.actor, at = excluded.at,
        total = excluded.total`,
    ...parts,
    // Its field may have to be made.
    sql`UPDATE push_states SET fields = json_set(fields, '$.at', 0) WHERE account = ${account}`,
  ]
}
