import { isEmail } from '../people/identity.ts'
import { prefix, triggered } from '../push/catalog.ts'
import { unverified } from './catalog.ts'
import { agentOf, type Directory } from './directory.ts'
import type { Comment, Metrics, Rating, Survey, Ticket, User } from './shapes.ts'

/** Turns Zendesk's objects into records as the ingest interface takes them. Instants are RFC 3339 there. */

const iso = (instant: number) => new Date(instant).toISOString()

/** Field by which a ticket names orders of the shop. */
const orderField = /^order (number|id)s?$/i

/** What we put there ourselves tells nothing about anybody; a flag that triggers set does, where it is set. */
const isOurs = (name: string, value?: unknown) =>
  name.startsWith(prefix) && !(triggered.includes(name) && value === true)

/** Id of a user or comment of the help desk among those of all sources. */
export function sourceId(id: string): string {
  return `zendesk:${id}`
}

/** The record of an end user; null for staff. Somebody who was deleted or merged away keeps no address. */
export function customerRecord(user: User) {
  if (user.role !== 'end-user') return null
  const { email, phone, name, locale } = user
  const reachable = user.active
  return {
    id: sourceId(user.id),
    ...(name !== null && name.trim() !== '' && { name: name.trim().slice(0, 500) }),
    ...(reachable && email !== null && isEmail(email) && { email }),
    ...(reachable && phone !== null && phone.trim() !== '' && { phone: phone.trim().slice(0, 60) }),
    ...(user.verified && { verified: true }),
    createdAt: iso(user.created_at),
    traits: {
      ...(locale !== null && { locale }),
      ...(user.external_id !== null && { externalId: user.external_id.slice(0, 200) }),
      ...plainValues(Object.entries(user.user_fields).filter((one) => !isOurs(...one))),
    },
    tags: user.tags.filter((tag) => !isOurs(tag)),
    updatedAt: iso(user.updated_at),
  }
}

const statuses = ['new', 'open', 'pending', 'hold', 'solved', 'closed'] as const

/** True when the ticket is gone from the help desk. */
export function isDeleted(ticket: Ticket): boolean {
  return ticket.status === unverified.deletedStatus
}

/** The record of a ticket; null when it has no requester. */
export function ticketRecord(
  ticket: Ticket,
  directory: Directory,
  {
    metrics = null,
    mergedInto,
  }: { metrics?: Metrics | null; mergedInto?: string | undefined } = {},
) {
  if (ticket.requester_id === null) return null
  const status = statuses.find((one) => one === ticket.status) ?? 'open'
  const assignee = agentOf(directory, ticket.assignee_id)
  const group = ticket.group_id === null ? undefined : directory.groups[ticket.group_id]
  const named = ticket.custom_fields.flatMap(({ id, value }) => {
    const title = directory.fields[id]
    return title === undefined ? [] : [[title, value] as const]
  })
  const orderIds = named
    .filter(([title]) => orderField.test(title))
    .flatMap(([, value]) => String(value ?? '').split(/[\s,;]+/))
    .filter((one) => one !== '')
  const done = status === 'solved' || status === 'closed'
  const solvedAt = done ? (metrics?.solved_at ?? null) : null
  return {
    id: ticket.id,
    channel: ticket.via?.channel || 'web',
    requester: { id: sourceId(ticket.requester_id) },
    ...(ticket.subject !== null && { subject: ticket.subject.slice(0, 2_000) }),
    ...(ticket.type !== null && { type: ticket.type }),
    status,
    createdAt: iso(ticket.created_at),
    ...(solvedAt !== null && { solvedAt: iso(solvedAt) }),
    ...(metrics !== null && { reopens: metrics.reopens }),
    ...(assignee !== undefined && { assignee }),
    ...(group !== undefined && { group: group.slice(0, 200) }),
    tags: ticket.tags.filter((tag) => !isOurs(tag)),
    fields: plainValues(named),
    ...(orderIds.length > 0 && { orderIds: [...new Set(orderIds)].slice(0, 100) }),
    ...(mergedInto !== undefined && { mergedInto }),
    updatedAt: iso(
      ticket.generated_timestamp ? ticket.generated_timestamp * 1_000 : ticket.updated_at,
    ),
  }
}

