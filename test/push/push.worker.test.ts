import { env } from 'cloudflare:workers'
import { describe, expect, test } from 'vitest'
import {
  fieldsOf,
  ledger,
  minute,
  day,
  order,
  settled,
  shopDesk,
  writes,
} from '../support/worker/push.ts'
import { countTargets } from '../../worker/push/ledger-store.ts'
import { findState, saveProgress } from '../../worker/push/store.ts'
import { counted } from '../support/worker/guard.ts'
import { newDesk } from '../support/worker/zendesk.ts'
import { past, rate, start } from '../support/zendesk-past.ts'

describe('the push', () => {
  test('makes its fields and fills them with what is known of everybody', async () => {
    const desk = await shopDesk()
    await desk.choose({ fields: ['segments', 'orders', 'orderValue', 'latestPurchase'] })
    await settled(desk)
    expect([...desk.zendesk.userFields.values()].map(({ key, type }) => [key, type])).toEqual([
      ['rapport_segments', 'text'],
      ['rapport_orders', 'integer'],
      ['rapport_order_value', 'decimal'],
      ['rapport_latest_purchase', 'date'],
      ['rapport_is_vip', 'checkbox'],
    ])
    // 12 buyers: the two of most value are VIPs.
    expect(fieldsOf(desk, 111)).toEqual({
      rapport_segments: 'new_customer, vip',
      rapport_orders: 1,
      rapport_order_value: 120,
      rapport_latest_purchase: '2026-11-16T00:00:00+00:00',
      rapport_is_vip: true,
    })
    expect(fieldsOf(desk, 109)).toMatchObject({ rapport_segments: 'new_customer' })
    expect(fieldsOf(desk, 109)['rapport_is_vip']).toBeUndefined()
    expect(writes(desk)).toBe(1)
  })

  test('writes nothing when nothing has changed, also after it was switched off and on', async () => {
    const desk = await shopDesk()
    await desk.choose({})
    await settled(desk)
    expect(writes(desk)).toBe(1)
    for (let k = 0; k < 5; k += 1) {
      desk.clock.now += 2 * minute
      await desk.work()
    }
    await desk.choose({ on: false })
    await desk.choose({})
    await settled(desk)
    expect(writes(desk)).toBe(1)
  })

  test('sends what differs and tells why in the ledger', async () => {
    const desk = await shopDesk()
    await desk.choose({ fields: ['orders', 'orderValue'] })
    await settled(desk)
    await desk.json('PUT', '/v1/orders', { body: [order('late', 100, 500_000)] })
    await settled(desk)
    const { items } = await ledger(desk)
    expect(items.filter(({ target }) => target === '100').map((one) => one.changes)).toEqual([
      { rapport_is_vip: true, rapport_order_value: 5_010, rapport_orders: 2 },
      { rapport_order_value: 10, rapport_orders: 1 },
    ])
    expect(items[0]).toMatchObject({ cause: 'facts', outcome: 'updated' })
    // The third of the former VIPs is one no more.
    expect(items.find(({ changes }) => changes['rapport_is_vip'] === null)).toMatchObject({
      target: '110',
      because: { rapport_is_vip: { why: 'over' } },
    })
    // What is emptied is over, and nothing else is.
    const told = items.flatMap(({ changes, because }) =>
      Object.entries(changes).map(([key, value]) => [value === null, because[key]?.why === 'over']),
    )
    expect(told.filter(([isEmptied, isOver]) => isEmptied !== isOver)).toEqual([])
  })

  test('knows its own writes when they come back: nobody’s card is made again for them', async () => {
    const desk = await shopDesk()
    await desk.choose({})
    await settled(desk)
    const entries = async () =>
      (
        await desk.db().all<{ n: number }>({
          text: 'SELECT count(*) AS n FROM journal WHERE account = ?',
          params: [desk.id],
        })
      )[0]?.n
    const before = await entries()
    desk.clock.now += 3 * minute
    await desk.follow()
    await desk.work()
    expect(await entries()).toBe(before)
    const { progress } = await desk.json<{ progress: Record<string, number> }>('GET', '/v1/push')
    expect(progress).toMatchObject({ targets: 12, confirmed: 12, done: 12 })
  })

  test('counts how far it is the more rarely the more there is to count', async () => {
    const desk = await shopDesk()
    await desk.choose({ fields: ['orders'] })
    await settled(desk)
    const at = desk.clock.now + day
    const first = await countTargets(desk.db(), desk.id, at)
    expect(first).toMatchObject({ at, targets: 12, done: 12 })
    // Twelve targets make a count good for three milliseconds.
    expect((await countTargets(desk.db(), desk.id, at + 2)).at).toBe(at)
    expect((await countTargets(desk.db(), desk.id, at + 3)).at).toBe(at + 3)
  })

  test('puts right what an agent edits, and leaves alone what is not ours', async () => {
    const desk = await shopDesk()
    await desk.choose({ fields: ['orders'] })
    await settled(desk)
    desk.zendesk.editUser(103, { rapport_orders: 99 })
    const row = desk.zendesk.users.get(104)?.row
    if (row !== undefined) desk.zendesk.saveUser({ ...row, name: 'New name', tags: ['mine'] })
    desk.clock.now += 3 * minute
    await desk.follow()
    await settled(desk)
    expect(fieldsOf(desk, 103)['rapport_orders']).toBe(1)
    expect(desk.zendesk.users.get(104)?.row).toMatchObject({ name: 'New name', tags: ['mine'] })
    const { items } = await ledger(desk)
    expect(items[0]).toMatchObject({
      target: '103',
      cause: 'drift',
      changes: { rapport_orders: 1 },
    })
  })

  test('a field that an admin removes stays away, and the others go on', async () => {
    const desk = await shopDesk()
    await desk.choose({ fields: ['orders', 'orderValue'] })
    await settled(desk)
    const gone = [...desk.zendesk.userFields.values()].find(({ key }) => key === 'rapport_orders')
    desk.zendesk.userFields.delete(gone?.id ?? 0)
    desk.clock.now += 61 * minute
    await desk.json('PUT', '/v1/orders', { body: [order('late', 100, 100)] })
    await settled(desk)
    const { removed } = await desk.json<{ removed: string[] }>('GET', '/v1/push')
    expect(removed).toEqual(['rapport_orders'])
    expect(fieldsOf(desk, 100)).toMatchObject({ rapport_order_value: 11 })
    expect([...desk.zendesk.userFields.values()].map(({ key }) => key)).not.toContain(
      'rapport_orders',
    )
  })

  test('a user who is deleted in between is left out, the rest of the hundred is written', async () => {
    const desk = await shopDesk()
    desk.zendesk.users.delete(105)
    await desk.choose({ fields: ['orders'] })
    await settled(desk)
    expect(fieldsOf(desk, 106)['rapport_orders']).toBe(1)
    const { progress } = await desk.json<{ progress: Record<string, number> }>('GET', '/v1/push')
    expect(progress).toMatchObject({ troubled: 1, due: 0 })
  })

  test('a run that began before the settings were saved notes no progress for the new ones', async () => {
    const desk = await shopDesk()
    await desk.choose({ fields: ['orders'] })
    const before = await findState(desk.db(), desk.id)
    await desk.choose({ fields: ['orders', 'orderValue'] })
    if (before === null) throw new Error('no state')
    await desk.db().batch([saveProgress(desk.id, before, { everybody: null, cursor: 9_999 })])
    const { everybody, cursor } = (await findState(desk.db(), desk.id)) ?? before
    expect([everybody, cursor < 9_999]).toEqual([0, true])
    await settled(desk)
    expect(fieldsOf(desk, 100)).toMatchObject({ rapport_orders: 1, rapport_order_value: 10 })
  })

  test('nothing is written once it is off, whatever becomes of the last job', async () => {
    const desk = await shopDesk()
    await desk.choose({ fields: ['orders'] })
    desk.clock.now += minute
    await desk.work()
    expect(writes(desk)).toBe(1)
    await desk.choose({ on: false })
    // The job fails as a whole: nobody knows which of its rows arrived.
    const { jobs } = desk.zendesk
    const { fails } = jobs
    jobs.fails = () => true
    for (let k = 0; k < 4; k += 1) {
      desk.clock.now += 2 * minute
      await desk.work()
    }
    expect(writes(desk)).toBe(1)
    jobs.fails = fails
    await desk.choose({ fields: ['orders'] })
    await settled(desk)
    expect(fieldsOf(desk, 100)['rapport_orders']).toBe(1)
  })

  test('two users of one person hold the same, before and after a merge', async () => {
    const desk = await shopDesk()
    await desk.choose({ fields: ['orders'] })
    await settled(desk)
    const lookup = (id: number) =>
      desk.json<{ id: number }>('GET', `/v1/customers/lookup?zendeskUserId=${id}`)
    const [into, from] = [await lookup(100), await lookup(101)]
    await desk.json('POST', `/v1/customers/${into.id}/merge`, { body: { from: from.id } })
    await settled(desk)
    expect([100, 101].map((id) => fieldsOf(desk, id)['rapport_orders'])).toEqual([2, 2])
    const { items } = await ledger(desk)
    // Each of the two was written to once more, and nobody else.
    expect(
      items
        .slice(0, 2)
        .map(({ target }) => target)
        .toSorted(),
    ).toEqual(['100', '101'])
    expect(items).toHaveLength(14)
  })

  test('a window that ends at night is written on the day, though nothing happens', async () => {
    const desk = await shopDesk(3)
    const body = [order('old', 100, 1_000, Date.parse('2026-08-28T12:00:00Z'))]
    await desk.json('DELETE', '/v1/orders/o0', { status: 204 })
    await desk.json('PUT', '/v1/orders', { body })
    await desk.choose({ fields: ['segments'], checkboxes: [] })
    await settled(desk)
    // In the last three months up to 27 November.
    expect(fieldsOf(desk, 100)['rapport_segments']).toBe('new_customer')
    desk.clock.now = Date.parse('2026-11-27T23:00:00Z')
    await settled(desk)
    expect(fieldsOf(desk, 100)['rapport_segments']).toBe('new_customer')
    desk.clock.now = Date.parse('2026-11-28T00:05:00Z')
    // Who changes by date is found first; then the card is made again.
    await settled(desk)
    await settled(desk)
    expect(fieldsOf(desk, 100)['rapport_segments']).toBeNull()
  })

  test('a bad rating is flagged with its day, and a good one clears it', async () => {
    const desk = await shopDesk(3)
    await desk.choose({ fields: ['badRating'], checkboxes: [] })
    await settled(desk)
    rate(desk.zendesk, 1_001, 'bad', desk.clock.now)
    await desk.follow()
    await settled(desk)
    const rated = desk.zendesk.tickets.get(1_001)?.row.requester_id ?? 0
    expect(fieldsOf(desk, rated)).toMatchObject({
      rapport_bad_rating: true,
      rapport_bad_rating_on: '2026-11-26T00:00:00+00:00',
    })
    desk.clock.now += 5 * minute
    rate(desk.zendesk, 1_001, 'good', desk.clock.now)
    desk.clock.now += 3 * minute
    await desk.follow()
    await settled(desk)
    expect(fieldsOf(desk, rated)).toMatchObject({
      rapport_bad_rating: false,
      rapport_bad_rating_on: null,
    })
  })

  test('an erased person’s fields are emptied where that is asked for, and stay so', async () => {
    const desk = await shopDesk()
    await desk.choose({ fields: ['orders'] })
    await settled(desk)
    const lookup = (id: number) =>
      desk.json<{ id: number }>('GET', `/v1/customers/lookup?zendeskUserId=${id}`)
    const [cleared, kept] = [await lookup(102), await lookup(103)]
    const path = `/v1/customers/${cleared.id}?deskFields=clear`
    await desk.json('DELETE', path)
    await desk.json('DELETE', `/v1/customers/${kept.id}`)
    await settled(desk)
    desk.clock.now += 3 * minute
    await desk.follow()
    await settled(desk)
    expect(fieldsOf(desk, 102)['rapport_orders']).toBeNull()
    expect(fieldsOf(desk, 103)['rapport_orders']).toBe(1)
    for (const table of ['push_targets', 'push_writes']) {
      const text = `SELECT person FROM ${table} WHERE account = ? AND target IN ('102', '103')`
      expect(await desk.db().all({ text, params: [desk.id] })).toEqual([])
    }
  })

  test('keeps within the same quarter of the plan as the reading, and 25 jobs', async () => {
    const desk = await newDesk({ fill: past(3_000, 10), plan: { requests: 200, exports: 10 } })
    await desk.connect()
    await desk.follow()
    const orders = Array.from({ length: 3_000 }, (_, k) => order(`o${k}`, 100 + k, 1_000 + k))
    for (let at = 0; at < 3_000; at += 1_000) {
      await desk.json('PUT', '/v1/orders', { body: orders.slice(at, at + 1_000) })
    }
    for (let k = 0; k < 5; k += 1) {
      desk.clock.now += minute
      await desk.work()
    }
    desk.zendesk.jobs.duration = 30_000
    await desk.choose({ fields: ['orders'] })
    await settled(desk)
    expect(desk.limits.refused).toEqual([])
    expect(desk.zendesk.jobs.crowd).toBeLessThanOrEqual(25)
    expect(writes(desk)).toBe(30)
    expect(fieldsOf(desk, 3_000)['rapport_orders']).toBe(1)
  })
})

