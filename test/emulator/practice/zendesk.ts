import type { Agent, DeskTicket, EndUser } from '../world.ts'
import type { Practice } from './practice.ts'
import { lastActivity } from './practice.ts'

/** An answer of the imitated Zendesk API. */
export interface ZendeskAnswer {
  status: number
  body: unknown
}

/** Zendesk's ids are numbers; ids of another form stay text. */
export function idOf(id: string): number | string {
  return /^\d{1,15}$/.test(id) ? Number(id) : id
}

/**
 * The part of Zendesk's REST API that the practice world has: users, tickets, comments, search.
 * `me` is the agent in whose name the request is made.
 */
export function zendeskApi(
  practice: Practice,
  method: string,
  url: URL,
  me: string,
): ZendeskAnswer {
  const path = url.pathname.replace(/\.json$/, '')
  if (method !== 'GET') return { status: 405, body: { error: 'MethodNotAllowed' } }
  const user = /^\/api\/v2\/users\/([^/]+)$/.exec(path)?.[1]
  if (user !== undefined) {
    const id = user === 'me' ? me : decodeURIComponent(user)
    const agent = practice.agent(id)
    const found = agent ? agentView(agent) : endUserView(practice.user(id))
    return found === null ? notFound : { status: 200, body: { user: found } }
  }
  const [, ticketId, part] = /^\/api\/v2\/tickets\/([^/]+)(?:\/(comments))?$/.exec(path) ?? []
  if (ticketId !== undefined) {
    const ticket = practice.ticket(decodeURIComponent(ticketId))
    if (ticket === undefined) return notFound
    if (part === undefined) return { status: 200, body: { ticket: ticketView(ticket) } }
    return { status: 200, body: { comments: commentViews(ticket), next_page: null } }
  }
  if (path === '/api/v2/search') {
    const text = (url.searchParams.get('query') ?? '').replace(/\b\w+:\S+/g, '')
    const results = practice.list({ view: 'all', text }).slice(0, 100)
    return { status: 200, body: { results: results.map(ticketView), count: results.length } }
  }
  return notFound
}

/** The same API as a host of the outside world, for whoever holds a token: the first admin asks. */
export function zendeskHost(practice: Practice): (request: Request) => Response {
  const admin = practice.world.agents.find((agent) => agent.role === 'admin')?.id ?? ''
  return (request) => {
    if (!/^Bearer ./.test(request.headers.get('Authorization') ?? '')) {
      return Response.json({ error: 'Couldn’t authenticate you' }, { status: 401 })
    }
    const { status, body } = zendeskApi(practice, request.method, new URL(request.url), admin)
    return Response.json(body, { status })
  }
}

const notFound: ZendeskAnswer = {
  status: 404,
  body: { error: 'RecordNotFound', description: 'Not found' },
}

function agentView(agent: Agent) {
  const { name, email, role, locale } = agent
  return { id: idOf(agent.id), name, email, role, locale, active: true, suspended: false }
}

function endUserView(user: EndUser | undefined) {
  if (user === undefined) return null
  const { name, email = null, phone = null, locale } = user
  const external = { external_id: user.externalId ?? null }
  return {
    id: idOf(user.id),
    name,
    email,
    phone,
    role: 'end-user',
    locale,
    ...external,
    active: true,
  }
}

function ticketView(ticket: DeskTicket) {
  return {
    id: idOf(ticket.id),
    subject: ticket.subject,
    status: ticket.status,
    type: ticket.type ?? null,
    tags: ticket.tags,
    requester_id: idOf(ticket.requester),
    assignee_id: ticket.assignee === undefined ? null : idOf(ticket.assignee),
    created_at: ticket.createdAt,
    updated_at: lastActivity(ticket),
    via: { channel: ticket.channel },
  }
}

function commentViews(ticket: DeskTicket) {
  return ticket.comments.map((comment) => ({
    id: comment.id,
    body: comment.text,
    plain_body: comment.text,
    public: comment.public,
    author_id: idOf(comment.author === 'customer' ? ticket.requester : (comment.agent ?? '0')),
    created_at: comment.at,
  }))
}
