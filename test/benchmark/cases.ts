import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startRapport } from '../emulator/launcher/rapport.ts'
import { askOf, ndjson } from './ask.ts'
import { loadDuckDb } from './duckdb.ts'
import { cpuOf, seconds, settled } from './segments.ts'

const START = Date.UTC(2023, 0, 1)
const MINUTES = 1_096 * 1_440
const gapMinutes = 72 * 60

interface BenchTicket {
  id: number
  person: number
  type: number
  /** Minutes since the start; null: not solved. */
  at: number
  solved: number | null
}

/** Tickets over three years, four of five solved, about five a person. */
function* tickets(count: number): Generator<BenchTicket> {
  let state = 11
  const pick = (below: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
  for (let id = 0; id < count; id += 1) {
    const at = pick(MINUTES - 20_000)
    const solved = pick(5) === 0 ? null : at + 10 + pick(10_000)
    yield { id, person: pick(count / 5), type: pick(4), at, solved }
  }
}

const iso = (minute: number) => new Date(START + minute * 60_000).toISOString()

/** Cases by customer × type of 50k and (with --large) 500k tickets, beside DuckDB's window functions. */
export async function benchCases(large: boolean): Promise<void> {
  const count = large ? 500_000 : 50_000
  const state = mkdtempSync(join(tmpdir(), 'rapport-bench-'))
  const rapport = await startRapport({ state, keyLimit: 1_000_000, now: '2026-01-10T12:00:00Z' })
  const ask = askOf(rapport)
  try {
    const started = performance.now()
    let lines: string[] = []
    const flush = async () => {
      await ask('/v1/tickets', { method: 'PUT', headers: ndjson, body: lines.join('\n') })
      lines = []
    }
    for (const { id, person, type, at, solved } of tickets(count)) {
      lines.push(
        JSON.stringify({
          id: `t${id}`,
          channel: 'email',
          type: `type ${type}`,
          requester: { id: `bench:${person}` },
          status: solved === null ? 'open' : 'solved',
          createdAt: iso(at),
          ...(solved !== null && { solvedAt: iso(solved) }),
        }),
      )
      if (lines.length === 20_000) await flush()
    }
    await flush()
    await settled(ask)
    console.log(`cases: ${count} tickets stored and compacted in ${seconds(started)}`)
    const method = {
      name: 'Customer and type',
      keys: ['type'],
      gapHours: 72,
      gapFrom: 'opened',
      since: '2023-01-01',
    }
    const body = JSON.stringify(method)
    const { id } = JSON.parse((await ask('/v1/aggregation-methods', { method: 'POST', body })).text)
    const path = `/v1/aggregation-methods/${id}/metrics?from=2023-01-01&to=2025-12-31&by=type`
    const runs: number[] = []
    let answer = { text: '', read: 0 }
    for (let run = 0; run < 4; run += 1) {
      const before = cpuOf(rapport.workerdPid())
      answer = await ask(path)
      runs.push(cpuOf(rapport.workerdPid()) - before)
    }
    const told = JSON.parse(answer.text)
    console.log(
      `cases ${count}: customer × type over three years: ${Math.min(...runs).toFixed(0)} ms CPU ` +
        `(first ${runs[0]?.toFixed(0)}), ${answer.read} rows read, ${told.cases} cases`,
    )
    await compare(count, [told.cases, told.resolved, told.medianHours])
  } finally {
    await rapport.stop()
    rmSync(state, { recursive: true, force: true })
  }
}

const sessions = `WITH p AS (SELECT *, lag(opened) OVER w AS before FROM tickets
    WINDOW w AS (PARTITION BY person, type ORDER BY opened, name)),
  k AS (SELECT *, sum(CASE WHEN before IS NULL OR opened - before > ${gapMinutes} THEN 1 ELSE 0 END)
    OVER (PARTITION BY person, type ORDER BY opened, name ROWS UNBOUNDED PRECEDING) AS nth FROM p),
  c AS (SELECT person, type, nth, min(opened) AS opened, max(solved) AS solved,
    bool_and(solved IS NOT NULL) AS resolved FROM k GROUP BY person, type, nth)
  SELECT type, count(*), count(*) FILTER (resolved), median((solved - opened) / 60.0) FILTER (resolved)
  FROM c GROUP BY ROLLUP (type)`

/** Asks DuckDB the same and says so when an answer differs. */
async function compare(count: number, told: readonly number[]): Promise<void> {
  const duck = await loadDuckDb('cases')
  if (duck === null) return
  const instance = await duck.DuckDBInstance.create(':memory:', { threads: '1' })
  const connection = await instance.connect()
  await connection.run(
    'CREATE TABLE tickets (name VARCHAR, person INT, type INT, opened INT, solved INT)',
  )
  let values: string[] = []
  for (const { id, person, type, at, solved } of tickets(count)) {
    values.push(`('t${id}', ${person}, ${type}, ${at}, ${solved ?? 'NULL'})`)
    if (values.length === 20_000 || id === count - 1) {
      await connection.run(`INSERT INTO tickets VALUES ${values.join(', ')}`)
      values = []
    }
  }
  const runs: number[] = []
  let rows: unknown[][] = []
  for (let run = 0; run < 3; run += 1) {
    const before = process.cpuUsage()
    rows = (await connection.runAndReadAll(sessions)).getRows()
    const { user, system } = process.cpuUsage(before)
    runs.push((user + system) / 1_000)
  }
  const all = (rows.find(([type]) => type === null) ?? []).slice(1).map(Number)
  const equal = all.every((value, k) => Math.abs(value - (told[k] ?? 0)) < 0.001)
  console.log(
    `cases ${count}: DuckDB, one thread: ${Math.min(...runs).toFixed(0)} ms CPU; ` +
      (equal ? 'answers equal' : `answers differ: ${JSON.stringify({ told, all })}`),
  )
  connection.closeSync()
  instance.closeSync()
}
