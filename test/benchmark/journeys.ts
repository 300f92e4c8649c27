import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { factsOf } from '../../worker/customers/facts.ts'
import { logsOf, type MembershipLog } from '../../worker/journeys/log.ts'
import { linesOf } from '../../worker/segments/rank.ts'
import type { Rule } from '../../worker/segments/rule.ts'
import { startRapport } from '../emulator/launcher/rapport.ts'
import { utcSettings } from '../support/shops.ts'
import { type Ask, askOf, ndjson } from './ask.ts'
import { loadDuckDb } from './duckdb.ts'
import { benchOrders, bodies } from './orders.ts'
import { cpuOf, seconds, settled } from './segments.ts'

const now = '2026-01-02T12:00:00Z'
const [from, to] = ['2023-01-02', '2025-12-31']

const bought = (value: number, months: number): Rule => ({
  all: [{ fact: 'orders.count', within: { months }, op: '>=', value }],
})

/** Ten nodes of the kinds that shops use: bought often and seldom, spent much, new, gone, the best. */
const rules: Rule[] = [
  bought(1, 12),
  bought(2, 12),
  bought(3, 12),
  bought(5, 12),
  bought(3, 3),
  { all: [{ fact: 'orders.sum', op: '>=', value: 50_000 }] },
  { all: [{ fact: 'orders.sum', within: { months: 6 }, op: '>=', value: 20_000 }] },
  { all: [{ fact: 'orders.first.day', op: 'within', value: { months: 3 } }] },
  { all: [{ fact: 'orders.daysSinceLast', op: '>=', value: 180 }] },
  { all: [{ fact: 'orders.sum', rank: { top: 10, unit: '%' } }] },
]
const keys = rules.map((_, k) => `bench_${k}`)
/** From every node to the next three. */
const pairs = keys.flatMap((_, s) => [1, 2, 3].map((step) => [s, (s + step) % 10] as const))
const arrows = pairs.map(([s, t]) => ({ source: keys[s], target: keys[t] }))
const question = { arrows, from, to }

type Figures = Record<
  'moved' | 'sameDay' | 'joinedTarget' | 'sourceSize' | 'medianDays' | 'n',
  number | null
>

const dayOf = (text: string) => Date.parse(`${text}T00:00:00Z`) / 86_400_000

/** Thirty arrows over three years at 20k and (with --large) 200k persons, cold and warm, beside DuckDB. */
export async function benchJourneys(large: boolean): Promise<void> {
  const count = large ? 1_000_000 : 100_000
  const state = mkdtempSync(join(tmpdir(), 'rapport-bench-'))
  const options = { state, keyLimit: 1_000_000, now }
  let rapport = await startRapport(options)
  try {
    let ask = askOf(rapport)
    const started = performance.now()
    for (const body of bodies(benchOrders(count), 20_000)) {
      await ask('/v1/orders', { method: 'PUT', headers: ndjson, body: body.text })
    }
    for (const [k, rule] of rules.entries()) {
      const body = JSON.stringify({ key: keys[k], name: `Bench ${k}`, rule })
      await ask('/v1/segments', { method: 'POST', body })
    }
    await settled(ask)
    console.log(
      `journeys: ${count / 5} persons' orders stored and compacted in ${seconds(started)}`,
    )
    const cold: number[] = []
    const warm: number[] = []
    const rewired: number[] = []
    // Columns that are written anew meanwhile are read from rows: the fewest are those at rest.
    let read = Infinity
    let items: Figures[] = []
    for (let start = 0; start < 3; start += 1) {
      // Another process knows nothing of what was asked before, and does nothing else; its first question is another.
      await rapport.stop()
      rapport = await startRapport({ ...options, build: false, cron: false })
      ask = askOf(rapport)
      await ask('/v1/segments/bench_0')
      const first = await measured(ask, rapport.workerdPid(), question)
      cold.push(first.ms)
      read = Math.min(read, first.read)
      items = first.items
      for (let run = 0; run < 4; run += 1) {
        warm.push((await measured(ask, rapport.workerdPid(), question)).ms)
        const one = { ...question, arrows: [{ source: keys[run], target: keys[run + 5] }] }
        rewired.push((await measured(ask, rapport.workerdPid(), one)).ms)
      }
    }
    const [best, again, single] = [cold, warm, rewired].map((runs) => Math.min(...runs))
    console.log(
      `journeys ${count / 5}: 30 arrows over three years: cold ${best?.toFixed(0)} ms CPU, warm ` +
        `${again?.toFixed(0)} ms, one arrow more ${single?.toFixed(0)} ms, ${read} rows read`,
    )
    await compare(ask, count, { cold: best ?? 0, warm: again ?? 0, items })
  } finally {
    await rapport.stop()
    rmSync(state, { recursive: true, force: true })
  }
}

async function measured(ask: Ask, pid: number, body: unknown) {
  const before = cpuOf(pid)
  const { text, read } = await ask('/v1/movements', { method: 'POST', body: JSON.stringify(body) })
  const { items }: { items: Figures[] } = JSON.parse(text)
  return { ms: cpuOf(pid) - before, read, items }
}

