import type {
  ApiCustomerRef,
  ApiMessage,
  ApiRating,
  ApiTicket,
  DeskTicket,
  EndUser,
  Records,
  World,
} from '../world.ts'

type Person = ApiCustomerRef & { id: string }

function ticketRecord(ticket: DeskTicket, requester: ApiCustomerRef, agent: AgentOf): ApiTicket {
  const assignee = agent(ticket.assignee)
  return {
    id: ticket.id,
    channel: ticket.channel,
    requester,
    subject: ticket.subject,
    ...(ticket.type !== undefined && { type: ticket.type }),
    status: ticket.status,
    createdAt: ticket.createdAt,
    ...(ticket.solvedAt !== undefined && { solvedAt: ticket.solvedAt }),
    reopens: ticket.reopens,
    ...(assignee !== undefined && { assignee }),
    ...(ticket.group !== undefined && { group: ticket.group }),
    tags: ticket.tags,
    fields: ticket.fields,
    orderIds: ticket.orderIds,
  }
}

function messageRecords(ticket: DeskTicket): ApiMessage[] {
  return ticket.comments.map((comment) => ({
    id: comment.id,
    ticketId: ticket.id,
    at: comment.at,
    author: comment.author,
    public: comment.public,
    text: comment.text,
  }))
}

function ratingRecords(ticket: DeskTicket, agentOf: AgentOf): ApiRating[] {
  if (ticket.rating === undefined) return []
  const { agent, ...rating } = ticket.rating
  const by = agentOf(agent)
  return [{ ...rating, ticketId: ticket.id, ...(by !== undefined && { agent: by }) }]
}

type AgentOf = (id: string | undefined) => { id: string; name: string } | undefined

/**
 * The world as the ingest interface takes it. A help-desk user's address counts as proved, unless a
 * shop customer gave the same one without proving it. A user whom a shop knows carries that shop's
 * channel, because a marketplace's relay address means somebody in its own channel only.
 */
export function recordsOf(world: World): Records {
  const unproved = new Set(
    world.customers.filter((each) => each.verified !== true).map((each) => each.email),
  )
  const channels = new Map(world.customers.map((each) => [each.id, each.channel]))
  const people = new Map(world.users.map((user) => [user.id, personOf(user, unproved)]))
  const agents = new Map(world.agents.map(({ id, name }) => [id, { id, name }]))
  const agentOf: AgentOf = (id) => (id === undefined ? undefined : agents.get(id))
  return {
    customers: [
      ...world.customers,
      ...world.users.map((user) => {
        const channel = channels.get(user.externalId ?? '')
        return {
          ...personOf(user, unproved),
          ...(channel !== undefined && { channel }),
          traits: { locale: user.locale },
        }
      }),
    ],
    orders: world.orders,
    refunds: world.refunds,
    tickets: world.tickets.map((ticket) =>
      ticketRecord(ticket, people.get(ticket.requester) ?? { id: ticket.requester }, agentOf),
    ),
    messages: world.tickets.flatMap(messageRecords),
    ratings: world.tickets.flatMap((ticket) => ratingRecords(ticket, agentOf)),
  }
}

function personOf(user: EndUser, unproved: ReadonlySet<string | undefined>): Person {
  return {
    id: `zendesk:${user.id}`,
    name: user.name,
    ...(user.email !== undefined && { email: user.email }),
    ...(user.phone !== undefined && { phone: user.phone }),
    ...(!unproved.has(user.email) && { verified: true }),
  }
}
