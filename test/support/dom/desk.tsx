import { cleanup, configure, render } from '@testing-library/preact'
import { afterEach } from 'vitest'
import type { VNode } from 'preact'
import type { Answers } from '../../../app/answers.ts'
import { makeApi } from '../../../app/api.ts'
import { loadWords } from '../../../app/i18n.ts'
import { Page } from '../../../app/Page.tsx'
import type { Requester, Zaf } from '../../../app/zaf.ts'

/** Noon in Seoul on 26 November 2026, where the tests take place. */
export const now = Date.parse('2026-11-26T03:00:00Z')

export const minji: Requester = {
  id: '101',
  externalId: null,
  name: 'Kim Minji',
  email: 'minji@example.com',
  phone: null,
}

/** What the API answers: a status and a body, or a promise of them. An Error is a lost connection. */
export type Reply = { status: number; body?: unknown } | Error

/** How a request was made, and what it brought. */
export interface Sent {
  method: string
  body: unknown
}

/** A practice help desk and API around one page. */
export interface Desk {
  /** Requests as `GET /v1/…`, in order. */
  asked: string[]
  /** Heights that the page asked for, and places that it opened. */
  acted: string[]
  /** Turns the desk to somebody else and says so. */
  turnTo: (requester: Requester | null, ticketId?: string) => void
  fire: (event: string) => void
  /** Opens a page in the desk. */
  open: (page: VNode, locale?: string) => Promise<void>
}

afterEach(cleanup)

// Pages come in pieces: on a busy machine the first of them takes more than the usual second.
configure({ asyncUtilTimeout: 20_000 })

/** Makes a desk whose API is the given function of the path below `/v1`. */
export function makeDesk(
  answer: (path: string, count: number, sent: Sent) => Reply | Promise<Reply>,
  start: {
    requester?: Requester | null
    location?: 'sidebar' | 'nav_bar'
    online?: boolean
    role?: 'agent' | 'admin'
  } = {},
): Desk {
  const handlers = new Map<string, Set<() => void>>()
  const asked: string[] = []
  const acted: string[] = []
  let requester = start.requester === undefined ? minji : start.requester
  let ticketId = '48213'
  const fire = (event: string) => {
    for (const handler of handlers.get(event) ?? []) handler()
  }
  const zaf: Zaf = {
    requester: async () => requester,
    ticketId: async () => ticketId,
    locale: async () => 'en',
    scheme: async () => 'light',
    on(event, handler) {
      const set = handlers.get(event) ?? new Set()
      handlers.set(event, set.add(handler))
      return () => set.delete(handler)
    },
    resize: (height) => acted.push(`resize ${height}`),
    openTicket: (id) => acted.push(`ticket ${id}`),
    openUser: (id) => acted.push(`user ${id}`),
    openTab: (path) => acted.push(`tab ${path}`),
  }
  const api = makeApi({
    token: 'token',
    wait: async () => undefined,
    isOnline: () => start.online ?? true,
    async fetch(input, init) {
      const path = String(input).replace(/^\/v1/, '')
      asked.push(`${init?.method ?? 'GET'} ${String(input)}`)
      const body = typeof init?.body === 'string' ? JSON.parse(init.body) : undefined
      const reply = await answer(path, asked.length, { method: init?.method ?? 'GET', body })
      init?.signal?.throwIfAborted()
      if (reply instanceof Error) throw reply
      const empty = reply.status === 202 || reply.status === 204
      return new Response(empty ? null : JSON.stringify(reply.body ?? {}), { status: reply.status })
    },
  })
  const answers: Answers = new Map()
  return {
    asked,
    acted,
    fire,
    turnTo(next, id = ticketId) {
      requester = next
      ticketId = id
      fire('ticket.requester.id.changed')
    },
    async open(page, locale = 'en') {
      const words = await loadWords(locale, 'Asia/Seoul', start.location === 'nav_bar')
      document.documentElement.lang = words.locale
      document.documentElement.dir = words.direction
      document.title = 'Rapport'
      const around = {
        api,
        zaf,
        account: { id: 1, name: 'Tea', timeZone: 'Asia/Seoul', currency: 'KRW' },
        location: start.location ?? 'sidebar',
        role: start.role ?? 'agent',
        now: () => now,
      } as const
      render(
        <Page around={around} answers={answers} words={words}>
          {page}
        </Page>,
      )
    },
  }
}

/** An answer that comes when the test says so. */
export function later(): { reply: Promise<Reply>; come: (reply: Reply) => void } {
  const { promise, resolve } = Promise.withResolvers<Reply>()
  return { reply: promise, come: resolve }
}
