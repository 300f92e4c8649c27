import type { Sql } from '../sql.ts'
import { sql } from '../sql.ts'
import { selectLastPerson } from '../rows.ts'

/** Newest persons whose rows are looked at for names that no columns tell yet. */
const NEWEST = 200

const isNew = (account: number) =>
  sql`account = ${account} AND person > (${selectLastPerson(account)}) - ${NEWEST}`

/** Names of the columns that bear a name of the shop's. */
export function selectNamedSlices(account: number): Sql {
  return sql`SELECT DISTINCT slice FROM chunks WHERE account = ${account} AND first >= 0
    AND instr(slice, ':') > 0`
}

/** Names of properties of orders and their lines that the newest customers have. */
export function selectOrderNames(account: number): Sql {
  return sql`WITH newest AS (SELECT detail FROM orders WHERE ${isNew(account)} LIMIT 1000)
    SELECT DISTINCT 'order' AS noun, p.key AS name
      FROM newest, json_each(newest.detail, '$.properties') p
    UNION SELECT DISTINCT 'line', p.key
      FROM newest, json_each(newest.detail, '$.lines') l, json_each(l.value, '$.properties') p`
}

/** Names of fields of tickets that the newest customers have. */
export function selectTicketNames(account: number): Sql {
  return sql`WITH newest AS (SELECT detail FROM tickets WHERE ${isNew(account)} LIMIT 1000)
    SELECT DISTINCT 'ticket' AS noun, f.key AS name
      FROM newest, json_each(newest.detail, '$.fields') f`
}
