import type { Browser, Frame, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Rapport } from '../emulator/launcher/rapport.ts'
import { flawsIn, openTab, startDemo } from '../support/app-page.ts'
import { violationsIn } from '../support/axe.ts'
import { startBrowser } from '../support/browser.ts'
import { downTo, presser } from '../support/keys.ts'
import { settled } from '../support/settled.ts'
import { quickDesk } from '../support/quick-desk.ts'

const now = '2026-11-26T10:00:00Z'
let browser: Browser
let rapport: Rapport

const started = await startBrowser()

describe.runIf(started !== null)('the segments page in the practice desk', () => {
  beforeAll(async () => {
    if (started === null) return
    browser = started
    rapport = await startDemo({ desk: quickDesk, now, keyLimit: 100_000 })
    await settled(rapport)
  })

  afterAll(async () => {
    await browser?.close()
    await rapport?.stop()
  })

  async function open(hash = '#/segments', query = '', width = 1280): Promise<[Page, Frame]> {
    const [page, frame] = await openTab(browser, rapport, { hash, query, width })
    await frame.getByRole('heading', { name: 'Segments', level: 1 }).waitFor()
    return [page, frame]
  }

  interface Segment {
    key: string
    name: string
    size: number
    version: number
    rule: unknown
  }
  const segmentOf = (key: string) =>
    rapport.api.call('GET', `/v1/segments/${key}`) as Promise<Segment>

  test('lists every segment with the figures that the interface tells', async () => {
    const [page, frame] = await open()
    const { items } = (await rapport.api.call('GET', '/v1/segments')) as { items: Segment[] }
    await frame.locator('.segment-table[aria-busy=false]').waitFor()
    const rows = frame.locator('.segment-table[aria-busy=false] tbody tr')
    expect(await rows.count()).toBe(items.length)
    for (const [at, { size }] of items.entries()) {
      const shown = await rows.nth(at).locator('td').first().innerText()
      expect(Number(shown.replace(/\D/g, ''))).toBe(size)
    }
    await page.close()
  })

  test('one is built, previewed, saved, edited and its versions compared by keyboard alone', async () => {
    const [page, frame] = await open()
    const press = presser(page)
    await frame.getByRole('link', { name: 'New segment' }).focus()
    await press('Enter')
    await frame.getByRole('textbox', { name: 'Name' }).focus()
    await page.keyboard.type('Three and more')
    // By Tab to the condition: basis, group, how they are joined, fact, comparison, value.
    await press('Tab', 'Tab', 'Tab', 'Tab')
    await expect
      .poll(() => frame.evaluate(() => document.activeElement?.getAttribute('aria-label')))
      .toBe('Fact')
    await press('Tab', 'Tab')
    await page.keyboard.type('3')
    const preview = frame.locator('.preview-size')
    await preview.filter({ hasText: /\d+ customers/ }).waitFor()
    const told = Number((await preview.innerText()).replace(/\D/g, ''))
    expect(await violationsIn(frame)).toEqual([])
    await press('Enter')
    await frame.getByRole('heading', { name: 'Three and more' }).waitFor()
    expect((await segmentOf('three_and_more')).size).toBe(told)
    await frame.getByText('Number of orders: at least 3').first().waitFor()

    await frame.getByRole('link', { name: 'Change' }).focus()
    await press('Enter')
    await frame.getByRole('button', { name: 'Add a condition' }).focus()
    await press('Enter')
    await downTo(page, frame.getByLabel('Fact').nth(1), 'tickets.count')
    await press('Tab', 'Tab')
    await page.keyboard.type('1')
    // Moved before the other one, and back.
    await press('Alt+ArrowUp')
    await expect.poll(() => frame.getByLabel('Fact').first().inputValue()).toBe('tickets.count')
    await frame.getByText(/0 join, [\d,]+ leave/).waitFor()
    const narrower = Number((await preview.innerText()).replace(/\D/g, ''))
    expect(narrower).toBeLessThan(told)
    await frame.getByRole('button', { name: 'Save as a new version' }).focus()
    await press('Enter')
    await frame.getByText('Number of tickets: at least 1').first().waitFor()
    expect(await segmentOf('three_and_more')).toMatchObject({ size: narrower, version: 2 })
    await frame.getByRole('region', { name: 'Version 2' }).getByText('only here').waitFor()
    expect(await frame.getByRole('region', { name: 'Version 1' }).locator('.only').count()).toBe(0)
    await page.close()
  })

  test('two editors do not overwrite each other', async () => {
    const rule = { all: [{ fact: 'orders.count', op: '>=', value: 2 }] }
    const body = { key: 'shared_one', name: 'Shared one', rule, basis: null, group: null }
    await rapport.api.call('POST', '/v1/segments', body)
    const pages = [
      await open('#/segments?edit=shared_one'),
      await open('#/segments?edit=shared_one'),
    ] as const
    for (const [at, [, frame]] of pages.entries()) {
      await frame.getByLabel('Value', { exact: true }).fill(String(at + 5))
    }
    const save = ([, frame]: readonly [Page, Frame]) =>
      frame.getByRole('button', { name: 'Save as a new version' }).click()
    await save(pages[0])
    await pages[0][1].getByText('Number of orders: at least 5').first().waitFor()
    await save(pages[1])
    await pages[1][1].getByText('Somebody saved this segment meanwhile.').waitFor()
    expect(await segmentOf('shared_one')).toMatchObject({
      version: 2,
      rule: { all: [{ value: 5 }] },
    })
    for (const [page] of pages) await page.close()
  })

  test('a template comes with the limits of this shop, and is deleted again with its consequences', async () => {
    const [page, frame] = await open('#/segments?templates=1')
    await frame.getByText(/Half of all next purchases come within \d+ days/).waitFor()
    expect(await violationsIn(frame)).toEqual([])
    expect(await frame.locator('.template').count()).toBeGreaterThanOrEqual(20)
    await frame.getByRole('button', { name: /^VIP at risk/ }).click()
    await expect
      .poll(() => frame.getByRole('textbox', { name: 'Name' }).inputValue())
      .toBe('VIP at risk')
    await frame.getByRole('button', { name: 'Make the segment' }).click()
    await frame.getByRole('heading', { name: 'VIP at risk' }).waitFor()
    const list = { name: 'Care for these', shared: true, query: { segment: 'vip_at_risk' } }
    await rapport.api.call('POST', '/v1/lists', list)
    const address = await frame.evaluate(() => location.hash)
    await frame.getByRole('link', { name: 'All segments' }).click()
    await frame.getByText('By order property').first().waitFor()
    await frame.evaluate((to) => {
      location.hash = to
    }, address)
    await frame.locator('section.uses').getByText('Care for these').waitFor()
    await frame.getByRole('button', { name: 'Delete' }).click()
    const dialog = frame.getByRole('dialog', { name: 'Delete' })
    await dialog.getByText('Care for these').waitFor()
    await dialog.getByRole('button', { name: 'Delete' }).click()
    await frame.getByText('By order property').first().waitFor()
    await expect(segmentOf('vip_at_risk')).rejects.toThrow(/404/)
    await page.close()
  })

  test('the past is a chart and a table of the same days', async () => {
    const [page, frame] = await open('#/segments?key=vip&span=30')
    await frame.getByRole('img', { name: /highest/ }).waitFor()
    await frame.getByText('Table', { exact: true }).click()
    await frame.locator('.days tbody tr').nth(29).waitFor()
    const { items } = (await rapport.api.call('GET', '/v1/segments/vip/history?days=30')) as {
      items: { size: number }[]
    }
    const shown = await frame.locator('.days tbody tr').first().locator('td').first().innerText()
    expect(Number(shown.replace(/\D/g, ''))).toBe(items.at(-1)?.size)
    await page.close()
  })

  test.each([
    ['light', 1280],
    ['dark', 1280],
    ['light', 420],
    ['dark', 320],
  ])('is clean by axe in %s at %d px, without sideways scrolling', async (scheme, width) => {
    for (const hash of ['#/segments', '#/segments?key=vip', '#/segments?edit=vip']) {
      const [page, frame] = await open(hash, `&scheme=${scheme}`, width)
      await frame
        .locator('.segment-table[aria-busy=false], .size-chart, .preview-size')
        .first()
        .waitFor()
      expect([hash, await flawsIn(frame)]).toEqual([hash, []])
      await page.close()
    }
  })
})
