import type { Sql } from '../sql.ts'
import { sql } from '../sql.ts'

/** Subjects and comments of some ratings, looked up by their own keys. */
export function selectWords(
  account: number,
  ratings: readonly { person: number; ticket: string; id: string }[],
): Sql {
  const keys = JSON.stringify(ratings.map(({ person, ticket, id }) => [person, ticket, id]))
  return sql`SELECT r.id, r.comment, t.subject FROM json_each(${keys}) k
    CROSS JOIN ratings r ON r.account = ${account} AND r.person = k.value->>0
      AND r.ticket = k.value->>1 AND r.id = k.value->>2
    LEFT JOIN places p ON p.account = ${account} AND p.kind = 'ticket' AND p.id = r.ticket
    LEFT JOIN tickets t ON t.account = ${account} AND t.person = p.person AND t.at = p.at AND t.id = p.id`
}

/** Names and e-mails of persons, from their cards. */
export function selectContacts(account: number, persons: readonly number[]): Sql {
  return sql`SELECT id, json_extract(card, '$.name') AS name, json_extract(card, '$.email') AS email
    FROM persons WHERE account = ${account}
      AND id IN (SELECT value FROM json_each(${JSON.stringify(persons)}))`
}
