import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startRapport } from '../emulator/launcher/rapport.ts'
import { askOf, ndjson } from './ask.ts'
import { type Connection, loadDuckDb } from './duckdb.ts'
import { cpuOf, seconds, settled } from './segments.ts'

const DAY = 86_400_000
const START = Date.UTC(2023, 0, 1)
const DAYS = 1_096

interface Surveyed {
  ticket: string
  person: number
  channel: string
  type: string
  agent: number
  group: string
  created: number
  offered: number
  /** Null: not answered. */
  rated: number | null
  level: number
  reason: string | null
}

/** Tickets with an offer, half of them rated, over three years. */
function* surveys(ratings: number): Generator<Surveyed> {
  let state = 7
  const random = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
  const pick = (count: number) => Math.floor(random() * count)
  for (let k = 0; k < 2 * ratings; k += 1) {
    const created = START + pick(DAYS * 1_440) * 60_000
    const offered = created + (2 + pick(48)) * 3_600_000
    const level = [1, 2, 3, 4, 4, 4, 5, 5, 5, 5][pick(10)] ?? 5
    yield {
      ticket: `t${k}`,
      person: pick(ratings / 2),
      channel: `channel ${pick(5)}`,
      type: `type ${pick(6)}`,
      agent: pick(20),
      group: `group ${pick(4)}`,
      created,
      offered,
      rated: k % 2 === 0 ? offered + (1 + pick(40)) * 3_600_000 : null,
      level,
      reason: level <= 3 ? `reason ${pick(8)}` : null,
    }
  }
}

const iso = (instant: number) => new Date(instant).toISOString()

function bodiesOf(list: readonly Surveyed[]): { path: string; text: string }[] {
  const tickets = list.map((one) => ({
    id: one.ticket,
    channel: one.channel,
    type: one.type,
    requester: { id: `bench:${one.person}` },
    status: 'solved',
    createdAt: iso(one.created),
  }))
  const ratings = list.map((one) => ({
    id: `r${one.ticket}`,
    ticketId: one.ticket,
    offeredAt: iso(one.offered),
    scale: 5,
    agent: { id: String(one.agent), name: `Agent ${one.agent}` },
    group: one.group,
    ...(one.rated !== null && { ratedAt: iso(one.rated), level: one.level }),
    ...(one.rated !== null && one.reason !== null && { reasons: [one.reason] }),
  }))
  const text = (records: readonly object[]) => records.map((one) => JSON.stringify(one)).join('\n')
  return [
    { path: '/v1/tickets', text: text(tickets) },
    { path: '/v1/ratings', text: text(ratings) },
  ]
}

const questions = [
  ['three years by month', 'period=month'],
  ['by channel, agent, group, type, reason', 'period=month&by=channel,agent,group,type,reason'],
  ['off hours of a channel, by agent', 'period=month&hours=off&channel=channel+1&by=agent'],
] as const

/** Views of satisfaction over 20k and (with --large) 200k ratings, asked of the production bundle over HTTP. */
export async function benchSatisfaction(large: boolean): Promise<void> {
  const count = large ? 200_000 : 20_000
  const state = mkdtempSync(join(tmpdir(), 'rapport-bench-'))
  const rapport = await startRapport({ state, keyLimit: 1_000_000, now: '2026-01-10T12:00:00Z' })
  const ask = askOf(rapport)
  try {
    const started = performance.now()
    let some: Surveyed[] = []
    const flush = async () => {
      for (const { path, text } of bodiesOf(some)) {
        await ask(path, { method: 'PUT', headers: ndjson, body: text })
      }
      some = []
    }
    for (const one of surveys(count)) {
      some.push(one)
      if (some.length === 10_000) await flush()
    }
    await flush()
    const intervals = [1, 2, 3, 4, 5].map((day) => ({ day, start: '09:00', end: '18:00' }))
    const schedules = [{ from: '2020-01-01', timeZone: 'UTC', intervals, holidays: [] }]
    await ask('/v1/account', { method: 'PATCH', body: JSON.stringify({ schedules }) })
    await settled(ask)
    console.log(`satisfaction: ${count} ratings stored and compacted in ${seconds(started)}`)
    const found: number[][] = []
    for (const [name, query] of questions) {
      const path = `/v1/satisfaction?from=2023-01-01&to=2025-12-31&${query}`
      const runs: { cpu: number; wall: number }[] = []
      let answer = { text: '', read: 0 }
      for (let run = 0; run < 4; run += 1) {
        const [cpu, wall] = [cpuOf(rapport.workerdPid()), performance.now()]
        answer = await ask(path)
        runs.push({ cpu: cpuOf(rapport.workerdPid()) - cpu, wall: performance.now() - wall })
      }
      const best = (read: (run: (typeof runs)[number]) => number) => Math.min(...runs.map(read))
      console.log(
        `satisfaction ${count}: ${name}: ${best(({ wall }) => wall).toFixed(0)} ms, ${best(({ cpu }) => cpu).toFixed(0)} ms CPU ` +
          `(first ${runs[0]?.wall.toFixed(0)} and ${runs[0]?.cpu.toFixed(0)}), ${answer.read} rows read`,
      )
      found.push(monthsOf(answer.text))
    }
    await compare(count, found)
  } finally {
    await rapport.stop()
    rmSync(state, { recursive: true, force: true })
  }
}

