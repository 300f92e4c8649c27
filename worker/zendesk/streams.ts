import type { z } from 'zod'
import type { KindName } from '../ingest/kinds.ts'
import type { Shown } from '../push/observe.ts'
import { pace, type StreamName, unverified } from './catalog.ts'
import type { Directory } from './directory.ts'
import {
  customerRecord,
  isDeleted,
  type Mark,
  messageRecord,
  ratingRecord,
  surveyRecord,
  ticketRecord,
} from './records.ts'
import * as shapes from './shapes.ts'
import type { Merge, StreamState } from './store.ts'
import type { Hint } from './webhook.ts'

/** What a page of a stream brings. */
export interface Page {
  /** In the order they are to be stored. */
  records: { kind: KindName; items: unknown[] }[]
  /** Users as the help desk shows them, for the push to compare with what it wrote. */
  users?: Shown[]
  /** The same of tickets: values by the id of their field. */
  tickets?: (Omit<Shown, 'fields'> & { values: ReadonlyMap<string, unknown> })[]
  /** Tickets that are gone. */
  deleted: string[]
  hints: Hint[]
  marks: Mark[]
  merges: Merge[]
  /** Objects on the page. */
  count: number
  cursor: StreamState['cursor']
  /** Nothing more for now. */
  end: boolean
  /** What happened until this instant (ms) is in pages up to this one; null when it does not tell. */
  upTo: number | null
}

export interface Around {
  directory: Directory
  marksOf: (responses: readonly string[]) => Promise<Map<string, Mark>>
  mergesOf: (tickets: readonly string[]) => Promise<Map<string, string>>
  now: number
  /** True once a stream has begun: what another one tells of its objects is worth a look of its own. */
  begun: (name: StreamName) => boolean
  /** True while the account answers a stream. */
  runs: (name: StreamName) => boolean
}

/** One way of reading the help desk, page by page; a page that comes twice changes nothing. */
export interface Stream<Schema extends z.ZodType> {
  isExport: boolean
  path: (cursor: StreamState['cursor'], now: number) => string
  schema: Schema
  read: (
    body: z.output<Schema>,
    cursor: StreamState['cursor'],
    around: Around,
  ) => Promise<Page> | Page
  /** Address of the number of objects, where there is one. */
  totalPath?: string
  /** Until it is asked again once it has caught up (ms). */
  interval: number
}

const nothing = { records: [], deleted: [], hints: [], marks: [], merges: [] }

const users: Stream<typeof shapes.userExport> = {
  isExport: true,
  interval: pace.interval,
  totalPath: '/api/v2/users/count.json',
  path: ({ after }) => exportPath('users', after),
  schema: shapes.userExport,
  read: (body, cursor) => ({
    ...nothing,
    records: [
      { kind: 'customers', items: body.users.map(customerRecord).filter((one) => one !== null) },
    ],
    users: body.users.filter(({ role }) => role === 'end-user').map(shownUser),
    count: body.users.length,
    ...following(body, cursor),
    upTo: latest(body.users.map(({ updated_at }) => updated_at)),
  }),
}

function shownUser({ id, active, user_fields: fields, updated_at: updatedAt }: shapes.User) {
  return { id, active, fields, updatedAt }
}

function shownTicket(ticket: shapes.Ticket) {
  const { id, status, custom_fields: fields, updated_at: changed } = ticket
  const updatedAt = ticket.generated_timestamp ? ticket.generated_timestamp * 1_000 : changed
  const values = new Map(fields.map((one) => [one.id, one.value]))
  return { id, active: status !== 'closed', updatedAt, values }
}

const tickets: Stream<typeof shapes.ticketExport> = {
  isExport: true,
  interval: pace.interval,
  totalPath: '/api/v2/tickets/count.json',
  path: ({ after, size }) =>
    `${exportPath('tickets', after)}&include=${unverified.metrics}${size ? `&per_page=${size}` : ''}`,
  schema: shapes.ticketExport,
  read: async (body, cursor, { directory, begun, mergesOf }) => {
    const merges = await mergesOf(body.tickets.map(({ id }) => id))
    const metrics = new Map(body.metric_sets.map((one) => [one.ticket_id, one]))
    const kept = body.tickets.filter((one) => !isDeleted(one))
    return {
      ...nothing,
      records: [
        {
          kind: 'tickets',
          items: kept
            .map((one) => {
              const own = one.metric_set ?? metrics.get(one.id) ?? null
              return ticketRecord(one, directory, { metrics: own, mergedInto: merges.get(one.id) })
            })
            .filter((one) => one !== null),
        },
      ],
      tickets: kept.map(shownTicket),
      deleted: body.tickets.filter(isDeleted).map(({ id }) => id),
      hints: begun('ratings') ? kept.flatMap(ratedHint) : [],
      count: body.tickets.length,
      ...following(body, cursor),
      upTo: latest(body.tickets.map((one) => (one.generated_timestamp ?? 0) * 1_000)),
    }
  },
}

/** A ticket tells that it was rated, but not by whom it was held then. */
function ratedHint({ satisfaction_rating: rating }: shapes.Ticket): Hint[] {
  const rated =
    rating?.score.startsWith('good') === true || rating?.score.startsWith('bad') === true
  return rated && rating?.id ? [{ kind: 'rating', id: rating.id }] : []
}

