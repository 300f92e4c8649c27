import type { ApiOrder, DeskTicket, EndUser, Persona, Agent } from '../world.ts'

/** The desk's own small interface, as its page calls it. */

export interface Seeding {
  state: 'none' | 'running' | 'done' | 'failed'
  sent: number
  total: number
  message?: string
}

export interface Start {
  subdomain: string
  installation: number
  agents: Agent[]
  personas: Persona[]
  currency: string
  timeZone: string
  channels: string[]
  reasons: string[]
  now: string
  seeding: Seeding
}

export interface Row {
  id: string
  subject: string
  status: DeskTicket['status']
  channel: string
  requester: string
  assignee: string | null
  at: string
}

export type UserView = EndUser & { number: number | string }

export type TicketView = Omit<DeskTicket, 'requester'> & {
  number: number | string
  requester: UserView | null
}

async function call<Answer>(method: string, path: string, body?: unknown): Promise<Answer> {
  const response = await fetch(`/desk/${path}`, {
    method,
    ...(body !== undefined && {
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    }),
  })
  const answer = await response.json()
  if (!response.ok) throw new Error(String(answer.error))
  return answer
}

const at = (id: string) => `tickets/${encodeURIComponent(id)}`

export const client = {
  start: () => call<Start>('GET', 'start'),
  seeding: () => call<Seeding>('GET', 'seeding'),
  tickets: (view: 'open' | 'all', text: string) =>
    call<{ items: Row[]; total: number }>(
      'GET',
      `tickets?${new URLSearchParams({ view, q: text })}`,
    ),
  ticket: (id: string) => call<TicketView>('GET', at(id)),
  user: (id: string) => call<UserView>('GET', `users/${encodeURIComponent(id)}`),
  users: (text: string) => call<EndUser[]>('GET', `users?${new URLSearchParams({ q: text })}`),
  comment: (
    id: string,
    body: { as: 'agent' | 'customer'; agent: string; public: boolean; text: string },
  ) => call<TicketView>('POST', `${at(id)}/comments`, body),
  change: (id: string, body: Record<string, unknown>) => call<TicketView>('PATCH', at(id), body),
  rate: (id: string, body: { level: number; reasons: string[]; comment: string }) =>
    call<TicketView>('POST', `${at(id)}/ratings`, body),
  order: (id: string, body: { channel: string; title: string; total: number }) =>
    call<ApiOrder>('POST', `${at(id)}/orders`, body),
  token: (location: string, agent: string) =>
    call<{ token: string }>('POST', 'frames', { location, agent }),
  proxy: (body: object) =>
    call<{ status: number; statusText: string; text: string }>('POST', 'proxy', body),
}
