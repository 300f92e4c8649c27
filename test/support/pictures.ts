import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Browser } from 'playwright-core'
import type { Rapport } from '../emulator/launcher/rapport.ts'
import { startRapport } from '../emulator/launcher/rapport.ts'
import { startBrowser } from './browser.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const folder = join(root, 'docs/pictures')

/** What the README shows: a file, an address of the practice desk, and the text that says it is ready. */
interface Shot {
  file: string
  path: string
  ready: string
  width?: number
  height?: number
  /** Address within the app. */
  hash?: string
  /** Something that is opened before the picture is taken. */
  open?: string
}

async function settled(rapport: Rapport): Promise<void> {
  for (;;) {
    const response = await fetch(new URL('/v1/status', rapport.url), {
      headers: { Authorization: `Bearer ${rapport.key}` },
    })
    const status: { stale: number; jobs: { state: string }[] } = JSON.parse(await response.text())
    if (status.stale === 0 && status.jobs.every(({ state }) => state === 'idle')) return
    await new Promise((resolve) => setTimeout(resolve, 500))
  }
}

async function take(browser: Browser, rapport: Rapport, shot: Shot): Promise<void> {
  const page = await browser.newPage({
    viewport: { width: shot.width ?? 1280, height: shot.height ?? 800 },
  })
  await page.goto(new URL(shot.path, rapport.url).href)
  const app = page.frameLocator('iframe:visible')
  if (shot.hash !== undefined) {
    await app.locator('.shell').waitFor()
    const frame = await (await page.waitForSelector('iframe:visible')).contentFrame()
    await frame?.evaluate((to) => {
      location.hash = to
    }, shot.hash)
  }
  await app.getByText(shot.ready).first().waitFor({ timeout: 30_000 })
  if (shot.open !== undefined) await app.getByRole('button', { name: shot.open }).first().click()
  await page.waitForTimeout(600)
  await page.screenshot({ path: join(folder, shot.file) })
  await page.close()
  console.log(shot.file)
}

/** Runs one Rapport for some pictures, in a folder that goes away. */
async function withRapport(
  options: { seed: 'demo' | 'none'; now: string },
  work: (rapport: Rapport) => Promise<void>,
): Promise<void> {
  const state = mkdtempSync(join(tmpdir(), 'rapport-pictures-'))
  const rapport = await startRapport({ state, ...options })
  try {
    await rapport.seeded
    await work(rapport)
  } finally {
    await rapport.stop()
    rmSync(state, { recursive: true, force: true })
  }
}

const retail = join(root, '../shared/data/online_retail/online_retail_to_2011-09-30.csv.gz')

/** `npm run pictures`: makes the README's screenshots from the running product. */
const browser = await startBrowser()
if (browser === null) throw new Error('Pictures need Chromium.')
mkdirSync(folder, { recursive: true })
await withRapport({ seed: 'demo', now: '2026-11-26T10:00:00Z' }, async (rapport) => {
  await settled(rapport)
  const ticketOf = (key: string) =>
    rapport.world.personas.find((persona) => persona.key === key)?.ticket ?? ''
  const slipping = ticketOf('vip-slipping')
  const channels = ticketOf('two-channels')
  const shots: Shot[] = [
    {
      file: 'sidebar.png',
      path: `/?ticket=${slipping}&locale=en`,
      ready: 'Total order value',
      open: 'VIP',
    },
    {
      file: 'sidebar-dark-ko.png',
      path: `/?ticket=${channels}&locale=ko&scheme=dark`,
      ready: 'Pingo',
    },
    {
      file: 'sidebar-ar.png',
      path: `/?ticket=${slipping}&locale=ar`,
      ready: 'إجمالي قيمة الطلبات',
    },
    { file: 'customers.png', path: '/?page=app&locale=en', ready: 'Latest purchase' },
    {
      file: 'satisfaction.png',
      path: '/?page=app&locale=en',
      hash: '#/satisfaction?at=2026-10-12',
      ready: 'above the others',
      height: 1240,
    },
    {
      file: 'satisfaction-dark.png',
      path: '/?page=app&locale=en&scheme=dark',
      hash: '#/satisfaction?unit=month&by=agent',
      ready: 'By its rate',
      height: 1240,
    },
  ]
  for (const shot of shots) await take(browser, rapport, shot)
})
if (existsSync(retail)) {
  await withRapport({ seed: 'none', now: '2011-09-30T18:00:00Z' }, async (rapport) => {
    const args = ['test/import/import.ts', 'orders', retail, '--map', 'online_retail']
    const target = ['--url', rapport.url, '--key', rapport.key]
    const env = { ...process.env, RAPPORT_STATE: rapport.state }
    // Not in this thread: the desk's front runs here and must go on answering.
    await promisify(execFile)(process.execPath, [...args, ...target], { cwd: root, env })
    await settled(rapport)
    const shot = { path: '/?user=shop:retail:14646', ready: '£203,106.64', open: 'VIP' }
    await take(browser, rapport, { file: 'customer-14646.png', ...shot })
  })
} else console.log('customer-14646.png: left as it is, the data of that shop are not here')
await browser.close()