const events: Stream<typeof shapes.eventExport> = {
  isExport: true,
  interval: pace.interval,
  path: ({ from }, now) => {
    // Times within the last minute are refused.
    const start = Math.min(
      Number(from ?? unverified.beginning),
      Math.floor((now - pace.fresh) / 1_000),
    )
    return `/api/v2/incremental/ticket_events.json?start_time=${start}&include=comment_events`
  },
  schema: shapes.eventExport,
  read: (body, cursor, { directory, begun }) => {
    const items: unknown[] = []
    const hints: Hint[] = []
    const marks: Mark[] = []
    const merges: Merge[] = []
    for (const event of body.ticket_events) {
      for (const child of event.child_events) {
        const { event_type: type } = child
        if (type === 'Comment') {
          const id = child.id ?? event.id
          const at = child.created_at ?? event.created_at
          const comment = { ...child, id, created_at: at, text: child.body ?? '' }
          items.push(messageRecord(event.ticket_id, comment, directory))
          const { source } = child.via ?? {}
          if (source?.rel === unverified.mergeRelation) {
            for (const ticket of source.from?.ticket_ids ?? []) {
              merges.push({ ticket, into: event.ticket_id })
              hints.push({ kind: 'ticket', id: ticket })
            }
          }
        } else if (unverified.surveyEvents.some((one) => one === type)) {
          const { survey_response_id: response, assigned_user_id: agent } = child
          if (response !== null) marks.push({ response, agent, group: child.assigned_group_id })
          if (begun('surveys')) hints.push({ kind: 'survey', id: event.ticket_id })
        } else if (type.includes(unverified.redaction)) {
          hints.push({ kind: 'ticket', id: event.ticket_id })
        }
      }
    }
    const start = Number(cursor['from'] ?? unverified.beginning)
    const next = body.end_time ?? start
    const seen = cursor['from'] === undefined ? -1 : start
    return {
      ...nothing,
      records: [{ kind: 'messages', items }],
      hints,
      marks,
      merges,
      // The last second of a page comes again with the next one.
      count: body.ticket_events.filter(({ timestamp }) => timestamp > seen).length,
      // More events in one second than a page holds would come again for ever: the second is left behind.
      cursor: { from: next > start || body.end_of_stream ? next : start + 1 },
      end: body.end_of_stream,
      upTo: next * 1_000,
    }
  },
}

const ratings: Stream<typeof shapes.ratingPage> = {
  isExport: false,
  interval: pace.again,
  totalPath: '/api/v2/satisfaction_ratings/count.json',
  path: ({ from, after }) =>
    listPath('/api/v2/satisfaction_ratings.json', after, { start_time: String(from ?? 0) }),
  schema: shapes.ratingPage,
  read: (body, cursor, { directory, now }) => ({
    ...nothing,
    records: [
      {
        kind: 'ratings',
        items: body.satisfaction_ratings
          .map((one) => ratingRecord(one, directory))
          .filter((one) => one !== null),
      },
    ],
    count: body.satisfaction_ratings.length,
    ...passing(body.meta, cursor, now),
    upTo: null,
  }),
}

const surveys: Stream<typeof shapes.surveyPage> = {
  isExport: false,
  interval: pace.again,
  path: ({ from, after }) =>
    listPath('/api/v2/guide/survey_responses', after, {
      'filter[created_at_start]': String(from ?? 0),
    }),
  schema: shapes.surveyPage,
  read: async (body, cursor, { directory, marksOf, now }) => {
    const marks = await marksOf(body.survey_responses.map(({ id }) => id))
    return {
      ...nothing,
      records: [
        {
          kind: 'ratings',
          items: body.survey_responses
            .map((one) => surveyRecord(one, directory, marks.get(one.id) ?? null))
            .filter((one) => one !== null),
        },
      ],
      count: body.survey_responses.length,
      ...passing(body.meta, cursor, now),
      upTo: null,
    }
  },
}

export const registry = { users, tickets, events, ratings, surveys }

function exportPath(noun: string, after: StreamState['cursor'][string] | undefined): string {
  const from =
    after == null ? `start_time=${unverified.beginning}` : `cursor=${encodeURIComponent(after)}`
  return `/api/v2/incremental/${noun}/cursor.json?${from}`
}

function listPath(
  path: string,
  after: StreamState['cursor'][string] | undefined,
  filters: Record<string, string>,
): string {
  const query = new URLSearchParams({ 'page[size]': '100', ...filters })
  if (after != null) query.set('page[after]', String(after))
  return `${path}?${query}`
}

/** Where an export goes on; its cursor is kept at the end too. */
function following(
  body: z.output<typeof shapes.exported>,
  cursor: StreamState['cursor'],
): Pick<Page, 'cursor' | 'end'> {
  const after = body.after_cursor ?? cursor['after'] ?? null
  return { cursor: { ...cursor, after }, end: body.end_of_stream }
}

/**
 * Where a list goes on. An answer changes a row that was listed long ago, so that after one pass the next begins a
 * little before it: far back once a day, else a few days.
 */
function passing(
  meta: { has_more: boolean; after_cursor?: string | null | undefined },
  cursor: StreamState['cursor'],
  now: number,
): Pick<Page, 'cursor' | 'end'> {
  const began = Number(cursor['began'] ?? now)
  if (meta.has_more && meta.after_cursor != null) {
    return { cursor: { ...cursor, began, after: meta.after_cursor }, end: false }
  }
  const lastFar = Number(cursor['far'] ?? 0)
  const far = now - lastFar >= 86_400_000
  const back = far ? pace.window.daily : pace.window.often
  const from = Math.max(0, Math.floor((began - back) / 1_000))
  return { cursor: { from, far: far ? now : lastFar }, end: true }
}

function latest(instants: readonly number[]): number | null {
  return instants.length === 0 ? null : instants.reduce((a, b) => Math.max(a, b))
}
