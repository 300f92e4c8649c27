import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Rapport } from '../emulator/launcher/rapport.ts'
import { startRapport } from '../emulator/launcher/rapport.ts'
import { startBrowser } from '../support/browser.ts'
import { tell } from '../support/tell.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const data = process.env['RAPPORT_DATA'] ?? join(root, '../shared/data')
const retail = join(data, 'online_retail/online_retail_to_2011-09-30.csv.gz')
const superstore = join(data, 'superstore/superstore.csv.gz')
const present = existsSync(retail) && existsSync(superstore)
if (!present) tell(`skipped: there are no shop data at ${data}`)

let rapport: Rapport
let state = ''

/** The README's import command. */
async function importFile(kind: string, file: string, map: string, key: string): Promise<string> {
  const args = [
    'test/import/import.ts',
    kind,
    file,
    '--map',
    map,
    '--url',
    rapport.url,
    '--key',
    key,
  ]
  const child = spawn(process.execPath, args, {
    cwd: root,
    env: { ...process.env, RAPPORT_STATE: state },
  })
  let output = ''
  child.stdout.on('data', (part: Buffer) => (output += part.toString()))
  child.stderr.on('data', (part: Buffer) => (output += part.toString()))
  const code = await new Promise((resolve) => child.on('close', resolve))
  if (code !== 0) throw new Error(output)
  return output
}

