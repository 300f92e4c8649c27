import { describe, expect, test } from 'vitest'
import { counts, dayAt, peopleOf } from '../../support/people.ts'
import type { ApiOrder } from '../world.ts'
import { buildWorld } from './build.ts'
import { addMonths, dayOf } from './calendar.ts'

const days = ['2026-11-26T10:00:00Z', '2027-05-31T10:00:00Z', '2028-02-29T10:00:00Z']

/** Counted orders whose three months hold on a day. */
const recent = (orders: readonly ApiOrder[], day: number) =>
  orders.filter((order) => {
    const at = dayAt(order.placedAt)
    return counts(order) && at <= day && day < addMonths(at, 3)
  }).length

describe.each(days)('on %s', (now) => {
  const world = buildWorld(new Date(now))
  const today = dayOf(world.today)
  const { persona, value, vipLine, groupOf, records, netOf } = peopleOf(world)

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
    expect(orders.map((order) => netOf(order, today))).toEqual([2990, null])
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
