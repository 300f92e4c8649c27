import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Browser } from 'playwright-core'
import type { Rapport } from '../emulator/launcher/rapport.ts'
import { startRapport } from '../emulator/launcher/rapport.ts'
import { startBrowser } from './browser.ts'

const folder = fileURLToPath(new URL('../../docs/pictures', import.meta.url))

/** What the README shows: a file, an address of the practice desk, and the text that says it is ready. */
interface Shot {
  file: string
  path: string
  ready: string
  width?: number
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
  const page = await browser.newPage({ viewport: { width: shot.width ?? 1280, height: 800 } })
  await page.goto(new URL(shot.path, rapport.url).href)
  const app = page.frameLocator('iframe:visible')
  await app.getByText(shot.ready).first().waitFor({ timeout: 30_000 })
  if (shot.open !== undefined) await app.getByRole('button', { name: shot.open }).first().click()
  await page.waitForTimeout(600)
  await page.screenshot({ path: join(folder, shot.file) })
  await page.close()
  console.log(shot.file)
}

/** `npm run pictures`: makes the README's screenshots from the running product and its demo shop. */
const browser = await startBrowser()
if (browser === null) throw new Error('Pictures need Chromium.')
const state = mkdtempSync(join(tmpdir(), 'rapport-pictures-'))
mkdirSync(folder, { recursive: true })
const rapport = await startRapport({ state, seed: 'demo', now: '2026-11-26T10:00:00Z' })
try {
  await rapport.seeded
  await settled(rapport)
  const ticketOf = (key: string) =>
    rapport.world.personas.find((persona) => persona.key === key)?.ticket ?? ''
  const shots: Shot[] = [
    {
      file: 'sidebar.png',
      path: `/?ticket=${ticketOf('vip-slipping')}&locale=en`,
      ready: 'Total order value',
      open: 'VIP',
    },
    {
      file: 'sidebar-dark-ko.png',
      path: `/?ticket=${ticketOf('two-channels')}&locale=ko&scheme=dark`,
      ready: 'Pingo',
    },
    { file: 'customers.png', path: '/?page=app&locale=en', ready: 'Latest purchase' },
  ]
  for (const shot of shots) await take(browser, rapport, shot)
} finally {
  await browser.close()
  await rapport.stop()
  rmSync(state, { recursive: true, force: true })
}
