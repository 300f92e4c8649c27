import { z } from 'zod'

/** What we read of Zendesk's answers about fields, jobs and triggers. */

const id = z.union([z.int(), z.string()]).transform(String)
const meta = z
  .object({ has_more: z.boolean(), after_cursor: z.string().nullish() })
  .default({ has_more: false, after_cursor: null })

const option = z.object({ value: z.string() })
export const userField = z.object({
  id,
  key: z.string(),
  type: z.string(),
  custom_field_options: z.array(option).nullish(),
})
export const userFieldPage = z.object({ user_fields: z.array(userField), meta })
export const userFieldMade = z.object({ user_field: userField })

export const ticketField = z.object({ id, title: z.string(), type: z.string() })
export const ticketFieldPage = z.object({ ticket_fields: z.array(ticketField), meta })
export const ticketFieldMade = z.object({ ticket_field: ticketField })

const result = z.object({
  id: id.nullish(),
  index: z.int().nullish(),
  success: z.boolean().nullish(),
  error: z.string().nullish(),
  details: z.unknown().optional(),
})
export type JobResult = z.output<typeof result>

export const job = z.object({
  id: z.string(),
  status: z.enum(['queued', 'working', 'failed', 'completed', 'killed']),
  results: z.array(result).nullish(),
})
export type Job = z.output<typeof job>
export const jobMade = z.object({ job_status: job })
export const jobs = z.object({ job_statuses: z.array(job) })

export const shownUsers = z.object({
  users: z.array(
    z.object({
      id,
      active: z.boolean().default(true),
      user_fields: z.record(z.string(), z.unknown()).default({}),
    }),
  ),
})

export const anything = z.unknown()

export const triggerPage = z.object({
  triggers: z.array(z.object({ id, title: z.string() })),
  meta,
})
export const trigger = z.object({
  trigger: z.object({ actions: z.array(z.looseObject({ field: z.string(), value: z.unknown() })) }),
})
export const triggerMade = z.object({ trigger: z.object({ id }) })
export const definitions = z.object({
  definitions: z.object({
    conditions_all: z.array(z.object({ subject: z.string() })).default([]),
    actions: z.array(z.object({ subject: z.string() })).default([]),
  }),
})
