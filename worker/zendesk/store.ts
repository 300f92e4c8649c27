import type { Db } from '../db.ts'
import { type Sql, sql } from '../sql.ts'
import type { ConnectionState, StreamName, Trouble } from './catalog.ts'
import { type Directory, noDirectory } from './directory.ts'
import type { Mark } from './records.ts'
import type { Hint } from './webhook.ts'

/** What was taken of the help desk's limits in a minute, and these limits as last seen. */
export interface Spent {
  minute: number
  calls: number
  exports: number
  plan: number | null
  exportLimit: number | null
}

const nothingSpent: Spent = { minute: 0, calls: 0, exports: 0, plan: null, exportLimit: null }

export interface Connection {
  state: Exclude<ConnectionState, 'none'>
  subdomain: string
  access: string | null
  refresh: string | null
  expiresAt: number
  refreshExpiresAt: number
  version: number
  scope: string
  /** Our own address, where webhooks come to. */
  origin: string
  webhook: string | null
  webhookSecret: string | null
  /** The webhook that triggers call. */
  triggerWebhook: string | null
  triggerSecret: string | null
  zendeskAccount: string | null
  trouble: Trouble | null
  resumeAt: number
  spent: Spent
  directory: Directory
  connectedBy: string
  connectedAt: number
}

type ConnectionRow = Omit<Connection, 'spent' | 'directory'> & { spent: string; directory: string }

export async function findConnection(db: Db, account: number): Promise<Connection | null> {
  const row = await db.first<ConnectionRow>(sql`SELECT state, subdomain, access, refresh,
      expires_at AS expiresAt, refresh_expires_at AS refreshExpiresAt, version, scope, origin, webhook,
      webhook_secret AS webhookSecret, trigger_webhook AS triggerWebhook,
      trigger_secret AS triggerSecret, zendesk_account AS zendeskAccount, trouble,
      resume_at AS resumeAt, spent, directory, connected_by AS connectedBy,
      connected_at AS connectedAt
    FROM connections WHERE account = ${account}`)
  return row === null
    ? null
    : {
        ...row,
        spent: { ...nothingSpent, ...JSON.parse(row.spent) },
        directory: { ...noDirectory, ...JSON.parse(row.directory) },
      }
}

/** Remembers a login that was begun, and forgets the ones that were never finished. */
export function beginLogin(
  account: number,
  login: { state: string; verifier: string; actor: string; expiresAt: number },
  now: number,
): Sql[] {
  return [
    sql`DELETE FROM logins WHERE account = ${account} AND expires_at < ${now}`,
    sql`INSERT INTO logins (account, state, verifier, actor, expires_at)
      VALUES (${account}, ${login.state}, ${login.verifier}, ${login.actor}, ${login.expiresAt})`,
  ]
}

/** Takes a login that is not over yet: it works once. */
export function takeLogin(account: number, state: string, now: number): Sql {
  return sql`DELETE FROM logins WHERE account = ${account} AND state = ${state}
    AND expires_at >= ${now} RETURNING verifier, actor`
}

export interface SealedTokens {
  access: string
  refresh: string
  expiresAt: number
  refreshExpiresAt: number
  scope: string
}

/** Connects with a first pair; what had been read before goes on where it stood. */
export function connect(
  account: number,
  subdomain: string,
  tokens: SealedTokens,
  meta: { actor: string; now: number; origin: string },
): Sql {
  return sql`INSERT INTO connections (account, state, subdomain, access, refresh, expires_at,
      refresh_expires_at, scope, origin, connected_by, connected_at)
    VALUES (${account}, 'connected', ${subdomain}, ${tokens.access}, ${tokens.refresh},
      ${tokens.expiresAt}, ${tokens.refreshExpiresAt}, ${tokens.scope},
      ${meta.origin}, ${meta.actor}, ${meta.now})
    ON CONFLICT (account) DO UPDATE SET state = 'connected', subdomain = excluded.subdomain,
      access = excluded.access, refresh = excluded.refresh, expires_at = excluded.expires_at,
      refresh_expires_at = excluded.refresh_expires_at, scope = excluded.scope,
      version = connections.version + 1, trouble = NULL, resume_at = 0,
      origin = excluded.origin,
      connected_by = excluded.connected_by, connected_at = excluded.connected_at`
}

/** Replaces the pair that had this version; returns a row when it did. */
export function replaceTokens(account: number, version: number, tokens: SealedTokens): Sql {
  return sql`UPDATE connections SET access = ${tokens.access}, refresh = ${tokens.refresh},
      expires_at = ${tokens.expiresAt}, refresh_expires_at = ${tokens.refreshExpiresAt},
      scope = ${tokens.scope}, version = version + 1, trouble = NULL
    WHERE account = ${account} AND version = ${version} AND state = 'connected' RETURNING version`
}

