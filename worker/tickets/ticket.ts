import { z } from 'zod'
import { customerRef } from '../people/identity.ts'
import { id, instant, tags, text, traits } from '../ingest/fields.ts'
import { authors, scales, ticketStatuses } from './catalog.ts'

const agent = z.strictObject({ id, name: text(500) })

/** A ticket as api.md writes it. */
export const ticketInput = z.strictObject({
  id,
  channel: text(100).min(1),
  requester: customerRef,
  subject: text(2_000).optional(),
  type: text(100).optional(),
  status: z.enum(ticketStatuses),
  createdAt: instant,
  solvedAt: instant.optional(),
  reopens: z.int().min(0).max(100_000).optional(),
  assignee: agent.optional(),
  group: text(200).optional(),
  tags: tags.optional(),
  fields: traits.optional(),
  orderIds: z.array(id).max(100).optional(),
  mergedInto: id.optional(),
  updatedAt: instant.optional(),
})
export type TicketInput = z.output<typeof ticketInput>

/** A message of a ticket; it may come before its ticket. */
export const messageInput = z.strictObject({
  id,
  ticketId: id,
  at: instant,
  author: z.enum(authors),
  public: z.boolean(),
  text: text(65_536),
  updatedAt: instant.optional(),
})

/** A satisfaction rating: offered, and perhaps answered, on a ticket. */
export const ratingInput = z
  .strictObject({
    id,
    ticketId: id,
    offeredAt: instant.optional(),
    ratedAt: instant.optional(),
    level: z.int().min(1).optional(),
    scale: z.literal([...scales]),
    reasons: z.array(text(200).min(1)).max(50).optional(),
    comment: text(10_000).optional(),
    agent: agent.optional(),
    group: text(200).optional(),
    updatedAt: instant.optional(),
  })
  .check((context) => {
    const { level, scale, ratedAt, offeredAt } = context.value
    const fail = (path: string, message: string) =>
      context.issues.push({ code: 'custom', input: context.value, path: [path], message })
    if (level !== undefined && level > scale) fail('level', `above the scale of ${scale}`)
    if ((level === undefined) !== (ratedAt === undefined)) {
      fail(level === undefined ? 'level' : 'ratedAt', 'level and ratedAt go together')
    }
    if (ratedAt === undefined && offeredAt === undefined)
      fail('offeredAt', 'neither offered nor rated')
  })

/** The JSON column of a ticket. */
export function detailOf(ticket: TicketInput): string {
  const { name, email, phone } = ticket.requester
  return JSON.stringify({
    tags: ticket.tags,
    fields: ticket.fields,
    orderIds: ticket.orderIds?.toSorted(),
    mergedInto: ticket.mergedInto,
    customer: (name ?? email ?? phone) === undefined ? undefined : { name, email, phone },
  })
}
