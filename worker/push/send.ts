import type { Account } from '../accounts/account.ts'
import type { Db } from '../db.ts'
import { rowsOf } from '../rows.ts'
import { backoff, type Failure } from '../zendesk/ask.ts'
import type { Desk } from '../zendesk/desk.ts'
import { type Cause, mostTries, pace } from './catalog.ts'
import { readReasons, reasonOf } from './reason.ts'
import * as shapes from './shapes.ts'
import {
  type Batch,
  type BatchRow,
  beginBatch,
  dropBatch,
  dueTargets,
  endBatch,
  type Ending,
  type Idle,
  openBatches,
  saveJob,
  settleTargets,
  type TargetRow,
  targetsIn,
} from './batch-store.ts'
import type { KnownFields } from './store.ts'
import {
  after,
  difference,
  type FieldType,
  sendable,
  UNKNOWN,
  type Value,
  type Values,
} from './values.ts'
import { markKey } from './wanted.ts'

type Kind = 'user' | 'ticket'

export interface Sender {
  db: Db
  account: Account
  desk: Desk
  now: () => number
  random: () => number
  /** The push is off: only what is left of the erased is emptied. */
  onlyErased: boolean
  fields: KnownFields
  /** Fields that can be written, with their types. */
  kept: Readonly<Record<Kind, ReadonlyMap<string, FieldType>>>
  /** Told of persons whose users were written to. */
  written: (persons: readonly number[]) => Promise<void>
}

const valuesIn = (text: string): Values => JSON.parse(text)

/** Sends one batch of what is due; `null` when nothing is, `settled` when nothing differed, else the reply where it was no yes. */
export async function sendBatch(
  sender: Sender,
  kind: Kind,
): Promise<Failure | 'sent' | 'settled' | null> {
  const { db, account, desk, now, kept, onlyErased } = sender
  const at = now()
  const rows: BatchRow[] = []
  const idle: Idle[] = []
  const [found] = await db.batch([
    dueTargets(account.id, kind, { now: at, most: pace.rows, onlyErased }),
  ])
  const due = rowsOf<TargetRow>(found)
  if (due.length === 0) return null
  const keys = new Set(kept[kind].keys())
  for (const row of due) {
    const [wanted, has] = [valuesIn(row.wanted), valuesIn(row.has)]
    const changes = difference(wanted, has, keys)
    const { target, person, cause } = row
    if (Object.keys(changes).length === 0) {
      idle.push({ target, has: after(has, {}, keys), seen: row.has, wanted: row.wanted })
      continue
    }
    const all = readReasons(row.because)
    const because = Object.fromEntries(Object.keys(changes).map((key) => [key, reasonOf(all, key)]))
    rows.push({ target, person, changes, because, cause: causeOf(cause, changes) })
  }
  if (idle.length > 0) await db.batch([settleTargets(account.id, kind, idle)])
  if (rows.length === 0) return 'settled'
  const batch: Batch = { id: crypto.randomUUID(), kind, at, job: null, rows }
  await db.batch(beginBatch(account.id, batch))
  const reply = await desk.ask(requestOf(sender, batch), shapes.jobMade)
  if (reply.ok) {
    await db.batch([saveJob(account.id, batch.id, reply.body.job_status.id)])
    return 'sent'
  }
  const { trouble } = reply
  if (trouble === 'unavailable' || trouble === 'unreadable') {
    // It may have arrived all the same.
    await finish(sender, batch, unknown)
  } else if (trouble === 'refused') {
    await finish(sender, batch, () => ({ outcome: 'refused' }))
  } else {
    await db.batch(dropBatch(account.id, batch, Math.max(at, reply.resumeAt)))
  }
  return reply
}

/** What only an action on a list has changed is told so. */
function causeOf(cause: Cause, changes: BatchRow['changes']): Cause {
  const acted = Object.keys(changes).every((key) => key.startsWith(markKey('')))
  return acted && cause === 'facts' ? 'action' : cause
}

