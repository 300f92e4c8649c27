import { randomBytes } from 'node:crypto'
import type { ZendeskAccount } from './account.ts'
import type { Call, Route, SiteOptions } from './call.ts'
import { changingRoutes } from './changing.ts'
import { shownUser } from './fields.ts'
import type { ZTicket, ZWebhook } from './objects.ts'
import { type Answer, exportPage, listPage, missing, ok, problem } from './paging.ts'

/** Answers requests to `https://<sub-domain>.zendesk.com`, as strictly as the real one. */
export function zendeskSite(options: SiteOptions): (request: Request) => Promise<Response> {
  const { account, oauth, limits, faults } = options
  return async (request) => {
    const url = new URL(request.url)
    options.told?.(url.pathname)
    account.jobs.work()
    const fault = await faults?.(request)
    if (fault !== undefined && fault !== null) return respond(fault)
    const body = await jsonOf(request)
    if (url.pathname === '/oauth/tokens' && request.method === 'POST')
      return respond(oauth.token(body))
    const limited = limits.check(url.pathname)
    if ('refusal' in limited) return respond(limited.refusal)
    const access = /^Bearer (.+)$/.exec(request.headers.get('Authorization') ?? '')?.[1] ?? ''
    const token = oauth.find(access)
    if (token === undefined) {
      return respond({ status: 401, body: { error: 'invalid_token' }, headers: limited.headers })
    }
    const caller = account.users.get(token.user)?.row
    const answer = routed(options, request.method, url, body, access, caller?.role === 'admin')
    if (options.lost?.(request) === true) throw new Error('the answer was lost')
    return respond({ ...answer, headers: { ...limited.headers, ...answer.headers } })
  }
}

/** What the browser of an agent who is signed in gets. */
export function answerAgent(options: SiteOptions, method: string, url: URL, agent: string): Answer {
  const caller = options.account.users.get(Number(agent))?.row
  if (caller === undefined) return problem(401, 'Unauthorized', 'Couldn’t authenticate you')
  const path = url.pathname.replace(/^\/api\/v2\/users\/me(\.json)?$/, `/api/v2/users/${caller.id}`)
  return routed(options, method, new URL(path + url.search, url), {}, '', caller.role === 'admin')
}

/** The answer to somebody who is known: what every agent may read, and what only admins may. */
function routed(
  options: SiteOptions,
  method: string,
  url: URL,
  body: Record<string, unknown>,
  token: string,
  isAdmin: boolean,
): Answer {
  const path = url.pathname.replace(/\.json$/, '')
  for (const [pattern, route] of isAdmin ? [...forAdmins, ...forAll] : forAll) {
    const [verb = '', shape = ''] = pattern.split(' ')
    if (verb !== method) continue
    const id = match(shape, path)
    if (id !== null) return route({ options, account: options.account, url, id, body, token })
  }
  const known = forAdmins.some(([pattern]) => match(pattern.split(' ')[1] ?? '', path) !== null)
  if (known && !isAdmin) return problem(403, 'Forbidden', 'You do not have access to this page.')
  return problem(404, 'InvalidEndpoint', 'Not found')
}

/** The id in a path of a shape such as `/api/v2/users/:id`; '' when the shape has none, null when it is another. */
function match(shape: string, path: string): string | null {
  const pattern = new RegExp(`^${shape.replace(':id', '([^/]+)')}$`)
  const found = pattern.exec(path)
  return found === null ? null : decodeURIComponent(found[1] ?? '')
}

