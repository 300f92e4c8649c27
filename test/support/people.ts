import { recordsOf } from '../emulator/demo/build.ts'
import { dayOf, wallOf } from '../emulator/demo/calendar.ts'
import type { ApiCustomer, ApiOrder, World } from '../emulator/world.ts'

/** Day in London of an instant. */
export const dayAt = (instant: string) => wallOf(Date.parse(instant) / 60_000).day

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

export const counts = (order: ApiOrder) => !['unpaid', 'cancelled', 'test'].includes(order.status)

/** Pence of a counted order less its refunds up to a day; null without a rate. */
function netOn(rates: Rates, order: ApiOrder, day: number): number | null {
  const rate =
    order.currency === 'GBP' ? 1 : rates.get(`${order.currency} ${dayAt(order.placedAt)}`)
  if (rate === undefined) return null
  const refunds = (order.refunds ?? []).filter((refund) => dayAt(refund.at) <= day)
  const net = (order.paid ?? order.total) - refunds.reduce((sum, each) => sum + each.amount, 0)
  return Math.round(net * rate)
}

/** The people of the demo shop, worked out the long way round, with nothing of Rapport. */
export function peopleOf(world: World) {
  const rates = new Map(world.rates.map((each) => [`${each.from} ${dayOf(each.day)}`, each.rate]))
  const netOf = (order: ApiOrder, day: number) => netOn(rates, order, day)
  const records = recordsOf(world)
  const groups = groupsOf(records.customers)
  const groupOf = (id: string) => groups.get(id) ?? id
  const ordersOf = Map.groupBy(world.orders, (each) => groupOf(each.customer.id ?? ''))
  const creditsOf = Map.groupBy(world.refunds, (each) => groupOf(each.customer.id ?? ''))
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
  /** Total order value: net orders less credit notes that name no order; those are in pounds. */
  const value = (orders: readonly ApiOrder[], day: number) => {
    const counted = orders.filter((order) => counts(order) && dayAt(order.placedAt) <= day)
    const net = counted.reduce((sum, order) => sum + (netOf(order, day) ?? 0), 0)
    const credits = creditsOf.get(groupOf(orders[0]?.customer.id ?? '')) ?? []
    return credits
      .filter((credit) => dayAt(credit.at) <= day)
      .reduce((sum, credit) => sum - credit.amount, net)
  }
  /** The value of the last person of the best tenth. */
  const vipLine = (day: number) => {
    const buyers = [...ordersOf.values()].filter((orders) =>
      orders.some((order) => counts(order) && dayAt(order.placedAt) <= day),
    )
    const values = buyers.map((orders) => value(orders, day)).toSorted((a, b) => b - a)
    return values[Math.ceil(values.length / 10) - 1] ?? 0
  }
  return { persona, value, vipLine, groupOf, records, netOf }
}
