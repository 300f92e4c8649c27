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
import { settled } from './settled.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const folder = join(root, 'docs/pictures')

/** What the README and the marketplace show: a file beside those of the README, an address of the practice desk, and the text that says it is ready. */
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
  /** How the interface answers a part of the addresses: not yet, or not at all. */
  answers?: { path: string; as: 'never' | 'failed' }
}

async function take(browser: Browser, rapport: Rapport, shot: Shot): Promise<void> {
  const page = await browser.newPage({
    viewport: { width: shot.width ?? 1280, height: shot.height ?? 800 },
  })
  const { answers } = shot
  if (answers !== undefined) {
    await page.route(`**${answers.path}**`, (route) =>
      answers.as === 'failed' ? route.fulfill({ status: 500, body: '{}' }) : undefined,
    )
  }
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
  const places = {
    new_customer: [0, 120],
    repeat_customer: [320, 20],
    active_customer: [320, 220],
    vip: [640, 120],
  }
  await rapport.api.call('PUT', '/v1/boards/all', {
    nodes: Object.entries(places).map(([key, [x, y]]) => ({ key, x, y })),
    arrows: [
      ['new_customer', 'repeat_customer'],
      ['new_customer', 'active_customer'],
      ['repeat_customer', 'vip'],
      ['active_customer', 'vip'],
    ].map(([source, target]) => ({ source, target })),
    version: 0,
  })
  const shots: Shot[] = [
    {
      file: 'journey.png',
      path: '/?page=app&locale=en',
      hash: '#/journeys?days=90',
      ready: 'Journey',
    },
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
      file: 'state-empty.png',
      path: '/?page=app&locale=en',
      hash: '#/customers?q=nobody+is+called+so',
      ready: 'Nobody fits',
    },
    {
      file: 'state-building.png',
      path: '/?page=app&locale=en',
      hash: '#/customers',
      ready: 'Latest purchase',
      answers: { path: '/v1/customers?', as: 'never' },
    },
    {
      file: 'state-failed.png',
      path: '/?page=app&locale=en',
      hash: '#/segments',
      ready: 'Try again',
      answers: { path: '/v1/segments', as: 'failed' },
    },
    {
      file: 'segments.png',
      path: '/?page=app&locale=en',
      hash: '#/segments',
      ready: 'rows add up to',
    },
    {
      file: 'segment-editor-dark.png',
      path: '/?page=app&locale=en&scheme=dark',
      hash: '#/segments?new=vip_at_risk',
      ready: 'Some of them',
    },
    {
      file: 'inquiries.png',
      path: '/?page=app&locale=en',
      hash: '#/inquiries?by=channel',
      ready: 'New way of grouping',
      height: 1240,
    },
    {
      file: 'settings.png',
      path: '/?page=app&locale=en',
      hash: '#/settings',
      ready: 'Who sees what',
      height: 1240,
    },
    ...[
      { path: `/?ticket=${slipping}&locale=en`, ready: 'Total order value', open: 'VIP' },
      {
        path: '/?page=app&locale=en',
        hash: '#/satisfaction?at=2026-10-12',
        ready: 'above the others',
      },
      { path: '/?page=app&locale=en', hash: '#/journeys?days=90', ready: 'Journey' },
    ].map((shot, n) => ({
      ...shot,
      file: `../../assets/screenshot-${n}.png`,
      // The size that the marketplace takes.
      width: 1024,
      height: 768,
    })),
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
