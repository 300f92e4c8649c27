import type { Account } from './accounts/account.ts'
import { listAccounts } from './accounts/store.ts'
import { backlog } from './cards/store.ts'
import { checkRange, compactNext, pruneSeen, rangesHeld } from './compact.ts'
import type { Db } from './db.ts'
import { dataOf, noCost, openDb } from './db.ts'
import type { Env } from './env.ts'
import { keepRetention } from './erasure/retention.ts'
import { evaluateStale, followBasis } from './evaluate.ts'
import type { AppContext } from './http.ts'
import { clock, log } from './http.ts'
import { refreshLines } from './lines.ts'
import { pushZendesk } from './push/run.ts'
import { lastCheck, saveCheck } from './status/store.ts'
import { personOf, selectLastPerson } from './rows.ts'
import { agreementOf } from './sentiment/calibration.ts'
import { saveAgreement, scoredRatings } from './sentiment/store.ts'
import { levelOf } from './tickets/level.ts'
import { dayCounter } from './time.ts'
import { meansOf } from './zendesk/means.ts'
import { syncZendesk } from './zendesk/sync.ts'

/** Milliseconds: quiet after the last change, longest wait under steady change, longest run of one account. */
const pace = { settle: 2_000, longest: 300_000, run: 20_000 }

/** Above so many stale persons lines are made first, so that cards come right at once. */
const many = 500

/** The second door of time: what the clock asks for, account by account; one that fails does not stop others. */
export async function runJobs(env: Env): Promise<void> {
  const cost = noCost()
  const control = openDb(env.CONTROL, cost)
  for (const account of await listAccounts(control)) {
    try {
      const db = dataOf(env, account.shard, cost)
      await readDesk(env, control, db, account)
      await keepUp(db, account, clock(env))
      await writeDesk(env, db, account)
    } catch (error) {
      const name = error instanceof Error ? error.name : 'unknown'
      log({ level: 'error', job: 'keepUp', account: account.id, error: name })
    }
  }
}

/** Reads what is new in the help desk; a failure does not keep cards and lines waiting. */
async function readDesk(env: Env, control: Db, db: Db, account: Account): Promise<void> {
  try {
    // A connection knows its own address; no login is begun or ended here.
    const means = await meansOf(env, 'https://rapport.invalid')
    const started = performance.now()
    const mayGoOn = () => performance.now() - started < pace.run
    if (means !== null) await syncZendesk({ db, control, account, means, mayGoOn })
  } catch (error) {
    const name = error instanceof Error ? error.name : 'unknown'
    log({ level: 'error', job: 'readDesk', account: account.id, error: name })
  }
}

/** Writes to the help desk what has changed; a failure does not stop other accounts. */
async function writeDesk(env: Env, db: Db, account: Account): Promise<void> {
  try {
    const means = await meansOf(env, 'https://rapport.invalid')
    const started = performance.now()
    const mayGoOn = () => performance.now() - started < pace.run
    if (means !== null) await pushZendesk({ db, account, means, mayGoOn })
  } catch (error) {
    const name = error instanceof Error ? error.name : 'unknown'
    log({ level: 'error', job: 'writeDesk', account: account.id, error: name })
  }
}

/** Brings cards and lines up to date once writes have settled, as far as one run may go. */
export async function keepUp(db: Db, account: Account, now: number): Promise<void> {
  const started = performance.now()
  const mayGoOn = () => performance.now() - started < pace.run
  const { stale, lastEventAt, oldest } = await backlog(db, account.id)
  const settled =
    lastEventAt === null ||
    lastEventAt <= now - pace.settle ||
    (oldest !== null && oldest <= now - pace.longest)
  if (stale > many && !settled) return
  await followBasis(db, account, now)
  if (settled) await compact(db, account, now, mayGoOn)
  if (stale > many) await refreshLines(db, account, now)
  while (mayGoOn() && (await evaluateStale(db, account, now)) > 0);
  if (!settled) return
  if (await refreshLines(db, account, now)) {
    while (mayGoOn() && (await evaluateStale(db, account, now)) > 0);
  }
  await nightly(db, account, now)
}

/** Compacts the ranges that are due, as long as there is time; several at once do no harm. */
async function compact(db: Db, account: Account, now: number, mayGoOn: () => boolean) {
  const holder = crypto.randomUUID()
  while (mayGoOn()) {
    const { done, left } = await compactNext(db, account, { now, holder })
    if (left === 0 || (done !== 'compacted' && done !== 'raced')) return
  }
}

/** What a self-check looks at, how long the journal is kept after everybody has seen it (ms), whose ratings are read. */
const night = { persons: 50, keep: 7 * 86_400_000, rated: 20_000 }

/** Once a day of the account: compares a sample of persons in columns with their rows, prunes the journal and old words. */
async function nightly(db: Db, account: Account, now: number): Promise<void> {
  const today = dayCounter(account.timeZone)(now)
  if ((await lastCheck(db, account.id))?.day === today) return
  const held = await rangesHeld(db, account)
  const first = held[Math.floor(Math.random() * held.length)] ?? 0
  const check = await checkRange(db, account, first, { size: night.persons, random: Math.random })
  await pruneSeen(db, account, now - night.keep)
  await keepRetention(db, account, now)
  await checkScores(db, account)
  await db.batch([
    saveCheck(account.id, {
      day: today,
      at: now,
      compared: check?.compared ?? 0,
      different: check?.different ?? 0,
      unreadable: check?.unreadable ?? false,
    }),
  ])
}

/** Compares scores with the account's own ratings, in persons from a random one on. */
async function checkScores(db: Db, account: Account): Promise<void> {
  const [greatest] = await db.batch([selectLastPerson(account.id)])
  const last = personOf(greatest)
  const first = last <= night.rated ? 1 : Math.ceil(Math.random() * (last - night.rated))
  const rated = await scoredRatings(db, account.id, [first, first + night.rated])
  const pairs = rated.flatMap(({ level, scale, score }) => {
    const verdict = levelOf(level, scale)?.verdict
    return verdict === 'good' || verdict === 'bad' ? [{ score, good: verdict === 'good' }] : []
  })
  await db.batch([saveAgreement(account.id, agreementOf(pairs))])
}

/** After the answer: a few changed persons are evaluated at once, many wait for the clock. */
export function keepUpSoon(c: AppContext): void {
  const account = c.get('account')
  const db = dataOf(c.env, account.shard, noCost())
  const work = async () => {
    const { stale } = await backlog(db, account.id)
    if (stale > 0 && stale <= many) await evaluateStale(db, account, c.get('now'))
  }
  c.executionCtx.waitUntil(
    work().catch((error: unknown) => {
      const name = error instanceof Error ? error.name : 'unknown'
      log({ level: 'error', job: 'keepUpSoon', account: account.id, error: name })
    }),
  )
}
