import type { Account } from '../accounts/account.ts'
import type { Role } from '../auth/catalog.ts'
import type { Db } from '../db.ts'
import { pace } from './catalog.ts'
import { openDesk } from './desk.ts'
import * as shapes from './shapes.ts'
import { findConnection } from './store.ts'
import type { Means } from './tokens.ts'

/** Opening the app does not wait longer for this (ms). */
const patience = 3_000

/** A help-desk user as the help desk knows them now. */
export interface Seen {
  id: string
  name: string | undefined
  role: Role
}

/**
 * The role of a help-desk user, looked up there when what we know is older than a quarter of an hour; null when there
 * is nothing newer to say: it is young, nothing is connected, or no answer came in time.
 */
export async function roleNow(
  db: Db,
  account: Account,
  means: Means | null,
  member: { id: string; checkedAt: number },
): Promise<Seen | null> {
  if (means === null || means.outside.now() - member.checkedAt < pace.role) return null
  const connection = await findConnection(db, account.id)
  if (connection?.state !== 'connected') return null
  const desk = openDesk(db, account, connection, means)
  const path = `/api/v2/users/${encodeURIComponent(member.id)}.json`
  const asked = desk.ask({ path }, shapes.oneUser)
  const late = new Promise<null>((resolve) => setTimeout(() => resolve(null), patience))
  const reply = await Promise.race([asked, late])
  if (reply === null || !reply.ok) return null
  const { id, name, role } = reply.body.user
  return { id, name: name ?? undefined, role: role === 'admin' ? 'admin' : 'agent' }
}
