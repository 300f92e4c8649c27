import type { z } from 'zod'
import type { Account } from '../accounts/account.ts'
import type { Db } from '../db.ts'
import type { Entry } from '../ingest/body.ts'
import { ingest } from '../ingest/ingest.ts'
import { deleteOwned, nouns } from '../ingest/store.ts'
import { endLease, takeLease } from '../lease.ts'
import { compareShown, withoutOwnWrites } from '../push/own-writes.ts'
import { openScorer, type Scorer } from '../sentiment/scorer.ts'
import { backoff } from './ask.ts'
import { pace, type StreamName, streams } from './catalog.ts'
import { type Desk, openDesk } from './desk.ts'
import type { Directory } from './directory.ts'
import { freshDirectory } from './refresh.ts'
import { lookAt } from './hints.ts'
import { ensureWebhook } from './login.ts'
import * as shapes from './shapes.ts'
import {
  addHints,
  type Connection,
  endHint,
  failHint,
  findConnection,
  openHints,
  readMarks,
  readMerges,
  readStreams,
  saveMarks,
  saveMerges,
  saveStream,
  type StreamState,
} from './store.ts'
import { type Around, type Page, registry, type Stream } from './streams.ts'
import { type Means, rotate } from './tokens.ts'

/** Prolonged with every page; one that is killed keeps the next run waiting no longer. */
const lease = { name: 'zendesk-sync', duration: 30_000 }
/** Hints looked at before the streams get a turn. */
const hintsAtOnce = 20

export interface SyncContext {
  db: Db
  control: Db
  account: Account
  means: Means
  /** False ends the run after the page at hand. */
  mayGoOn: () => boolean
}

/**
 * Reads what is new in the account's help desk, as far as time and limits allow. Every page is stored before its
 * cursor, so that a run that is killed repeats a page at most, which changes nothing. One run at a time.
 */
export async function syncZendesk(context: SyncContext): Promise<void> {
  const { db, account, means } = context
  const now = means.outside.now()
  const connection = await findConnection(db, account.id)
  if (connection === null || connection.state !== 'connected') return
  if (connection.resumeAt > now) return
  const holder = crypto.randomUUID()
  const taken = await db.all(takeLease(account.id, lease.name, holder, now, lease.duration))
  if (taken.length === 0) return
  let scorer: Promise<Scorer> | null = null
  const run = {
    ...context,
    connection,
    desk: openDesk(db, account, connection, means),
    holder,
    scorer: () => (scorer ??= openScorer(db, account.id)),
  }
  try {
    await rotate(db, account.id, connection, means.ring)
    await run.desk.settle(await runSync(run))
  } finally {
    await db.batch([endLease(account.id, lease.name, holder)])
  }
}

interface Run extends SyncContext {
  connection: Connection
  desk: Desk
  holder: string
  /** The account's scorer, opened once a run. */
  scorer: () => Promise<Scorer>
}

/** Returns until when nothing is to be asked; 0 when there is no reason to wait. */
async function runSync(run: Run): Promise<number> {
  const { db, account, means, mayGoOn } = run
  const { now } = means.outside
  const refreshed = await freshDirectory(run)
  if (!('staff' in refreshed)) return refreshed.resumeAt
  await ensureWebhook(db, account, run.connection, run.desk, means)
  const states = await readStreams(db, account.id)
  for (;;) {
    const around = aroundOf(run, refreshed, states)
    const waitUntil = await lookAtHints(run, around)
    if (waitUntil > 0) return waitUntil
    const name = streams.find((one) => isDue(states.get(one), now()) && mayBegin(one, states))
    if (name === undefined || !mayGoOn()) return 0
    const before = states.get(name) ?? freshState(name)
    const after = await step(run, name, before, around)
    states.set(name, after.state)
    if (after.resumeAt > 0) return after.resumeAt
    const kept = takeLease(account.id, lease.name, run.holder, now(), lease.duration)
    if ((await db.all(kept)).length === 0) return 0
  }
}

function isDue(state: StreamState | undefined, now: number): boolean {
  return state === undefined || state.dueAt <= now
}

/**
 * Lists wait until the exports have caught up once, or cannot be read: what these tell of ratings that a list has
 * passed already would have to be looked at one by one.
 */
function mayBegin(name: StreamName, states: ReadonlyMap<string, StreamState>): boolean {
  if (registry[name].isExport) return true
  return streams
    .filter((one) => registry[one].isExport)
    .every((one) => states.get(one)?.caughtUp === true || states.get(one)?.trouble != null)
}

function freshState(name: StreamName): StreamState {
  const zero = { done: 0, rejected: 0, total: null, upTo: 0, fails: 0, dueAt: 0 }
  return { name, cursor: {}, caughtUp: false, trouble: null, ...zero }
}

function aroundOf(run: Run, directory: Directory, states: Map<string, StreamState>): Around {
  const { db, account, means } = run
  return {
    directory,
    now: means.outside.now(),
    begun: (name) => states.get(name) !== undefined,
    runs: (name) => states.get(name)?.trouble === null,
    marksOf: (responses) => readMarks(db, account.id, responses),
    mergesOf: (tickets) => readMerges(db, account.id, tickets),
  }
}

