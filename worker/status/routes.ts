import { Hono } from 'hono'
import { needs } from '../auth/access.ts'
import { backlog, lastSeq } from '../cards/store.ts'
import type { AppEnv } from '../http.ts'
import { basisOf } from '../lines.ts'
import { listSegments, readLineState, selectState } from '../segments/store.ts'
import { lastCheck } from './store.ts'
import { dayCounter } from '../time.ts'

function job(name: string, waiting: boolean, total: number) {
  return { name, state: waiting ? ('queued' as const) : ('idle' as const), done: 0, total }
}

/** How far everything derived is behind what was accepted. */
export const status = new Hono<AppEnv>().get(
  '/v1/status',
  needs('read', 'What is waiting: 0 stale and no queued or running job = everything evaluated'),
  async (c) => {
    const account = c.get('account')
    const db = c.get('db')
    const { stale, lastEventAt } = await backlog(db, account.id)
    const segments = await listSegments(db, account.id)
    const [state, last] = await db.batch([selectState(account.id), lastSeq(account.id)])
    const check = await lastCheck(db, account.id)
    const lines = readLineState(state?.rows[0]?.['lines'])
    const basis = basisOf(account, segments)
    const seq = Number(last?.rows[0]?.['seq'] ?? 0)
    const followed = String(state?.rows[0]?.['basis'] ?? '')
    const today = dayCounter(account.timeZone)(c.get('now'))
    const current =
      seq === 0 ||
      (lines !== null && lines.seq >= seq && lines.basis === basis && lines.day === today)
    const follows = followed === '' ? seq === 0 || stale > 0 : followed === basis
    return c.json(
      {
        stale,
        jobs: [
          job('evaluate', stale > 0, stale),
          job('lines', !current, 1),
          job('follow', !follows, 1),
        ],
        lastEventAt: lastEventAt === null ? null : new Date(lastEventAt).toISOString(),
        sync: [],
        checks: check === null ? [] : [{ name: 'columns', ...check }],
      },
      200,
    )
  },
)