/** The memberships of the same orders, by the Worker's own rules. */
function membershipsOf(count: number): MembershipLog[] {
  const orders = [...benchOrders(count)].map((one) => ({
    person: Number(one.customer.id.slice(6)),
    id: one.id,
    at: Date.parse(one.placedAt),
    channel: one.channel,
    status: one.status,
    currency: one.currency,
    total: one.total,
    paid: one.status === 'paid' ? one.total : 0,
    detail: '{}',
  }))
  const segments = rules.map((rule, k) => ({ key: keys[k] ?? '', rule }))
  const facts = factsOf({ orders }, utcSettings('GBP'))
  return logsOf(
    segments,
    keys,
    facts,
    linesOf(segments, () => [facts]),
  )
}

/** The definition of movement as one set-based question over intervals. */
const movements = (known: number, start: number, end: number) => `WITH
  t AS (SELECT segment, person, joined AS j FROM m
    WHERE joined <= ${end} AND gone > ${end} AND joined >= ${start} AND joined > ${known}),
  f AS (SELECT e.nth, t.j, bool_or(m.joined < t.j AND m.gone > ${Math.max(start - 1, known)}
      AND ${Math.max(start - 1, known)} < t.j) AS moved, bool_or(m.joined = t.j) AS same,
      max(m.joined) FILTER (m.joined < t.j) AS latest
    FROM e JOIN t ON t.segment = e.target LEFT JOIN m ON m.segment = e.source AND m.person = t.person
    GROUP BY e.nth, t.person, t.j),
  a AS (SELECT nth, count(*) FILTER (moved) AS moved, count(*) FILTER (same AND NOT moved) AS same,
      count(*) AS joined, median(j - latest) FILTER (moved AND latest > ${known}) AS days,
      count(*) FILTER (moved AND latest > ${known}) AS n FROM f GROUP BY nth),
  s AS (SELECT segment, count(DISTINCT person) AS size FROM m
    WHERE joined < ${end} AND gone > ${Math.max(start - 1, known)} GROUP BY segment)
  SELECT e.nth, coalesce(moved, 0), coalesce(same, 0), coalesce(joined, 0), coalesce(size, 0), days,
    coalesce(n, 0) FROM e LEFT JOIN a ON a.nth = e.nth LEFT JOIN s ON s.segment = e.source ORDER BY e.nth`

/** Asks DuckDB the same of the same intervals and says so when an answer differs. */
async function compare(
  ask: Ask,
  count: number,
  own: { cold: number; warm: number; items: readonly Figures[] },
): Promise<void> {
  const duck = await loadDuckDb('journeys')
  if (duck === null) return
  const { text } = await ask('/v1/segments/bench_0')
  const { exactFrom }: { exactFrom: string } = JSON.parse(text)
  const instance = await duck.DuckDBInstance.create(':memory:', { threads: '1' })
  const connection = await instance.connect()
  await connection.run('CREATE TABLE m (segment UTINYINT, person INT, joined INT, gone INT)')
  await connection.run('CREATE TABLE e (nth UTINYINT, source UTINYINT, target UTINYINT)')
  await connection.run(
    `INSERT INTO e VALUES ${pairs.map(([s, t], at) => `(${at}, ${s}, ${t})`).join(', ')}`,
  )
  let rows: string[] = []
  let stored = 0
  const flush = async () => {
    if (rows.length > 0) await connection.run(`INSERT INTO m VALUES ${rows.join(',')}`)
    stored += rows.length
    rows = []
  }
  for (const [s, { starts, days }] of membershipsOf(count).entries()) {
    for (let i = 0; i + 1 < starts.length; i += 1) {
      for (let k = starts[i] ?? 0; k < (starts[i + 1] ?? 0); k += 2) {
        rows.push(`(${s},${i},${days[k]},${days[k + 1]})`)
      }
      if (rows.length >= 20_000) await flush()
    }
  }
  await flush()
  const runs: number[] = []
  let found: unknown[][] = []
  for (let run = 0; run < 5; run += 1) {
    const before = process.cpuUsage()
    const sql = movements(dayOf(exactFrom), dayOf(from), dayOf(to))
    found = (await connection.runAndReadAll(sql)).getRows()
    const { user, system } = process.cpuUsage(before)
    runs.push((user + system) / 1_000)
  }
  const theirs = found.map((row) =>
    row.slice(1).map((value) => (value === null ? null : Number(value))),
  )
  const ours = own.items.map((one) => [
    one.moved,
    one.sameDay,
    one.joinedTarget,
    one.sourceSize,
    one.medianDays,
    one.n,
  ])
  const equal = JSON.stringify(ours) === JSON.stringify(theirs)
  const best = Math.min(...runs)
  console.log(
    `journeys ${count / 5}: DuckDB, one thread, over ${stored} intervals: ${best.toFixed(0)} ms CPU; cold ` +
      `${(own.cold / best).toFixed(2)} × (goal 0.40), warm ${(own.warm / best).toFixed(2)} × (goal 0.10); ` +
      (equal ? 'answers equal' : `answers differ: ${JSON.stringify({ ours, theirs })}`),
  )
  connection.closeSync()
  instance.closeSync()
}
