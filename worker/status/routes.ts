import { Hono } from 'hono'
import { needs } from '../auth/access.ts'
import { backlog, lastSeq } from '../cards/store.ts'
import type { AppContext, AppEnv } from '../http.ts'
import { basisOf } from '../lines.ts'
import { countWork, findState } from '../push/store.ts'
import { listSegments, readLineState, selectState } from '../segments/store.ts'
import { lastCheck } from './store.ts'
import { dayCounter } from '../time.ts'
import { showConnection } from '../zendesk/show.ts'

function job(name: string, waiting: boolean, total: number) {
  return { name, state: waiting ? ('queued' as const) : ('idle' as const), done: 0, total }
}

/** What the way back into the help desk is at. */
async function pushOf(c: AppContext) {
  const [db, { id }, now] = [c.get('db'), c.get('account'), c.get('now')]
  const state = await findState(db, id)
  if (state === null || !state.settings.on) return { state: 'off' as const, trouble: null }
  const { everybody, verified, trouble } = state
  const work = await db.first<{ n: number }>(countWork(id, state, now))
  const busy = work?.n === 1 || everybody !== null || verified !== null
  return { state: busy ? ('queued' as const) : ('idle' as const), trouble }
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
    const desk = await showConnection(db, account, c.get('now'))
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
        sync: desk.streams.map(({ name, state, done, total, upTo, trouble }) => ({
          name,
          state,
          done,
          total,
          upTo,
          trouble,
        })),
        push: await pushOf(c),
        checks: check === null ? [] : [{ name: 'columns', ...check }],
      },
      200,
    )
  },
)
