import { type Column, columnBuilder } from '../timeline/column.ts'
import { OPEN } from '../timeline/intervals.ts'
import { compareText, offsetsOf, place } from '../timeline/rows.ts'
import type { MessageRow, RatingRow, TicketRow } from './facts.ts'

/**
 * What was asked and answered about satisfaction. Person i has the rows offsets[i] … offsets[i + 1] − 1; a row is a
 * record of a rating that stands for its ticket's rating (the last one), for an offer, or for both.
 */
export interface SurveyFacts {
  readonly offsets: Int32Array
  /** Day of the ticket's last rating; OPEN = the row stands for no rating. */
  readonly day: Int32Array
  /** Day of an offer; OPEN = the row stands for none. A ticket that is offered twice has two. */
  readonly offered: Int32Array
  /** Whether that offer was answered. */
  readonly answered: Uint8Array
  /** Day on which the ticket was made. */
  readonly made: Int32Array
  /** Minute (since 1970) of the ticket's first customer message, else of its creation. */
  readonly contact: Int32Array
  /** Raw level and scale: `4/5`. */
  readonly score: Column
  readonly reason: Column
  /** Id of the agent at the time of the rating; if that was not told, of the ticket's. */
  readonly agent: Column
  readonly agentName: Column
  readonly group: Column
  readonly channel: Column
  readonly type: Column
  /** Instant of the rating, epoch ms; NaN = none. Like what follows, may be empty when a question needs it not. */
  readonly at: Float64Array
  readonly ticket: readonly string[]
  readonly id: readonly string[]
}

const NO_COLUMN: Column = { words: [], codes: new Int32Array(), offsets: null }

/** No surveys, of however many persons. */
export const NO_SURVEYS: Omit<SurveyFacts, 'offsets'> = {
  day: new Int32Array(),
  offered: new Int32Array(),
  answered: new Uint8Array(),
  made: new Int32Array(),
  contact: new Int32Array(),
  score: NO_COLUMN,
  reason: NO_COLUMN,
  agent: NO_COLUMN,
  agentName: NO_COLUMN,
  group: NO_COLUMN,
  channel: NO_COLUMN,
  type: NO_COLUMN,
  at: new Float64Array(),
  ticket: [],
  id: [],
}

/** More of a rating's row. */
interface SurveyRow extends RatingRow {
  offeredAt?: number | null
  agent?: string | null
  agentName?: string | null
}

/** More of a ticket's row. */
interface AssignedRow extends TicketRow {
  assignee?: string | null
  assigneeName?: string | null
  groupName?: string | null
}

const MINUTE = 60_000

interface Stand {
  row: SurveyRow
  person: number
  rating: boolean
  offer: boolean
  answered: boolean
}

function isAnswered(row: SurveyRow): boolean {
  return row.ratedAt !== null && row.level !== null
}

/** Later ratings stand before earlier ones, any rating before none. */
function laterFirst(a: SurveyRow, b: SurveyRow): number {
  const at = (row: SurveyRow) => (isAnswered(row) ? (row.ratedAt ?? 0) : Number.MIN_SAFE_INTEGER)
  return at(b) - at(a) || compareText(b.id, a.id)
}

/** What the records of one ticket stand for: the last rating, and each offer by its latest answer. */
function standsOf(records: readonly SurveyRow[]): Stand[] {
  const sorted = records.toSorted(laterFirst)
  const last = sorted[0]
  const offers = new Set<number>()
  return sorted.flatMap((row) => {
    const offeredAt = row.offeredAt ?? null
    const offer = offeredAt !== null && !offers.has(offeredAt)
    if (offeredAt !== null) offers.add(offeredAt)
    const rating = row === last && isAnswered(row)
    const stand = { row, person: row.person, rating, offer, answered: isAnswered(row) }
    return rating || offer ? [stand] : []
  })
}

/** Which ticket a row belongs to; persons are part of it because messages of nobody's tickets wait under 0. */
const ticketKey = (person: number, ticket: string) => `${person} ${ticket}`

