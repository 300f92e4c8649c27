import type { Rapport } from '../emulator/launcher/rapport.ts'

/** Waits until everything that came is evaluated; says what is not when it takes too long. */
export async function settled(rapport: Rapport, most = 120_000): Promise<void> {
  for (const start = Date.now(); ;) {
    const status = (await rapport.api.call('GET', '/v1/status')) as {
      stale: number
      jobs: { state: string }[]
    }
    const busy = status.jobs.some(({ state }) => state === 'queued' || state === 'running')
    if (status.stale === 0 && !busy) return
    if (Date.now() - start > most) throw new Error(`not settled: ${JSON.stringify(status)}`)
    await new Promise((resolve) => setTimeout(resolve, 250))
  }
}