/** Marks a connection whose pair of this version is refused: an admin must connect again. */
export function breakConnection(account: number, version: number, trouble: Trouble): Sql {
  return sql`UPDATE connections SET state = 'broken', trouble = ${trouble}
    WHERE account = ${account} AND version = ${version}`
}

/** Forgets tokens, webhook and everything about how far it was read; facts stay. */
export function disconnect(account: number): Sql[] {
  return [
    sql`DELETE FROM connections WHERE account = ${account}`,
    sql`DELETE FROM streams WHERE account = ${account}`,
    sql`DELETE FROM hints WHERE account = ${account}`,
    sql`DELETE FROM logins WHERE account = ${account}`,
    sql`DELETE FROM deliveries WHERE account = ${account}`,
    sql`DELETE FROM survey_marks WHERE account = ${account}`,
    sql`DELETE FROM merged_tickets WHERE account = ${account}`,
  ]
}

export function saveWebhook(account: number, webhook: string, secret: string): Sql {
  return sql`UPDATE connections SET webhook = ${webhook}, webhook_secret = ${secret}
    WHERE account = ${account}`
}

export function saveTriggerWebhook(account: number, webhook: string, secret: string): Sql {
  return sql`UPDATE connections SET trigger_webhook = ${webhook}, trigger_secret = ${secret}
    WHERE account = ${account}`
}

/** Learns the help desk's number from its first genuine delivery. */
export function learnAccount(account: number, zendesk: string): Sql {
  return sql`UPDATE connections SET zendesk_account = ${zendesk}
    WHERE account = ${account} AND zendesk_account IS NULL`
}

/** What was taken of a minute since it was last written down. */
export type Taken = Pick<Spent, 'calls' | 'exports'>

/**
 * Adds what was taken to what others took of the same minute; answers with the sum (column spent). Nothing is asked
 * before `resumeAt`.
 */
export function addSpent(account: number, spent: Spent, taken: Taken, resumeAt: number): Sql {
  const text = JSON.stringify(spent)
  const minute = sql`coalesce(json_extract(spent, '$.minute'), 0)`
  return sql`UPDATE connections SET spent = CASE WHEN ${minute} = ${spent.minute}
        THEN json_set(${text}, '$.calls', json_extract(spent, '$.calls') + ${taken.calls},
          '$.exports', json_extract(spent, '$.exports') + ${taken.exports})
        WHEN ${minute} > ${spent.minute} THEN spent ELSE ${text} END,
      resume_at = max(resume_at, ${resumeAt}) WHERE account = ${account} RETURNING spent`
}

export function saveDirectory(account: number, directory: Directory): Sql {
  return sql`UPDATE connections SET directory = ${JSON.stringify(directory)}, trouble = NULL
    WHERE account = ${account}`
}

/** How far a stream is. */
export interface StreamState {
  name: StreamName
  cursor: Record<string, string | number | null>
  done: number
  /** Objects that could not be stored. */
  rejected: number
  total: number | null
  caughtUp: boolean
  upTo: number
  trouble: Trouble | null
  fails: number
  dueAt: number
}

export async function readStreams(db: Db, account: number): Promise<Map<string, StreamState>> {
  const rows = await db.all<
    Omit<StreamState, 'cursor' | 'caughtUp'> & { cursor: string; caughtUp: number }
  >(
    sql`SELECT name, cursor, done, rejected, total, caught_up AS caughtUp, up_to AS upTo, trouble,
        fails, due_at AS dueAt
      FROM streams WHERE account = ${account}`,
  )
  return new Map(
    rows.map((row) => [
      row.name,
      { ...row, cursor: JSON.parse(row.cursor), caughtUp: row.caughtUp === 1 },
    ]),
  )
}

export function saveStream(account: number, state: StreamState): Sql {
  return sql`INSERT INTO streams (account, name, cursor, done, rejected, total, caught_up, up_to,
      trouble, fails, due_at)
    VALUES (${account}, ${state.name}, ${JSON.stringify(state.cursor)}, ${state.done},
      ${state.rejected}, ${state.total}, ${state.caughtUp ? 1 : 0}, ${state.upTo}, ${state.trouble},
      ${state.fails}, ${state.dueAt})
    ON CONFLICT (account, name) DO UPDATE SET cursor = excluded.cursor, done = excluded.done,
      rejected = excluded.rejected, total = excluded.total, caught_up = excluded.caught_up,
      up_to = excluded.up_to, trouble = excluded.trouble, fails = excluded.fails,
      due_at = excluded.due_at`
}

/** Lets everything that stands still be tried at once. */
export function retryNow(account: number): Sql[] {
  return [
    sql`UPDATE connections SET resume_at = 0, trouble = NULL WHERE account = ${account}`,
    sql`UPDATE streams SET due_at = 0, fails = 0 WHERE account = ${account}`,
  ]
}