const forAll: readonly (readonly [string, Route])[] = [
  [
    'GET /api/v2/users/:id',
    ({ account, id, options, token }) => {
      const wanted = id === 'me' ? (options.oauth.find(token)?.user ?? 0) : Number(id)
      const user = account.users.get(wanted)?.row
      return user === undefined ? missing : ok({ user: shownUser(account, user) })
    },
  ],
  [
    'GET /api/v2/tickets/:id',
    ({ account, id, url }) => {
      const ticket = account.tickets.get(Number(id))?.row
      if (ticket === undefined || ticket.status === 'deleted') return missing
      const { metric_set: metrics, ...plain } = ticket
      const wanted = (url.searchParams.get('include') ?? '').split(',').includes('metric_sets')
      return ok({ ticket: wanted ? { ...plain, metric_set: metrics } : plain })
    },
  ],
  [
    'GET /api/v2/tickets/:id/comments',
    ({ account, id, url }) => {
      const ticket = account.tickets.get(Number(id))?.row
      if (ticket === undefined || ticket.status === 'deleted') return missing
      return listPage(url, 'comments', account.comments.get(ticket.id) ?? [], (one) => one.id)
    },
  ],
  [
    'GET /api/v2/users',
    ({ account, url }) => {
      const roles = url.searchParams.getAll('role[]')
      const users = [...account.users.values()]
        .map(({ row }) => row)
        .filter(({ role, active }) => active && (roles.length === 0 || roles.includes(role)))
        .toSorted((a, b) => a.id - b.id)
      return listPage(url, 'users', users, ({ id }) => id)
    },
  ],
  [
    'GET /api/v2/groups',
    ({ account, url }) => {
      const groups = [...account.groups].map(([id, name]) => ({ id, name, deleted: false }))
      return listPage(url, 'groups', groups, ({ id }) => id)
    },
  ],
  ['GET /api/v2/search', search],
  [
    'GET /api/v2/ticket_fields',
    ({ account, url }) => listPage(url, 'ticket_fields', account.fields, ({ id }) => id),
  ],
]

const forAdmins: readonly (readonly [string, Route])[] = [
  [
    'GET /api/v2/incremental/users/cursor',
    ({ account, url }) =>
      exportPage(url, 'users', account.users, account.now(), (users) =>
        account.userFields.size === 0
          ? {}
          : { users: users.map((user) => shownUser(account, user)) },
      ),
  ],
  [
    'GET /api/v2/incremental/tickets/cursor',
    ({ account, url }) => {
      const wanted = (url.searchParams.get('include') ?? '').split(',').includes('metric_sets')
      const metrics = (rows: readonly ZTicket[]) =>
        wanted
          ? { metric_sets: rows.map(({ id, metric_set: set }) => ({ ticket_id: id, ...set })) }
          : {}
      return exportPage(url, 'tickets', account.tickets, account.now(), metrics)
    },
  ],
  ['GET /api/v2/incremental/ticket_events', ({ account, url }) => eventPage(account, url)],
  ['GET /api/v2/users/count', ({ account }) => total(account.users.size, account.now())],
  ['GET /api/v2/tickets/count', ({ account }) => total(account.tickets.size, account.now())],
  [
    'GET /api/v2/satisfaction_ratings',
    ({ account, url, options }) => {
      if (!options.satisfaction().has('ratings')) return missing
      const start = Number(url.searchParams.get('start_time') ?? 0) * 1_000
      const rows = [...account.ratings.values()].filter(
        ({ created_at: at }) => Date.parse(at) >= start,
      )
      return listPage(url, 'satisfaction_ratings', rows, ({ id }) => id)
    },
  ],
  [
    'GET /api/v2/satisfaction_ratings/count',
    ({ account, options }) =>
      options.satisfaction().has('ratings') ? total(account.ratings.size, account.now()) : missing,
  ],
  [
    'GET /api/v2/satisfaction_ratings/:id',
    ({ account, id }) => {
      const rating = account.ratings.get(Number(id))
      return rating === undefined ? missing : ok({ satisfaction_rating: rating })
    },
  ],
  [
    'GET /api/v2/guide/survey_responses',
    ({ account, url, options }) => {
      if (!options.satisfaction().has('surveys')) {
        return problem(403, 'Forbidden', 'Surveys are not switched on.')
      }
      const start = Number(url.searchParams.get('filter[created_at_start]') ?? 0) * 1_000
      const about = url.searchParams.get('filter[subject_zrns]')
      const rows = [...account.surveys.values()]
        .filter(({ created_at: at }) => Date.parse(at) >= start)
        .filter(({ subject_zrns: zrns }) => about === null || zrns.includes(about))
      return listPage(url, 'survey_responses', rows, ({ id }) => id)
    },
  ],
  ...changingRoutes,
  ['GET /api/v2/business_hours/schedules', ({ account }) => ok({ schedules: account.schedules })],
  ['GET /api/v2/business_hours/schedules/:id/holidays', () => ok({ holidays: [] })],
  ['POST /api/v2/webhooks', makeWebhook],
  [
    'GET /api/v2/webhooks/:id/signing_secret',
    ({ account, id }) => {
      const webhook = account.webhooks.get(id)
      if (webhook === undefined) return missing
      return ok({ signing_secret: { algorithm: 'SHA256', secret: webhook.secret } })
    },
  ],
  [
    'DELETE /api/v2/webhooks/:id',
    ({ account, id, options }) => {
      if (!account.webhooks.delete(id)) return missing
      options.changed?.()
      return { status: 204, body: null }
    },
  ],
  [
    'DELETE /api/v2/oauth/tokens/current',
    ({ options, token }) => {
      options.oauth.revoke(token)
      return { status: 204, body: null }
    },
  ],
]

