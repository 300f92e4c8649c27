import { z } from 'zod'
import type { AppContext } from '../http.ts'
import { troubles } from '../zendesk/catalog.ts'
import { findConnection } from '../zendesk/store.ts'
import { starters } from './catalog.ts'
import { countTargets, type TargetState, type WriteRow } from './ledger-store.ts'
import { readReasons } from './reason.ts'
import { pushSettings } from './settings.ts'
import { findState, freshState } from './store.ts'

/** The push as the API shows it. */
export const shown = z.object({
  settings: pushSettings,
  connected: z.boolean(),
  progress: z.object({
    /** Everybody is being looked at, or fields are being read there. */
    preparing: z.boolean(),
    targets: z.int(),
    due: z.int(),
    sending: z.int(),
    done: z.int(),
    confirmed: z.int(),
    troubled: z.int(),
  }),
  trouble: z.enum(troubles).nullable(),
  resumeAt: z.iso.datetime().nullable(),
  /** Fields that an admin removed at the help desk; they are left so. */
  removed: z.array(z.string()),
  triggers: z.array(z.enum(starters)),
  /** Id of the group that takes over tickets of those who are upset or at risk, and the groups there are. */
  group: z.string().nullable(),
  groups: z.array(z.object({ id: z.string(), name: z.string() })),
})

/** What is kept up to date, and how far that is. */
export async function show(c: AppContext): Promise<z.output<typeof shown>> {
  const [db, account] = [c.get('db'), c.get('account')]
  const state = (await findState(db, account.id)) ?? freshState()
  const connection = await findConnection(db, account.id)
  const { at: _, ...counted } = await countTargets(db, account.id, c.get('now'))
  const { settings, everybody, verified, trouble, resumeAt, fields, triggers, group } = state
  return {
    settings,
    connected: connection?.state === 'connected',
    progress: {
      preparing: settings.on && (everybody !== null || verified !== null),
      ...counted,
    },
    trouble,
    resumeAt: resumeAt > c.get('now') ? new Date(resumeAt).toISOString() : null,
    removed: Object.entries(fields.users).flatMap(([key, one]) => (one.removed ? [key] : [])),
    triggers: starters.filter((one) => one in triggers),
    group,
    groups: Object.entries(connection?.directory.groups ?? {}).map(([id, name]) => ({ id, name })),
  }
}

/** A write as the ledger tells it. */
export function writeShown(row: WriteRow) {
  const { at, kind, target, person, cause, outcome } = row
  const changes = Object(JSON.parse(row.changes))
  const because = readReasons(row.because)
  return {
    at: new Date(at).toISOString(),
    kind,
    target,
    customer: person,
    changes,
    because,
    cause,
    outcome,
  }
}

const iso = (at: number | null) => (at === null ? null : new Date(at).toISOString())

/** What a user or ticket should hold and what it holds. */
export function targetShown(row: TargetState) {
  const { kind, target, sending, trouble } = row
  return {
    kind,
    target,
    wanted: Object(JSON.parse(row.wanted)),
    has: Object(JSON.parse(row.has)),
    because: readReasons(row.because),
    state: trouble ?? (sending === 1 ? 'sending' : row.dueAt === null ? 'done' : 'due'),
    sentAt: iso(row.sentAt),
    confirmedAt: iso(row.confirmedAt),
  }
}
