import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { benchOrders } from '../benchmark/orders.ts'
import type { Rapport } from '../emulator/launcher/rapport.ts'
import { startRapport } from '../emulator/launcher/rapport.ts'
import { tell } from '../support/tell.ts'

const kills = 20
const folders: string[] = []
const running: Rapport[] = []

async function start(): Promise<Rapport> {
  const state = mkdtempSync(join(tmpdir(), 'rapport-crash-'))
  folders.push(state)
  const rapport = await startRapport({ state, keyLimit: 1_000_000, now: '2026-01-15T12:00:00Z' })
  running.push(rapport)
  return rapport
}

afterAll(async () => {
  for (const rapport of running) await rapport.stop()
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})

const bodies: string[] = []
let lines: string[] = []
for (const order of benchOrders(12_000, 11)) {
  lines.push(JSON.stringify(order))
  if (lines.length === 300) {
    bodies.push(`${lines.join('\n')}\n`)
    lines = []
  }
}

async function put(rapport: Rapport, body: string): Promise<Response> {
  return await fetch(new URL('/v1/orders', rapport.url), {
    method: 'PUT',
    headers: { Authorization: `Bearer ${rapport.key}`, 'Content-Type': 'application/x-ndjson' },
    body,
  })
}

async function get<T>(rapport: Rapport, path: string): Promise<T> {
  const response = await fetch(new URL(path, rapport.url), {
    headers: { Authorization: `Bearer ${rapport.key}` },
  })
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`)
  return await (response.json() as Promise<T>)
}

/** Sends a body until it is answered 200; counts how often it had to be sent. */
async function sendUntilAnswered(rapport: Rapport, body: string): Promise<number> {
  for (let tries = 1; tries <= 100; tries += 1) {
    const response = await put(rapport, body).catch(() => null)
    if (response?.ok) {
      await response.arrayBuffer()
      return tries
    }
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error('A body was never answered.')
}

interface Row {
  id: number
  orders: number
  totalOrderValue: number
  latestPurchase: string
  customerSince: string
  segments: { key: string }[]
}

async function settled(rapport: Rapport): Promise<Row[]> {
  for (;;) {
    const { stale, jobs } = await get<{ stale: number; jobs: { state: string }[] }>(
      rapport,
      '/v1/status',
    )
    if (stale === 0 && jobs.every(({ state }) => state === 'idle' || state === 'done')) break
    await new Promise((resolve) => setTimeout(resolve, 500))
  }
  const rows: Row[] = []
  let after = ''
  do {
    const page = await get<{ items: Row[]; next: string | null }>(
      rapport,
      `/v1/customers?limit=200${after}`,
    )
    rows.push(...page.items)
    after = page.next === null ? '' : `&after=${encodeURIComponent(page.next)}`
  } while (after !== '')
  return rows
}

test('twenty kills during an import lose nothing that was answered, and end as one calm import', async () => {
  const shaken = await start()
  let resent = 0
  let killed = 0
  const step = Math.floor(bodies.length / kills)
  for (const [index, body] of bodies.entries()) {
    const sending = sendUntilAnswered(shaken, body)
    if (index % step === 0 && killed < kills) {
      // Somewhere in the middle of the transaction, each time a little later.
      await new Promise((resolve) => setTimeout(resolve, 3 + ((killed * 7) % 60)))
      process.kill(shaken.workerdPid(), 'SIGKILL')
      killed += 1
    }
    resent += (await sending) - 1
  }
  expect(killed).toBe(kills)
  const calm = await start()
  for (const body of bodies) expect(await sendUntilAnswered(calm, body)).toBe(1)
  const expected = await settled(calm)
  expect(expected.length).toBeGreaterThan(1_000)
  expect(await settled(shaken)).toEqual(expected)
  tell(`${killed} kills, ${resent} bodies sent again, ${expected.length} customers equal`)
})
