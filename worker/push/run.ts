import type { Account } from '../accounts/account.ts'
import type { Db } from '../db.ts'
import { endLease, takeLease } from '../lease.ts'
import { rowsOf } from '../rows.ts'
import { nameOf } from '../segments/definition.ts'
import { listSegments } from '../segments/store.ts'
import { dayCounter } from '../time.ts'
import { allowance, type Failure } from '../zendesk/ask.ts'
import { pace as deskPace } from '../zendesk/catalog.ts'
import { type Desk, openDesk } from '../zendesk/desk.ts'
import { type Connection, findConnection } from '../zendesk/store.ts'
import type { Means } from '../zendesk/tokens.ts'
import { pace } from './catalog.ts'
import { draftsOf, freshFields, writable } from './fields.ts'
import { observe } from './observe.ts'
import { planDay, planPersons, planStep, type Planner } from './plan.ts'
import { readResults, sendBatch, type Sender } from './send.ts'
import * as shapes from './shapes.ts'
import { type ActionRow, selectActions } from './action-store.ts'
import { openBatches } from './batch-store.ts'
import { pruneWrites } from './ledger-store.ts'
import { type CardRow, cardsOf } from './plan-store.ts'
import { targetsBehind } from './seen-store.ts'
import { countWork, findState, type PushState, saveFields, saveProgress } from './store.ts'
import type { FieldType } from './values.ts'
import { keptFields, keptTicketFields } from './wanted.ts'

/** Prolonged before every request; a run that is killed keeps the next one waiting no longer. */
const lease = { name: 'zendesk-push', duration: deskPace.timeout + 10_000 }
/** Failures of one run after which it ends. */
const mostFailures = 3
/** Fields that the help desk does not let us make are tried again after this (ms). */
const refusedPause = 600_000

export interface PushContext {
  db: Db
  account: Account
  means: Means
  /** False ends the run after the batch at hand. */
  mayGoOn: () => boolean
}

interface Run extends PushContext {
  connection: Connection
  desk: Desk
  state: PushState
  now: () => number
  /** Makes the lease last; false when somebody else has it. */
  hold: () => Promise<boolean>
}

/**
 * Brings the fields of users and open tickets up to date, as far as time and limits allow: reads what became of the
 * last jobs, looks at who changed, sends what differs. One run at a time.
 */
export async function pushZendesk(context: PushContext): Promise<void> {
  const { db, account, means } = context
  const { now } = means.outside
  const state = await findState(db, account.id)
  if (state === null || state.resumeAt > now()) return
  if (!isDue(state, account, now())) {
    const work = await db.first<{ n: number }>(countWork(account.id, state, now()))
    if (work?.n !== 1) return
  }
  const connection = await findConnection(db, account.id)
  if (connection === null || connection.state !== 'connected' || connection.resumeAt > now()) return
  const holder = crypto.randomUUID()
  const hold = async () => {
    const taken = takeLease(account.id, lease.name, holder, now(), lease.duration)
    return (await db.all(taken)).length > 0
  }
  if (!(await hold())) return
  const desk = openDesk(db, account, connection, means)
  try {
    const failure = await runPush({ ...context, connection, desk, state, now, hold })
    await desk.settle(0)
    await db.batch([saveProgress(account.id, state, progressAfter(failure, now()))])
  } finally {
    await db.batch([endLease(account.id, lease.name, holder)])
  }
}

/** Whether it is time for something, whatever waits. */
function isDue(state: PushState, account: Account, now: number): boolean {
  const { settings, everybody, verified, day, fields } = state
  if (!settings.on) return false
  const isNewDay = day < dayCounter(account.timeZone)(now)
  return everybody !== null || verified !== null || isNewDay || now - fields.at >= pace.fields
}

function progressAfter(failure: Failure | null, now: number) {
  if (failure === null) return { trouble: null }
  const { trouble, resumeAt } = failure
  return { trouble, resumeAt: trouble === 'forbidden' ? now + deskPace.catalog : resumeAt }
}

/** Fields that are kept by an account: those of its settings and of what was done with lists. */
export function keptOf(
  { settings, fields }: Pick<PushState, 'settings' | 'fields'>,
  actions: readonly ActionRow[],
): ReadonlyMap<string, FieldType> {
  const wanted = keptFields(
    settings,
    actions.map(({ name, type }) => [name, type] as const),
  )
  return writable(wanted, fields.users)
}

