import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Frame, Page } from 'playwright-core'
import { type Rapport, startRapport } from '../emulator/launcher/rapport.ts'
import { violationsIn } from './axe.ts'

type Options = Omit<Parameters<typeof startRapport>[0], 'state' | 'seed'>

/** Rapport with the demo shop in it, or another world; its folder goes when it stops. Throws when the shop could not be sent. */
export async function startDemo(options: Options): Promise<Rapport> {
  const state = mkdtempSync(join(tmpdir(), 'rapport-page-'))
  const rapport = await startRapport({ ...options, state, seed: 'demo' })
  const stop = async () => {
    await rapport.stop()
    rmSync(state, { recursive: true, force: true })
  }
  const { state: seeding } = await rapport.seeded
  if (seeding !== 'done') {
    await stop()
    throw new Error('The demo shop could not be sent.')
  }
  return { ...rapport, stop }
}

/** The app's frame in a page of the practice desk. */
export async function frameIn(page: Page): Promise<Frame> {
  const frame = await (await page.waitForSelector('iframe:visible')).contentFrame()
  if (frame === null) throw new Error('The page has no frame of the app.')
  return frame
}

/** Opens the tab of the app at an address within it; `query` goes to the desk, e.g. `&scheme=dark`. */
export async function openTab(
  browser: Browser,
  { url }: Rapport,
  {
    hash,
    query = '',
    width = 1280,
    locale = 'en',
  }: {
    hash: string
    query?: string
    width?: number
    locale?: string
  },
): Promise<[Page, Frame]> {
  const page = await browser.newPage({ viewport: { width, height: 900 } })
  await page.goto(new URL(`/?page=app&locale=${locale}${query}`, url).href)
  return [page, await goTo(page, hash)]
}

/** Leads the tab's frame to an address within the app. */
export async function goTo(page: Page, hash: string): Promise<Frame> {
  const frame = await frameIn(page)
  await frame.locator('.shell').waitFor()
  await frame.evaluate((to) => {
    location.hash = to
  }, hash)
  return frame
}

/** What is wrong with how a frame shows: rules of accessibility that it breaks, and scrolling sideways. */
export async function flawsIn(frame: Frame): Promise<string[]> {
  const flaws = await violationsIn(frame)
  const [wide, room] = await frame.evaluate(
    () => [document.documentElement.scrollWidth, innerWidth] as const,
  )
  return wide > room ? [...flaws, `${wide} px wide in ${room}`] : flaws
}
