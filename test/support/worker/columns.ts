import { env } from 'cloudflare:workers'
import type { Account } from '../../../worker/accounts/account.ts'
import { type Compaction, compactNext } from '../../../worker/compact.ts'
import { findAccount } from '../../../worker/accounts/store.ts'
import type { Facts } from '../../../worker/customers/facts.ts'
import { plainPerson } from '../../../worker/customers/plain.ts'
import type { Need } from '../../../worker/customers/slices.ts'
import { type Db, noCost, openDb } from '../../../worker/db.ts'
import { eachRange, factsIn, loadPersons, type RangeOptions } from '../../../worker/load.ts'
import { guardedEnv } from './guard.ts'

/** The data of an account as the Worker sees it, behind the guard; each call counts its own cost. */
export async function opened(id: number): Promise<{ db: Db; account: Account }> {
  const account = await findAccount(openDb(env.CONTROL, noCost()), id)
  if (account === null) throw new Error(`no account ${id}`)
  return { db: openDb(guardedEnv().SHARD_00, noCost()), account }
}

/** Everything that the tests store. */
export const everything: Need[] = [
  'orders',
  'orders.at',
  'orders.total',
  'orders.status',
  'orders.currency',
  'orders.id',
  'orders.property:color',
  'orders.property:size',
  'lines',
  'lines.sku',
  'lines.title',
  'lines.property:color',
  'tickets',
  'tickets.id',
  'tickets.outcomes',
  'tickets.field:color',
  'messages',
  'messages.id',
  'ratings',
  'ratings.id',
  'surveys',
  'surveys.ticket',
  'sentiment',
  'observations',
  'profiles',
]

function add(known: Map<number, string>, facts: Facts): void {
  facts.persons.forEach((person, i) => {
    if (known.has(person)) throw new Error(`person ${person} comes twice`)
    known.set(person, plainPerson(facts, i))
  })
}

/** What a pass over an account says of each person. */
export async function fromColumns(
  db: Db,
  account: Account,
  options: RangeOptions,
): Promise<Map<number, string>> {
  const known = new Map<number, string>()
  for await (const range of eachRange(db, account, everything, options)) {
    for (const facts of factsIn(range)) add(known, facts)
  }
  return new Map([...known].toSorted(([a], [b]) => a - b))
}

/** The same from the rows of everybody who has any. */
export async function fromRows(db: Db, account: Account): Promise<Map<number, string>> {
  const tables = ['profiles', 'orders', 'refunds', 'tickets', 'messages', 'ratings', 'observations']
  const outcomes = await env.SHARD_00.batch<{ person: number }>(
    tables.map((table) =>
      env.SHARD_00.prepare(
        `SELECT DISTINCT person FROM ${table} WHERE account = ? AND person > 0`,
      ).bind(account.id),
    ),
  )
  const persons = outcomes.flatMap(({ results }) => results.map(({ person }) => person))
  const { facts } = await loadPersons(db, account, persons)
  const known = new Map<number, string>()
  add(known, facts)
  return known
}

/** A database that calls `before` ahead of every batch, numbered from 0; what it throws, the batch throws. */
export function interrupted(db: Db, before: (batch: number) => Promise<void> | void): Db {
  let count = 0
  return {
    ...db,
    async batch(statements) {
      count += 1
      await before(count - 1)
      return await db.batch(statements)
    },
  }
}

/** Compacts until nothing is left to do; what each step did. */
export async function compactAll(
  db: Db,
  account: Account,
  now: number,
  rangeSize: number,
): Promise<Compaction['done'][]> {
  const steps: Compaction['done'][] = []
  for (let k = 0; k < 50; k += 1) {
    const { done } = await compactNext(db, account, { now, holder: 'test', rangeSize })
    if (done === 'nothing') return steps
    steps.push(done)
  }
  throw new Error('compaction does not come to an end')
}
