import { appendFileSync, existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ApiOrder, Comment, Rating, TicketStatus, World } from '../world.ts'

/** What somebody did at the practice desk after the world was made. */
export type Change =
  | { kind: 'comment'; ticket: string; comment: Comment }
  | { kind: 'ticket'; ticket: string; at: string; set: TicketChange }
  | { kind: 'rating'; ticket: string; rating: Rating }
  | { kind: 'order'; order: ApiOrder }

export interface TicketChange {
  status?: TicketStatus
  assignee?: string | null
  requester?: string
  subject?: string
  tags?: string[]
}

/** Does the change to the world in place. Changes that name an unknown ticket do nothing. */
export function apply(world: World, change: Change): void {
  if (change.kind === 'order') {
    world.orders.push(change.order)
    return
  }
  const ticket = world.tickets.find((one) => one.id === change.ticket)
  if (ticket === undefined) return
  if (change.kind === 'comment') ticket.comments.push(change.comment)
  if (change.kind === 'rating') ticket.rating = change.rating
  if (change.kind !== 'ticket') return
  const { status, assignee, requester, subject, tags } = change.set
  if (requester !== undefined) ticket.requester = requester
  if (subject !== undefined) ticket.subject = subject
  if (tags !== undefined) ticket.tags = tags
  if (assignee === null) delete ticket.assignee
  else if (assignee !== undefined) ticket.assignee = assignee
  if (status === undefined || status === ticket.status) return
  const was = isDone(ticket.status)
  if (!was && isDone(status)) ticket.solvedAt = change.at
  if (was && !isDone(status)) ticket.reopens += 1
  ticket.status = status
}

function isDone(status: TicketStatus): boolean {
  return status === 'solved' || status === 'closed'
}

/** The changes of earlier starts, oldest first; `add` keeps one more. */
export interface ChangeLog {
  earlier: Change[]
  add: (change: Change) => void
}

export function openChanges(state: string): ChangeLog {
  const path = join(state, 'desk-changes.ndjson')
  const lines = existsSync(path) ? readFileSync(path, 'utf8').split('\n') : []
  return {
    earlier: lines.flatMap(readLine),
    add: (change) => appendFileSync(path, `${JSON.stringify(change)}\n`, { mode: 0o600 }),
  }
}

/** A line cut short by a crash is left out. */
function readLine(line: string): Change[] {
  try {
    const change: Change = JSON.parse(line)
    return [change]
  } catch {
    return []
  }
}
