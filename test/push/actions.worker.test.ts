import { describe, expect, test } from 'vitest'
import { fieldsOf, ledger, order, settled, shopDesk } from '../support/worker/push.ts'
import { past, start } from '../support/zendesk-past.ts'

describe('acting on a list', () => {
  test('puts a tag or a trait on all matches, and takes it away again', async () => {
    const desk = await shopDesk()
    await desk.choose({ fields: ['orders'] })
    await settled(desk)
    const act = (query: Record<string, string>, action: Record<string, string>, status = 202) =>
      desk.json('POST', '/v1/lists/actions', { body: { query, action }, status })
    expect(await act({ segment: 'vip' }, { kind: 'tag', name: 'spring_sale' })).toEqual({
      name: 'spring_sale',
      field: 'rapport_list_spring_sale',
      total: 2,
    })
    const all = JSON.stringify({ all: [{ fact: 'orders.count', op: '>=', value: 1 }] })
    await act({ filter: all }, { kind: 'trait', name: 'wave', value: 'b' })
    await settled(desk)
    expect((await ledger(desk)).items[0]).toMatchObject({ cause: 'action' })
    expect(desk.zendesk.users.get(111)?.row).toMatchObject({
      tags: ['rapport_spring_sale'],
      user_fields: { rapport_list_spring_sale: true, rapport_list_wave: 'b' },
    })
    expect(desk.zendesk.users.get(100)?.row).toMatchObject({
      tags: [],
      user_fields: { rapport_list_wave: 'b' },
    })
    await act({}, { kind: 'clear', name: 'spring_sale' })
    await settled(desk)
    expect(desk.zendesk.users.get(111)?.row.tags).toEqual([])
    await act({}, { kind: 'tag', name: 'wave' }, 409)
    await act({}, { kind: 'clear', name: 'unknown' }, 404)
    await act({}, { kind: 'tag', name: 'Not a name' }, 422)
  })

  test('also reaches the people behind an arrow of a journey', async () => {
    const desk = await shopDesk()
    await desk.choose({ fields: ['orders'] })
    await settled(desk)
    // The second order makes one of the twelve new customers a repeat customer.
    await desk.json('PUT', '/v1/orders', { body: [order('again', 103, 500, start)] })
    await settled(desk)
    const arrow = { source: 'new_customer', target: 'repeat_customer' }
    const action = { kind: 'tag', name: 'welcome_back' }
    const act = (body: object, status = 202) =>
      desk.json('POST', '/v1/lists/actions', { body: { action, ...body }, status })
    expect(await act({ movement: arrow })).toMatchObject({ total: 1 })
    await settled(desk)
    const tagged = [...desk.zendesk.users.values()].filter(({ row }) =>
      row.tags.includes('rapport_welcome_back'),
    )
    expect(tagged.map(({ row }) => row.id)).toEqual([103])
    expect(await act({ movement: arrow, query: {} }, 422)).toMatchObject({
      errors: [{ path: 'query', message: 'expected either query or movement' }],
    })
    await act({}, 422)
  })
})

describe('what else tells of the push', () => {
  test('a segment says how it is seen at the help desk, and the status what waits', async () => {
    const desk = await shopDesk()
    interface Told {
      items: { key: string; pushed: string[] }[]
    }
    const pushed = async (key: string) =>
      (await desk.json<Told>('GET', '/v1/segments')).items.find((one) => one.key === key)?.pushed
    const status = () => desk.json('GET', '/v1/status')
    expect(await pushed('vip')).toEqual([])
    expect(await status()).toMatchObject({ push: { state: 'off', trouble: null } })
    await desk.choose({ fields: ['segments', 'segmentTags'], checkboxes: ['vip'] })
    expect(await pushed('vip')).toEqual(['checkbox', 'tags', 'text'])
    expect(await pushed('repeat_customer')).toEqual(['tags', 'text'])
    expect(await status()).toMatchObject({ push: { state: 'queued' } })
    await settled(desk)
    expect(await status()).toMatchObject({ push: { state: 'idle', trouble: null } })
  })

  test('fields are found behind the first hundred of the help desk', async () => {
    const desk = await shopDesk(3, {
      fill: (zendesk) => {
        past(3, 3)(zendesk)
        for (let id = 1; id <= 120; id += 1) {
          zendesk.userFields.set(id, { ...field, id, key: `own_${id}`, title: `Own ${id}` })
        }
        zendesk.userFields.set(121, { ...field, id: 121, key: 'rapport_orders', title: 'Orders' })
      },
    })
    await desk.choose({ fields: ['orders'], checkboxes: [] })
    await settled(desk)
    expect(fieldsOf(desk, 101)['rapport_orders']).toBe(1)
    expect(desk.zendesk.userFields.size).toBe(121)
  })
})

const field = {
  type: 'integer',
  description: '',
  active: true,
  tag: null,
  removable: true,
  custom_field_options: [],
}
