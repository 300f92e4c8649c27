import { randomBytes } from 'node:crypto'
import { openJobs } from './jobs.ts'
import type {
  ZComment,
  ZEvent,
  ZField,
  ZRating,
  ZSurvey,
  ZTicket,
  ZTrigger,
  ZUser,
  ZWebhook,
} from './objects.ts'
import { setUserField } from './fields.ts'
import { iso } from './objects.ts'

/** A row of an export with the second in which the system last wrote it. */
export interface Generated<Row> {
  row: Row
  at: number
}

/** One Zendesk account: what it holds, and how it changes. Every change moves what it touches to the end of its export. */
export interface ZendeskAccount {
  /** Epoch ms. */
  now: () => number
  number: string
  users: Map<number, Generated<ZUser>>
  tickets: Map<number, Generated<ZTicket>>
  comments: Map<number, ZComment[]>
  events: ZEvent[]
  ratings: Map<number, ZRating>
  surveys: Map<string, ZSurvey>
  groups: Map<number, string>
  fields: { id: number; title: string; type: string; removable: boolean; options?: ZField }[]
  userFields: Map<number, ZField>
  triggers: Map<number, ZTrigger>
  /** Updates of many rows at once, done a little later. */
  jobs: ReturnType<typeof openJobs>
  /** Carries out the triggers on a ticket that was made or changed. */
  fire: (ticket: ZTicket, kind: 'Create' | 'Change') => ZTicket
  /** Calls a webhook in a trigger's name. */
  notify: (webhook: string, body: string) => void
  /** Changes fields of a user, as an agent or a job does. */
  editUser: (user: number, values: Record<string, unknown>) => void
  schedules: unknown[]
  webhooks: Map<string, ZWebhook>
  /** Told of each change that a webhook may be subscribed to: event type and subject. */
  changed: (type: string, subject: string) => void
  saveUser: (user: ZUser, at?: number) => void
  saveTicket: (ticket: Omit<ZTicket, 'generated_timestamp'>, at?: number) => void
  addComment: (ticket: number, comment: ZComment, at?: number) => void
  addEvent: (
    ticket: number,
    updater: number,
    children: Record<string, unknown>[],
    at?: number,
  ) => void
  saveRating: (rating: ZRating) => void
  saveSurvey: (survey: ZSurvey) => void
  /** Deletes a ticket: it stays in the export, as deleted. */
  deleteTicket: (ticket: number) => void
  /** Replaces the words of a comment; the comment's event is not told again. */
  redact: (ticket: number, comment: number) => void
  /** Closes a ticket and leaves a comment on the other one. */
  mergeTickets: (from: number, into: number) => void
  /** Moves a user's tickets to another one and switches the user off. */
  mergeUsers: (from: number, into: number) => void
}

