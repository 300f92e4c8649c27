import { z } from 'zod'

/** What we read of Zendesk's answers; unknown fields are left out, so that new ones do no harm. */

const id = z.union([z.int(), z.string()]).transform(String)
const maybeId = id.nullish().transform((value) => value ?? null)
const instant = z.iso.datetime({ offset: true }).transform((text) => Date.parse(text))
const maybe = <Inner extends z.ZodType>(inner: Inner) =>
  inner.nullish().transform((value) => value ?? null)

export const user = z.object({
  id,
  name: maybe(z.string()),
  email: maybe(z.string()),
  phone: maybe(z.string()),
  external_id: maybe(z.string()),
  role: z.string().default('end-user'),
  role_type: maybe(z.int()),
  verified: z.boolean().default(false),
  active: z.boolean().default(true),
  locale: maybe(z.string()),
  tags: z.array(z.string()).default([]),
  user_fields: z.record(z.string(), z.unknown()).default({}),
  created_at: instant,
  updated_at: instant,
})
export type User = z.output<typeof user>

const metrics = z.object({
  ticket_id: maybeId,
  solved_at: maybe(instant),
  reopens: z.int().default(0),
})
export type Metrics = z.output<typeof metrics>

export const ticket = z.object({
  id,
  subject: maybe(z.string()),
  status: z.string(),
  type: maybe(z.string()),
  via: z.object({ channel: z.union([z.string(), z.number()]).transform(String) }).nullish(),
  requester_id: maybeId,
  assignee_id: maybeId,
  group_id: maybeId,
  tags: z.array(z.string()).default([]),
  custom_fields: z.array(z.object({ id, value: z.unknown() })).default([]),
  satisfaction_rating: z.object({ id: maybeId, score: z.string() }).nullish(),
  created_at: instant,
  updated_at: instant,
  generated_timestamp: z.int().nullish(),
  metric_set: metrics.nullish(),
})
export type Ticket = z.output<typeof ticket>

export const exported = z.object({
  after_cursor: z.string().nullish(),
  end_of_stream: z.boolean(),
})
export const userExport = exported.extend({ users: z.array(user) })
export const ticketExport = exported.extend({
  tickets: z.array(ticket),
  metric_sets: z.array(metrics).default([]),
})

const child = z.object({
  id: maybeId,
  event_type: z.string(),
  author_id: z.int().nullish(),
  body: maybe(z.string()),
  public: z.boolean().default(true),
  created_at: instant.nullish(),
  via: z
    .object({
      source: z
        .object({
          rel: maybe(z.string()),
          from: z.object({ ticket_ids: z.array(id).default([]) }).nullish(),
        })
        .nullish(),
    })
    .nullish()
    .catch(null),
  survey_response_id: maybe(z.string()),
  assigned_user_id: maybeId,
  assigned_group_id: maybeId,
})
export const ticketEvent = z.object({
  id,
  ticket_id: id,
  timestamp: z.int(),
  created_at: instant,
  child_events: z.array(child).default([]),
})

export const eventExport = z.object({
  ticket_events: z.array(ticketEvent),
  end_time: z.int().nullish(),
  end_of_stream: z.boolean(),
})

export const comment = z.object({
  id,
  author_id: z.int().nullish(),
  body: maybe(z.string()),
  plain_body: maybe(z.string()),
  public: z.boolean().default(true),
  created_at: instant,
})
export type Comment = z.output<typeof comment>

/** Cursor paging of ordinary lists. */
const meta = z
  .object({ has_more: z.boolean(), after_cursor: z.string().nullish() })
  .default({ has_more: false, after_cursor: null })

export const commentPage = z.object({ comments: z.array(comment), meta })

export const rating = z.object({
  id,
  score: z.string(),
  comment: maybe(z.string()),
  reason: maybe(z.string()),
  assignee_id: maybeId,
  group_id: maybeId,
  ticket_id: id,
  created_at: instant,
  updated_at: instant,
})
export type Rating = z.output<typeof rating>
export const ratingPage = z.object({ satisfaction_ratings: z.array(rating), meta })

const option = z.object({ id: maybeId, label: maybe(z.string()) })
const surveyAnswer = z.object({
  type: z.string(),
  rating: z.int().nullish(),
  rating_category: maybe(z.string()),
  value: maybe(z.string()),
  selections: z.array(z.object({ option_id: maybeId })).default([]),
  question: z.object({ options: z.array(option).default([]) }).nullish(),
  updated_at: instant.nullish(),
})
export const survey = z.object({
  id: z.string(),
  created_at: instant.nullish(),
  expires_at: instant.nullish(),
  subjects: z.array(z.object({ id, type: z.string() })).default([]),
  answers: z.array(surveyAnswer).default([]),
})
export type Survey = z.output<typeof survey>
export const surveyPage = z.object({ survey_responses: z.array(survey), meta })

export const userPage = z.object({ users: z.array(user), meta })
export const groupPage = z.object({ groups: z.array(z.object({ id, name: z.string() })), meta })
export const fieldPage = z.object({
  ticket_fields: z.array(
    z.object({ id, title: z.string(), type: z.string(), removable: z.boolean().default(true) }),
  ),
  meta,
})
export const schedule = z.object({
  id,
  name: z.string(),
  time_zone: z.string(),
  intervals: z
    .array(z.object({ start_time: z.int().min(0), end_time: z.int().max(10_080) }))
    .default([]),
})
export const schedulePage = z.object({ schedules: z.array(schedule) })
export const holiday = z.object({ start_date: z.iso.date(), end_date: z.iso.date() })
export const holidayPage = z.object({ holidays: z.array(holiday).default([]) })
export const oneUser = z.object({ user })
export const oneTicket = z.object({ ticket })
export const oneRating = z.object({ satisfaction_rating: rating })
export const total = z.object({ count: z.object({ value: z.int().min(0) }) })
export const webhookMade = z.object({ webhook: z.object({ id: z.string() }) })
export const signingSecret = z.object({ signing_secret: z.object({ secret: z.string().min(1) }) })
