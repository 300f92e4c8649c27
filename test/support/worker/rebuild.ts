import { env } from 'cloudflare:workers'
import { findAccount } from '../../../worker/accounts/store.ts'
import { journalEverybody } from '../../../worker/cards/store.ts'
import { dataOf, noCost, openDb } from '../../../worker/db.ts'
import { keepUp } from '../../../worker/jobs.ts'
import { guardedEnv } from './guard.ts'

/** Runs the jobs of one account until nothing is left to do; the clock stands a little ahead. */
export async function keepUpWith(account: number): Promise<void> {
  const bindings = guardedEnv()
  const found = await findAccount(openDb(bindings.CONTROL, noCost()), account)
  if (found === null) throw new Error(`There is no account ${account}.`)
  for (let round = 0; round < 3; round += 1) {
    await keepUp(dataOf(guardedEnv(), found.shard, noCost()), found, Date.now() + 3_000)
  }
}

/** What is derived of every person: the cards without the moment they were made at. */
export async function derived(account: number): Promise<Record<string, unknown>> {
  const { results } = await env.SHARD_00.prepare(
    "SELECT id, json_remove(card, '$.at') AS card, name, merged_into FROM persons WHERE account = ? ORDER BY id",
  )
    .bind(account)
    .all<{ id: number; card: string; name: string | null; merged_into: number | null }>()
  return Object.fromEntries(
    results.map((row) => [row.id, [JSON.parse(row.card), row.name, row.merged_into]]),
  )
}

/** Throws away everything derived and derives it again from the rows. */
export async function rebuild(account: number): Promise<void> {
  const database = env.SHARD_00
  await database.batch([
    database.prepare("UPDATE persons SET card = '{}', seq = 0 WHERE account = ?").bind(account),
    database.prepare('DELETE FROM lines WHERE account = ?').bind(account),
    database.prepare("UPDATE states SET lines = '{}' WHERE account = ?").bind(account),
    database.prepare('DELETE FROM chunks WHERE account = ?').bind(account),
  ])
  const db = dataOf(guardedEnv(), 'SHARD_00', noCost())
  const [state] = await db.all<{ basis: string }>({
    text: 'SELECT basis FROM states WHERE account = ?',
    params: [account],
  })
  await db.batch(journalEverybody(account, state?.basis ?? '', Date.now()))
  await keepUpWith(account)
}