test('waits while other tools hold all jobs that the help desk allows', async () => {
  const desk = await shopDesk(3)
  desk.zendesk.jobs.duration = 100_000
  const done = { id: 1, action: 'update', success: true, status: 'Updated' } as const
  for (let k = 0; k < 30; k += 1) desk.zendesk.jobs.add('Other', 1, () => done)
  await desk.choose({ fields: ['orders'] })
  await desk.work()
  expect(desk.zendesk.jobs.refused).toBe(1)
  expect(await desk.json('GET', '/v1/push')).toMatchObject({
    trouble: 'limited',
    progress: { due: 3, sending: 0 },
  })
  await settled(desk)
  expect(fieldsOf(desk, 100)['rapport_orders']).toBe(1)
  // What was refused was not written, and so does not stand in the ledger.
  expect((await ledger(desk)).items).toHaveLength(3)
})

describe('what only the push asks of cards', () => {
  test('preferred line, plan date and yearly spend are written', async () => {
    const desk = await shopDesk(3)
    const line = (id: string, value: string, at: number) => ({
      ...order(id, 100, 12_000, at),
      properties: { line: value },
    })
    const body = [
      line('l1', 'Tea', start - 400 * day),
      line('l2', 'Coffee', start - 100 * day),
      line('l3', 'Coffee', start - 50 * day),
    ]
    await desk.json('PUT', '/v1/orders', { body })
    const traits = { plan: '2026-05-04' }
    const shop = { id: 'shop:100', email: 'person100@example.com', verified: true, traits }
    await desk.json('PUT', '/v1/customers', { body: [shop] })
    await desk.choose({
      fields: ['preferredLine', 'planDate', 'yearlySpend'],
      checkboxes: [],
      lineProperty: 'line',
      planTrait: 'plan',
    })
    await settled(desk)
    await settled(desk)
    // 370 pounds in 400 days up to 26 November, 375 up to the first.
    expect(fieldsOf(desk, 100)).toEqual({
      rapport_line: 'Coffee',
      rapport_plan_date: '2026-05-04T00:00:00+00:00',
      rapport_yearly_spend: 360.38,
    })
  })
})