function requestOf({ fields, kept }: Sender, { kind, rows }: Batch) {
  const typeOf = (key: string) => kept[kind].get(key) ?? 'text'
  const entries = ({ changes }: BatchRow) =>
    Object.entries(changes).map(([key, value]) => [key, sendable(typeOf(key), value)] as const)
  if (kind === 'user') {
    const users = rows.map((row) => ({
      id: Number(row.target),
      user_fields: Object.fromEntries(entries(row)),
    }))
    return { path: '/api/v2/users/update_many.json', method: 'PUT', body: { users } } as const
  }
  const tickets = rows.map((row) => ({
    id: Number(row.target),
    custom_fields: entries(row).map(([name, value]) => ({
      id: Number(fields.tickets[name]?.id ?? 0),
      value,
    })),
  }))
  return { path: '/api/v2/tickets/update_many.json', method: 'PUT', body: { tickets } } as const
}

/**
 * Reads what became of the batches on their way. One without a job was interrupted before the answer came, one
 * whose job is not known any more is too old: both may have arrived, and are sent again.
 */
export async function readResults(sender: Sender): Promise<Failure | null> {
  const { db, account, desk, now } = sender
  const batches = await openBatches(db, account.id)
  for (const batch of batches) {
    if (batch.job === null) await finish(sender, batch, unknown)
  }
  const running = batches.filter(({ job }) => job !== null)
  if (running.length === 0) return null
  const ids = running.map(({ job }) => job).join(',')
  const reply = await desk.ask(
    { path: `/api/v2/job_statuses/show_many.json?ids=${ids}` },
    shapes.jobs,
  )
  if (!reply.ok) return reply
  const jobs = new Map(reply.body.job_statuses.map((one) => [one.id, one]))
  for (const batch of running) {
    const job = jobs.get(batch.job ?? '')
    if (job?.status === 'completed') await finish(sender, batch, readerOf(batch, job))
    else if (job?.status === 'failed' || job?.status === 'killed')
      await finish(sender, batch, unknown)
    else if (now() - batch.at > pace.job) await finish(sender, batch, unknown)
  }
  return null
}

type Verdict = Pick<Ending, 'outcome'>
const unknown = (): Verdict => ({ outcome: 'unknown' })

/** What a job says of a row, by its id or its place; a row that it does not name is not known. */
function readerOf({ rows }: Batch, job: shapes.Job): (row: BatchRow) => Verdict {
  const byTarget = new Map<string, shapes.JobResult>()
  for (const one of job.results ?? []) {
    const target = one.id ?? (one.index == null ? undefined : rows[one.index]?.target)
    if (target !== undefined) byTarget.set(target, one)
  }
  return ({ target }) => {
    const result = byTarget.get(target)
    if (result === undefined) return { outcome: 'unknown' }
    if (result.success === true) return { outcome: 'updated' }
    const why = `${result.error ?? ''} ${JSON.stringify(result.details ?? '')}`
    return { outcome: /notfound|not found|closed/i.test(why) ? 'gone' : 'refused' }
  }
}

async function finish(
  sender: Sender,
  batch: Batch,
  verdictOf: (row: BatchRow) => Verdict,
): Promise<void> {
  const { db, account, now, random, kept } = sender
  const at = now()
  const keys = new Set(kept[batch.kind].keys())
  const [found] = await db.batch([targetsIn(account.id, batch)])
  const targets = new Map(rowsOf<TargetRow>(found).map((row) => [row.target, row]))
  const endings = batch.rows.flatMap((row): Ending[] => {
    const target = targets.get(row.target)
    if (target === undefined) return []
    const { outcome } = verdictOf(row)
    const has = valuesIn(target.has)
    if (outcome === 'updated') {
      return [{ row, outcome, has: after(has, row.changes, keys), again: null, tries: 0 }]
    }
    const tries = target.tries + 1
    const pause = tries < mostTries ? backoff(tries, random) : pace.rest
    if (outcome === 'unknown') {
      const changes = Object.fromEntries(
        Object.keys(row.changes).map((key): [string, Value] => [key, UNKNOWN]),
      )
      const again = at + Math.min(pause, 60_000)
      return [{ row, outcome, has: after(has, changes, keys), again, tries }]
    }
    return [{ row, outcome, has, again: outcome === 'gone' ? null : at + pause, tries }]
  })
  await db.batch(endBatch(account.id, batch, endings, at))
  if (batch.kind !== 'user') return
  const persons = endings
    .filter(({ outcome }) => outcome === 'updated')
    .map(({ row }) => row.person)
  await sender.written([...new Set(persons)])
}
