import * as z from 'zod'

/** The ingest shapes of api.md, strict: an unknown key fails. */
const instant = z.iso.datetime()
const minor = z.int()
const currency = z.string().regex(/^[A-Z]{3}$/)
const property = z.union([z.string(), z.number(), z.boolean(), z.array(z.string())])
const agent = z.strictObject({ id: z.string(), name: z.string() })

const person = z
  .strictObject({
    id: z.string().optional(),
    email: z.email().optional(),
    phone: z.e164().optional(),
    name: z.string().optional(),
    verified: z.literal(true).optional(),
  })
  .refine((who) => (who.id ?? who.email ?? who.phone) !== undefined, 'one of id, email, phone')

export const shapes = {
  customers: z.strictObject({
    id: z.string(),
    channel: z.string().optional(),
    email: z.email().optional(),
    phone: z.e164().optional(),
    name: z.string().optional(),
    verified: z.literal(true).optional(),
    createdAt: instant.optional(),
    traits: z.record(z.string(), property).optional(),
    tags: z.array(z.string()).optional(),
  }),
  orders: z.strictObject({
    id: z.string(),
    channel: z.string(),
    customer: person,
    placedAt: instant,
    status: z.enum(['paid', 'partly_paid', 'unpaid', 'cancelled', 'test']),
    currency,
    total: minor.positive(),
    paid: minor.optional(),
    paymentStatus: z.string(),
    fulfilment: z.string(),
    url: z.url(),
    shipTo: z.strictObject({ name: z.string(), city: z.string(), country: z.string() }),
    refunds: z.array(z.strictObject({ at: instant, amount: minor.positive() })).optional(),
    properties: z.record(z.string(), property),
    lines: z
      .array(
        z.strictObject({
          sku: z.string(),
          title: z.string(),
          quantity: z.int().positive(),
          total: minor.positive(),
          properties: z.record(z.string(), property),
        }),
      )
      .min(1),
  }),
  refunds: z.strictObject({
    id: z.string(),
    customer: person,
    at: instant,
    currency,
    amount: minor.positive(),
  }),
  tickets: z.strictObject({
    id: z.string(),
    channel: z.string(),
    requester: person,
    subject: z.string().min(1),
    type: z.string().optional(),
    status: z.enum(['new', 'open', 'pending', 'hold', 'solved', 'closed']),
    createdAt: instant,
    solvedAt: instant.optional(),
    reopens: z.int().nonnegative(),
    assignee: agent.optional(),
    group: z.string().optional(),
    tags: z.array(z.string()),
    fields: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
    orderIds: z.array(z.string()),
  }),
  messages: z.strictObject({
    id: z.string(),
    ticketId: z.string(),
    at: instant,
    author: z.enum(['customer', 'agent', 'bot']),
    public: z.boolean(),
    text: z.string().min(1),
  }),
  ratings: z.strictObject({
    id: z.string(),
    ticketId: z.string(),
    offeredAt: instant,
    ratedAt: instant.optional(),
    level: z.int().min(1).max(5).optional(),
    scale: z.literal(5),
    reasons: z.array(z.string()),
    comment: z.string().optional(),
    agent: agent.optional(),
    group: z.string().optional(),
  }),
}