async function runPush(run: Run): Promise<Failure | null> {
  const { db, account, desk, state, now } = run
  const [found] = await db.batch([selectActions(account.id)])
  const actions = rowsOf<ActionRow>(found)
  if (state.settings.on) {
    const failure = await readFields(run, actions)
    if (failure !== null) return failure
  }
  const { fields, settings } = state
  // Where the push is off, only what is left of the erased is emptied.
  const kept = settings.on
    ? keptOf(state, actions)
    : new Map(Object.entries(fields.users).map(([key, { type }]) => [key, type] as const))
  const ofTickets = writable(keptTicketFields(settings), fields.tickets)
  const planner: Planner = { db, account, now: now(), state, kept }
  const sender: Sender = {
    db,
    account,
    desk,
    now,
    fields,
    random: run.means.outside.random,
    onlyErased: !settings.on,
    kept: { user: kept, ticket: ofTickets },
    written: async (persons) => {
      if (ofTickets.size === 0 || persons.length === 0) return
      const [rows] = await db.batch([cardsOf(account.id, persons)])
      await planPersons(planner, rowsOf<CardRow>(rows), 'facts')
    },
  }
  if (!(await run.hold())) return null
  const failure = await readResults(sender)
  await desk.settle(0)
  if (failure !== null) return failure
  if (settings.on) {
    if (await planDay(planner)) await db.batch([pruneWrites(account.id, now() - pace.keep)])
    while (run.mayGoOn() && (await planStep(planner)));
    const unverified = await verify(run, kept)
    if (unverified !== null) return unverified
  }
  return await sendAll(run, sender)
}

/** Our fields at the help desk, made where they are missing. */
async function readFields(run: Run, actions: readonly ActionRow[]): Promise<Failure | null> {
  const { db, account, desk, state, now } = run
  const { settings } = state
  const segments = (await listSegments(db, account.id)).map((one) => ({
    key: one.key,
    name: nameOf(one),
  }))
  const wanted = keptFields(
    settings,
    actions.map(({ name, type }) => [name, type] as const),
  )
  const drafts = draftsOf(settings, wanted, { segments, actions })
  const { fields, failure } = await freshFields(desk, state.fields, drafts, settings, now())
  if (fields !== state.fields) {
    state.fields = fields
    await db.batch([saveFields(account.id, fields)])
  }
  return failure?.trouble === 'refused' ? { ...failure, resumeAt: now() + refusedPause } : failure
}

/** Reads what the help desk holds of everybody before the first write, so that what is right is not written. */
async function verify(run: Run, kept: ReadonlyMap<string, FieldType>): Promise<Failure | null> {
  const { db, account, desk, state, now } = run
  while (state.everybody === null && state.verified !== null && run.mayGoOn()) {
    const [found] = await db.batch([targetsBehind(account.id, state.verified, pace.rows)])
    const ids = rowsOf<{ target: string }>(found).map(({ target }) => target)
    if (ids.length > 0) {
      if (!hasRoom(run) || !(await run.hold())) return null
      const path = `/api/v2/users/show_many.json?ids=${ids.join(',')}`
      const reply = await desk.ask({ path }, shapes.shownUsers)
      if (!reply.ok) return reply
      const shown = new Map(reply.body.users.map((one) => [one.id, one]))
      const users = ids.map((id) => ({
        id,
        active: shown.get(id)?.active ?? false,
        fields: shown.get(id)?.user_fields ?? {},
        updatedAt: null,
      }))
      await observe(db, account.id, 'user', users, kept, now())
      await desk.settle(0)
    }
    state.verified = ids.length < pace.rows ? null : (ids.at(-1) ?? null)
    await db.batch([saveProgress(account.id, state, { verified: state.verified })])
  }
  return null
}

function hasRoom({ means, connection }: Run): boolean {
  return allowance({ outside: means.outside, spent: connection.spent }, false) > pace.reserve
}

/** Sends what is due, users first: triggers that run on a ticket see what the user holds by then. */
async function sendAll(run: Run, sender: Sender): Promise<Failure | null> {
  const { db, account, desk, state } = run
  if (state.verified !== null || state.everybody !== null) return null
  const open = await openBatches(db, account.id)
  let waiting = open.length
  let users = open.filter(({ kind }) => kind === 'user').length
  let last: Failure | null = null
  let failures = 0
  for (const kind of ['user', 'ticket'] as const) {
    if (kind === 'ticket' && users > 0) return last
    while (run.mayGoOn() && waiting < pace.jobs && hasRoom(run)) {
      if (!(await run.hold())) return last
      const sent = await sendBatch(sender, kind)
      await desk.settle(0)
      if (sent === null) break
      if (sent === 'settled') continue
      if (sent === 'sent') {
        waiting += 1
        if (kind === 'user') users += 1
        continue
      }
      last = sent
      failures += 1
      // These concern the batch alone, and its rows wait by themselves.
      const passing = ['unavailable', 'unreadable', 'refused'].includes(sent.trouble)
      if (!passing || failures >= mostFailures) return last
    }
  }
  return last
}
