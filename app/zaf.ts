/** What we use of the help desk's SDK, Zendesk's own or npm's. */
export interface ZafClient {
  on(event: string, handler: (payload?: unknown) => void): void
  off(event: string, handler: (payload?: unknown) => void): void
  get(paths: string[]): Promise<unknown>
  invoke(action: string, ...args: unknown[]): Promise<unknown>
}

export interface ZafSdk {
  /** False when the page was not opened by a help desk. */
  init(): ZafClient | false
}

declare global {
  // eslint-disable-next-line no-var
  var ZAFClient: ZafSdk | undefined
}

export type Scheme = 'light' | 'dark'

/** The person the agent is looking at. */
export interface Requester {
  /** Help-desk user id. */
  id: string
  /** The id that the shop gave this user in the help desk. */
  externalId: string | null
  name: string | null
  email: string | null
  phone: string | null
}

/** The help desk around the app, typed. This file alone knows the SDK. */
export interface Zaf {
  /** The ticket's requester, or the user of a user page; null when nobody is chosen yet. */
  requester(): Promise<Requester | null>
  /** Id of the ticket beside the app, null outside of tickets. */
  ticketId(): Promise<string | null>
  locale(): Promise<string | null>
  scheme(): Promise<Scheme | null>
  on(event: string, handler: (payload?: unknown) => void): () => void
  /** Sets the height of the app's frame in CSS pixels. */
  resize(height: number): void
  openTicket(id: string): void
  openUser(id: string): void
  /** Opens the nav-bar tab. */
  openTab(path: string): void
}

/** Connects to the help desk; null when there is none around this page. */
export function connectZaf(sdk: ZafSdk | undefined): Zaf | null {
  const client = sdk?.init()
  return client ? wrapZaf(client) : null
}

/** Types a client of the SDK. Paths that a place does not know read as null. */
export function wrapZaf(client: ZafClient): Zaf {
  const read = async (...paths: string[]): Promise<Record<string, unknown>> => {
    const answer = await client.get(paths)
    return fields(answer)
  }
  const act = (action: string, ...args: unknown[]) => {
    client.invoke(action, ...args).catch(() => {
      // A help desk that cannot do it leaves everything as it was.
    })
  }
  return {
    async requester() {
      const { 'ticket.requester': requester, user } = await read('ticket.requester', 'user')
      return personOf(requester) ?? personOf(user)
    },
    async ticketId() {
      const { 'ticket.id': id } = await read('ticket.id')
      return idOf(id)
    },
    async locale() {
      const { currentUser } = await read('currentUser')
      return textOf(fields(currentUser)['locale'])
    },
    async scheme() {
      const { colorScheme } = await read('colorScheme')
      return schemeOf(colorScheme)
    },
    on(event, handler) {
      client.on(event, handler)
      return () => client.off(event, handler)
    },
    resize: (height) => act('resize', { width: '100%', height: `${height}px` }),
    openTicket: (id) => act('routeTo', 'ticket', id),
    openUser: (id) => act('routeTo', 'user', id),
    openTab: (path) => act('routeTo', 'nav_bar', 'rapport', path),
  }
}

/** A colour scheme as the help desk says it, or null. */
export function schemeOf(value: unknown): Scheme | null {
  return value === 'dark' || value === 'light' ? value : null
}

function personOf(value: unknown): Requester | null {
  const { id, externalId, name, email, identities } = fields(value)
  const known = idOf(id)
  if (known === null) return null
  const phones = (Array.isArray(identities) ? identities : [])
    .map(fields)
    .filter(({ type }) => type === 'phone_number' || type === 'phone')
  return {
    id: known,
    externalId: textOf(externalId),
    name: textOf(name),
    email: textOf(email),
    phone: textOf(phones[0]?.['value']),
  }
}

function fields(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? { ...value } : {}
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null
}

function idOf(value: unknown): string | null {
  return typeof value === 'number' ? String(value) : textOf(value)
}
