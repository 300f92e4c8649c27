import type { Db } from '../db.ts'
import type { Sql } from '../sql.ts'
import { forgetWaiting, insertTombstones, selectTombstones } from './store.ts'
import { hashesOf, isErased, ticketKey, type Traces } from './tombstones.ts'

/** Tells facts of erased persons from others; `ticketOf` names the ticket that a fact is, if it is one. */
export interface Reading<Fact> {
  tracesOf(fact: Fact): Traces
  ticketOf(fact: Fact): string | null
}

/**
 * The facts that may be stored, and the statements that keep what follows a refused ticket away too. Reads one row
 * for each key that was erased.
 */
export async function withoutErased<Fact>(
  db: Db,
  account: number,
  facts: readonly Fact[],
  { tracesOf, ticketOf }: Reading<Fact>,
): Promise<{ kept: Fact[]; statements: Sql[] }> {
  const hashes = await hashesOf(
    account,
    facts.flatMap((fact) => tracesOf(fact).keys),
  )
  const found = await db.all<{ hash: string; at: number }>(
    selectTombstones(account, hashes.values()),
  )
  if (found.length === 0) return { kept: [...facts], statements: [] }
  const instants = new Map(found.map(({ hash, at }) => [hash, at]))
  const erased = new Map<string, number>()
  for (const [key, hash] of hashes) {
    const at = instants.get(hash)
    if (at !== undefined) erased.set(key, at)
  }
  const refused = facts.filter((fact) => isErased(tracesOf(fact), erased))
  const tickets = refused.map(ticketOf).filter((id) => id !== null)
  const away = new Set(refused)
  const kept = facts.filter((fact) => !away.has(fact))
  if (tickets.length === 0) return { kept, statements: [] }
  const latest = Math.max(...erased.values())
  const ticketHashes = await hashesOf(account, tickets.map(ticketKey))
  return {
    kept,
    statements: [
      insertTombstones(account, ticketHashes.values(), latest),
      ...forgetWaiting(account, tickets),
    ],
  }
}
