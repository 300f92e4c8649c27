import type { z } from 'zod'
import type { KindName } from '../ingest/kinds.ts'
import type { Question, Reply } from './ask.ts'
import { unverified } from './catalog.ts'
import type { Around } from './streams.ts'
import {
  customerRecord,
  isDeleted,
  messageRecord,
  ratingRecord,
  surveyRecord,
  ticketRecord,
} from './records.ts'
import * as shapes from './shapes.ts'
import type { Hint } from './webhook.ts'

export type AskFor = <Schema extends z.ZodType>(
  question: Question,
  schema: Schema,
) => Promise<Reply<z.output<Schema>>>

/** What a look at one thing has shown. */
export interface Look {
  records: { kind: KindName; items: unknown[] }[]
  /** Tickets that are gone. */
  deleted: string[]
}

const missing = { records: [], deleted: [] }

/** Looks at one thing by itself. `null`: it is not there; a failed reply is passed on. */
export async function lookAt(
  hint: Hint,
  askFor: AskFor,
  around: Around,
): Promise<Look | Exclude<Reply<never>, { ok: true }>> {
  if (hint.kind === 'ticket') return lookAtTicket(hint.id, askFor, around)
  if (hint.kind === 'user') {
    const reply = await askFor({ path: `/api/v2/users/${hint.id}.json` }, shapes.oneUser)
    if (!reply.ok) return reply.status === 404 ? missing : reply
    const record = customerRecord(reply.body.user)
    return record === null ? missing : found('customers', [record])
  }
  if (hint.kind === 'rating') {
    const path = `/api/v2/satisfaction_ratings/${hint.id}.json`
    const reply = await askFor({ path }, shapes.oneRating)
    if (!reply.ok) return reply.status === 404 ? missing : reply
    const record = ratingRecord(reply.body.satisfaction_rating, around.directory)
    return record === null ? missing : found('ratings', [record])
  }
  const about = encodeURIComponent(`zen:ticket:${hint.id}`)
  const path = `/api/v2/guide/survey_responses?filter[subject_zrns]=${about}&page[size]=100`
  const reply = await askFor({ path }, shapes.surveyPage)
  if (!reply.ok) return reply.status === 404 ? missing : reply
  const marks = await around.marksOf(reply.body.survey_responses.map(({ id }) => id))
  const items = reply.body.survey_responses
    .map((one) => surveyRecord(one, around.directory, marks.get(one.id) ?? null))
    .filter((one) => one !== null)
  return found('ratings', items)
}

/** A ticket with its requester, all its comments and its rating. */
async function lookAtTicket(id: string, askFor: AskFor, around: Around) {
  const { directory } = around
  const path = `/api/v2/tickets/${id}.json?include=${unverified.metrics}`
  const reply = await askFor({ path }, shapes.oneTicket)
  if (!reply.ok) return reply.status === 404 ? { records: [], deleted: [id] } : reply
  const { ticket } = reply.body
  if (isDeleted(ticket)) return { records: [], deleted: [id] }
  const merges = await around.mergesOf([id])
  const own = { metrics: ticket.metric_set ?? null, mergedInto: merges.get(id) }
  const record = ticketRecord(ticket, directory, own)
  const items: unknown[] = []
  let after: string | null = null
  do {
    const page: string = after === null ? '' : `&page[after]=${encodeURIComponent(after)}`
    const question = { path: `/api/v2/tickets/${id}/comments.json?page[size]=100${page}` }
    const comments: Reply<z.output<typeof shapes.commentPage>> = await askFor(
      question,
      shapes.commentPage,
    )
    if (!comments.ok) return comments
    for (const one of comments.body.comments) {
      items.push(messageRecord(id, { ...one, text: one.plain_body ?? one.body ?? '' }, directory))
    }
    const { meta } = comments.body
    after = meta.has_more ? (meta.after_cursor ?? null) : null
  } while (after !== null)
  const records: Look['records'] = [{ kind: 'tickets', items: record === null ? [] : [record] }]
  if (ticket.requester_id !== null) {
    const user = await lookAt({ kind: 'user', id: ticket.requester_id }, askFor, around)
    if (!('records' in user)) return user
    records.unshift(...user.records)
  }
  records.push({ kind: 'messages', items })
  const { satisfaction_rating: rating } = ticket
  if (rating?.id && rating.score !== 'unoffered') {
    const rated = await lookAt({ kind: 'rating', id: rating.id }, askFor, around)
    if (!('records' in rated)) return rated
    records.push(...rated.records)
  }
  if (around.runs('surveys')) {
    const surveyed = await lookAt({ kind: 'survey', id }, askFor, around)
    if (!('records' in surveyed)) return surveyed
    records.push(...surveyed.records)
  }
  return { records, deleted: [] }
}

function found(kind: KindName, items: unknown[]): Look {
  return { records: [{ kind, items }], deleted: [] }
}