/** The first customer message of each ticket that is rated. */
function firstContacts(
  messages: readonly MessageRow[],
  rated: ReadonlyMap<string, unknown>,
): Map<string, number> {
  const contacts = new Map<string, number>()
  for (const { person, ticket, author, at } of messages) {
    if (author !== 'customer') continue
    const key = ticketKey(person, ticket)
    if (rated.has(key)) contacts.set(key, Math.min(at, contacts.get(key) ?? Infinity))
  }
  return contacts
}

function reasonsIn(text: string): string[] {
  if (text === '' || text === '[]') return []
  try {
    const value: unknown = JSON.parse(text)
    return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : []
  } catch {
    return []
  }
}

export function surveyFactsOf(
  persons: Int32Array,
  ratings: readonly SurveyRow[],
  tickets: readonly AssignedRow[],
  messages: readonly MessageRow[],
  { dayOf }: { dayOf: (instant: number) => number },
): SurveyFacts {
  const byTicket = Map.groupBy(ratings, (row) => ticketKey(row.person, row.ticket))
  const contacts = firstContacts(messages, byTicket)
  const ticketOf = new Map(
    tickets
      .map((row) => [ticketKey(row.person, row.id), row] as const)
      .filter(([key]) => byTicket.has(key)),
  )
  const placed = place(
    [...byTicket.values()].flatMap(standsOf),
    persons,
    ({ row }) => row.ratedAt ?? row.offeredAt ?? 0,
    ({ row }) => row.id,
  )
  const size = placed.length
  const columns = {
    score: columnBuilder(),
    reason: columnBuilder(),
    agent: columnBuilder(),
    agentName: columnBuilder(),
    group: columnBuilder(),
    channel: columnBuilder(),
    type: columnBuilder(),
  }
  const made = new Int32Array(size)
  const contact = new Int32Array(size)
  placed.forEach(({ row: { row, rating }, at }, k) => {
    const key = ticketKey(row.person, row.ticket)
    const ticket = ticketOf.get(key)
    const add = (column: keyof typeof columns, value: string | null | undefined) => {
      if (value !== null && value !== undefined && value !== '') columns[column].add(k, value)
    }
    if (rating) {
      add('score', `${row.level}/${row.scale}`)
      for (const reason of reasonsIn(row.reasons)) add('reason', reason)
    }
    const own = row.agent !== null && row.agent !== undefined
    add('agent', own ? row.agent : ticket?.assignee)
    add('agentName', own ? row.agentName : ticket?.assigneeName)
    add('group', row.groupName ?? ticket?.groupName)
    add('channel', ticket?.channel)
    add('type', ticket?.type)
    made[k] = dayOf(ticket?.at ?? at)
    contact[k] = Math.floor((contacts.get(key) ?? ticket?.at ?? at) / MINUTE)
  })
  const owners = Int32Array.from(placed, ({ owner }) => owner)
  return {
    offsets: offsetsOf(owners, persons.length),
    day: Int32Array.from(placed, ({ row: { row, rating } }) =>
      rating ? dayOf(row.ratedAt ?? 0) : OPEN,
    ),
    offered: Int32Array.from(placed, ({ row: { row, offer } }) =>
      offer ? dayOf(row.offeredAt ?? 0) : OPEN,
    ),
    answered: Uint8Array.from(placed, ({ row: { offer, answered } }) => Number(offer && answered)),
    made,
    contact,
    score: columns.score.build(size),
    reason: columns.reason.build(size),
    agent: columns.agent.build(size),
    agentName: columns.agentName.build(size),
    group: columns.group.build(size),
    channel: columns.channel.build(size),
    type: columns.type.build(size),
    at: Float64Array.from(placed, ({ row: { row, rating } }) =>
      rating ? (row.ratedAt ?? Number.NaN) : Number.NaN,
    ),
    ticket: placed.map(({ row: { row } }) => row.ticket),
    id: placed.map(({ row: { row } }) => row.id),
  }
}
