import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Seeding } from '../launcher/setup.ts'
import type { DeskTicket } from '../world.ts'
import { pageFile } from './files.ts'
import { readInput, ticketChange } from './input.ts'
import type { Practice } from './practice.ts'
import { Refused, lastActivity } from './practice.ts'
import { signedUrlToken } from './token.ts'
import type { SiteOptions } from '../zendesk/call.ts'
import { answerAgent } from '../zendesk/site.ts'
import { numberOf } from '../zendesk/fill.ts'

export interface DeskOptions {
  practice: Practice
  subdomain: string
  installation: string
  privateKey: string
  now: () => Date
  seeding: () => Seeding
  outside: (request: Request) => Promise<Response>
  site: SiteOptions
  /** Where an admin's yes leads to, or why it is refused. */
  approve: (url: URL) => string | { status: number; body: unknown }
}

type Answer = { status: number; body: unknown }
type Body = Record<string, unknown>

/** Answers the desk's page and its own small interface; false when the request is for somebody else. */
export function deskRoutes(options: DeskOptions) {
  return (request: IncomingMessage, response: ServerResponse, port: number): boolean => {
    const url = new URL(request.url ?? '/', `http://localhost:${port}`)
    const isPage = url.pathname === '/' || url.pathname.startsWith('/desk/')
    const isLogin = url.pathname === '/oauth/authorizations/new'
    if (!isPage && !isLogin && !url.pathname.startsWith('/api/v2/')) return false
    if (!/^localhost(:|$)/i.test(request.headers.host ?? '')) {
      response.writeHead(307, { Location: url.href }).end()
      return true
    }
    const from = request.headers.origin
    if (from !== undefined && from !== url.origin) {
      reply(response, { status: 403, body: { error: 'Only the desk itself may ask.' } })
      return true
    }
    if (isLogin) {
      consent(options, url, response)
      return true
    }
    const name = url.pathname === '/' ? 'index.html' : url.pathname.slice('/desk/'.length)
    const file = url.pathname.startsWith('/api/') ? null : pageFile(name)
    if (file !== null) {
      response.writeHead(200, {
        'Content-Type': file.type,
        'Cache-Control': 'no-cache',
        'Content-Security-Policy': policy(port),
        'X-Content-Type-Options': 'nosniff',
      })
      response.end(request.method === 'HEAD' ? '' : file.body)
      return true
    }
    void answer(options, request, url)
      .catch(failure)
      .then((result) => reply(response, result))
    return true
  }
}

/** Asks whether Rapport may read the help desk; a yes goes back to it with a code. */
function consent({ approve }: DeskOptions, url: URL, response: ServerResponse): void {
  const yes = url.searchParams.get('answer') === 'allow'
  const result = yes ? approve(url) : null
  if (typeof result === 'string') {
    response.writeHead(302, { Location: result }).end()
    return
  }
  if (result !== null) return reply(response, result)
  url.searchParams.set('answer', 'allow')
  response.writeHead(200, {
    'Content-Type': 'text/html; charset=utf-8',
    'Content-Security-Policy': "default-src 'none'; base-uri 'none'; frame-ancestors 'none'",
  })
  response.end(`<!doctype html><html lang="en"><meta charset="utf-8">
    <meta name="viewport" content="width=device-width"><title>Allow Rapport?</title>
    <h1>Allow Rapport to read this help desk?</h1>
    <p>It reads tickets, users and satisfaction, and writes user fields.</p>
    <p><a href="${escaped(url.pathname + url.search)}">Allow</a></p></html>`)
}

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (letter) => `&#${letter.charCodeAt(0)};`)
}

/** The page runs its own files only, and frames only the app. */
function policy(port: number): string {
  const app = `http://127.0.0.1:${port}`
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "connect-src 'self'",
    `frame-src ${app}`,
    `form-action ${app}`,
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ')
}

async function answer(options: DeskOptions, request: IncomingMessage, url: URL): Promise<Answer> {
  const method = request.method ?? 'GET'
  if (url.pathname.startsWith('/api/v2/')) {
    const me = String(request.headers['x-desk-agent'] ?? '')
    return answerAgent(options.site, method, url, me)
  }
  const [, noun = '', id = '', part = ''] = url.pathname.slice('/desk'.length).split('/')
  const key = `${method} ${noun}${id && '/:id'}${part && `/${part}`}`
  const body = method === 'GET' ? {} : await readInput(request)
  return await (routes.get(key)?.({ ...options, id: decodeURIComponent(id), url, body }) ?? {
    status: 404,
    body: { error: 'There is nothing here.' },
  })
}

type Route = (call: DeskOptions & { id: string; url: URL; body: Body }) => Promise<Answer> | Answer

