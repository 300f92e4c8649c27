/** Zendesk's objects as its API writes them; `generated` (s) orders the incremental exports. */

export interface ZUser {
  id: number
  name: string
  email: string | null
  phone: string | null
  external_id: string | null
  role: 'end-user' | 'agent' | 'admin'
  verified: boolean
  active: boolean
  suspended: boolean
  locale: string
  tags: string[]
  user_fields: Record<string, unknown>
  created_at: string
  updated_at: string
}

export interface ZTicket {
  id: number
  subject: string
  status: string
  type: string | null
  priority?: string | null
  via: { channel: string }
  requester_id: number
  assignee_id: number | null
  group_id: number | null
  tags: string[]
  custom_fields: { id: number; value: unknown }[]
  satisfaction_rating: { id?: number; score: string; comment?: string } | null
  created_at: string
  updated_at: string
  generated_timestamp: number
  metric_set: { solved_at: string | null; reopens: number }
}

export interface ZComment {
  id: number
  type: 'Comment'
  author_id: number
  body: string
  plain_body: string
  public: boolean
  created_at: string
}

export interface ZEvent {
  id: number
  ticket_id: number
  /** Seconds. */
  timestamp: number
  created_at: string
  updater_id: number
  child_events: Record<string, unknown>[]
}

export interface ZRating {
  id: number
  score: string
  comment: string | null
  reason: string | null
  assignee_id: number | null
  group_id: number | null
  requester_id: number
  ticket_id: number
  created_at: string
  updated_at: string
}

export interface ZSurvey {
  id: string
  created_at: string
  expires_at: string
  responder_id: number
  subject_zrns: string[]
  subjects: { id: string; type: 'ticket'; zrn: string }[]
  answers: Record<string, unknown>[]
}

export interface ZWebhook {
  id: string
  name: string
  status: string
  endpoint: string
  http_method: string
  request_format: string
  subscriptions: string[]
  secret: string
}

/** A custom field of users, or of tickets (these have no key that anybody names). */
export interface ZField {
  id: number
  key: string
  type: string
  title: string
  description: string
  active: boolean
  tag: string | null
  removable: boolean
  custom_field_options: { id: number; name: string; value: string }[]
}

/** What a job says of one of its rows. */
export type ZResult =
  | { id: number; action: 'update'; success: true; status: 'Updated' }
  | { index: number; error: string; details: string }

export interface ZJob {
  id: string
  job_type: string
  status: 'queued' | 'working' | 'failed' | 'completed'
  total: number
  progress: number
  message: string | null
  results: ZResult[] | null
}

export interface ZCondition {
  field: string
  operator: string
  value: string
}

export interface ZTrigger {
  id: number
  title: string
  active: boolean
  position: number
  conditions: { all: ZCondition[]; any: ZCondition[] }
  actions: { field: string; value: string | string[] }[]
}

export const iso = (instant: number) => new Date(instant).toISOString()