test('a run with nothing to do asks nothing and writes nothing', async () => {
  const desk = await shopDesk(3)
  await desk.choose({})
  await settled(desk)
  await settled(desk)
  const [asked, written] = [desk.asked.length, counted.written]
  const read = counted.read
  for (let k = 0; k < 10; k += 1) await desk.push()
  expect([desk.asked.length - asked, counted.written - written]).toEqual([0, 0])
  expect(counted.read - read).toBeLessThanOrEqual(80)
})

describe('open tickets', () => {
  test('hold VIP and sentiment, and are touched when their customer changes', async () => {
    const desk = await shopDesk()
    await desk.choose({ fields: ['orders'], ticketFields: true, touchTickets: true })
    await settled(desk)
    const titles = new Map(desk.zendesk.fields.map(({ id, title }) => [id, title]))
    const ticketOf = (requester: number) =>
      [...desk.zendesk.tickets.values()].find(({ row }) => row.requester_id === requester)?.row
    const shown = (requester: number) =>
      Object.fromEntries(
        (ticketOf(requester)?.custom_fields ?? []).map(({ id, value }) => [titles.get(id), value]),
      )
    expect(shown(111)).toMatchObject({
      'Rapport: VIP': true,
      'Rapport: customer changed': expect.stringMatching(/^2026-11-26T/),
    })
    const before = shown(105)['Rapport: customer changed']
    expect(shown(105)['Rapport: VIP']).toBeUndefined()
    await desk.json('PUT', '/v1/orders', { body: [order('late', 105, 100)] })
    await settled(desk)
    await settled(desk)
    expect(shown(105)['Rapport: customer changed']).not.toBe(before)
  })

  test('are put right when an agent edits what is ours', async () => {
    const desk = await shopDesk()
    await desk.choose({ fields: [], ticketFields: true })
    await settled(desk)
    const field = desk.zendesk.fields.find(({ title }) => title === 'Rapport: VIP')
    const row = [...desk.zendesk.tickets.values()].find(
      ({ row: { requester_id: of } }) => of === 111,
    )?.row
    if (row === undefined || field === undefined) throw new Error('the VIP has no ticket')
    const value = () =>
      desk.zendesk.tickets.get(row.id)?.row.custom_fields.find(({ id }) => id === field.id)?.value
    expect(value()).toBe(true)
    desk.clock.now += minute
    const edited = row.custom_fields.map((one) =>
      one.id === field.id ? { id: field.id, value: false } : one,
    )
    desk.zendesk.saveTicket({ ...row, custom_fields: edited })
    expect(value()).toBe(false)
    desk.clock.now += 3 * minute
    await desk.follow()
    await settled(desk)
    expect(value()).toBe(true)
    expect((await ledger(desk)).items[0]).toMatchObject({ cause: 'drift', changes: { vip: true } })
  })
})
describe('segments as tags', () => {
  test('fill a field of options, to which a new segment adds its own', async () => {
    const desk = await shopDesk()
    await desk.choose({ fields: ['segmentTags'], checkboxes: [] })
    await settled(desk)
    expect(desk.zendesk.users.get(111)?.row.tags).toEqual(['rapport_new_customer', 'rapport_vip'])
    const rule = { all: [{ fact: 'orders.count', op: '>=', value: 1 }] }
    const body = { key: 'buyers', name: 'Buyers', rule }
    await desk.json('POST', '/v1/segments', { body, status: 201 })
    desk.clock.now += 61 * minute
    await desk.work()
    await settled(desk)
    expect(desk.zendesk.users.get(100)?.row.tags).toEqual([
      'rapport_buyers',
      'rapport_new_customer',
    ])
    // What is only ours tells nothing about anybody: it is no tag of theirs.
    desk.clock.now += 3 * minute
    await desk.follow()
    const { results } = await env.SHARD_00.prepare(
      "SELECT name FROM observations WHERE account = ? AND name LIKE '%rapport%'",
    )
      .bind(desk.id)
      .all()
    expect(results).toEqual([])
  })
})
