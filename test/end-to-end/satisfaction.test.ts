import { readFileSync } from 'node:fs'
import type { Browser, Frame, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Rapport } from '../emulator/launcher/rapport.ts'
import { flawsIn, openTab, startDemo } from '../support/app-page.ts'
import { violationsIn } from '../support/axe.ts'
import { startBrowser } from '../support/browser.ts'
import { quickDesk } from '../support/quick-desk.ts'

const now = '2026-11-26T10:00:00Z'
/** In the demo shop's week from 12 October deliveries were late. */
const badWeek = '#/satisfaction?at=2026-10-12'

let browser: Browser
let rapport: Rapport

const started = await startBrowser()

describe.runIf(started !== null)('the satisfaction page in the practice desk', () => {
  beforeAll(async () => {
    if (started === null) return
    browser = started
    rapport = await startDemo({ desk: quickDesk, now, keyLimit: 1_000_000 })
  })

  afterAll(async () => {
    await browser?.close()
    await rapport?.stop()
  })

  async function open(
    query: string,
    hash: string,
    width = 1280,
    locale = 'en',
  ): Promise<[Page, Frame]> {
    return await openTab(browser, rapport, { hash, query, width, locale })
  }

  async function loaded(frame: Frame): Promise<void> {
    await frame.locator('.satisfaction .moved table').waitFor()
    await frame.locator('.satisfaction .rated li').first().waitFor()
    await frame.locator('.satisfaction .stake table').waitFor()
  }

  test.each([
    ['light', 1280],
    ['dark', 1280],
    ['light', 420],
    ['dark', 420],
  ])('is clean by axe in %s at %d px, without sideways scrolling', async (scheme, width) => {
    const [page, frame] = await open(`&scheme=${scheme}`, badWeek, width)
    await loaded(frame)
    expect(await flawsIn(frame)).toEqual([])
    await page.close()
  })

  test.each([
    ['ar', 'rtl'],
    ['de', 'ltr'],
    ['es', 'ltr'],
    ['fr', 'ltr'],
    ['ja', 'ltr'],
    ['ko', 'ltr'],
    ['pt-BR', 'ltr'],
    ['zh-CN', 'ltr'],
  ])('speaks %s (%s) at 420 px, clean by axe, without sideways scrolling', async (locale, dir) => {
    const [page, frame] = await open('', badWeek, 420, locale)
    await loaded(frame)
    const violations = await violationsIn(frame)
    const shown = await frame.evaluate(() => {
      const { lang, dir: direction, scrollWidth } = document.documentElement
      return {
        language: lang.toLowerCase(),
        direction,
        fits: scrollWidth <= innerWidth,
        english: document.body.innerText.includes('Satisfaction rate'),
      }
    })
    expect(shown).toEqual({
      language: expect.stringContaining(locale.slice(0, 2)),
      direction: dir,
      fits: true,
      english: false,
    })
    expect(violations).toEqual([])
    await page.close()
  })

  test('shows the late deliveries: an arrow, the reason, whom to answer first', async () => {
    const [page, frame] = await open('', badWeek)
    await loaded(frame)
    const text = await frame.locator('.satisfaction').innerText()
    expect(text).toMatch(/Satisfaction fell in this period/)
    expect(text).toMatch(/Delivery delay\s+\d+ · 9\d(\.\d)?%/)
    expect(await frame.locator('.cards .move.down').count()).toBe(1)
    const values = await frame.locator('.stake tbody td:nth-child(3)').allInnerTexts()
    const pounds = values.map((value) => Number(value.replaceAll(/[£,]/g, '')))
    expect(pounds.length).toBeGreaterThan(3)
    expect(pounds).toEqual(pounds.toSorted((a, b) => b - a))
    await page.close()
  })

  test('works by keyboard alone: to the bars, along them, into the list and back', async () => {
    const [page, frame] = await open('', badWeek)
    await loaded(frame)
    await frame.locator('.bar[tabindex="0"]').focus()
    const heard = () => frame.evaluate(() => document.activeElement?.getAttribute('aria-label'))
    const first = await heard()
    await page.keyboard.press('ArrowLeft')
    expect(await heard()).not.toBe(first)
    await page.keyboard.press('ArrowRight')
    expect(await heard()).toBe(first)
    await page.keyboard.press('Enter')
    await frame.locator('.pill').first().waitFor()
    expect(await frame.evaluate(() => location.hash)).toContain('level=1')
    await page.keyboard.press('Escape')
    await frame.locator('.pill').first().waitFor({ state: 'detached' })
    await frame.locator('.card .defined button').first().focus()
    await page.keyboard.press('Enter')
    await frame.locator('.definition:popover-open').waitFor()
    await page.keyboard.press('Escape')
    await frame.locator('.definition:popover-open').waitFor({ state: 'detached' })
    await page.close()
  })

  test('saves what it shows as CSV files', async () => {
    const [page, frame] = await open('', badWeek)
    await loaded(frame)
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      frame.locator('.chart-section').getByRole('button', { name: 'Save as CSV' }).click(),
    ])
    expect(download.suggestedFilename()).toBe('satisfaction.csv')
    const text = readFileSync(await download.path(), 'utf8')
    expect(text.split('\r\n')).toHaveLength(14)
    expect(text).toContain('2026-10-12,2026-10-12,2026-10-18,')
    await page.close()
  })

  test('an address shows the same again', async () => {
    const [page, frame] = await open('', '#/satisfaction?unit=month&channel=chat&table=1&by=agent')
    await frame.locator('.chart-section table').waitFor()
    expect(await frame.getByRole('radio', { name: 'Month' }).isChecked()).toBe(true)
    expect(await frame.getByRole('combobox', { name: 'Channel' }).inputValue()).toBe('chat')
    expect(await frame.getByRole('combobox', { name: 'Split by' }).inputValue()).toBe('agent')
    await page.close()
  })
})
