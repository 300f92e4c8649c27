import type { CardTicket } from '../customers/card.ts'
import type { TicketRow } from './facts.ts'
import { isOpenStatus } from './facts.ts'

/** How many tickets a card keeps, and how much of a subject. */
const limits = { tickets: 6, subject: 80 }

interface WithColumns extends TicketRow {
  subject?: string | null
  solvedAt?: number | null
  assigneeName?: string | null
}

/** Tickets as a card shows them: open ones first, then the latest. */
export function cardTickets(rows: readonly WithColumns[]): CardTicket[] {
  return rows
    .toSorted(
      (a, b) => Number(isOpenStatus(b.status)) - Number(isOpenStatus(a.status)) || b.at - a.at,
    )
    .slice(0, limits.tickets)
    .map((row) => ({
      id: row.id,
      channel: row.channel,
      status: row.status,
      open: isOpenStatus(row.status),
      subject: row.subject?.slice(0, limits.subject) ?? null,
      createdAt: new Date(row.at).toISOString(),
      solvedAt: typeof row.solvedAt === 'number' ? new Date(row.solvedAt).toISOString() : null,
      assignee: row.assigneeName ?? null,
    }))
}
