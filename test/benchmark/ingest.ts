import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { startRapport } from '../emulator/launcher/rapport.ts'
import { benchOrders, bodies } from './orders.ts'

/** Orders a second through `PUT /v1/orders`, and the rows that D1 counted. */
async function throughHttp(count: number) {
  const state = mkdtempSync(join(tmpdir(), 'rapport-bench-'))
  const rapport = await startRapport({ state, keyLimit: 1_000_000, cron: false })
  let written = 0
  let read = 0
  try {
    let busy = 0
    for (const body of bodies(benchOrders(count), 20_000)) {
      const started = performance.now()
      const response = await fetch(new URL('/v1/orders', rapport.workerUrl()), {
        method: 'PUT',
        headers: { Authorization: `Bearer ${rapport.key}`, 'Content-Type': 'application/x-ndjson' },
        body: body.text,
      })
      const answer = await response.text()
      busy += performance.now() - started
      if (!response.ok) throw new Error(`${response.status}: ${answer.slice(0, 300)}`)
      const cost = /read=(\d+) written=(\d+)/.exec(response.headers.get('Server-Timing') ?? '')
      read += Number(cost?.[1])
      written += Number(cost?.[2])
    }
    return { perSecond: count / (busy / 1_000), written: written / count, read: read / count }
  } finally {
    await rapport.stop()
    rmSync(state, { recursive: true })
  }
}

/** Plain prepared inserts of the same orders into one table of a file, 2,000 to a transaction. */
function plainInserts(count: number) {
  const folder = mkdtempSync(join(tmpdir(), 'rapport-bench-'))
  const database = new DatabaseSync(join(folder, 'plain.sqlite'))
  database.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;
    CREATE TABLE orders (account, person, at, id, channel, status, currency, total, paid, detail,
      PRIMARY KEY (account, person, at, id)) WITHOUT ROWID`)
  const insert = database.prepare('INSERT INTO orders VALUES (1, ?, ?, ?, ?, ?, ?, ?, ?, ?)')
  let busy = 0
  for (const body of bodies(benchOrders(count), 2_000)) {
    const started = performance.now()
    database.exec('BEGIN')
    for (const line of body.text.trimEnd().split('\n')) {
      const order = JSON.parse(line)
      const detail = JSON.stringify({ properties: order.properties, lines: order.lines })
      const person = Number(order.customer.id.slice(6))
      const at = Date.parse(order.placedAt)
      insert.run(
        person,
        at,
        order.id,
        order.channel,
        order.status,
        order.currency,
        order.total,
        order.total,
        detail,
      )
    }
    database.exec('COMMIT')
    busy += performance.now() - started
  }
  database.close()
  rmSync(folder, { recursive: true })
  return count / (busy / 1_000)
}

/** Prints orders a second through HTTP beside plain inserts, at 100k and (with --large) at 1M orders. */
export async function benchIngest(large: boolean): Promise<void> {
  for (const count of large ? [100_000, 1_000_000] : [100_000]) {
    const plain = plainInserts(count)
    const http = await throughHttp(count)
    console.log(
      `ingest ${count.toLocaleString('en')}: ${Math.round(http.perSecond)} orders/s through HTTP, ` +
        `${Math.round(plain)} plain inserts/s, ratio ${(http.perSecond / plain).toFixed(2)}; ` +
        `${http.written.toFixed(2)} rows written and ${http.read.toFixed(1)} read an order (cards not included)`,
    )
  }
}
