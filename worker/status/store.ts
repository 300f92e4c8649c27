import type { Db } from '../db.ts'
import type { Sql } from '../sql.ts'
import { sql } from '../sql.ts'

/** What the last self-check found when it compared persons in columns with their rows. */
export interface SelfCheck {
  /** Day of the account. */
  day: number
  at: number
  compared: number
  different: number
  unreadable: boolean
}

export async function lastCheck(db: Db, account: number): Promise<SelfCheck | null> {
  const row = await db.first<{ detail: string }>(
    sql`SELECT detail FROM jobs WHERE account = ${account} AND name = 'self-check'`,
  )
  return row === null ? null : JSON.parse(row.detail)
}

export function saveCheck(account: number, check: SelfCheck): Sql {
  return sql`INSERT INTO jobs (account, name, state, detail, updated_at)
    VALUES (${account}, 'self-check', 'done', ${JSON.stringify(check)}, ${check.at})
    ON CONFLICT (account, name) DO UPDATE SET detail = excluded.detail, updated_at = excluded.updated_at`
}
