import type { Agent } from '../world.ts'
import type { Start, TicketView, UserView } from './client.ts'
import { client } from './client.ts'
import type { ZafPlace, ZafRequest } from './zaf-host.ts'
import { unknown } from './zaf-host.ts'

/** What a place may ask of the desk around it. */
export interface Surroundings {
  start: Start
  agent: () => Agent
  locale: () => string
  scheme: () => 'light' | 'dark'
  openTicket: (id: string) => void
  openUser: (id: string) => void
  openNavBar: (path: string) => void
  notify: (message: string, kind: string) => void
  openModal: (url: string, size: { width?: string; height?: string }) => string
}

export interface PlaceOptions {
  location: string
  desk: Surroundings
  /** The ticket of a ticket sidebar. */
  ticket?: () => TicketView
  changeTicket?: (set: Record<string, unknown>) => void
  insertText?: (text: string) => void
  /** The person of a user sidebar. */
  user?: () => UserView
  resize: (size: { width?: string; height?: string }) => void
  close?: () => void
}

/** Reads, changes and does what an app may at one place of the desk. */
export function makePlace(options: PlaceOptions): ZafPlace {
  const { desk, location } = options
  return {
    metadata: () => ({
      appId: 77,
      installationId: desk.start.installation,
      name: 'Rapport',
      version: '0.1.0',
      settings: { title: 'Rapport' },
    }),
    context: () => ({
      account: { subdomain: desk.start.subdomain },
      location,
      product: 'support',
      ...(options.ticket && { ticketId: options.ticket().number }),
    }),
    get: (path) => read(facts(options), path),
    set(path, value) {
      if (!options.changeTicket || !settable.has(path)) return false
      const name = path.slice('ticket.'.length)
      const person = name === 'assignee' || name === 'requester'
      options.changeTicket({ [name]: person ? personId(value) : value })
      return true
    },
    invoke(name, args) {
      const action = actions.get(name)
      return action === undefined ? unknown : action(options, args)
    },
    request: (request) => send(request, desk),
  }
}

const settable = new Set([
  'ticket.status',
  'ticket.subject',
  'ticket.tags',
  'ticket.assignee',
  'ticket.requester',
])

function personId(value: unknown): unknown {
  return typeof value === 'object' && value !== null && 'id' in value ? String(value.id) : value
}

type Action = (options: PlaceOptions, args: unknown[]) => unknown

const actions = new Map<string, Action>([
  ['resize', ({ resize }, [size]) => resize(sizeOf(size))],
  ['routeTo', ({ desk }, args) => route(desk, args.map(String))],
  ['notify', ({ desk }, [message, kind]) => desk.notify(String(message), String(kind ?? 'notice'))],
  ['ticket.comment.appendText', ({ insertText }, [text]) => insertText?.(String(text))],
  ['comment.appendText', ({ insertText }, [text]) => insertText?.(String(text))],
  ['app.close', ({ close }) => close?.()],
  ['destroy', ({ close }) => close?.()],
  ...[
    'popover',
    'preloadPane',
    'setIconState',
    'hide',
    'show',
    'enableSave',
    'disableSave',
    'track',
  ].map((name): [string, Action] => [name, () => undefined]),
  [
    'instances.create',
    ({ desk }, [wanted]) => {
      const { url = '', size } = fields(wanted)
      const guid = desk.openModal(String(url), sizeOf(size))
      return [{ url, instanceGuid: guid }]
    },
  ],
])

function route(desk: Surroundings, [place = '', id = '', path = '']: string[]): void {
  if (place === 'ticket') desk.openTicket(id)
  else if (place === 'user') desk.openUser(id)
  else if (place === 'nav_bar') desk.openNavBar(path)
  else desk.notify(`The practice desk has no page "${place}".`, 'error')
}

function fields(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? { ...value } : {}
}

function sizeOf(value: unknown): { width?: string; height?: string } {
  const { width, height } = fields(value)
  return {
    ...(typeof width === 'string' && { width }),
    ...(typeof height === 'string' && { height }),
  }
}

function person(view: UserView | null) {
  return (
    view && {
      id: view.number,
      name: view.name,
      email: view.email ?? null,
      role: 'end-user',
      locale: view.locale,
      externalId: view.externalId ?? null,
      identities: [
        ...(view.email ? [{ type: 'email', value: view.email, verified: true }] : []),
        ...(view.phone ? [{ type: 'phone_number', value: view.phone, verified: false }] : []),
      ],
    }
  )
}

/** Everything that can be read at a place, as one tree. */
function facts({ desk, ticket, user }: PlaceOptions): Record<string, unknown> {
  const agent = desk.agent()
  return {
    colorScheme: desk.scheme(),
    currentAccount: {
      subdomain: desk.start.subdomain,
      planName: 'practice',
      timeZone: { ianaName: desk.start.timeZone },
    },
    currentUser: {
      id: numberOf(agent.id),
      name: agent.name,
      email: agent.email,
      role: agent.role,
      groups: [{ name: agent.group }],
      locale: desk.locale(),
      timeZone: { ianaName: desk.start.timeZone },
    },
    ...(user && { user: person(user()) }),
    ...(ticket && { ticket: ticketFacts(ticket(), desk, person(ticket().requester)) }),
  }
}

function ticketFacts(view: TicketView, desk: Surroundings, requester: unknown) {
  const assignee = desk.start.agents.find((agent) => agent.id === view.assignee)
  const custom = Object.entries(view.fields).map(([name, value]) => [`customField:${name}`, value])
  return {
    id: view.number,
    subject: view.subject,
    status: view.status,
    type: view.type ?? null,
    tags: view.tags,
    createdAt: view.createdAt,
    updatedAt: view.comments.at(-1)?.at ?? view.createdAt,
    via: { channel: view.channel },
    requester,
    assignee: {
      user: assignee ? { id: numberOf(assignee.id), name: assignee.name } : null,
      group: view.group ? { name: view.group } : null,
    },
    comments: view.comments.map(({ id, text, public: shown, at, author }) => ({
      id,
      value: text,
      isPublic: shown,
      createdAt: at,
      author: { role: author === 'customer' ? 'end-user' : 'agent' },
    })),
    ...Object.fromEntries(custom),
  }
}

function numberOf(id: string): number | string {
  return /^\d{1,15}$/.test(id) ? Number(id) : id
}

/** Follows a path such as `ticket.requester.email`; `undefined` when a step is missing. */
function read(tree: Record<string, unknown>, path: string): unknown {
  let here: unknown = tree
  for (const step of path.split('.')) {
    if (typeof here !== 'object' || here === null || !Object.hasOwn(here, step)) return undefined
    here = Object.entries(here).find(([name]) => name === step)?.[1]
  }
  return here
}

/** Own addresses go to the imitated Zendesk with the agent's rights, others through its proxy. */
async function send(request: ZafRequest, desk: Surroundings) {
  const own = new RegExp(`^(?:https://${desk.start.subdomain}\\.zendesk\\.com)?(/api/v2/.*)$`)
  const path = own.exec(request.url)?.[1]
  if (path === undefined) {
    const { url, type, data, headers } = request
    return await client.proxy({ url, type, data, headers })
  }
  const method = request.type ?? 'GET'
  const body = method === 'GET' || request.data === undefined ? null : String(request.data)
  const response = await fetch(path, {
    method,
    body,
    headers: { ...request.headers, 'X-Desk-Agent': desk.agent().id },
  })
  const text = await response.text()
  return { status: response.status, statusText: response.statusText, text }
}
