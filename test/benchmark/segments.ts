import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startRapport } from '../emulator/launcher/rapport.ts'
import { type Ask, askOf, ndjson } from './ask.ts'
import { askDuckDb } from './duckdb.ts'
import { benchOrders, bodies } from './orders.ts'

/** Milliseconds of CPU that a process has used. */
export function cpuOf(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
  const ticks = Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }))
  return ((Number(fields[11]) + Number(fields[12])) / ticks) * 1_000
}

/** Greatest and present memory of a process, in MB. */
function memoryOf(pid: number): { peak: number; now: number } {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8')
  const read = (name: string) => Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)?.[1]) / 1_024
  return { peak: read('VmHWM'), now: read('VmRSS') }
}

const rules = [
  ...[1, 2, 3, 5].map((value) => ({
    all: [{ fact: 'orders.count', within: { months: 12 }, op: '>=', value }],
  })),
  { all: [{ fact: 'orders.sum', op: '>=', value: 50_000 }] },
  { all: [{ fact: 'orders.sum', within: { months: 6 }, op: '>=', value: 20_000 }] },
  { all: [{ fact: 'orders.first.day', op: 'within', value: { months: 3 } }] },
  { all: [{ fact: 'orders.daysSinceLast', op: '>=', value: 180 }] },
]

/** Whole-account questions at 100k and (with --large) 1M orders, asked of the production bundle over HTTP. */
export async function benchSegments(large: boolean): Promise<void> {
  const count = large ? 1_000_000 : 100_000
  const state = mkdtempSync(join(tmpdir(), 'rapport-bench-'))
  const rapport = await startRapport({ state, keyLimit: 1_000_000, now: '2026-01-02T12:00:00Z' })
  const ask = askOf(rapport)
  try {
    let started = performance.now()
    for (const body of bodies(benchOrders(count), 20_000)) {
      await ask('/v1/orders', { method: 'PUT', headers: ndjson, body: body.text })
    }
    console.log(`segments: ${count} orders stored in ${seconds(started)}`)
    started = performance.now()
    await settled(ask)
    console.log(`segments: columns, lines and cards made in ${seconds(started)}`)
    for (const [index, rule] of rules.entries()) {
      const body = JSON.stringify({ key: `bench_${index}`, name: `Bench ${index}`, rule })
      await ask('/v1/segments', { method: 'POST', body })
    }
    await settled(ask)
    const pid = rapport.workerdPid()
    const keys = [...rules.keys()].map((index) => `bench_${index}`)
    const all = [...keys, 'vip', 'repeat_customer']
    const questions = [
      [
        'history of ten segments, three years',
        `/v1/segment-histories?keys=${all.join(',')}&from=2023-01-01&to=2025-12-31`,
      ],
      ['instances, 8 values', '/v1/instances?property=source'],
      ['instances, 60 values', '/v1/instances?property=campaign'],
      ['members of VIP on a day', '/v1/segments/vip/members?on=2025-06-30&limit=1'],
    ] as const
    for (const [name, path] of questions) {
      const rest = memoryOf(pid).now
      writeFileSync(`/proc/${pid}/clear_refs`, '5')
      const runs: number[] = []
      let read = 0
      for (let run = 0; run < 3; run += 1) {
        const before = cpuOf(pid)
        read = (await ask(path)).read
        runs.push(cpuOf(pid) - before)
      }
      const side = sidebarMeanwhile(ask)
      for (let run = 0; run < 3; run += 1) await ask(path)
      const p95 = await side.stop()
      const best = Math.min(...runs)
      const peak = memoryOf(pid).peak - rest
      console.log(
        `segments ${count}: ${name}: ${best.toFixed(0)} ms CPU (first ${runs[0]?.toFixed(0)}), ${read} rows read, ` +
          `${peak.toFixed(0)} MB beyond rest, a card meanwhile ${p95.toFixed(0)} ms (p95)`,
      )
    }
    await compare(ask, count, all)
  } finally {
    await rapport.stop()
    rmSync(state, { recursive: true, force: true })
  }
}

/** Asks DuckDB the same and says so when an answer differs. */
async function compare(ask: Ask, count: number, keys: readonly string[]): Promise<void> {
  const day = '2025-06-30'
  const duck = await askDuckDb(count, Math.floor(Date.parse(day) / 86_400_000))
  if (duck === null) return
  const sizes: number[] = []
  for (const key of keys) {
    const page = await ask(`/v1/segments/${key}/members?on=${day}&limit=1`)
    sizes.push(JSON.parse(page.text).total)
  }
  const { items } = JSON.parse((await ask('/v1/instances?property=source')).text)
  const first = [items[0].customers, items[0].orders, items[0].totalOrderValue]
  const equal = JSON.stringify([sizes, first]) === JSON.stringify([duck.sizes, duck.first])
  console.log(
    `segments ${count}: DuckDB, one thread: ${duck.histories.toFixed(0)} ms CPU for the ten histories, ` +
      `instances ${duck.few.toFixed(0)} (8 values) and ${duck.many.toFixed(0)} ms (60); ` +
      (equal ? 'answers equal' : `answers differ: ${JSON.stringify({ sizes, first, duck })}`),
  )
}

export function seconds(since: number): string {
  return `${((performance.now() - since) / 1_000).toFixed(0)} s`
}

/** Waits until nothing is left to evaluate or compact. */
export async function settled(ask: Ask): Promise<void> {
  for (;;) {
    const status: { stale: number; jobs: { state: string }[] } = JSON.parse(
      (await ask('/v1/status')).text,
    )
    if (status.stale === 0 && status.jobs.every(({ state }) => state === 'idle')) return
    await new Promise((resolve) => setTimeout(resolve, 2_000))
  }
}

/** Asks for a card every 50 ms until it is stopped; answers the 95th percentile in ms. */
function sidebarMeanwhile(ask: Ask) {
  const times: number[] = []
  const state = { going: true }
  const loop = (async () => {
    for (let n = 0; state.going; n += 1) {
      const started = performance.now()
      await ask(`/v1/customers/lookup?externalId=bench:${(n * 37) % 5_000}`).catch(() => null)
      times.push(performance.now() - started)
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  })()
  return {
    async stop(): Promise<number> {
      state.going = false
      await loop
      return times.toSorted((a, b) => a - b)[Math.floor(times.length * 0.95)] ?? 0
    },
  }
}
