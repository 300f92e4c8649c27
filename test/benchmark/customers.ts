import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startRapport } from '../emulator/launcher/rapport.ts'
import { askOf, ndjson } from './ask.ts'
import { benchOrders, bodies } from './orders.ts'
import { cpuOf, seconds, settled } from './segments.ts'

const rule = { all: [{ fact: 'orders.count', within: { months: 12 }, op: '>=', value: 2 }] }
const filter = encodeURIComponent(JSON.stringify(rule))

/** The list of customers at 100k and (with --large) 1M orders: rows that D1 reads, and processor time. */
export async function benchCustomers(large: boolean): Promise<void> {
  const count = large ? 1_000_000 : 100_000
  const state = mkdtempSync(join(tmpdir(), 'rapport-bench-'))
  const rapport = await startRapport({ state, keyLimit: 1_000_000, now: '2026-01-02T12:00:00Z' })
  const ask = askOf(rapport)
  try {
    const started = performance.now()
    for (const body of bodies(benchOrders(count), 20_000)) {
      await ask('/v1/orders', { method: 'PUT', headers: ndjson, body: body.text })
    }
    await settled(ask)
    const { total } = JSON.parse((await ask('/v1/customers?limit=1')).text)
    console.log(`customers: ${count} orders of ${total} persons stored in ${seconds(started)}`)
    const questions = [
      ['one row', '/v1/customers?limit=1'],
      ['a page of 50', '/v1/customers?limit=50'],
      ['a page of 200', '/v1/customers?limit=200'],
      ['filter and sort', `/v1/customers?limit=1&filter=${filter}&sort=orders.last.source`],
      [
        'filter, sort and group',
        `/v1/customers?limit=1&filter=${filter}&groupBy=orders.first.source`,
      ],
      ['rows by source', '/v1/customers?limit=1&view=source'],
      ['VIP', '/v1/customers?limit=1&segment=vip'],
      ['text search', '/v1/customers?limit=1&q=c777'],
    ] as const
    for (const [name, path] of questions) {
      const times: number[] = []
      let read = 0
      let found = 0
      for (let run = 0; run < 3; run += 1) {
        const before = cpuOf(rapport.workerdPid())
        const answer = await ask(path)
        times.push(cpuOf(rapport.workerdPid()) - before)
        read = answer.read
        found = JSON.parse(answer.text).total
      }
      console.log(
        `customers ${count}: ${name}: ${read} rows read, ${Math.min(...times).toFixed(0)} ms CPU ` +
          `(first ${times[0]?.toFixed(0)}), ${found} found`,
      )
    }
    const before = cpuOf(rapport.workerdPid())
    const file = await ask(`/v1/customers.csv?filter=${filter}`)
    const lines = file.text.trimEnd().split('\r\n').length - 1
    const time = cpuOf(rapport.workerdPid()) - before
    console.log(`customers ${count}: a file of ${lines} lines: ${time.toFixed(0)} ms CPU`)
  } finally {
    await rapport.stop()
    rmSync(state, { recursive: true, force: true })
  }
}
