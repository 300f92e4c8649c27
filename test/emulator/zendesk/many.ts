import type { ZendeskAccount } from './account.ts'
import { setUserField, valueFor } from './fields.ts'
import { iso, type ZJob, type ZResult, type ZTicket } from './objects.ts'
import { type Answer, ok, problem } from './paging.ts'

/** Rows of one call, at most. */
const most = 100

type Row = Record<string, unknown>
const isRow = (value: unknown): value is Row =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The rows of a call: a list with ids, or one change for `?ids=`. */
function rowsOf(url: URL, body: Row, one: string, many: string): Row[] | Answer {
  const ids = url.searchParams.get('ids')
  const same = body[one]
  const list = body[many]
  const rows =
    ids !== null && isRow(same)
      ? ids.split(',').map((id) => ({ ...same, id: Number(id) }))
      : Array.isArray(list)
        ? list.filter(isRow)
        : []
  if (rows.length === 0) return problem(400, 'BadRequest', `${many} is missing`)
  if (rows.length > most) {
    return problem(400, 'TooManyRows', `At most ${most} rows can be updated at once`)
  }
  return rows
}

function asked(job: ZJob | null, shown: (job: ZJob) => unknown): Answer {
  if (job === null) {
    const description = 'You have too many jobs queued or running. Wait until some are done.'
    return { status: 429, body: { error: 'TooManyJobs', description } }
  }
  return ok({ job_status: shown(job) })
}

const shownJob = (job: ZJob) => ({ ...job, url: `/api/v2/job_statuses/${job.id}.json` })
const failed = (index: number, error: string, details: string): ZResult => ({
  index,
  error,
  details,
})

export function updateUsers(account: ZendeskAccount, url: URL, body: Row): Answer {
  const rows = rowsOf(url, body, 'user', 'users')
  if (!Array.isArray(rows)) return rows
  const run = (index: number) => updateUser(account, rows[index] ?? {}, index)
  return asked(account.jobs.add('Bulk Update User', rows.length, run), shownJob)
}

/** One user, changed at once or by a job. */
export function updateUser(account: ZendeskAccount, row: Row, index = 0): ZResult {
  const id = Number(row['id'])
  const user = account.users.get(id)?.row
  if (user === undefined || !user.active) return failed(index, 'UserNotFound', `User ${id}`)
  const next = { ...user, user_fields: { ...user.user_fields }, tags: [...user.tags] }
  if (Array.isArray(row['tags'])) next.tags = row['tags'].map(String)
  const values = isRow(row['user_fields']) ? row['user_fields'] : {}
  for (const [key, value] of Object.entries(values)) {
    // What names no field is left out, without a word.
    const field = [...account.userFields.values()].find((one) => one.key === key)
    if (field !== undefined && !setUserField(next, field, value)) {
      return failed(index, 'UserUpdateFailed', `${field.title}: is invalid`)
    }
  }
  account.saveUser({ ...next, updated_at: iso(account.now()) })
  return { id, action: 'update', success: true, status: 'Updated' }
}

export function updateTickets(account: ZendeskAccount, url: URL, body: Row): Answer {
  const rows = rowsOf(url, body, 'ticket', 'tickets')
  if (!Array.isArray(rows)) return rows
  const run = (index: number) => updateTicket(account, rows[index] ?? {}, index)
  return asked(account.jobs.add('Bulk Update Ticket', rows.length, run), shownJob)
}

function updateTicket(account: ZendeskAccount, row: Row, index: number): ZResult {
  const id = Number(row['id'])
  const ticket = account.tickets.get(id)?.row
  if (ticket === undefined || ticket.status === 'deleted') {
    return failed(index, 'TicketNotFound', `Ticket ${id}`)
  }
  if (ticket.status === 'closed') return failed(index, 'TicketClosed', `Ticket ${id} is closed`)
  const next: ZTicket = { ...ticket, tags: [...ticket.tags] }
  const list = (name: string) => (Array.isArray(row[name]) ? row[name].map(String) : [])
  if (Array.isArray(row['tags'])) next.tags = list('tags')
  const gone = new Set(list('remove_tags'))
  next.tags = [...new Set([...next.tags, ...list('additional_tags')])].filter(
    (tag) => !gone.has(tag),
  )
  const values = new Map(next.custom_fields.map((one) => [one.id, one.value]))
  const given = Array.isArray(row['custom_fields']) ? row['custom_fields'].filter(isRow) : []
  for (const { id: of, value } of given) {
    const field = account.fields.find((one) => one.id === Number(of))
    if (field === undefined) continue
    const kept = valueFor(field.options ?? { type: field.type, custom_field_options: [] }, value)
    if ('error' in kept) return failed(index, 'TicketUpdateFailed', `${field.title}: is invalid`)
    values.set(field.id, kept.value)
  }
  next.custom_fields = [...values].map(([of, value]) => ({ id: of, value }))
  account.saveTicket({ ...next, updated_at: iso(account.now()) })
  return { id, action: 'update', success: true, status: 'Updated' }
}

/** One job, or several by `?ids=`. */
export function jobStatus({ jobs }: ZendeskAccount, id: string): Answer {
  const job = jobs.find(id)
  return job === undefined
    ? problem(404, 'RecordNotFound', 'Not found')
    : ok({ job_status: shownJob(job) })
}

export function jobStatuses({ jobs }: ZendeskAccount, url: URL): Answer {
  const ids = (url.searchParams.get('ids') ?? '').split(',').filter((id) => id !== '')
  if (ids.length === 0 || ids.length > 100) return problem(400, 'BadRequest', 'ids: 1 to 100')
  const found = ids.flatMap((id) => jobs.find(id) ?? [])
  return ok({ job_statuses: found.map(shownJob), count: found.length })
}
