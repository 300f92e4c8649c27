import type { Cause, Outcome, Starter } from '../../../worker/push/catalog.ts'
import type { Reason } from '../../../worker/push/reason.ts'
import type { PushSettings } from '../../../worker/push/settings.ts'
import type { Trouble } from '../../../worker/zendesk/catalog.ts'

export interface PushShown {
  settings: PushSettings
  connected: boolean
  progress: {
    preparing: boolean
    targets: number
    due: number
    sending: number
    done: number
    troubled: number
  }
  trouble: Trouble | null
  resumeAt: string | null
  removed: string[]
  triggers: Starter[]
  group: string | null
  groups: { id: string; name: string }[]
}

export type Value = string | number | boolean | string[] | null

/** Answer of `POST /v1/push/dry-run`. */
export interface Preview {
  users: number
  left: number
  changing: number
  tickets: number
  fields: Record<string, number>
  samples: {
    customer: number
    name: string | null
    changes: Record<string, { from: Value; to: Value; because: Reason }>
  }[]
  lastWeek: Record<Starter, { tickets: number; samples: string[] }>
}

/** One line of `GET /v1/push/ledger`. */
export interface Write {
  at: string
  kind: 'user' | 'ticket'
  target: string
  customer: number
  changes: Record<string, Value>
  because: Record<string, Reason>
  cause: Cause
  outcome: Outcome
}
export interface Ledger {
  items: Write[]
  next: string | null
}

/** A value as it stands in a field; null = emptied. */
export function valueText(value: Value, emptied: string): string {
  if (value === null) return emptied
  return Array.isArray(value) ? value.join(', ') : String(value)
}