/** Notes hints; one that waits already is looked at once. */
export function addHints(account: number, hints: readonly Hint[], now: number): Sql {
  const lines = hints.map(({ kind, id }) => [kind, id])
  return sql`INSERT INTO hints (account, kind, id, at)
    SELECT ${account}, value->>0, value->>1, ${now} FROM json_each(${JSON.stringify(lines)}) WHERE true
    ON CONFLICT (account, kind, id) DO UPDATE SET at = excluded.at, tries = 0`
}

export interface OpenHint extends Hint {
  at: number
  tries: number
}

/** A hint that failed rests for so long after each try (ms). */
const rest = 30_000

/** The oldest hints that do not rest, those that failed before last. */
export function openHints(db: Db, account: number, now: number, most: number): Promise<OpenHint[]> {
  return db.all<OpenHint>(sql`SELECT kind, id, at, tries FROM hints
    WHERE account = ${account} AND (tries = 0 OR at + tries * ${rest} <= ${now})
    ORDER BY tries, at LIMIT ${most}`)
}

export async function countHints(db: Db, account: number): Promise<number> {
  const row = await db.first<{ n: number }>(
    sql`SELECT count(*) AS n FROM hints WHERE account = ${account}`,
  )
  return row?.n ?? 0
}

/** Ends a hint unless it was given again meanwhile. */
export function endHint(account: number, { kind, id, at }: OpenHint): Sql {
  return sql`DELETE FROM hints WHERE account = ${account} AND kind = ${kind} AND id = ${id}
    AND at = ${at}`
}

/** Counts a failed look; after the fifth the export has to do. */
export function failHint(account: number, hint: OpenHint): Sql {
  const { kind, id } = hint
  return hint.tries >= 4
    ? endHint(account, hint)
    : sql`UPDATE hints SET tries = tries + 1 WHERE account = ${account} AND kind = ${kind}
        AND id = ${id}`
}

/** Takes a delivery; returns a row only the first time. */
export function takeDelivery(account: number, id: string, now: number): Sql {
  return sql`INSERT INTO deliveries (account, at, id) VALUES (${account}, ${now}, ${id})
    ON CONFLICT DO NOTHING RETURNING id`
}

/** Forgets deliveries that are too old to be accepted anyway. */
export function dropDeliveries(account: number, before: number): Sql {
  return sql`DELETE FROM deliveries WHERE account = ${account} AND at < ${before}`
}

export function saveMarks(account: number, marks: readonly Mark[]): Sql {
  const lines = marks.map(({ response, agent, group }) => [response, agent, group])
  return sql`INSERT INTO survey_marks (account, response, agent, group_id)
    SELECT ${account}, value->>0, value->>1, value->>2 FROM json_each(${JSON.stringify(lines)})
    WHERE true
    ON CONFLICT (account, response) DO UPDATE SET agent = excluded.agent, group_id = excluded.group_id`
}

export async function readMarks(
  db: Db,
  account: number,
  responses: readonly string[],
): Promise<Map<string, Mark>> {
  const rows = await db.all<Mark>(sql`SELECT response, agent, group_id AS "group" FROM survey_marks
    WHERE account = ${account}
      AND response IN (SELECT value FROM json_each(${JSON.stringify(responses)}))`)
  return new Map(rows.map((row) => [row.response, row]))
}

/** A ticket and the one it went into. */
export interface Merge {
  ticket: string
  into: string
}

export function saveMerges(account: number, merges: readonly Merge[]): Sql {
  const lines = merges.map(({ ticket, into }) => [ticket, into])
  return sql`INSERT INTO merged_tickets (account, ticket, into_ticket)
    SELECT ${account}, value->>0, value->>1 FROM json_each(${JSON.stringify(lines)}) WHERE true
    ON CONFLICT (account, ticket) DO UPDATE SET into_ticket = excluded.into_ticket`
}

/** Into which tickets some tickets went, by their ids. */
export async function readMerges(
  db: Db,
  account: number,
  tickets: readonly string[],
): Promise<Map<string, string>> {
  const rows = await db.all<Merge>(sql`SELECT ticket, into_ticket AS "into" FROM merged_tickets
    WHERE account = ${account}
      AND ticket IN (SELECT value FROM json_each(${JSON.stringify(tickets)}))`)
  return new Map(rows.map(({ ticket, into }) => [ticket, into]))
}

/** Roles of the help desk's staff, for app sessions. */
export function saveStaff(account: number, { staff }: Directory, now: number): Sql {
  const lines = Object.entries(staff).map(([id, { name, role }]) => [id, name, role])
  return sql`INSERT INTO members (account, user_id, name, role, checked_at)
    SELECT ${account}, value->>0, value->>1, value->>2, ${now}
    FROM json_each(${JSON.stringify(lines)}) WHERE true
    ON CONFLICT (account, user_id) DO UPDATE SET name = excluded.name, role = excluded.role,
      checked_at = excluded.checked_at
    WHERE name IS NOT excluded.name OR role <> excluded.role
      OR checked_at < ${now - 86_400_000}`
}
