import type { ZendeskAccount } from './account.ts'
import type { Faults } from './faults.ts'
import type { openLimits } from './limits.ts'
import type { OAuth } from './oauth.ts'
import type { Answer } from './paging.ts'

export interface SiteOptions {
  account: ZendeskAccount
  oauth: OAuth
  limits: ReturnType<typeof openLimits>
  faults?: Faults
  /** Requests that are carried out though their answer is lost. */
  lost?: (request: Request) => boolean
  /** Told of each address that is asked. */
  told?: (path: string) => void
  /** Told when webhooks change. */
  changed?: () => void
  /** Kinds of satisfaction that the account runs. */
  satisfaction: () => ReadonlySet<'ratings' | 'surveys'>
}

export interface Call {
  options: SiteOptions
  account: ZendeskAccount
  url: URL
  id: string
  body: Record<string, unknown>
  token: string
}

export type Route = (call: Call) => Answer
