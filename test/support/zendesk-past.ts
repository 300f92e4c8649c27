import type { ZendeskAccount } from '../emulator/zendesk/account.ts'
import { iso, type ZTicket, type ZUser } from '../emulator/zendesk/objects.ts'

/** When the tests with this past take place. */
export const start = Date.parse('2026-11-26T09:00:00Z')
const day = 86_400_000

export function user(id: number): ZUser {
  return {
    id,
    name: `Person ${id}`,
    email: `person${id}@example.com`,
    phone: null,
    external_id: null,
    role: 'end-user',
    verified: true,
    active: true,
    suspended: false,
    locale: 'en',
    tags: [],
    user_fields: {},
    created_at: iso(start - 800 * day),
    updated_at: iso(start - 800 * day),
  }
}

export function ticket(
  id: number,
  requester: number,
  at: number,
): Omit<ZTicket, 'generated_timestamp'> {
  return {
    id,
    subject: `Ticket ${id}`,
    status: 'open',
    type: null,
    via: { channel: 'email' },
    requester_id: requester,
    assignee_id: 2,
    group_id: 3,
    tags: [],
    custom_fields: [{ id: 9_000, value: null }],
    satisfaction_rating: null,
    created_at: iso(at),
    updated_at: iso(at),
    metric_set: { solved_at: null, reopens: 0 },
  }
}

/** A shop's past: so many persons and tickets, one message each, every third one rated. */
export function past(persons: number, tickets: number) {
  return (zendesk: ZendeskAccount) => {
    for (let n = 0; n < persons; n += 1) zendesk.saveUser(user(100 + n), start - 800 * day + n)
    for (let n = 0; n < tickets; n += 1) {
      const at = start - 700 * day + n * 60_000
      const requester = 100 + ((n * 7) % persons)
      zendesk.saveTicket(ticket(1_000 + n, requester, at), at)
      const words = { body: `Words ${n}`, plain_body: `Words ${n}`, public: true }
      const own = { id: 500_000 + n, type: 'Comment' as const, author_id: requester }
      zendesk.addComment(1_000 + n, { ...own, ...words, created_at: iso(at) }, at)
      if (n % 3 === 0) rate(zendesk, 1_000 + n, n % 2 === 0 ? 'good' : 'bad', at)
    }
  }
}

export function rate(zendesk: ZendeskAccount, ticketId: number, score: string, at: number): void {
  const found = zendesk.tickets.get(ticketId)?.row
  if (found === undefined) return
  zendesk.ratings.set(ticketId, {
    id: ticketId,
    score,
    comment: null,
    reason: null,
    assignee_id: found.assignee_id,
    group_id: found.group_id,
    requester_id: found.requester_id,
    ticket_id: ticketId,
    created_at: iso(at),
    updated_at: iso(at),
  })
  const row = { ...found, satisfaction_rating: { id: ticketId, score } }
  zendesk.saveTicket(row, at)
}
