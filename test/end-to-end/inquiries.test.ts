import type { Browser, Frame, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Rapport } from '../emulator/launcher/rapport.ts'
import { flawsIn, frameIn, openTab, startDemo } from '../support/app-page.ts'
import { violationsIn } from '../support/axe.ts'
import { startBrowser } from '../support/browser.ts'
import { presser } from '../support/keys.ts'
import { quickDesk } from '../support/quick-desk.ts'

const now = '2026-11-26T10:00:00Z'
let browser: Browser
let rapport: Rapport

const started = await startBrowser()

describe.runIf(started !== null)('the inquiries page in the practice desk', () => {
  beforeAll(async () => {
    if (started === null) return
    browser = started
    rapport = await startDemo({ desk: quickDesk, now })
  })

  afterAll(async () => {
    await browser?.close()
    await rapport?.stop()
  })

  async function open(query = '', width = 1280, hash = '#/inquiries'): Promise<[Page, Frame]> {
    const [page, frame] = await openTab(browser, rapport, { hash, query, width })
    return [page, frame]
  }

  async function loaded(frame: Frame): Promise<void> {
    await frame.locator('.case-figures').first().waitFor()
    await frame.locator('.case-gaps tbody tr').nth(8).waitFor()
    await frame.locator('.case-list tbody tr').first().waitFor()
  }

  test.each([
    ['light', 1280],
    ['dark', 1280],
    ['light', 320],
    ['dark', 320],
  ])('is clean by axe in %s at %d px, without sideways scrolling', async (scheme, width) => {
    const [page, frame] = await open(`&scheme=${scheme}`, width, '#/inquiries?by=channel')
    await loaded(frame)
    await frame.locator('.case-groups').waitFor()
    expect(await flawsIn(frame)).toEqual([])
    await page.close()
  })

  test('tells the cases of three months as the interface does, down to a ticket', async () => {
    const [page, frame] = await open()
    await loaded(frame)
    const told = (await rapport.api.call('GET', '/v1/aggregation-methods/default/metrics')) as {
      cases: number
    }
    const shown = await frame.locator('.case-figures dd').first().innerText()
    expect(Number(shown.replace(/\D/g, ''))).toBe(told.cases)
    expect(told.cases).toBeGreaterThan(300)
    await frame.locator('.case-list .text-button').first().click()
    await page.waitForURL(/ticket=/)
    await page.close()
  })

  test('a way of grouping is made, tried, compared and deleted by keyboard alone', async () => {
    const [page, frame] = await open()
    await loaded(frame)
    const press = presser(page)
    await frame.getByRole('button', { name: 'New way of grouping' }).focus()
    await press('Enter')
    await frame.getByRole('textbox', { name: 'Name of it' }).focus()
    await page.keyboard.type('By order')
    await press('Tab', 'Tab', 'Tab', 'Space')
    await expect.poll(() => frame.getByRole('checkbox', { name: 'Order' }).isChecked()).toBe(true)
    await frame.getByText(/^In the last 30 days: [\d,]+ cases/).waitFor()
    expect(await violationsIn(frame)).toEqual([])
    await frame.getByRole('button', { name: 'Save grouping' }).focus()
    await press('Enter')
    await frame.getByRole('heading', { name: 'By order' }).waitFor()
    await frame.getByLabel('Compare with').focus()
    await press('ArrowDown')
    await frame.getByText(/tickets? goe?s? to another case/).waitFor()
    await frame.getByRole('button', { name: 'Change it' }).focus()
    await press('Enter')
    await frame.getByRole('button', { name: 'Delete grouping' }).focus()
    await press('Enter')
    await frame.getByRole('heading', { name: 'Same customer, 72 hours' }).waitFor()
    expect(await rapport.api.call('GET', '/v1/aggregation-methods')).toMatchObject({ total: 1 })
    await page.close()
  })

  test('the sidebar says which contact a ticket is', async () => {
    const cases = (await rapport.api.call(
      'GET',
      '/v1/aggregation-methods/default/cases?limit=200',
    )) as { items: { tickets: string[] }[] }
    const long = cases.items.find(({ tickets }) => tickets.length > 1)?.tickets ?? []
    const page = await browser.newPage({ viewport: { width: 1280, height: 900 } })
    await page.goto(new URL(`/?ticket=${long.at(-1)}&locale=en`, rapport.url).href)
    const frame = await frameIn(page)
    const line = frame.getByText(`Contact no. ${long.length} about this`)
    await line.click()
    await frame
      .locator('.case-line')
      .getByRole('button', { name: `#${long[0]}` })
      .waitFor()
    expect(await violationsIn(frame)).toEqual([])
    await page.close()
  })

  test('says so where no case was opened', async () => {
    const [page, frame] = await open('', 1280, '#/inquiries?from=2026-11-27&to=2026-11-27')
    await frame.getByText('No cases in these days').waitFor()
    expect(await violationsIn(frame)).toEqual([])
    await page.close()
  })
})
