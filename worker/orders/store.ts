import type { Sql } from '../sql.ts'
import { sql } from '../sql.ts'

/** Orders of the persons that `owners` (a condition on person) chooses. */
export function selectOrders(account: number, owners: Sql): Sql {
  return sql`SELECT person, at, id, profile, channel, status, currency, total, paid, detail FROM orders
    WHERE account = ${account} AND ${owners} ORDER BY person, at, id`
}

export function selectRefunds(account: number, owners: Sql): Sql {
  return sql`SELECT person, at, id, currency, amount, order_id AS orderId FROM refunds
    WHERE account = ${account} AND ${owners} ORDER BY person, at, id`
}

/** How many of these rates are new or different. */
export function selectNewRates(
  account: number,
  rates: readonly { day: number; from: string; to: string; rate: number }[],
): Sql {
  const lines = JSON.stringify(rates.map((rate) => [rate.from, rate.to, rate.day, rate.rate]))
  return sql`SELECT count(*) AS fresh FROM json_each(${lines}) j WHERE NOT EXISTS (
    SELECT 1 FROM rates r WHERE r.account = ${account} AND r.source = j.value->>0
      AND r.target = j.value->>1 AND r.day = j.value->>2 AND r.rate = j.value->>3)`
}

/** Statement that stores rates by day; days are integers. Counts only rates that are new or different. */
export function storeRates(
  account: number,
  rates: readonly { day: number; from: string; to: string; rate: number }[],
): Sql {
  const lines = JSON.stringify(rates.map((rate) => [rate.from, rate.to, rate.day, rate.rate]))
  return sql`INSERT INTO rates (account, source, target, day, rate)
    SELECT ${account}, value->>0, value->>1, value->>2, value->>3 FROM json_each(${lines}) WHERE true
    ON CONFLICT (account, source, target, day) DO UPDATE SET rate = excluded.rate
    WHERE rates.rate <> excluded.rate`
}

/** Rates into a currency for the given (currency, day) pairs; a pair without a rate has no row. */
export function selectRates(
  account: number,
  target: string,
  pairs: readonly { currency: string; day: number }[],
): Sql {
  const list = JSON.stringify(pairs.map(({ currency, day }) => [currency, day]))
  return sql`SELECT r.source AS currency, r.day, r.rate FROM json_each(${list}) j
    CROSS JOIN rates r ON r.account = ${account} AND r.source = j.value->>0
      AND r.target = ${target} AND r.day = j.value->>1`
}
