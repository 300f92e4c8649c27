import { env } from 'cloudflare:workers'
import { expect, test } from 'vitest'
import type { Account } from '../../worker/accounts/account.ts'
import { checkRange, compactNext, pruneSeen } from '../../worker/compact.ts'
import { type Db, noCost } from '../../worker/db.ts'
import type { Need } from '../../worker/customers/slices.ts'
import { eachRange, factsIn, type RangeOptions } from '../../worker/load.ts'
import { json, newAccount } from '../support/worker/api.ts'
import {
  compactAll,
  fromColumns,
  fromRows,
  interrupted,
  opened,
} from '../support/worker/columns.ts'

/** Later than everything the tests store: journal entries bear the real time. */
const LATER = Date.parse('2100-01-01T00:00:00Z')
const MINUTE = 60_000

let serial = 0
const order = (customer: string, overrides: Record<string, unknown> = {}) => {
  serial += 1
  return {
    id: `n${serial}`,
    channel: 'web',
    customer: { id: customer },
    placedAt: '2026-03-01T10:00:00Z',
    status: 'paid',
    currency: 'GBP',
    total: 100,
    ...overrides,
  }
}

/** An account with one order for each of so many persons. */
async function shop(persons: number, overrides: Record<string, unknown> = {}) {
  const { id, key } = await newAccount(overrides)
  const body = Array.from({ length: persons }, (_, k) => order(`c${k + 1}`))
  await json('PUT', '/v1/orders', { key, body })
  const put = (...orders: ReturnType<typeof order>[]) =>
    json('PUT', '/v1/orders', { key, body: orders })
  return { id, key, put, ...(await opened(id)) }
}

/** Rows read by a question, and the total of orders it has seen. */
async function ask(account: number, needs: Need[], options: RangeOptions) {
  const world = await opened(account)
  const before = { ...noCost(), ...world.db.cost }
  let orders = 0
  for await (const range of eachRange(world.db, world.account, needs, options)) {
    for (const facts of factsIn(range)) orders += facts.orders.day.length
  }
  const { read, queries } = world.db.cost
  return { orders, read: read - before.read, queries: queries - before.queries }
}

/** Says that all cards have seen the journal up to an entry. */
async function evaluated(account: number, seq: number) {
  await env.SHARD_00.prepare(
    `INSERT INTO states (account, evaluated) VALUES (?1, ?2)
     ON CONFLICT (account) DO UPDATE SET evaluated = ?2`,
  )
    .bind(account, seq)
    .run()
}

async function expectSame(db: Db, account: Account, rangeSize: number) {
  expect(await fromColumns(db, account, { rangeSize })).toEqual(await fromRows(db, account))
}

test('a question reads a row for each slice of a range and the whole timelines of the tail', async () => {
  const { id, db, account, put } = await shop(90)
  const costs = async (rangeSize: number) => {
    await env.SHARD_00.prepare('DELETE FROM chunks WHERE account = ?').bind(id).run()
    await compactAll(db, account, LATER + rangeSize, rangeSize)
    return await ask(id, ['orders'], { rangeSize })
  }
  // The directory, the highest journal entry, the last person, and per range: persons and orders.
  expect(await costs(100)).toMatchObject({ orders: 90, read: 3 + 2 })
  expect(await costs(31)).toMatchObject({ orders: 90, read: 3 + 3 * 2 })
  await put(order('c40'), order('c41'))
  const tail = await ask(id, ['orders'], { rangeSize: 31 })
  expect(tail.orders).toBe(92)
  // At most twenty rows for a person with two orders, in seven nouns; one for the journal entry.
  expect(tail.read).toBeLessThanOrEqual(9 + 1 + 2 * 20)
  const details = await ask(id, ['orders.id', 'lines.sku', 'orders.property:none'], {
    rangeSize: 31,
  })
  expect(details.read).toBeLessThanOrEqual(tail.read + 3 * 3)
})

test('without columns the same question reads all rows, and answers the same', async () => {
  const { id } = await shop(90)
  const { orders, read } = await ask(id, ['orders'], { rangeSize: 31 })
  expect(orders).toBe(90)
  expect(read).toBeGreaterThan(180)
})

test('a range is due when it is absent, has 300 persons in its tail, or one for ten minutes', async () => {
  const { db, account, put, key } = await shop(400)
  const step = (now: number) => compactNext(db, account, { now, holder: 'a', rangeSize: 500 })
  expect(await step(Date.now())).toEqual({ done: 'compacted', first: 0, left: 0 })
  expect(await step(LATER)).toEqual({ done: 'nothing', first: null, left: 0 })
  await put(order('c7'))
  expect(await step(Date.now())).toMatchObject({ done: 'nothing' })
  expect(await step(Date.now() + 10 * MINUTE)).toMatchObject({ done: 'compacted' })
  const body = Array.from({ length: 301 }, (_, k) => order(`c${k + 1}`))
  await json('PUT', '/v1/orders', { key, body })
  expect(await step(Date.now())).toMatchObject({ done: 'compacted' })
  await expectSame(db, account, 500)
})