/** Values that a rule can compare; nothing stays nothing. */
function plainValues(entries: readonly (readonly [string, unknown])[]) {
  const plain: Record<string, string | number | boolean | string[]> = {}
  for (const [name, value] of entries) {
    if (Array.isArray(value)) {
      if (value.length > 0) plain[name] = value.slice(0, 50).map((one) => String(one).slice(0, 500))
    } else if (typeof value === 'string') {
      if (value !== '') plain[name] = value.slice(0, 500)
    } else if (typeof value === 'number' || typeof value === 'boolean') {
      plain[name] = value
    }
  }
  return plain
}

/** The record of a comment; who is not of the staff is the customer. */
export function messageRecord(
  ticket: string,
  comment: Pick<Comment, 'id' | 'author_id' | 'public' | 'created_at'> & { text: string },
  { staff }: Directory,
) {
  const author = comment.author_id ?? unverified.systemAuthor
  const wrote = author === unverified.systemAuthor ? 'bot' : author in staff ? 'agent' : 'customer'
  return {
    id: sourceId(comment.id),
    ticketId: ticket,
    at: iso(comment.created_at),
    author: wrote,
    public: comment.public,
    text: comment.text.slice(0, 65_536),
  }
}

/** The record of a rating of the old kind: offered, good or bad; null when it was not even offered. */
export function ratingRecord(rating: Rating, directory: Directory) {
  if (rating.score === 'unoffered') return null
  const level = rating.score.startsWith('good') ? 2 : rating.score.startsWith('bad') ? 1 : null
  const agent = agentOf(directory, rating.assignee_id)
  const group = rating.group_id === null ? undefined : directory.groups[rating.group_id]
  return {
    id: `rating:${rating.id}`,
    ticketId: rating.ticket_id,
    scale: 2,
    offeredAt: iso(rating.created_at),
    ...(level !== null && { level, ratedAt: iso(rating.updated_at) }),
    ...(rating.reason !== null &&
      rating.reason !== '' && { reasons: [rating.reason.slice(0, 200)] }),
    ...(rating.comment !== null && { comment: rating.comment.slice(0, 10_000) }),
    ...(agent !== undefined && { agent }),
    ...(group !== undefined && { group: group.slice(0, 200) }),
    updatedAt: iso(rating.updated_at),
  }
}

/** Whose ticket it was when a survey was answered. */
export interface Mark {
  response: string
  agent: string | null
  group: string | null
}

const categories = ['bad', 'neutral', 'good']

/** The record of a survey about a ticket; null when it is about something else or tells no offer. */
export function surveyRecord(survey: Survey, directory: Directory, mark: Mark | null) {
  const about = survey.subjects.find(({ type }) => type === 'ticket' || type === 'request')
  const rated = survey.answers.find(({ type }) => type === 'rating_scale')
  const ratedAt = rated?.updated_at ?? null
  const level = rated === undefined ? null : levelOf(rated)
  const offeredAt = survey.created_at ?? ratedAt
  if (about === undefined || offeredAt === null) return null
  const reasons = survey.answers.flatMap(({ type, selections, question }) =>
    type === 'closed_ended'
      ? selections.flatMap(
          ({ option_id }) => question?.options.find(({ id }) => id === option_id)?.label ?? [],
        )
      : [],
  )
  const comment = survey.answers.find(({ type, value }) => type === 'open_ended' && value)?.value
  const agent = agentOf(directory, mark?.agent ?? null)
  const group = mark?.group ? directory.groups[mark.group] : undefined
  const changed = Math.max(offeredAt, ...survey.answers.map(({ updated_at }) => updated_at ?? 0))
  return {
    id: `survey:${survey.id}`,
    ticketId: about.id,
    scale: level?.scale ?? 5,
    offeredAt: iso(offeredAt),
    ...(level !== null && ratedAt !== null && { level: level.level, ratedAt: iso(ratedAt) }),
    reasons: reasons.map((one) => one.slice(0, 200)),
    ...(comment && { comment: comment.slice(0, 10_000) }),
    ...(agent !== undefined && { agent }),
    ...(group !== undefined && { group: group.slice(0, 200) }),
    updatedAt: iso(changed),
  }
}

/** Level and scale of an answer: as given on 2, 3 or 5 steps, by its category on any other number of steps. */
function levelOf(answer: Survey['answers'][number]): { level: number; scale: 2 | 3 | 5 } | null {
  const steps = answer.question?.options.length ?? 0
  const { rating, rating_category: category } = answer
  if (typeof rating === 'number' && (steps === 2 || steps === 3 || steps === 5)) {
    if (rating >= 1 && rating <= steps) return { level: rating, scale: steps }
  }
  const at = categories.indexOf(category ?? '')
  return at < 0 ? null : { level: at + 1, scale: 3 }
}
