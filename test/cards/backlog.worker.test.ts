import { expect, test } from 'vitest'
import { findAccount } from '../../worker/accounts/store.ts'
import { backlog, journalPersons } from '../../worker/cards/store.ts'
import { dataOf, noCost, openDb } from '../../worker/db.ts'
import { evaluateStale } from '../../worker/evaluate.ts'
import { json, newAccount } from '../support/worker/api.ts'
import { guardedEnv } from '../support/worker/guard.ts'

test('a new customer is not kept waiting behind entries whose cards are made already', async () => {
  const { id, key } = await newAccount()
  const db = dataOf(guardedEnv(), 'SHARD_00', noCost())
  const account = await findAccount(openDb(guardedEnv().CONTROL, noCost()), id)
  if (account === null) throw new Error('no account')
  await json('PUT', '/v1/customers', { key, body: [{ id: 'shop:1', name: 'Ada' }] })
  // One customer in a hundred entries, which one card settles; the journal is looked at twenty by twenty.
  for (let n = 0; n < 100; n += 1) await db.batch(journalPersons(id, [1], Date.now()))
  while ((await evaluateStale(db, account, Date.now())) > 0);
  await db.batch(journalPersons(id, [2], Date.now()))
  expect((await backlog(db, id)).stale).toBe(1)
  expect(await evaluateStale(db, account, Date.now())).toBe(1)
  expect((await backlog(db, id)).stale).toBe(0)
})