async function api<T>(method: string, path: string, key: string, body?: unknown): Promise<T> {
  const response = await fetch(new URL(path, rapport.url), {
    method,
    headers: { Authorization: `Bearer ${key}`, 'Content-Type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
  if (!response.ok)
    throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`)
  return await (response.json() as Promise<T>)
}

async function settle(key: string): Promise<void> {
  for (;;) {
    const status = await api<{ stale: number; jobs: { state: string }[] }>('GET', '/v1/status', key)
    const busy = status.jobs.some(({ state: now }) => now === 'queued' || now === 'running')
    if (status.stale === 0 && !busy) return
    await new Promise((resolve) => setTimeout(resolve, 500))
  }
}

async function account(name: string, currency: string): Promise<string> {
  const made = await api<{ key: string }>('POST', '/v1/accounts', rapport.key, {
    name,
    timeZone: 'UTC',
    currency,
  })
  return made.key
}

interface Totals {
  customers: number
  orders: number
  totalOrderValue: number
  repurchaseRate: number
}

interface Instances {
  items: (Totals & { value: string })[]
  all: Totals
  overlap: number
}

async function sizes(key: string, keys: readonly string[], on: string): Promise<number[]> {
  const found: number[] = []
  for (const segment of keys) {
    const page = await api<{ total: number }>(
      'GET',
      `/v1/segments/${segment}/members?on=${on}&limit=1`,
      key,
    )
    found.push(page.total)
  }
  return found
}

const segments = ['vip', 'repeat_customer', 'active_customer', 'new_customer']

describe.runIf(present)('the gift shop of 2011, imported as the README says', () => {
  beforeAll(async () => {
    state = mkdtempSync(join(tmpdir(), 'rapport-retail-'))
    rapport = await startRapport({ state, now: '2011-09-30T18:00:00Z', keyLimit: 1_000_000 })
    await importFile('orders', retail, 'online_retail', rapport.key)
    await settle(rapport.key)
  })

  afterAll(async () => {
    await rapport.stop()
    rmSync(state, { recursive: true, force: true })
  })

  test('has 3,616 customers with 13,171 orders worth 6,192,078.94, by country as published', async () => {
    const found = await api<Instances>('GET', '/v1/instances?property=Country', rapport.key)
    expect(found.all).toMatchObject({
      customers: 3616,
      orders: 13_171,
      totalOrderValue: 619_207_894,
    })
    expect(found.items.reduce((sum, item) => sum + item.customers, 0)).toBe(3623)
    expect(found.overlap).toBe(7)
    const of = (value: string) => found.items.find((item) => item.value === value)
    expect(of('United Kingdom')).toMatchObject({
      customers: 3265,
      orders: 11_851,
      totalOrderValue: 503_059_541,
    })
    expect(of('United Kingdom')?.repurchaseRate).toBeCloseTo(0.598775, 6)
    expect(of('Germany')).toMatchObject({ customers: 78, orders: 314, totalOrderValue: 16_121_953 })
    expect(of('Germany')?.repurchaseRate).toBeCloseTo(0.679487, 6)
  })

  test('has 362 VIPs, 2,171 Repeat, 434 Active and 656 New customers, and half a year earlier as then', async () => {
    expect(await sizes(rapport.key, segments, '2011-09-30')).toEqual([362, 2171, 434, 656])
    expect(await sizes(rapport.key, segments, '2011-03-31')).toEqual([214, 888, 310, 1249])
    const then = await api<Instances>(
      'GET',
      '/v1/instances?property=Country&on=2011-03-31',
      rapport.key,
    )
    expect(then.all.customers).toBe(2134)
  })

  test('knows customer 14646 by 47 orders, 203,106.64, and why it is in its segments', async () => {
    const card = await api<{
      orders: number
      totalOrderValue: number
      segments: { key: string; because: { actual: unknown; line?: object }[] }[]
    }>('GET', '/v1/customers/lookup?externalId=retail:14646', rapport.key)
    expect(card).toMatchObject({ orders: 47, totalOrderValue: 20_310_664 })
    expect(card.segments.map(({ key }) => key)).toEqual([
      'vip',
      'repeat_customer',
      'active_customer',
    ])
    expect(card.segments[0]?.because[0]).toMatchObject({
      actual: 20_310_664,
      line: { value: 301_074, n: 3616, k: 362, distance: 20_009_590 },
    })
  })

  test('answers a segment made now about any day of the past: 40 German repeat buyers on 2011-06-30', async () => {
    const rule = {
      all: [
        {
          fact: 'orders.count',
          where: [{ property: 'Country', op: '=', value: 'Germany' }],
          within: { months: 12 },
          op: '>=',
          value: 2,
        },
      ],
    }
    await api('POST', '/v1/segments', rapport.key, {
      key: 'german_repeat',
      name: 'German repeat',
      rule,
    })
    expect(await sizes(rapport.key, ['german_repeat'], '2011-06-30')).toEqual([40])
  })

  test('shows customer 14646 in the sidebar of the practice desk', async () => {
    const browser = await startBrowser()
    if (browser === null) return
    try {
      const page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
      await page.goto(new URL('/?user=shop:retail:14646', rapport.url).href)
      const app = page.frameLocator('iframe')
      await app.getByText('£203,106.64').first().waitFor({ timeout: 30_000 })
      const text = await app.locator('body').innerText()
      for (const part of ['47', 'VIP', 'Repeat customer', 'Active customer'])
        expect(text).toContain(part)
      await app.getByRole('button', { name: /VIP/ }).first().click()
      await app
        .getByText(/3,010\.74/)
        .first()
        .waitFor()
    } finally {
      await browser.close()
    }
  })

  test('with credit notes as refunds is worth 5,860,987.49, with the line at 2,911.20', async () => {
    const key = await account('With credit notes', 'GBP')
    await importFile('orders', retail, 'online_retail', key)
    await importFile('refunds', retail, 'online_retail_credits', key)
    await settle(key)
    const found = await api<Instances>('GET', '/v1/instances?property=Country', key)
    expect(found.all.totalOrderValue).toBe(586_098_749)
    const card = await api<{ segments: { because: { line?: { value: number } }[] }[] }>(
      'GET',
      '/v1/customers/lookup?externalId=retail:14646',
      key,
    )
    expect(card.segments[0]?.because[0]?.line?.value).toBe(291_120)
  })

  test('the superstore has 793 customers, 5,009 orders, 2,297,201.13, and its regions', async () => {
    const key = await account('Superstore', 'USD')
    await importFile('orders', superstore, 'superstore', key)
    await settle(key)
    const found = await api<Instances>('GET', '/v1/instances?property=Region&on=2017-12-30', key)
    expect(found.all).toMatchObject({ customers: 793, orders: 5009, totalOrderValue: 229_720_113 })
    const customers = Object.fromEntries(found.items.map((item) => [item.value, item.customers]))
    expect(customers).toMatchObject({ West: 686, East: 674, Central: 629, South: 512 })
  })
})
