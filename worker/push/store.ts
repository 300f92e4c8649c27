import type { Db } from '../db.ts'
import { type Sql, sql } from '../sql.ts'
import type { Trouble } from '../zendesk/catalog.ts'
import type { Cause } from './catalog.ts'
import { type CardWishes, type PushSettings, readSettings } from './settings.ts'
import type { FieldType } from './values.ts'

/** A field of ours at the help desk. */
export interface KnownField {
  id: string
  type: FieldType
  /** We made it: it may go when we do. */
  ours: boolean
  /** It was there once and is not now: an admin removed it, and we leave it so. */
  removed?: true
  /** Values that a multiselect offers. */
  options?: string[]
}

export interface KnownFields {
  /** When they were last looked at. */
  at: number
  users: Record<string, KnownField>
  tickets: Record<string, KnownField>
}

export interface PushState {
  settings: PushSettings
  /** Of the settings; what a run notes counts only while it is the same. */
  revision: number
  cursor: number
  everybody: number | null
  cause: Cause
  verified: string | null
  day: number
  fields: KnownFields
  /** Triggers of the starter kit by their name: ids at the help desk. */
  triggers: Record<string, string>
  /** Group that takes over tickets of those who are upset or at risk. */
  group: string | null
  trouble: Trouble | null
  resumeAt: number
}

const noFields: KnownFields = { at: 0, users: {}, tickets: {} }

type StateRow = Omit<PushState, 'settings' | 'fields' | 'triggers'> &
  Record<'settings' | 'fields' | 'triggers', string>

export async function findState(db: Db, account: number): Promise<PushState | null> {
  const row =
    await db.first<StateRow>(sql`SELECT settings, revision, cursor, everybody, cause, verified, day,
      fields, triggers, trigger_group AS "group", trouble, resume_at AS resumeAt
    FROM push_states WHERE account = ${account}`)
  if (row === null) return null
  return {
    ...row,
    settings: readSettings(row.settings),
    fields: { ...noFields, ...JSON.parse(row.fields) },
    triggers: JSON.parse(row.triggers),
  }
}

/** What an account keeps up to date at its help desk; nothing where it never chose. */
export async function findSettings(db: Db, account: number): Promise<PushSettings> {
  const row = await db.first<{ settings: string }>(
    sql`SELECT settings FROM push_states WHERE account = ${account}`,
  )
  return readSettings(row?.settings)
}

/** The state of an account that has none yet. */
export function freshState(): PushState {
  const nothing = { revision: 0, cursor: 0, everybody: null, verified: null, day: 0, trouble: null }
  const rest = {
    cause: 'settings' as const,
    fields: noFields,
    triggers: {},
    group: null,
    resumeAt: 0,
  }
  return { settings: readSettings('{}'), ...nothing, ...rest }
}

/**
 * Saves settings. Everybody is looked at again, and where the push was off the fields are read first, so that what
 * is right already is not written.
 */
export function saveSettings(
  account: number,
  settings: PushSettings,
  { wasOn }: { wasOn: boolean },
): Sql[] {
  const text = JSON.stringify(settings)
  const anew = settings.on && !wasOn
  const verified = anew ? '' : null
  const evaluated = sql`coalesce((SELECT evaluated FROM states WHERE account = ${account}), 0)`
  return [
    sql`INSERT INTO push_states (account, settings, everybody, verified, cursor)
      VALUES (${account}, ${text}, 0, ${verified},
        ${evaluated})
      ON CONFLICT (account) DO UPDATE SET settings = excluded.settings,
        revision = push_states.revision + 1, everybody = 0,
        cursor = iif(${anew ? 1 : 0}, excluded.cursor, push_states.cursor),
        cause = 'settings', fields = json_set(push_states.fields, '$.at', 0), trouble = NULL,
        resume_at = 0, counted = NULL, verified = coalesce(excluded.verified, push_states.verified)`,
    ...(settings.on
      ? []
      : [
          sql`UPDATE push_targets SET due_at = NULL WHERE account = ${account} AND person > 0
            AND due_at IS NOT NULL`,
        ]),
  ]
}

