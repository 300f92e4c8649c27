import { describe, expect, test } from 'vitest'
import { starters } from '../../worker/push/catalog.ts'
import { fieldsOf, ledger, minute, day, settled, shopDesk } from '../support/worker/push.ts'
import { newDesk } from '../support/worker/zendesk.ts'
import { past, rate, start, user } from '../support/zendesk-past.ts'

describe('the starter kit', () => {
  test('flags and clears by trigger at once; the day comes with the rating', async () => {
    const desk = await shopDesk(3)
    await desk.choose({ fields: ['badRating', 'sentiment'], checkboxes: ['vip', 'vip_at_risk'] })
    await settled(desk)
    expect(await desk.triggers(starters)).toEqual([...starters])
    expect([...desk.zendesk.triggers.values()].map(({ title }) => title)).toHaveLength(5)
    const requester = desk.zendesk.tickets.get(1_001)?.row.requester_id ?? 0
    rate(desk.zendesk, 1_001, 'bad', desk.clock.now)
    expect(fieldsOf(desk, requester)['rapport_bad_rating']).toBe(true)
    desk.clock.now += 2 * minute
    await desk.follow()
    await settled(desk)
    expect(fieldsOf(desk, requester)).toMatchObject({
      rapport_bad_rating: true,
      rapport_bad_rating_on: '2026-11-26T00:00:00+00:00',
    })
    rate(desk.zendesk, 1_001, 'good', desk.clock.now)
    expect(fieldsOf(desk, requester)['rapport_bad_rating']).toBe(false)
    desk.clock.now += 3 * minute
    await desk.follow()
    await settled(desk)
    expect(fieldsOf(desk, requester)).toMatchObject({
      rapport_bad_rating: false,
      rapport_bad_rating_on: null,
    })
  })

  test('a flag that a trigger set without a rating goes after an hour', async () => {
    const desk = await shopDesk(3)
    await desk.choose({ fields: ['badRating'], checkboxes: [] })
    await settled(desk)
    desk.clock.now += minute
    desk.zendesk.editUser(101, { rapport_bad_rating: true })
    desk.clock.now += 3 * minute
    await desk.follow()
    await desk.work()
    expect(fieldsOf(desk, 101)['rapport_bad_rating']).toBe(true)
    desk.clock.now += 61 * minute
    await settled(desk)
    expect(fieldsOf(desk, 101)['rapport_bad_rating']).toBe(false)
    expect((await ledger(desk)).items[0]).toMatchObject({ target: '101', cause: 'drift' })
  })

  test('VIPs come first on the next change of their ticket; what is not chosen goes', async () => {
    const desk = await shopDesk()
    await desk.choose({ fields: [], ticketFields: true })
    await settled(desk)
    await desk.triggers(['vip'])
    const vips = [...desk.zendesk.tickets.values()].find(({ row }) => row.requester_id === 111)?.row
    if (vips === undefined) throw new Error('the VIP has no ticket')
    expect(vips.priority).toBeUndefined()
    desk.zendesk.saveTicket({ ...vips, subject: 'Changed' })
    expect(desk.zendesk.tickets.get(vips.id)?.row).toMatchObject({
      priority: 'high',
      tags: ['rapport_vip'],
    })
    await desk.triggers([])
    expect(desk.zendesk.triggers.size).toBe(0)
  })

  test('hands tickets to the group that is chosen, and another one later', async () => {
    const desk = await shopDesk(3)
    desk.zendesk.groups.set(4, 'Second line')
    await desk.choose({ fields: ['sentiment'], checkboxes: ['vip', 'vip_at_risk'] })
    await settled(desk)
    const handed = () =>
      [...desk.zendesk.triggers.values()].map(({ actions }) =>
        actions.filter(({ field }) => field === 'group_id').map(({ value }) => value),
      )
    await desk.triggers(['negative', 'at_risk'], '3')
    expect(handed()).toEqual([['3'], ['3']])
    // What an admin added there stays.
    for (const one of desk.zendesk.triggers.values()) {
      one.actions.push({ field: 'set_tags', value: 'care' })
    }
    await desk.triggers(['negative', 'at_risk'], '4')
    expect(handed()).toEqual([['4'], ['4']])
    expect(await desk.json('GET', '/v1/push')).toMatchObject({
      group: '4',
      groups: [{ id: '3', name: 'Care' }],
    })
    await desk.triggers(['negative'], null)
    expect(handed()).toEqual([[]])
    expect([...desk.zendesk.triggers.values()][0]?.actions).toContainEqual({
      field: 'set_tags',
      value: 'care',
    })
  })

  test('acts once on a ticket: what an agent does after it stays', async () => {
    const desk = await shopDesk(3)
    desk.zendesk.groups.set(4, 'Second line')
    await desk.choose({ fields: ['sentiment'], checkboxes: [] })
    await settled(desk)
    await desk.triggers(['negative'], '3')
    const [ticket] = [...desk.zendesk.tickets.values()]
    if (ticket === undefined) throw new Error('there is no ticket')
    desk.zendesk.editUser(ticket.row.requester_id, { rapport_negative: true })
    const save = (change: object) => {
      const { row } = desk.zendesk.tickets.get(ticket.row.id) ?? ticket
      desk.zendesk.saveTicket({ ...row, ...change })
      return desk.zendesk.tickets.get(ticket.row.id)?.row
    }
    expect(save({ status: 'open' })).toMatchObject({ priority: 'urgent', group_id: 3 })
    expect(save({ priority: 'low', group_id: 4 })).toMatchObject({ priority: 'low', group_id: 4 })
  })

  test('needs the fields that it names', async () => {
    const desk = await shopDesk(3)
    await expect(desk.triggers(['vip'])).rejects.toThrow('"vip" needs requester.custom_fields')
  })

  test('goes with the connection, and so do our fields where that is asked for', async () => {
    const desk = await shopDesk(3)
    await desk.choose({ fields: ['orders', 'badRating'], ticketFields: true })
    await settled(desk)
    await desk.triggers(['bad_rating'])
    expect([...desk.zendesk.webhooks.values()].map(({ name }) => name)).toEqual([
      'Rapport',
      'Rapport triggers',
    ])
    const own = desk.zendesk.fields.length
    expect(await desk.disconnect({ withFields: true })).toBe(true)
    const { triggers, webhooks, userFields, fields } = desk.zendesk
    expect([triggers.size, webhooks.size, userFields.size]).toEqual([0, 0, 0])
    expect(own - fields.length).toBe(2)
    expect(await desk.json('GET', '/v1/push')).toMatchObject({
      settings: { on: false },
      connected: false,
      progress: { targets: 0 },
    })
  })
})
describe('a preview', () => {
  test('says what would be written and writes nothing', async () => {
    const desk = await shopDesk()
    const body = { on: true, fields: ['orders', 'orderValue'], checkboxes: ['vip'] }
    const preview = () =>
      desk.json<{ changing: number; samples: unknown[] }>('POST', '/v1/push/dry-run', { body })
    expect(await preview()).toMatchObject({
      users: 12,
      left: 0,
      changing: 12,
      fields: { rapport_orders: 12, rapport_order_value: 12, rapport_is_vip: 2 },
      samples: expect.arrayContaining([
        {
          customer: expect.any(Number),
          user: '100',
          name: 'Person 100',
          changes: {
            rapport_orders: {
              from: null,
              to: 1,
              because: expect.objectContaining({ why: 'orders', orders: 1 }),
            },
            rapport_order_value: { from: null, to: 10, because: expect.any(Object) },
          },
        },
      ]),
      lastWeek: { vip: { tickets: 0 } },
    })
    expect(desk.zendesk.userFields.size).toBe(0)
    await desk.choose(body)
    await settled(desk)
    expect(await preview()).toMatchObject({ changing: 0, fields: {}, samples: [] })
  })

  test('tells which tickets the triggers would have touched in the last week', async () => {
    const desk = await newDesk({
      fill: (zendesk) => {
        past(3, 3)(zendesk)
        zendesk.saveUser(user(500), start - 5 * day)
      },
    })
    await desk.connect()
    rate(desk.zendesk, 1_001, 'bad', start - 2 * day)
    rate(desk.zendesk, 1_002, 'good', start - 6 * day)
    await desk.follow()
    await desk.work()
    expect(await desk.json('POST', '/v1/push/dry-run', { body: {} })).toMatchObject({
      lastWeek: {
        bad_rating: { tickets: 1, samples: ['1001'] },
        good_rating: { tickets: 1, samples: ['1002'] },
        vip: { tickets: 0 },
        negative: { tickets: 0 },
        at_risk: { tickets: 0 },
      },
    })
  })
})
