import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { afterAll, expect, test } from 'vitest'
import { type Rapport, startRapport } from '../emulator/launcher/rapport.ts'
import { past, start } from '../support/zendesk-past.ts'
import { tell } from '../support/tell.ts'

const folders: string[] = []
const running = new Set<Rapport>()

afterAll(async () => {
  for (const rapport of running) await rapport.stop()
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'rapport-sync-'))
  folders.push(made)
  return made
}

interface Shown {
  upTo: string | null
  waiting: number
  streams: { name: string; state: string; done: number; total: number | null }[]
}

async function shown(rapport: Rapport): Promise<Shown | null> {
  const answer = await rapport.api.call('GET', '/v1/connections').catch(() => null)
  return (answer as { items: Shown[] } | null)?.items[0] ?? null
}

/** Counts in the database files, once nobody writes them. */
function counts(state: string): Record<string, number> {
  const files = readdirSync(state, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.sqlite'),
  )
  for (const file of files) {
    const database = new DatabaseSync(join(state, file), { readOnly: true })
    const count = (table: string) =>
      Number(database.prepare(`SELECT count(*) AS n FROM ${table}`).get()?.['n'])
    try {
      return {
        tickets: count('tickets'),
        messages: count('messages'),
        twice: Number(
          database
            .prepare('SELECT count(*) - count(DISTINCT id) AS n FROM tickets WHERE account = 1')
            .get()?.['n'],
        ),
      }
    } catch {
      // Another database than the facts'.
    } finally {
      database.close()
    }
  }
  throw new Error('no database has tickets')
}

test('a hundred thousand tickets come whole, with progress, though the runtime is killed on the way', async () => {
  const state = folder()
  const rapport = await startRapport({
    state,
    now: new Date(start).toISOString(),
    desk: { fill: past(8_000, 100_000), plan: { requests: 20_000, exports: 2_000 } },
  })
  running.add(rapport)
  await rapport.seeded
  const seen: number[] = []
  let kills = 0
  for (;;) {
    const now = await shown(rapport)
    const done = now?.streams.reduce((sum, one) => sum + one.done, 0) ?? 0
    seen.push(done)
    if (now?.upTo != null && now.waiting === 0) break
    if (kills < 2 && done > 60_000 * (kills + 1)) {
      process.kill(rapport.workerdPid(), 'SIGKILL')
      kills += 1
    }
    await setTimeout(400)
  }
  const { streams } = (await shown(rapport)) ?? { streams: [] }
  const { asked, limits } = rapport.zendesk
  await rapport.stop()
  running.delete(rapport)
  expect(kills).toBe(2)
  expect(new Set(seen).size).toBeGreaterThan(10)
  expect(streams.map(({ name, state: word, done, total }) => [name, word, done, total])).toEqual([
    ['users', 'following', 8_002, 8_002],
    ['tickets', 'following', 100_000, 100_000],
    ['events', 'following', 100_000, null],
    ['ratings', 'absent', 0, null],
    ['surveys', 'following', 0, null],
  ])
  expect(counts(state)).toEqual({ tickets: 100_000, messages: 100_000, twice: 0 })
  expect(limits.refused).toEqual([])
  // A hundred pages; a kill repeats the page at hand, and what is new is asked for after a minute.
  const pages = asked.get('/api/v2/incremental/tickets/cursor.json') ?? 0
  tell(`100,000 tickets: ${kills} kills, ${pages} pages of tickets asked`)
  expect(pages).toBeGreaterThanOrEqual(100)
  expect(pages).toBeLessThanOrEqual(100 + kills + 4)
})