/** Notes what cards hold for the push alone. */
export function saveWishes(account: number, wishes: CardWishes): Sql {
  return sql`INSERT INTO states (account, wishes) VALUES (${account}, ${JSON.stringify(wishes)})
    ON CONFLICT (account) DO UPDATE SET wishes = excluded.wishes`
}

type Progress = Partial<
  Pick<PushState, 'cursor' | 'everybody' | 'verified' | 'day' | 'trouble' | 'resumeAt'>
>

/** Notes how far the push with these settings is; nothing when others were saved meanwhile. */
export function saveProgress(
  account: number,
  { revision }: Pick<PushState, 'revision'>,
  progress: Progress,
): Sql {
  const now = <Key extends keyof Progress>(key: Key) => (key in progress ? 1 : 0)
  const { cursor = 0, everybody = null, verified = null, day = 0 } = progress
  const { trouble = null, resumeAt = 0 } = progress
  // At the end of a run or of one of its parts what was counted before tells too little.
  const isEnd = 'trouble' in progress || progress.everybody === null || progress.verified === null
  return sql`UPDATE push_states SET
      cursor = iif(${now('cursor')}, max(cursor, ${cursor}), cursor),
      everybody = iif(${now('everybody')}, ${everybody}, everybody),
      verified = iif(${now('verified')}, ${verified}, verified),
      day = iif(${now('day')}, ${day}, day),
      trouble = iif(${now('trouble')}, ${trouble}, trouble),
      resume_at = iif(${now('resumeAt')}, ${resumeAt}, resume_at),
      counted = iif(${isEnd ? 1 : 0}, NULL, counted)
    WHERE account = ${account} AND revision = ${revision}`
}

export function saveFields(account: number, fields: KnownFields): Sql {
  return sql`UPDATE push_states SET fields = ${JSON.stringify(fields)} WHERE account = ${account}`
}

export function saveTriggers(account: number, triggers: PushState['triggers']): Sql {
  return sql`INSERT INTO push_states (account, triggers) VALUES (${account}, ${JSON.stringify(triggers)})
    ON CONFLICT (account) DO UPDATE SET triggers = excluded.triggers`
}

export function saveTriggerGroup(account: number, group: string | null): Sql {
  return sql`INSERT INTO push_states (account, trigger_group) VALUES (${account}, ${group})
    ON CONFLICT (account) DO UPDATE SET trigger_group = excluded.trigger_group`
}

/**
 * Whether there is anything to write, to read or to look at by now: one row, n. Where the push is off, only what is left
 * of the erased is.
 */
export function countWork(
  account: number,
  { cursor, settings }: Pick<PushState, 'cursor' | 'settings'>,
  now: number,
): Sql {
  const { on } = settings
  return sql`SELECT EXISTS (SELECT 1 FROM push_batches WHERE account = ${account})
    OR EXISTS (SELECT 1 FROM push_targets WHERE account = ${account}
      AND kind IN ('user', 'ticket') AND due_at <= ${now} AND (${on ? 1 : 0} OR person = 0))
    OR ${on ? 1 : 0} AND EXISTS (SELECT 1 FROM journal WHERE account = ${account} AND seq > ${cursor}) AS n`
}

/** Forgets what is at a help desk that is left; settings stay, switched off. */
export function forgetDesk(account: number): Sql[] {
  return [
    sql`DELETE FROM push_targets WHERE account = ${account}`,
    sql`DELETE FROM push_batches WHERE account = ${account}`,
    sql`UPDATE push_states SET settings = json_set(settings, '$.on', json('false')), fields = '{}',
      triggers = '{}', trigger_group = NULL, counted = NULL, everybody = NULL,
      verified = NULL, trouble = NULL, resume_at = 0
      WHERE account = ${account}`,
  ]
}
