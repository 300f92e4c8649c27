import type { ApiCustomer, DeskTicket, EndUser, World } from '../world.ts'
import { dayText, instantText, minuteAt, timeZone, todayOf } from './calendar.ts'
import { channels } from './catalogue.ts'
import { plansOfRole } from './cast.ts'
import { type Finished, converse } from './conversation.ts'
import { plansOfDelay } from './delay.ts'
import type { Account, Frame, NumberedOrder, Person } from './draft.ts'
import { locales } from './names.ts'
import { customerRef, numbered, orderRecord, ordersOf } from './orders.ts'
import { buyersOf, contactsOf } from './people.ts'
import { rolesOf } from './personas/index.ts'
import { randomOf } from './random.ts'
import { ratesOf } from './rates.ts'
import { colleagues, groups, scheduleFrom } from './team.ts'
import { plansOfContact, plansOfOrder } from './tickets.ts'

export { recordsOf } from './records.ts'

/** Days of history before today: three years. */
const history = 1096

function customerRecord(person: Person, account: Account): ApiCustomer {
  return {
    ...customerRef(person, account),
    id: account.id,
    channel: channels[account.channel].name,
    createdAt: instantText(account.createdAt),
    traits: { locale: locales[person.language], country: person.country },
    tags: person.newsletter ? ['newsletter'] : [],
  }
}

function userOf(person: Person, id: string): EndUser {
  const [account] = person.accounts
  return {
    id,
    name: person.name,
    ...person.contact,
    locale: locales[person.language],
    ...(account !== undefined && { externalId: account.id }),
  }
}

function ticketOf(finished: Finished, id: string, requester: string): DeskTicket {
  const { ticket, comments, rating } = finished
  return {
    id,
    requester,
    ...ticket,
    comments: comments.map((comment, index) => ({ id: `${id}-${index + 1}`, ...comment })),
    ...(rating !== undefined && { rating: { id: `${id}-rating`, ...rating } }),
  }
}

function refundsOf(orders: readonly NumberedOrder[]): World['refunds'] {
  return orders.flatMap(({ person, account, creditNote, number, currency }) =>
    creditNote === undefined
      ? []
      : [
          {
            id: `${channels[account.channel].prefix}:CN-${number}`,
            customer: customerRef(person, account),
            at: instantText(creditNote.at),
            currency,
            amount: creditNote.amount,
          },
        ],
  )
}

/**
 * The shop Tern & Thistle, seller of phone and tablet cases, with three years of history before the
 * day of `now` in London: the same for every moment of that day and for the same seed.
 */
export function buildWorld(now: Date, seed = 1): World {
  const today = todayOf(now)
  const frame: Frame = { seed, today, first: today - history, end: minuteAt(today, 0) }
  const roles = rolesOf(frame)
  const buyers = buyersOf(frame)
  const contacts = contactsOf(frame)
  const orders = numbered([
    ...roles.flatMap((role) => role.orders),
    ...buyers.flatMap((buyer) => ordersOf(buyer, frame)),
  ])

  const cast = new Set(roles.flatMap((role) => [role.person, ...(role.others ?? [])]))
  const byChance = orders.filter((order) => !cast.has(order.person))
  const plans = [
    ...roles.flatMap((role) => plansOfRole(role, orders, frame)),
    ...byChance.flatMap((order) => plansOfOrder(order, frame)),
    ...plansOfDelay(byChance, frame),
    ...contacts.flatMap((contact, index) => plansOfContact(contact, index, frame)),
  ].toSorted((a, b) => a.at - b.at)

  const userIds = new Map<Person, string>()
  for (const { person } of plans) {
    if (!userIds.has(person)) userIds.set(person, String(7001 + userIds.size))
  }
  const finished = plans.map((plan) =>
    converse(randomOf(seed, `talk ${userIds.get(plan.person) ?? ''} ${plan.at}`), plan, frame),
  )
  const tickets = finished.map((each, index) =>
    ticketOf(each, String(1001 + index), userIds.get(each.plan.person) ?? ''),
  )
  const ticketOfRole = new Map(
    finished.map((each, index) => [each.plan.script?.persona, tickets[index]?.id ?? '']),
  )
  const everybody = [...cast, ...buyers.map((buyer) => buyer.person)]

  return {
    today: dayText(today),
    timeZone,
    currency: 'GBP',
    schedule: scheduleFrom(dayText(frame.first), dayText(today)),
    agents: colleagues.map(({ id, name, email, role, group, locale }) => ({
      id,
      name,
      email,
      role,
      group,
      locale,
    })),
    groups: [...groups],
    users: [...userIds].map(([person, id]) => userOf(person, id)),
    tickets,
    customers: everybody.flatMap((person) =>
      person.accounts.map((account) => customerRecord(person, account)),
    ),
    orders: orders.map((order) => orderRecord(order, instantText)),
    refunds: refundsOf(orders),
    rates: ratesOf(randomOf(seed, 'rates'), frame.first, today),
    personas: roles.map((role) => ({
      key: role.key,
      name: role.person.name,
      shows: role.shows,
      ticket: ticketOfRole.get(role.key) ?? '',
    })),
  }
}
