import { randomUUID } from 'node:crypto'
import type { RapportApi } from '../launcher/api.ts'
import type {
  Agent,
  ApiCustomerRef,
  ApiOrder,
  DeskTicket,
  EndUser,
  Records,
  World,
} from '../world.ts'
import { recordsOf } from '../demo/records.ts'
import type { Mirror } from '../zendesk/fill.ts'
import type { Change, ChangeLog, TicketChange } from './changes.ts'
import { apply } from './changes.ts'

/** The practice desk's data and what can be done with it. */
export interface Practice {
  world: World
  agent: (id: string) => Agent | undefined
  /** By help-desk id, or `shop:<id of a shop customer>`. */
  user: (id: string) => EndUser | undefined
  ticket: (id: string) => DeskTicket | undefined
  /** Latest activity first. `view` open: not solved and not closed. */
  list: (query: { view: 'open' | 'all'; text: string }) => DeskTicket[]
  /** Help-desk users whose name, e-mail or id has the text in it. */
  people: (text: string) => EndUser[]
  comment: (ticket: string, input: NewComment) => DeskTicket
  change: (ticket: string, set: TicketChange) => DeskTicket
  rate: (ticket: string, input: NewRating) => DeskTicket
  order: (ticket: string, input: NewOrder) => Promise<ApiOrder>
}

interface NewComment {
  as: 'agent' | 'customer'
  /** Agent who writes. */
  agent: string
  public: boolean
  text: string
}

interface NewRating {
  level: number
  scale: 2 | 3 | 5
  reasons: string[]
  comment?: string
}

interface NewOrder {
  channel: string
  title: string
  /** Minor units. */
  total: number
}

export interface PracticeOptions {
  world: World
  changes: ChangeLog
  /** Takes orders: the shop's side. Tickets reach Rapport through the help desk. */
  api: RapportApi
  mirror: Mirror
  now: () => Date
}

/** Last activity of a ticket, RFC 3339. */
export function lastActivity(ticket: DeskTicket): string {
  return ticket.comments.at(-1)?.at ?? ticket.solvedAt ?? ticket.createdAt
}

/** Opens the desk on a world that has its earlier changes already. */
export function openPractice({ world, changes, api, mirror, now }: PracticeOptions): Practice {
  const tickets = new Map(world.tickets.map((one) => [one.id, one]))
  const users = new Map(world.users.map((one) => [one.id, one]))
  const agents = new Map(world.agents.map((one) => [one.id, one]))

  const known = (id: string): DeskTicket => {
    const ticket = tickets.get(id)
    if (ticket === undefined) throw new Refused(`there is no ticket ${id}`)
    return ticket
  }
  const record = (change: Change) => {
    apply(world, change)
    changes.add(change)
  }
  /** The records of one ticket; the customers stay, because they say which addresses are proved. */
  const recordsOfTicket = (ticket: DeskTicket): Records =>
    recordsOf({ ...world, orders: [], refunds: [], tickets: [ticket] })
  return {
    world,
    agent: (id) => agents.get(id),
    user: (id) => users.get(id) ?? shopCustomer(id),
    ticket: (id) => tickets.get(id),
    list({ view, text }) {
      const wanted = text.trim().toLowerCase()
      return world.tickets
        .filter((one) => view === 'all' || (one.status !== 'solved' && one.status !== 'closed'))
        .filter((one) => wanted === '' || searchText(one, users).includes(wanted))
        .toSorted((a, b) => lastActivity(b).localeCompare(lastActivity(a)))
    },
    people(text) {
      const wanted = text.trim().toLowerCase()
      return world.users.filter((user) =>
        `${user.name} ${user.email ?? ''} ${user.id}`.toLowerCase().includes(wanted),
      )
    },
    comment(id, input) {
      const ticket = known(id)
      const text = input.text.trim()
      if (text === '') throw new Refused('text: write something')
      const comment = {
        id: `desk-${randomUUID()}`,
        at: now().toISOString(),
        author: input.as,
        public: input.as === 'customer' || input.public,
        text,
        ...(input.as === 'agent' && { agent: input.agent }),
      }
      record({ kind: 'comment', ticket: id, comment })
      if (input.as === 'agent' && comment.public && ticket.assignee === undefined) {
        record({ kind: 'ticket', ticket: id, at: comment.at, set: { assignee: input.agent } })
      }
      const status = input.as === 'customer' ? 'open' : ticket.status === 'new' ? 'open' : undefined
      if (status !== undefined)
        record({ kind: 'ticket', ticket: id, at: comment.at, set: { status } })
      mirror.comment(ticket, comment)
      mirror.ticket(ticket)
      return ticket
    },
    change(id, set) {
      const ticket = known(id)
      if (set.requester !== undefined && !users.has(set.requester)) {
        throw new Refused('requester: there is no such person')
      }
      if (typeof set.assignee === 'string' && !agents.has(set.assignee)) {
        throw new Refused('assignee: there is no such agent')
      }
      record({ kind: 'ticket', ticket: id, at: now().toISOString(), set })
      mirror.ticket(ticket)
      return ticket
    },
    rate(id, input) {
      const ticket = known(id)
      const at = now().toISOString()
      const rating = {
        id: ticket.rating?.id ?? `desk-rating-${id}`,
        offeredAt: ticket.rating?.offeredAt ?? at,
        ratedAt: at,
        ...input,
        ...(ticket.assignee !== undefined && { agent: ticket.assignee }),
        ...(ticket.group !== undefined && { group: ticket.group }),
      }
      record({ kind: 'rating', ticket: id, rating })
      mirror.rating(ticket, rating)
      return ticket
    },
    async order(id, input) {
      const [ticket] = recordsOfTicket(known(id)).tickets
      if (ticket === undefined) throw new Refused('the ticket has no requester')
      const order = newOrder(ticket.requester, input, world.currency, now())
      record({ kind: 'order', order })
      await api.send('/v1/orders', [order])
      return order
    },
  }
}

/**
 * A help-desk user for `shop:<id>`: somebody whom only the shop knows, by the id that it gave the help desk as the
 * user's external id. So any imported customer can be looked at.
 */
function shopCustomer(id: string): EndUser | undefined {
  if (!id.startsWith('shop:')) return undefined
  const externalId = id.slice('shop:'.length)
  return { id: '999000001', name: externalId, locale: 'en-GB', externalId }
}

/** A wish that the desk refuses, with a reason for the person who asked. */
export class Refused extends Error {
  constructor(reason: string) {
    super(reason)
    this.name = 'Refused'
  }
}

function searchText(ticket: DeskTicket, users: ReadonlyMap<string, EndUser>): string {
  const user = users.get(ticket.requester)
  return `#${ticket.id} ${ticket.subject} ${user?.name ?? ''} ${user?.email ?? ''}`.toLowerCase()
}

function newOrder(
  customer: ApiCustomerRef,
  input: NewOrder,
  currency: string,
  now: Date,
): ApiOrder {
  return {
    id: `desk-${now.getTime().toString(36)}${randomUUID().slice(0, 4)}`,
    channel: input.channel,
    customer,
    placedAt: now.toISOString(),
    status: 'paid',
    currency,
    total: input.total,
    paymentStatus: 'paid',
    fulfilment: 'unfulfilled',
    lines: [{ title: input.title, quantity: 1, total: input.total }],
  }
}
