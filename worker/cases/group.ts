import type { GapBasis } from './catalog.ts'

/** A ticket as grouping sees it. Instants are epoch ms. */
export interface CaseTicket {
  id: string
  at: number
  /** Its values of the method's keys, as one text. */
  key: string
  /** Last public message, else solve, else creation. */
  activity: number
  /** A human said: begins a case (`split`), or belongs to the case before it (`join`). */
  said?: 'split' | 'join'
}

/** How long after what a ticket still belongs to a case. */
export interface Gap {
  /** Milliseconds; null: for ever. */
  length: number | null
  from: GapBasis
}

const HOUR = 3_600_000

/** A gap of so many hours. */
export function gapOf(hours: number | null, from: GapBasis): Gap {
  return { length: hours === null ? null : hours * HOUR, from }
}

/** Tickets in the order in which they are grouped: by creation, then id. */
export function inOrder<Ticket extends Pick<CaseTicket, 'at' | 'id'>>(
  tickets: readonly Ticket[],
): Ticket[] {
  return tickets.toSorted((a, b) => a.at - b.at || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0))
}

/**
 * Groups the tickets of one person, given in order: each joins the latest case of its key when it was made within the
 * gap (≤), else begins one. Cases come in the order of their first tickets; every ticket is in exactly one.
 */
export function casesOf<Ticket extends CaseTicket>(
  tickets: readonly Ticket[],
  gap: Gap,
): Ticket[][] {
  const cases: Ticket[][] = []
  const open = new Map<string, { tickets: Ticket[]; last: number }>()
  for (const ticket of tickets) {
    const held = open.get(ticket.key)
    const near = held !== undefined && (gap.length === null || ticket.at - held.last <= gap.length)
    const mark = gap.from === 'opened' ? ticket.at : ticket.activity
    if (held !== undefined && ticket.said !== 'split' && (near || ticket.said === 'join')) {
      held.tickets.push(ticket)
      held.last = gap.from === 'opened' ? ticket.at : Math.max(held.last, mark)
    } else {
      const begun = [ticket]
      cases.push(begun)
      open.set(ticket.key, { tickets: begun, last: mark })
    }
  }
  return cases
}