test('what happens between two pages of a range is in its tail', async () => {
  const { id, key, db, account, put } = await shop(1_200)
  let pages = 0
  const slow = interrupted(db, async (batch) => {
    if (batch < 2) return
    pages += 1
    // From a page that is read into one that is not, and the other way round.
    if (batch === 2) {
      await json('POST', '/v1/customers/1100/merge', { key, body: { from: 3 } })
      await json('POST', '/v1/customers/4/merge', { key, body: { from: 1101 } })
      await put(order('c5'), order('c1102'), order('brand new'))
    }
  })
  const step = { now: LATER, holder: 'a', rangeSize: 2_000 }
  expect(await compactNext(slow, account, step)).toMatchObject({ done: 'compacted' })
  expect(pages).toBeGreaterThan(2)
  await expectSame(db, account, 2_000)
  const again = await opened(id)
  await compactAll(again.db, account, LATER, 2_000)
  await expectSame(again.db, account, 2_000)
})

test('who moves while a tail is being read is read again', async () => {
  const { id, key, db, account, put } = await shop(6)
  await compactAll(db, account, LATER, 10)
  await put(order('c2'))
  const world = await opened(id)
  const moving = interrupted(world.db, async (batch) => {
    if (batch === 2) await json('POST', '/v1/customers/5/merge', { key, body: { from: 2 } })
  })
  expect(await fromColumns(moving, account, { rangeSize: 10 })).toEqual(await fromRows(db, account))
})

test('of two compactions the one that has seen less writes nothing', async () => {
  const { id, db, account, put } = await shop(6)
  const early = { now: LATER, holder: 'early', rangeSize: 10 }
  const late = { now: LATER + 5 * MINUTE, holder: 'late', rangeSize: 10 }
  const slow = interrupted(db, async (batch) => {
    if (batch !== 2) return
    await put(order('c1'))
    const other = await opened(id)
    expect(await compactNext(other.db, account, late)).toMatchObject({ done: 'compacted' })
  })
  expect(await compactNext(slow, account, early)).toMatchObject({ done: 'raced' })
  expect((await ask(id, ['orders'], { rangeSize: 10 })).read).toBe(5)
  await expectSame(db, account, 10)
})

test('a lease keeps others away until it runs out', async () => {
  const { db, account } = await shop(3)
  const killed = interrupted(db, (batch) => {
    if (batch === 1) throw new Error('killed')
  })
  const step = { now: LATER, holder: 'a', rangeSize: 10 }
  await expect(compactNext(killed, account, step)).rejects.toThrow('killed')
  const other = { ...step, holder: 'b' }
  expect(await compactNext(db, account, other)).toMatchObject({ done: 'busy' })
  expect(await compactNext(db, account, { ...other, now: LATER + 3 * MINUTE })).toMatchObject({
    done: 'compacted',
  })
})

test('columns of other settings count as absent', async () => {
  const { id, key, db, account } = await shop(3)
  await compactAll(db, account, LATER, 10)
  await json('PATCH', '/v1/account', { key, body: { timeZone: 'Asia/Seoul' } })
  const world = await opened(id)
  expect((await ask(id, ['orders'], { rangeSize: 10 })).read).toBeGreaterThan(8)
  await expectSame(world.db, world.account, 10)
  await compactAll(world.db, world.account, LATER, 10)
  expect((await ask(id, ['orders'], { rangeSize: 10 })).read).toBe(5)
  await expectSame(world.db, world.account, 10)
})

test('damaged columns are not used, and found by the check', async () => {
  const { id, db, account } = await shop(3)
  await compactAll(db, account, LATER, 10)
  const sample = { size: 200, random: Math.random, rangeSize: 10 }
  expect(await checkRange(db, account, 0, sample)).toEqual({
    first: 0,
    compared: 9,
    different: 0,
    unreadable: false,
  })
  await env.SHARD_00.prepare(
    `UPDATE chunks SET version = version || '!', body = replace(body, 'AAAA', 'AAAB') WHERE account = ? AND first = 0`,
  )
    .bind(id)
    .run()
  await expectSame(db, account, 10)
  expect(await checkRange(db, account, 0, sample)).toMatchObject({ unreadable: true })
  expect(await checkRange(db, account, 0, sample)).toBeNull()
  await compactAll(db, account, LATER, 10)
  expect(await checkRange(db, account, 0, sample)).toMatchObject({ different: 0 })
})