/** Looks at some hints; returns until when to wait, 0 when there is no reason to. */
async function lookAtHints(run: Run, around: Around): Promise<number> {
  const { db, account, desk, mayGoOn } = run
  for (const hint of await openHints(db, account.id, run.means.outside.now(), hintsAtOnce)) {
    if (!mayGoOn()) return 0
    const look = await lookAt(hint, desk.ask, around)
    if (!('records' in look)) {
      if (look.trouble === 'limited') return look.resumeAt
      await db.batch([failHint(account.id, hint)])
      continue
    }
    await store(run, look.records)
    await remove(run, look.deleted)
    await db.batch([endHint(account.id, hint)])
  }
  return 0
}

/** One page of a stream: asked, stored, and its cursor moved. */
async function step(
  run: Run,
  name: StreamName,
  before: StreamState,
  around: Around,
): Promise<{ state: StreamState; resumeAt: number }> {
  const stream: Stream<z.ZodType> = registry[name]
  const { db, account, desk, means } = run
  const { now, random } = means.outside
  const save = async (state: StreamState, resumeAt = 0) => {
    await db.batch([saveStream(account.id, state)])
    return { state, resumeAt }
  }
  const total = before.total ?? (await totalOf(desk, stream))
  const question = { path: stream.path(before.cursor, now()), isExport: stream.isExport }
  const reply = await desk.ask(question, stream.schema)
  if (!reply.ok) {
    if (reply.trouble === 'limited') {
      // Where only our own share of the exports is used up, hints and lists go on.
      const rest = reply.status === 0 && stream.isExport ? 0 : reply.resumeAt
      return await save({ ...before, total, trouble: null, dueAt: reply.resumeAt }, rest)
    }
    const fails = before.fails + 1
    // What the account does not have is looked for again in an hour; pages that time out become smaller.
    const absent = reply.trouble === 'forbidden' || reply.trouble === 'refused'
    const pause = absent ? pace.catalog : backoff(fails, random)
    const cursor = reply.trouble === 'unavailable' ? smaller(before.cursor) : before.cursor
    return save({ ...before, cursor, total, fails, trouble: reply.trouble, dueAt: now() + pause })
  }
  const page = await stream.read(reply.body, before.cursor, around)
  const rejected = await store(run, await withoutOwnWrites(db, account.id, page))
  await compareShown(db, account.id, page, now())
  await remove(run, page.deleted)
  await db.batch(notes(account.id, page, now()))
  return save({
    ...before,
    cursor: page.cursor,
    done: before.done + page.count,
    rejected: before.rejected + rejected,
    total,
    caughtUp: before.caughtUp || page.end,
    upTo: Math.max(before.upTo, page.end ? now() - pace.fresh : (page.upTo ?? 0)),
    trouble: null,
    fails: 0,
    dueAt: page.end ? now() + stream.interval : 0,
  })
}

function notes(account: number, page: Page, now: number) {
  return [
    ...(page.marks.length > 0 ? [saveMarks(account, page.marks)] : []),
    ...(page.merges.length > 0 ? [saveMerges(account, page.merges)] : []),
    ...(page.hints.length > 0 ? [addHints(account, page.hints, now)] : []),
  ]
}

async function totalOf(desk: Desk, stream: Stream<z.ZodType>): Promise<number | null> {
  if (stream.totalPath === undefined) return null
  const reply = await desk.ask({ path: stream.totalPath }, shapes.total)
  return reply.ok ? reply.body.count.value : null
}

/** Half as many tickets a page after one that did not come in time, at least 50. */
function smaller(cursor: StreamState['cursor']): StreamState['cursor'] {
  return { ...cursor, size: Math.max(50, Math.floor(Number(cursor['size'] ?? 1_000) / 2)) }
}

/** Stores records as any other source's; returns how many were not good enough. */
async function store(run: Run, records: Page['records']): Promise<number> {
  const { db, account, means } = run
  const { keepText } = account.settings
  const score = await run.scorer()
  const scoreOf = ({ text }: { text: string }) => {
    const kept = score(text)
    return kept === null ? null : JSON.stringify(kept)
  }
  const scope = { account: account.id, now: means.outside.now, keepText, scoreOf }
  let rejected = 0
  for (const { kind, items } of records) {
    if (items.length === 0) continue
    rejected += (await ingest(db, scope, kind, entriesOf(items))).rejected
  }
  return rejected
}

async function* entriesOf(items: readonly unknown[]): AsyncGenerator<Entry> {
  for (const [index, value] of items.entries()) yield { line: index + 1, value }
}

async function remove(run: Run, tickets: readonly string[]): Promise<void> {
  const { db, account, means } = run
  for (const id of tickets) {
    await db.batch(deleteOwned(account.id, nouns.ticket, id, means.outside.now()))
  }
}