/** Ratings and good ones of each month, one after another. */
function monthsOf(text: string): number[] {
  const { items }: { items: { ratings: number; levels: number[] }[] } = JSON.parse(text)
  return items.flatMap(({ ratings, levels }) => [ratings, (levels[3] ?? 0) + (levels[4] ?? 0)])
}

const month = `date_trunc('month', DATE '1970-01-01' + rated)`
const span = `rated BETWEEN ${START / DAY} AND ${START / DAY + DAYS - 1}`
const figures = `count(*), count(*) FILTER (level >= 4), count(*) FILTER (level = 1), count(*) FILTER (level = 2),
  count(*) FILTER (level = 3), count(*) FILTER (level = 4), count(*) FILTER (level = 5)`
const by = (key: string) =>
  `SELECT ${month} AS m, ${key}, ${figures} FROM s WHERE ${span} GROUP BY 1, 2 ORDER BY 1, 2`
const months = (where: string) =>
  `SELECT ${month} AS m, ${figures} FROM s WHERE ${span} ${where} GROUP BY 1 ORDER BY 1`
const offers = `SELECT date_trunc('month', DATE '1970-01-01' + offered) AS m, count(*), count(rated) FROM s
  GROUP BY 1 ORDER BY 1`

/** The benchmark's questions as SQL; the first of each gives the months. DuckDB is told the hours. */
const statements = [
  [months(''), offers, by('reason')],
  [months(''), offers, ...['channel', 'agent', 'grp', 'type', 'reason'].map(by)],
  [
    months(`AND NOT working AND channel = 'channel 1'`),
    offers,
    `SELECT ${month}, agent, ${figures} FROM s WHERE ${span} AND NOT working AND channel = 'channel 1' GROUP BY 1, 2`,
  ],
]

function isWorking(instant: number): boolean {
  const date = new Date(instant)
  const weekday = date.getUTCDay()
  return weekday >= 1 && weekday <= 5 && date.getUTCHours() >= 9 && date.getUTCHours() < 18
}

/** The same by DuckDB on one thread from its own file. Nothing when `npm install --no-save @duckdb/node-api` was not run. */
async function compare(count: number, found: readonly number[][]): Promise<void> {
  const duck = await loadDuckDb('satisfaction')
  if (duck === null) return
  const folder = mkdtempSync(join(tmpdir(), 'rapport-duck-'))
  const open = async (): Promise<{ connection: Connection; close: () => void }> => {
    const instance = await duck.DuckDBInstance.create(join(folder, 's.duckdb'), { threads: '1' })
    const connection: Connection = await instance.connect()
    return {
      connection,
      close: () => {
        connection.closeSync()
        instance.closeSync()
      },
    }
  }
  try {
    const filled = await open()
    await filled.connection
      .run(`CREATE TABLE s (offered INTEGER, rated INTEGER, level INTEGER, channel VARCHAR,
      agent INTEGER, grp VARCHAR, type VARCHAR, reason VARCHAR, working BOOLEAN)`)
    let rows: string[] = []
    for (const one of surveys(count)) {
      const text = (value: string | null) => (value === null ? 'NULL' : `'${value}'`)
      const rated = one.rated === null ? 'NULL' : Math.floor(one.rated / DAY)
      rows.push(
        `(${Math.floor(one.offered / DAY)},${rated},${one.level},${text(one.channel)},${one.agent},` +
          `${text(one.group)},${text(one.type)},${text(one.reason)},${isWorking(one.created)})`,
      )
      if (rows.length === 5_000) {
        await filled.connection.run(`INSERT INTO s VALUES ${rows.join(',')}`)
        rows = []
      }
    }
    if (rows.length > 0) await filled.connection.run(`INSERT INTO s VALUES ${rows.join(',')}`)
    await filled.connection.run('CHECKPOINT')
    filled.close()
    for (const [index, list] of statements.entries()) {
      const { connection, close } = await open()
      const runs: { cpu: number; wall: number }[] = []
      let first: unknown[][] = []
      for (let run = 0; run < 4; run += 1) {
        const [cpu, wall] = [process.cpuUsage(), performance.now()]
        for (const [at, sql] of list.entries()) {
          const answer = (await connection.runAndReadAll(sql)).getRows()
          if (at === 0) first = answer
        }
        const { user, system } = process.cpuUsage(cpu)
        runs.push({ cpu: (user + system) / 1_000, wall: performance.now() - wall })
      }
      close()
      const same = first.flatMap(([, ratings, good]) => [Number(ratings), Number(good)])
      const equal = JSON.stringify(same) === JSON.stringify(found[index])
      console.log(
        `satisfaction ${count}: DuckDB, one thread: ${questions[index]?.[0]}: ` +
          `${Math.min(...runs.map(({ wall }) => wall)).toFixed(0)} ms, ${Math.min(...runs.map(({ cpu }) => cpu)).toFixed(0)} ms CPU ` +
          `(first ${runs[0]?.wall.toFixed(0)} and ${runs[0]?.cpu.toFixed(0)}); ` +
          (equal ? 'months equal' : 'MONTHS DIFFER'),
      )
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