test('rows that changed without a journal entry are found by the check', async () => {
  const { id, db, account } = await shop(3)
  await compactAll(db, account, LATER, 10)
  await env.SHARD_00.prepare('UPDATE orders SET paid = 7 WHERE account = ? AND person = 2')
    .bind(id)
    .run()
  const sample = { size: 200, random: Math.random, rangeSize: 10 }
  expect(await checkRange(db, account, 0, sample)).toMatchObject({ compared: 9, different: 1 })
  await expectSame(db, account, 10)
})

test('only the persons asked for come, from columns, tail and rows', async () => {
  const { db, account, put } = await shop(30)
  await compactAll(db, account, LATER, 20)
  await put(order('c3'), order('c4'), order('new'))
  const persons = [3, 5, 25, 31, 99]
  for (const rangeSize of [20, 7]) {
    const all = await fromColumns(db, account, { rangeSize, persons })
    expect([...all.keys()]).toEqual([3, 5, 25, 31])
  }
})

test('journal entries go when cards and columns have seen them, and the last one stays', async () => {
  const { id, db, account, put } = await shop(3)
  await put(order('c1'))
  await put(order('c2'))
  expect(await pruneSeen(db, account, LATER)).toBe(0)
  await evaluated(id, 1)
  await compactAll(db, account, LATER, 10)
  await put(order('c3'))
  expect(await pruneSeen(db, account, 0)).toBe(0)
  expect(await pruneSeen(db, account, LATER)).toBe(1)
  await evaluated(id, 4)
  expect(await pruneSeen(db, account, LATER)).toBe(2)
  await expectSame(db, account, 10)
  await compactAll(db, account, LATER, 10)
  expect(await pruneSeen(db, account, LATER)).toBe(0)
  await put(order('c1'))
  await expectSame(db, account, 10)
})

test('a compaction whose tail has been pruned meanwhile writes nothing', async () => {
  const { id, db, account, put } = await shop(3)
  const slow = interrupted(db, async (batch) => {
    if (batch !== 2) return
    await put(order('c1'))
    await put(order('c2'))
    await evaluated(id, 3)
    const other = await opened(id)
    expect(await pruneSeen(other.db, account, LATER)).toBe(2)
  })
  const step = { now: LATER, holder: 'a', rangeSize: 10 }
  expect(await compactNext(slow, account, step)).toMatchObject({ done: 'raced' })
  await expectSame(db, account, 10)
})

test('ranges whose persons rest are moved on, so that the journal can be pruned', async () => {
  const { id, db, account, put } = await shop(15)
  await compactAll(db, account, LATER, 10)
  for (let k = 0; k < 60; k += 1) await put(order('c1'))
  const world = await opened(id)
  expect(await compactAll(world.db, account, LATER, 10)).toEqual(['compacted', 'moved'])
  await evaluated(id, 61)
  expect(await pruneSeen(world.db, account, LATER)).toBe(60)
  await put(order('c12'))
  await expectSame(world.db, account, 10)
})

test('columns know the names that came with orders, as the rows do', async () => {
  const { id, key } = await newAccount()
  const customer = { email: 'mina@example.com', name: 'Mina' }
  await json('PUT', '/v1/orders', { key, body: [order('', { customer })] })
  const { db, account } = await opened(id)
  await compactAll(db, account, LATER, 10)
  const known: unknown[] = []
  for await (const { facts } of eachRange(db, account, ['profiles'], { rangeSize: 10 })) {
    known.push([facts.profiles.name, facts.profiles.email])
  }
  expect(known).toEqual([[['Mina'], ['mina@example.com']]])
})

test('slices of several parts come back whole, and warm ones stay right when they are written anew', async () => {
  const { id, db, account, put } = await shop(3)
  // Orders that compress badly: a long id and title for each.
  for (let batch = 0; batch < 8; batch += 1) {
    await put(
      ...Array.from({ length: 500 }, (_, k) => {
        const title = `${k % 7}${'x'.repeat(450)}${batch} ${k}`
        return order('c1', {
          lines: [{ title, quantity: 1, total: 5 }],
          properties: { color: title },
        })
      }),
    )
  }
  await compactAll(db, account, LATER, 10)
  const { results } = await env.SHARD_00.prepare(
    "SELECT slice, max(parts) AS parts FROM chunks WHERE account = ? AND slice LIKE 'orders.p%' GROUP BY slice",
  )
    .bind(id)
    .all()
  expect(results).toEqual([{ slice: 'orders.property:color', parts: 2 }])
  await expectSame(db, account, 10)
  await expectSame(db, account, 10)
  await put(order('c2', { properties: { color: 'red' } }))
  await compactAll(db, account, LATER + 1, 10)
  await expectSame(db, account, 10)
})
