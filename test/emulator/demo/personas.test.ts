import { describe, expect, test } from 'vitest'
import type { ApiCustomer, ApiOrder, World } from '../world.ts'
import { buildWorld, recordsOf } from './build.ts'
import { addMonths, dayOf, wallOf } from './calendar.ts'

const days = ['2026-11-26T10:00:00Z', '2027-05-31T10:00:00Z', '2028-02-29T10:00:00Z']

const dayAt = (instant: string) => wallOf(Date.parse(instant) / 60_000).day

/** Customer ids joined by proved addresses and phones, the long way round. */
function groupsOf(customers: readonly ApiCustomer[]): Map<string, string> {
  const groupOfKey = new Map<string, Set<string>>()
  const groupOf = new Map<string, Set<string>>()
  for (const { id, email, phone, verified } of customers) {
    const keys = verified === true ? [email, phone].filter((key) => key !== undefined) : []
    const joined = new Set([id, ...keys.flatMap((key) => [...(groupOfKey.get(key) ?? [])])])
    for (const key of keys) groupOfKey.set(key, joined)
    for (const member of joined) groupOf.set(member, joined)
  }
  return new Map([...groupOf].map(([id, group]) => [id, [...group].toSorted()[0] ?? id]))
}

/** Rates to the pound by currency and day. */
type Rates = ReadonlyMap<string, number>

const counts = (order: ApiOrder) => !['unpaid', 'cancelled', 'test'].includes(order.status)

/** Pence of a counted order less its refunds up to a day; null without a rate. */
function netOf(order: ApiOrder, day: number, rates: Rates): number | null {
  const rate =
    order.currency === 'GBP' ? 1 : rates.get(`${order.currency} ${dayAt(order.placedAt)}`)
  if (rate === undefined) return null
  const refunds = (order.refunds ?? []).filter((refund) => dayAt(refund.at) <= day)
  const net = (order.paid ?? order.total) - refunds.reduce((sum, each) => sum + each.amount, 0)
  return Math.round(net * rate)
}

function factsOn(world: World) {
  const rates = new Map(world.rates.map((each) => [`${each.from} ${dayOf(each.day)}`, each.rate]))
  const records = recordsOf(world)
  const groups = groupsOf(records.customers)
  const groupOf = (id: string) => groups.get(id) ?? id
  const ordersOf = new Map<string, ApiOrder[]>()
  for (const order of world.orders) {
    const group = groupOf(order.customer.id ?? '')
    ordersOf.set(group, [...(ordersOf.get(group) ?? []), order])
  }
  const persona = (key: string) => {
    const found = world.personas.find((each) => each.key === key)
    const ticket = world.tickets.find((each) => each.id === found?.ticket)
    const group = groupOf(`zendesk:${ticket?.requester ?? ''}`)
    return {
      name: found?.name ?? '',
      ticket,
      group,
      orders: ordersOf.get(group) ?? [],
      tickets: world.tickets.filter((each) => each.requester === ticket?.requester),
    }
  }
  const value = (orders: readonly ApiOrder[], day: number) =>
    orders
      .filter((order) => counts(order) && dayAt(order.placedAt) <= day)
      .reduce((sum, order) => sum + (netOf(order, day, rates) ?? 0), 0)
  /** The value of the last person of the best tenth. */
  const vipLine = (day: number) => {
    const buyers = [...ordersOf.values()].filter((orders) =>
      orders.some((order) => counts(order) && dayAt(order.placedAt) <= day),
    )
    const values = buyers.map((orders) => value(orders, day)).toSorted((a, b) => b - a)
    return values[Math.ceil(values.length / 10) - 1] ?? 0
  }
  return { persona, value, vipLine, groupOf, records, rates }
}

/** Counted orders whose three months hold on a day. */
const recent = (orders: readonly ApiOrder[], day: number) =>
  orders.filter((order) => {
    const at = dayAt(order.placedAt)
    return counts(order) && at <= day && day < addMonths(at, 3)
  }).length