function total(value: number, now: number): Answer {
  return ok({ count: { value, refreshed_at: new Date(now).toISOString() } })
}

function makeWebhook({ account, body, options }: Call): Answer {
  const given = body['webhook']
  const fields: Record<string, unknown> =
    typeof given === 'object' && given !== null ? Object.fromEntries(Object.entries(given)) : {}
  for (const name of ['name', 'status', 'endpoint', 'http_method', 'request_format']) {
    if (typeof fields[name] !== 'string') {
      return problem(400, 'InvalidWebhook', `${name} is missing`)
    }
  }
  const id = `01K${randomBytes(11).toString('hex').toUpperCase()}`
  const text = (name: string) => String(fields[name])
  const subscriptions = Array.isArray(fields['subscriptions']) ? fields['subscriptions'] : []
  const webhook: ZWebhook = {
    id,
    name: text('name'),
    status: text('status'),
    endpoint: text('endpoint'),
    http_method: text('http_method'),
    request_format: text('request_format'),
    subscriptions: subscriptions.map(String),
    secret: randomBytes(24).toString('base64'),
  }
  account.webhooks.set(id, webhook)
  options.changed?.()
  const { secret: _, ...shown } = webhook
  return { status: 201, body: { webhook: shown } }
}

/** Tickets by words in their subject or their requester's name; `key:value` terms are left out. */
function search({ account, url }: Call): Answer {
  const words = (url.searchParams.get('query') ?? '')
    .replace(/\b\w+:\S+/g, '')
    .trim()
    .toLowerCase()
  const found = [...account.tickets.values()]
    .map(({ row }) => row)
    .filter(({ status }) => status !== 'deleted')
    .filter(({ subject, requester_id: by }) =>
      `${subject} ${account.users.get(by)?.row.name ?? ''}`.toLowerCase().includes(words),
    )
    .toSorted((a, b) => b.updated_at.localeCompare(a.updated_at))
  return ok({ results: found.slice(0, 100), count: found.length })
}

/** Events from a second on: a thousand of them, and the rest of the last one's second. */
function eventPage(account: ZendeskAccount, url: URL): Answer {
  const begin = url.searchParams.get('start_time')
  const start = Number(begin)
  const newest = account.now() / 1_000 - 60
  if (begin === null || !Number.isInteger(start) || start > newest) {
    return problem(422, 'StartTimeTooRecent', 'Too recent start_time.')
  }
  const rows = account.events
    .filter(({ timestamp }) => timestamp >= start && timestamp <= newest)
    .toSorted((a, b) => a.timestamp - b.timestamp || a.id - b.id)
  const last = rows[Math.min(rows.length, 1_000) - 1]
  const shown =
    last === undefined ? [] : rows.filter((row, k) => k < 1_000 || row.timestamp === last.timestamp)
  const wanted = (url.searchParams.get('include') ?? '').includes('comment_events')
  const events = shown.map((event) => ({
    ...event,
    child_events: event.child_events.filter((one) => wanted || one['event_type'] !== 'Comment'),
  }))
  const end = last?.timestamp ?? start
  const next = new URL(url)
  next.searchParams.set('start_time', String(end))
  return ok({
    ticket_events: events,
    count: events.length,
    end_time: end,
    next_page: next.href,
    end_of_stream: shown.length === rows.length,
  })
}

async function jsonOf(request: Request): Promise<Record<string, unknown>> {
  if (request.method === 'GET' || request.method === 'HEAD') return {}
  try {
    const body: unknown = await request.json()
    return typeof body === 'object' && body !== null ? Object.fromEntries(Object.entries(body)) : {}
  } catch {
    return {}
  }
}

function respond({ status, body, headers = {} }: Answer): Response {
  if (typeof body === 'string') {
    return new Response(body, { status, headers: { 'Content-Type': 'text/plain', ...headers } })
  }
  if (status === 204) return new Response(null, { status, headers })
  return Response.json(body, { status, headers })
}
