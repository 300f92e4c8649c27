import {
  createExecutionContext,
  createScheduledController,
  waitOnExecutionContext,
} from 'cloudflare:test'
import type { env } from 'cloudflare:workers'
import worker from '../../../worker/index.ts'
import { json } from './api.ts'
import { guardedEnv } from './guard.ts'

/** Fires the clock once, as the platform does. */
export async function tick(overrides: Partial<typeof env> = {}): Promise<void> {
  const context = createExecutionContext()
  const controller = createScheduledController({ scheduledTime: new Date(), cron: '* * * * *' })
  // The clock of the jobs is a little ahead, so that what was just written counts as settled.
  const soon = new Date(Date.now() + 3_000).toISOString()
  await worker.scheduled(controller, guardedEnv({ RAPPORT_NOW: soon, ...overrides }))
  await waitOnExecutionContext(context)
}

interface Status {
  stale: number
  jobs: { name: string; state: string }[]
}

/** Fires the clock until everything of an account is evaluated. */
export async function settle(key: string, overrides: Partial<typeof env> = {}): Promise<void> {
  for (let round = 0; round < 60; round += 1) {
    await tick(overrides)
    const { stale, jobs } = await json<Status>('GET', '/v1/status', { key })
    const busy = jobs.some(({ state }) => state === 'queued' || state === 'running')
    if (stale === 0 && !busy) return
  }
  throw new Error('Not everything was evaluated in time.')
}