const routes = new Map<string, Route>([
  ['GET start', (call) => ok(startView(call))],
  ['GET seeding', ({ seeding }) => ok(seeding())],
  [
    'GET tickets',
    ({ practice, url }) => {
      const view = url.searchParams.get('view') === 'open' ? 'open' : 'all'
      const text = url.searchParams.get('q') ?? ''
      const found = practice.list({ view, text })
      return ok({ items: found.slice(0, 60).map((one) => row(practice, one)), total: found.length })
    },
  ],
  [
    'GET users',
    ({ practice, url }) => ok(practice.people(url.searchParams.get('q') ?? '').slice(0, 20)),
  ],
  [
    'GET users/:id',
    ({ practice, id }) => {
      const user = practice.user(id)
      if (user === undefined) throw new Refused('there is no such person')
      return ok({ ...user, number: numberOf(user.id) })
    },
  ],
  ['GET tickets/:id', ({ practice, id }) => whole(practice, practice.ticket(id))],
  [
    'POST tickets/:id/comments',
    ({ practice, id, body }) => {
      const as = body['as'] === 'customer' ? 'customer' : 'agent'
      const agent = text(body, 'agent')
      const input = {
        as,
        agent,
        public: body['public'] !== false,
        text: text(body, 'text'),
      } as const
      return whole(practice, practice.comment(id, input))
    },
  ],
  [
    'PATCH tickets/:id',
    ({ practice, id, body }) => whole(practice, practice.change(id, ticketChange(body))),
  ],
  [
    'POST tickets/:id/ratings',
    ({ practice, id, body }) => {
      const reasons = Array.isArray(body['reasons']) ? body['reasons'].map(String) : []
      const comment = typeof body['comment'] === 'string' ? body['comment'].trim() : ''
      const level = Number(body['level'])
      if (!Number.isInteger(level) || level < 1 || level > 5) throw new Refused('level: 1 to 5')
      const input = { level, scale: 5, reasons, ...(comment !== '' && { comment }) } as const
      return whole(practice, practice.rate(id, input))
    },
  ],
  [
    'POST tickets/:id/orders',
    async ({ practice, id, body }) => {
      const total = Number(body['total'])
      if (!Number.isSafeInteger(total) || total <= 0) throw new Refused('total: an amount above 0')
      const input = { channel: text(body, 'channel'), title: text(body, 'title'), total }
      return ok(await practice.order(id, input))
    },
  ],
  [
    'POST frames',
    ({ subdomain, installation, privateKey, now, body }) => {
      const location = text(body, 'location')
      const claims = { subdomain, installation, user: text(body, 'agent'), location }
      return ok({ token: signedUrlToken({ ...claims, now: now().getTime() }, privateKey) })
    },
  ],
  [
    'POST proxy',
    async ({ outside, body }) => {
      const method = text(body, 'type', 'GET')
      const headers = new Headers(
        Object.entries(isBody(body['headers']) ? body['headers'] : {})
          // Zendesk's proxy drops header names with underscores.
          .filter(([name]) => !name.includes('_'))
          .map(([name, value]) => [name, String(value)]),
      )
      const data = method === 'GET' || body['data'] === undefined ? null : String(body['data'])
      const result = await outside(new Request(text(body, 'url'), { method, headers, body: data }))
      return ok({ status: result.status, statusText: result.statusText, text: await result.text() })
    },
  ],
])

function startView({ practice, subdomain, installation, seeding, now }: DeskOptions) {
  const { world } = practice
  const channels = [...new Set(world.orders.map((order) => order.channel))].toSorted()
  const reasons = new Set(world.tickets.flatMap((ticket) => ticket.rating?.reasons ?? []))
  return {
    subdomain,
    installation: Number(installation),
    agents: world.agents,
    personas: world.personas,
    currency: world.currency,
    timeZone: world.timeZone,
    channels: channels.length > 0 ? channels : ['web'],
    reasons: [...reasons].toSorted(),
    now: now().toISOString(),
    seeding: seeding(),
  }
}

function row(practice: Practice, ticket: DeskTicket) {
  const { id, subject, status, channel, type = null, requester } = ticket
  return {
    id,
    subject,
    status,
    channel,
    type,
    requester: practice.user(requester)?.name ?? 'Somebody',
    assignee: practice.agent(ticket.assignee ?? '')?.name ?? null,
    at: lastActivity(ticket),
    rated: ticket.rating?.level ?? null,
  }
}

function whole(practice: Practice, ticket: DeskTicket | undefined): Answer {
  if (ticket === undefined) throw new Refused('there is no such ticket')
  const user = practice.user(ticket.requester)
  return ok({
    ...ticket,
    number: numberOf(ticket.id),
    requester: user === undefined ? null : { ...user, number: numberOf(user.id) },
  })
}

function ok(body: unknown): Answer {
  return { status: 200, body }
}

function isBody(value: unknown): value is Body {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function text(body: Body, name: string, fallback = ''): string {
  const value = body[name] ?? fallback
  if (typeof value !== 'string' || value === '') throw new Refused(`${name}: expected a text`)
  return value
}

function failure(error: unknown): Answer {
  const message = error instanceof Error ? error.message : String(error)
  return { status: error instanceof Refused ? 422 : 502, body: { error: message } }
}

function reply(response: ServerResponse, { status, body }: Answer): void {
  response.writeHead(status, {
    'Content-Type': 'application/json',
    'Cache-Control': 'no-store',
    'X-Content-Type-Options': 'nosniff',
  })
  response.end(JSON.stringify(body))
}