export function openAccount(now: () => number): ZendeskAccount {
  let lastEvent = 0
  const second = (at: number) => Math.floor(at / 1_000)
  const account: ZendeskAccount = {
    now,
    number: '880042',
    users: new Map(),
    tickets: new Map(),
    comments: new Map(),
    events: [],
    ratings: new Map(),
    surveys: new Map(),
    groups: new Map(),
    fields: [],
    userFields: new Map(),
    triggers: new Map(),
    jobs: openJobs(now),
    fire: (ticket) => ticket,
    notify: () => {},
    editUser(id, values) {
      const user = account.users.get(id)?.row
      if (user === undefined) return
      const next = { ...user, user_fields: { ...user.user_fields }, tags: [...user.tags] }
      for (const [key, value] of Object.entries(values)) {
        const field = [...account.userFields.values()].find((one) => one.key === key)
        if (field !== undefined) setUserField(next, field, value)
      }
      account.saveUser({ ...next, updated_at: iso(now()) })
    },
    schedules: [],
    webhooks: new Map(),
    changed: () => {},
    saveUser(user, at = now()) {
      const isNew = !account.users.has(user.id)
      account.users.delete(user.id)
      account.users.set(user.id, { row: user, at: second(at) })
      account.changed(isNew ? 'user.created' : 'user.updated', `zen:user:${user.id}`)
    },
    saveTicket(ticket, at = now()) {
      const before = account.tickets.get(ticket.id)?.row
      const fired = account.fire(
        { ...ticket, generated_timestamp: second(at) },
        before === undefined ? 'Create' : 'Change',
      )
      account.tickets.delete(ticket.id)
      const row = { ...fired, generated_timestamp: second(at) }
      account.tickets.set(ticket.id, { row, at: second(at) })
      const subject = `zen:ticket:${ticket.id}`
      if (before === undefined) account.changed('ticket.created', subject)
      else if (before.requester_id !== ticket.requester_id)
        account.changed('ticket.requester_changed', subject)
      else account.changed('ticket.status_changed', subject)
    },
    addComment(ticket, comment, at = now()) {
      const list = account.comments.get(ticket) ?? []
      list.push(comment)
      account.comments.set(ticket, list)
      const child = { ...comment, event_type: 'Comment', html_body: `<p>${comment.body}</p>` }
      account.addEvent(ticket, comment.author_id, [child], at)
      account.changed('ticket.comment_added', `zen:ticket:${ticket}`)
    },
    addEvent(ticket, updater, children, at = now()) {
      lastEvent += 1
      account.events.push({
        id: lastEvent,
        ticket_id: ticket,
        timestamp: second(at),
        created_at: iso(at),
        updater_id: updater,
        child_events: children,
      })
    },
    saveRating(rating) {
      account.ratings.set(rating.id, rating)
      touch(rating.ticket_id, (row) => {
        const { id, score } = rating
        row.satisfaction_rating = { id, score, ...(rating.comment && { comment: rating.comment }) }
      })
    },
    saveSurvey(survey) {
      account.surveys.set(survey.id, survey)
    },
    deleteTicket(id) {
      touch(id, (row) => {
        row.status = 'deleted'
      })
      account.comments.delete(id)
      account.changed('ticket.soft_deleted', `zen:ticket:${id}`)
    },
    redact(ticket, comment) {
      const found = account.comments.get(ticket)?.find(({ id }) => id === comment)
      if (found === undefined) return
      found.body = found.plain_body = '▇▇▇▇'
      account.addEvent(ticket, 0, [{ id: comment, event_type: 'CommentRedactionEvent' }])
      touch(ticket, () => {})
    },
    mergeTickets(from, into) {
      const author = account.tickets.get(into)?.row.assignee_id ?? -1
      touch(from, (row) => {
        row.status = 'closed'
        row.tags = [...row.tags, 'closed_by_merge']
      })
      const id = Number.parseInt(randomBytes(5).toString('hex'), 16)
      const body = `Request #${from} was closed and merged into this request.`
      const via = { channel: 'system', source: { from: { ticket_ids: [from] }, rel: 'merge' } }
      const comment = { id, author_id: author, body, plain_body: body, public: false }
      const made = { type: 'Comment' as const, ...comment, created_at: iso(now()) }
      account.comments.set(into, [...(account.comments.get(into) ?? []), made])
      account.addEvent(into, author, [{ ...made, event_type: 'Comment', via }])
      touch(into, () => {})
    },
    mergeUsers(from, into) {
      const loser = account.users.get(from)?.row
      if (loser === undefined) return
      // A list of its own: what is touched moves to the end.
      const moved = [...account.tickets.values()].filter(({ row }) => row.requester_id === from)
      for (const { row } of moved) {
        touch(row.id, (ticket) => {
          ticket.requester_id = into
        })
      }
      account.saveUser({ ...loser, active: false, updated_at: iso(now()) })
      account.changed('user.merged', `zen:user:${from}`)
    },
  }
  const touch = (id: number, change: (row: ZTicket) => void) => {
    const found = account.tickets.get(id)?.row
    if (found === undefined) return
    const row = { ...found, updated_at: iso(now()) }
    change(row)
    account.saveTicket(row)
  }
  return account
}
