import type { Agent } from '../world.ts'
import type { Start } from './client.ts'
import { zafApp } from './zaf-host.ts'
import type { ZafApp } from './zaf-host.ts'

type Scheme = 'light' | 'dark'

/** A tab of the desk: the ticket list, Rapport's own page, a ticket, or a person. */
export type Page =
  | { kind: 'list' }
  | { kind: 'app' }
  | { kind: 'ticket'; id: string }
  | { kind: 'user'; id: string }

/** What the whole desk shares: who works here, how it looks, which instances of the app are open. */
export interface Desk {
  start: Start
  agent: Agent
  locale: string
  scheme: Scheme
  app: ZafApp
  /** The instant now, in the practice world's time, epoch ms. */
  now: () => number
  openTicket: (id: string) => void
  openUser: (id: string) => void
  openApp: (path?: string) => void
  toast: (message: string, kind?: string) => void
  openModal: (url: string, size: { width?: string; height?: string }) => string
}

/** A shown page: its element, what to do when it comes and goes, and when it is closed. */
export interface View {
  element: HTMLElement
  show: () => void
  hide: () => void
  close: () => void
  /** Opens an address of the app within the page. */
  route?: (path: string) => void
  /** The name on its tab may change. */
  title: () => string
}

export const locales: readonly (readonly [code: string, name: string])[] = [
  ['en', 'English'],
  ['ko', '한국어'],
  ['zh-CN', '简体中文'],
  ['ja', '日本語'],
  ['pt-BR', 'Português'],
  ['es', 'Español'],
  ['de', 'Deutsch'],
  ['fr', 'Français'],
  ['ar', 'العربية'],
  ['en-XA', 'Pseudo, long'],
  ['ar-XB', 'Pseudo, right to left'],
]

export function makeDesk(start: Start, agent: Agent, parts: Pick<Desk, Opening>): Desk {
  const offset = Date.parse(start.now) - Date.now()
  const wanted = new URLSearchParams(location.search)
  return {
    start,
    agent,
    locale: wanted.get('locale') ?? agent.locale,
    scheme: wanted.get('scheme') === 'dark' ? 'dark' : 'light',
    app: zafApp(),
    now: () => Date.now() + offset,
    ...parts,
  }
}

type Opening = 'openTicket' | 'openUser' | 'openApp' | 'toast' | 'openModal'
