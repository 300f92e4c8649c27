import { minuteAt, wallOf } from './calendar.ts'
import { type ChannelKey, carriers, colours, products } from './catalogue.ts'
import type { Account, Frame, NumberedOrder, OrderDraft, Person, TicketPlan } from './draft.ts'
import { accountOf } from './people.ts'
import { fulfilmentOf, lineOf, propertiesOf } from './orders.ts'
import { randomOf } from './random.ts'

/** A ticket of a named person, perhaps about the first or the latest order before it. */
interface CastTicket
  extends Pick<TicketPlan, 'topic' | 'channel' | 'upset'>, Pick<TicketPlan, 'script'> {
  daysAgo: number
  minute: number
  about?: 'first' | 'latest'
}

/** A named person, perhaps with others who are easily confused with them. */
export interface Role {
  key: string
  shows: string
  /** Who writes the tickets. */
  person: Person
  others?: Person[]
  orders: OrderDraft[]
  /** The last one is the ticket to open. */
  tickets: CastTicket[]
}

const plain = {
  city: 'London',
  country: 'GB',
  currency: 'GBP',
  device: 'phone',
  model: 'Pomelo 16 Pro',
  os: 'iOS',
  source: 'friend',
  newsletter: true,
} as const

/** A person with one account in each of the channels; `index` numbers the accounts. */
export function human(
  who: Pick<Person, 'name' | 'given' | 'contact'> & Partial<Person>,
  index: number,
  channels: readonly ChannelKey[],
  frame: Frame,
  verified = true,
): Person {
  const createdAt = minuteAt(frame.first, 540)
  const accounts = channels.map((channel): Account => ({
    ...accountOf(channel, index, who.contact, createdAt),
    verified,
  }))
  return { language: 'en', ...plain, ...who, accounts }
}

/** An order of a named person: article numbers with quantities, on a day at 11:20. */
export function buy(
  frame: Frame,
  person: Person,
  day: number,
  basket: Readonly<Record<string, number>>,
  more: Partial<OrderDraft> = {},
): OrderDraft {
  const account = more.account ?? person.accounts[0]
  if (account === undefined) throw new RangeError(`${person.name} has no account`)
  const random = randomOf(frame.seed, `cast ${account.id} ${day}`)
  const lines = Object.entries(basket).map(([sku, quantity]) => {
    const product = products.find((each) => each.sku === sku)
    if (product === undefined) throw new RangeError(`no product ${sku}`)
    return lineOf(product, person.currency, quantity, random.pick(colours))
  })
  const status = more.status ?? 'paid'
  return {
    person,
    account,
    at: minuteAt(day, 680),
    status,
    currency: person.currency,
    total: lines.reduce((sum, line) => sum + line.total, 0),
    fulfilment: fulfilmentOf(status, frame.today - day),
    lines,
    properties: {
      ...propertiesOf(random, person, account, day),
      carrier: random.weighted(carriers[account.channel].filter(([name]) => name !== 'Redfinch')),
    },
    refunds: [],
    ...more,
  }
}

/** The tickets of a role as plans, once orders have numbers. */
export function plansOfRole(
  role: Role,
  orders: readonly NumberedOrder[],
  frame: Frame,
): TicketPlan[] {
  return role.tickets.map((ticket, index) => {
    const at = minuteAt(frame.today - ticket.daysAgo, ticket.minute)
    const own = orders.filter(
      (each) => each.person === role.person && wallOf(each.at).day <= wallOf(at).day,
    )
    const order = own.at(ticket.about === 'first' ? 0 : -1)
    const last = index === role.tickets.length - 1
    return {
      person: role.person,
      topic: ticket.topic,
      channel: ticket.channel,
      upset: ticket.upset,
      at,
      product: order?.lines[0]?.title ?? 'Loam leather case',
      ...(ticket.about !== undefined && order !== undefined && { order }),
      script: { ...ticket.script, ...(last && { persona: role.key }) },
    }
  })
}
