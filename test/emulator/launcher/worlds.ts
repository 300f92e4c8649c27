import { existsSync } from 'node:fs'
import type { ApiMessage, ApiRating, ApiTicket, Records, World } from '../world.ts'

/** The demo shop as its module offers it. */
interface DemoModule {
  buildWorld: (now: Date) => World
  recordsOf: (world: World) => Records
}

/** A world, and its translation into Rapport's records. */
export interface Demo {
  world: World
  recordsOf: (world: World) => Records
}

/** Builds the demo shop, dated relative to `now`; null when the module is not there. */
export async function loadDemo(now: Date): Promise<Demo | null> {
  const place = new URL('../demo/build.ts', import.meta.url)
  if (!existsSync(place)) return null
  const demo: DemoModule = await import(place.href)
  return { world: demo.buildWorld(now), recordsOf: demo.recordsOf }
}

/** A desk with two agents and no tickets, for a start without the demo shop. */
export function emptyWorld(now: Date): World {
  return {
    today: now.toISOString().slice(0, 10),
    timeZone: 'UTC',
    currency: 'GBP',
    schedule: { from: '2000-01-01', timeZone: 'UTC', intervals: [], holidays: [] },
    agents: [
      {
        id: '1',
        name: 'Alex Reed',
        email: 'alex@fernway.example',
        role: 'admin',
        group: 'Support',
        locale: 'en-GB',
      },
      {
        id: '2',
        name: 'Sam Ortiz',
        email: 'sam@fernway.example',
        role: 'agent',
        group: 'Support',
        locale: 'en-GB',
      },
    ],
    groups: ['Support'],
    users: [],
    tickets: [],
    customers: [],
    orders: [],
    refunds: [],
    rates: [],
    personas: [],
  }
}

/** The plain translation of a world: a requester is known by the desk's id and a verified e-mail. */
export function plainRecords(world: World): Records {
  const users = new Map(world.users.map((user) => [user.id, user]))
  const agents = new Map(world.agents.map((agent) => [agent.id, agent]))
  const agentRef = (id: string | undefined) => {
    const agent = id === undefined ? undefined : agents.get(id)
    return agent && { id: agent.id, name: agent.name }
  }
  const tickets = world.tickets.map((ticket): ApiTicket => {
    const { comments: _comments, rating: _rating, assignee, requester, ...rest } = ticket
    const { name, email, phone } = users.get(requester) ?? {}
    const found = agentRef(assignee)
    return {
      ...rest,
      requester: {
        id: `zendesk:${requester}`,
        ...(name && { name }),
        ...(email && { email, verified: true }),
        ...(phone && { phone }),
      },
      ...(found && { assignee: found }),
    }
  })
  const messages = world.tickets.flatMap((ticket) =>
    ticket.comments.map(({ agent: _agent, ...comment }): ApiMessage => ({
      ...comment,
      ticketId: ticket.id,
    })),
  )
  const ratings = world.tickets.flatMap(({ id, rating }): ApiRating[] => {
    if (rating === undefined) return []
    const { agent, ...rest } = rating
    const found = agentRef(agent)
    return [{ ...rest, ticketId: id, ...(found && { agent: found }) }]
  })
  const { customers, orders, refunds } = world
  return { customers, orders, refunds, tickets, messages, ratings }
}
