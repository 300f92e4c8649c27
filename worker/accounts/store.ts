import type { Db } from '../db.ts'
import type { Sql } from '../sql.ts'
import { sql } from '../sql.ts'
import { AppError } from '../errors.ts'
import type { Account } from './account.ts'
import { schedule, settings } from './account.ts'
import { z } from 'zod'

/** Columns of an account `a`, for selects that join it. */
export const accountColumns = sql`a.id, a.name, a.time_zone AS timeZone, a.currency, a.industry,
  a.week_start AS weekStart, a.count_unpaid AS countUnpaid, a.schedules, a.settings, a.subdomain,
  a.installation, a.app_public_key AS publicKey, a.frame_origins AS frameOrigins, a.shard, a.revision`

export interface AccountRow {
  id: number
  name: string
  timeZone: string
  currency: string
  industry: string | null
  weekStart: number
  countUnpaid: number
  schedules: string
  settings: string
  subdomain: string | null
  installation: string | null
  publicKey: string | null
  frameOrigins: string
  shard: string
  revision: number
}

/** Reads the JSON columns of a row; a row that does not parse is an internal error naming the account. */
export function accountOf(row: AccountRow): Account {
  try {
    return {
      ...row,
      countUnpaid: row.countUnpaid === 1,
      schedules: z.array(schedule).parse(JSON.parse(row.schedules)),
      settings: settings.parse(JSON.parse(row.settings)),
      frameOrigins: z.array(z.string()).parse(JSON.parse(row.frameOrigins)),
    }
  } catch (cause) {
    throw new AppError('internal', `Account ${row.id} cannot be read.`, { cause })
  }
}

export async function findAccount(control: Db, id: number): Promise<Account | null> {
  const row = await control.first<AccountRow>(
    sql`SELECT ${accountColumns} FROM accounts a WHERE a.id = ${id}`,
  )
  return row === null ? null : accountOf(row)
}

/** When an account was made, epoch ms. */
export async function createdOf(control: Db, id: number): Promise<number> {
  const row = await control.first<{ at: number }>(
    sql`SELECT created_at AS at FROM accounts WHERE id = ${id}`,
  )
  return row?.at ?? 0
}

export async function findAccountBySubdomain(
  control: Db,
  subdomain: string,
): Promise<Account | null> {
  const row = await control.first<AccountRow>(
    sql`SELECT ${accountColumns} FROM accounts a WHERE a.subdomain = ${subdomain}`,
  )
  return row === null ? null : accountOf(row)
}

export async function listAccounts(control: Db): Promise<Account[]> {
  const rows = await control.all<AccountRow>(
    sql`SELECT ${accountColumns} FROM accounts a ORDER BY a.id`,
  )
  return rows.map(accountOf)
}

/** Adds an account and returns its id; with `id` given, adds it only when that id is free. */
export function insertAccount(
  account: {
    id?: number
    name: string
    timeZone: string
    currency: string
    industry?: string | undefined
  },
  now: number,
): Sql {
  return sql`INSERT INTO accounts (id, name, time_zone, currency, industry, created_at)
    VALUES (${account.id ?? null}, ${account.name}, ${account.timeZone}, ${account.currency},
      ${account.industry ?? null}, ${now})
    ON CONFLICT (id) DO NOTHING RETURNING id`
}

/** Writes all settings of an account; returns a row unless another account has its sub-domain. */
export function saveAccount(account: Account): Sql {
  return sql`UPDATE accounts SET name = ${account.name}, time_zone = ${account.timeZone},
      currency = ${account.currency}, industry = ${account.industry},
      week_start = ${account.weekStart}, count_unpaid = ${account.countUnpaid ? 1 : 0},
      schedules = ${JSON.stringify(account.schedules)},
      settings = ${JSON.stringify(account.settings)}, subdomain = ${account.subdomain},
      installation = ${account.installation}, app_public_key = ${account.publicKey},
      frame_origins = ${JSON.stringify(account.frameOrigins)}, revision = ${account.revision}
    WHERE id = ${account.id} AND NOT EXISTS (
      SELECT 1 FROM accounts o WHERE o.subdomain = ${account.subdomain} AND o.id <> ${account.id})
    RETURNING id`
}
