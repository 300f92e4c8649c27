import type { Sql } from '../sql.ts'
import { sql } from '../sql.ts'

/** Orders of the persons that `owners` (a condition on person) chooses. */
export function selectOrders(account: number, owners: Sql): Sql {
  return sql`SELECT person, at, id, channel, status, currency, total, paid, detail FROM orders
    WHERE account = ${account} AND ${owners} ORDER BY person, at, id`
}

export function selectRefunds(account: number, owners: Sql): Sql {
  return sql`SELECT person, at, id, currency, amount, order_id AS orderId FROM refunds
    WHERE account = ${account} AND ${owners} ORDER BY person, at, id`
}
