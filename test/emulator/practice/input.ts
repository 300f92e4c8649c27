import type { IncomingMessage } from 'node:http'
import type { TicketChange } from './changes.ts'
import { Refused } from './practice.ts'

/** Reads the JSON object that the desk's page sent; at most 100 kB. */
export async function readInput(request: IncomingMessage): Promise<Record<string, unknown>> {
  if (!/^application\/json\b/.test(request.headers['content-type'] ?? '')) {
    throw new Refused('send application/json')
  }
  let text = ''
  request.setEncoding('utf8')
  for await (const part of request) {
    text += String(part)
    if (text.length > 100_000) throw new Refused('the text is too long')
  }
  const value: unknown = JSON.parse(text)
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new Refused('send a JSON object')
  }
  return { ...value }
}

const statuses = ['new', 'open', 'pending', 'hold', 'solved', 'closed'] as const

/** What of a ticket is to change. Refuses values of the wrong kind; leaves unknown names out. */
export function ticketChange(body: Record<string, unknown>): TicketChange {
  const set: TicketChange = {}
  if (body['status'] !== undefined) {
    const status = statuses.find((one) => one === body['status'])
    if (status === undefined) throw new Refused(`status: expected one of ${statuses.join(', ')}`)
    set.status = status
  }
  if (body['assignee'] === null) set.assignee = null
  else if (body['assignee'] !== undefined) set.assignee = String(body['assignee'])
  if (body['requester'] !== undefined) set.requester = String(body['requester'])
  if (typeof body['subject'] === 'string') set.subject = body['subject']
  if (Array.isArray(body['tags'])) set.tags = body['tags'].map(String)
  return set
}