describe.each(days)('on %s', (now) => {
  const world = buildWorld(new Date(now))
  const today = dayOf(world.today)
  const { persona, value, vipLine, groupOf, records, rates } = factsOn(world)

  test('there are twelve people with a name, a sentence and a ticket of their own', () => {
    expect(world.personas).toHaveLength(12)
    expect(new Set(world.personas.map((each) => each.ticket)).size).toBe(12)
  })

  test('the slipping VIP has three recent orders today and two within the week', () => {
    const { orders, tickets } = persona('vip-slipping')
    expect(value(orders, today)).toBeGreaterThanOrEqual(vipLine(today))
    expect(recent(orders, today)).toBe(3)
    expect(recent(orders, today + 3)).toBe(3)
    expect(recent(orders, today + 8)).toBe(2)
    expect(tickets[0]?.rating).toMatchObject({ level: 2, reasons: ['Slow reply'] })
  })

  test('the two-channel buyer is one person on both channels', () => {
    const { orders } = persona('two-channels')
    expect(new Set(orders.map((order) => order.channel))).toEqual(new Set(['Web shop', 'Pingo']))
    expect(orders).toHaveLength(4)
  })

  test('the contacts have one ticket, and three in a week, and no order', () => {
    expect(persona('ticket-only')).toMatchObject({ orders: [], tickets: { length: 1 } })
    expect(persona('repeat-contact')).toMatchObject({ orders: [], tickets: { length: 3 } })
    expect(today - dayAt(persona('repeat-contact').tickets[0]?.createdAt ?? '')).toBe(6)
  })

  test('the full refund leaves one counted order of nothing', () => {
    const { orders } = persona('full-refund')
    expect(orders.filter(counts)).toHaveLength(1)
    expect(value(orders, today)).toBe(0)
  })

  test('the late refund was a VIP the day before it and is none now', () => {
    const { orders } = persona('late-refund')
    const before = today - 31
    expect(value(orders, before)).toBeGreaterThanOrEqual(vipLine(before))
    expect(value(orders, today)).toBe(2290)
    expect(vipLine(today)).toBeGreaterThan(2290)
  })

  test('the ambiguous address names two customers and joins none', () => {
    const { ticket, orders } = persona('ambiguous')
    const user = world.users.find((each) => each.id === ticket?.requester)
    const same = records.customers.filter((each) => each.email === user?.email)
    expect(same.map((each) => each.name)).toEqual(['Alex Moreau', 'Chris Moreau', 'A. Moreau'])
    expect(same.every((each) => each.verified === undefined)).toBe(true)
    expect(orders).toEqual([])
  })

  test('the relay address joins the marketplace only', () => {
    const { orders, group, name, ticket } = persona('relay')
    const writer = records.customers.find((each) => each.id === `zendesk:${ticket?.requester}`)
    expect([writer?.channel, ticket?.channel]).toEqual(['Bazarro', 'Bazarro'])
    expect(writer?.email).toMatch(/@relay\.bazarro\.example$/)
    expect(new Set(orders.map((order) => order.channel))).toEqual(new Set(['Bazarro']))
    const others = world.customers.filter(
      (each) => each.name === name && groupOf(each.id) !== group,
    )
    expect(others.map((each) => each.channel)).toEqual(['Web shop'])
  })

  test('the newcomer ordered today, for the first time', () => {
    const { orders } = persona('new-today')
    expect(orders.map((order) => dayAt(order.placedAt))).toEqual([today])
  })

  test('the order in francs is counted and has no value', () => {
    const { orders } = persona('no-rate')
    expect(orders.map((order) => netOf(order, today, rates))).toEqual([2990, null])
  })

  test('the name with markup is long, and turns direction', () => {
    const { name, ticket } = persona('markup')
    expect(name).toContain('<img src=x onerror=')
    expect(name).toContain('\u202E')
    expect(name.length).toBeGreaterThan(120)
    expect(ticket?.comments[0]?.text).toContain('<script>')
  })

  test('the house account has 320 orders', () => {
    expect(persona('house-account').orders).toHaveLength(320)
  })
})
