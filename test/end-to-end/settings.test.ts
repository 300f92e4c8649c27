import type { Browser, Frame, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Rapport } from '../emulator/launcher/rapport.ts'
import { flawsIn, openTab, startDemo } from '../support/app-page.ts'
import { violationsIn } from '../support/axe.ts'
import { startBrowser } from '../support/browser.ts'
import { settled } from '../support/settled.ts'
import { smallWorld } from '../support/small-world.ts'

let browser: Browser
let rapport: Rapport

const started = await startBrowser()

describe.runIf(started !== null)('the settings in the practice desk', () => {
  beforeAll(async () => {
    if (started === null) return
    browser = started
    rapport = await startDemo({ world: smallWorld() })
  })

  afterAll(async () => {
    await browser?.close()
    await rapport?.stop()
  })

  async function open(query = '', width = 1280): Promise<[Page, Frame]> {
    const [page, frame] = await openTab(browser, rapport, { hash: '#/settings', query, width })
    await frame.getByRole('heading', { level: 1 }).waitFor()
    return [page, frame]
  }

  test('show what was read of the help desk, part by part', async () => {
    const [page, frame] = await open()
    await frame.getByText(/^Everything until/).waitFor()
    const rows = await frame.locator('section.help-desk .streams tbody tr').allInnerTexts()
    expect(rows.map((row) => row.split(/\s*[\t\n]+\s*/))).toEqual([
      ['Users', 'Up to date', '5'],
      ['Tickets and status', 'Up to date', '4'],
      ['Messages', 'Up to date', '9'],
      ['Ratings, good or bad', 'Not used here', '0'],
      ['Surveys', 'Up to date', '1'],
    ])
    await page.close()
  })

  test.each([
    ['light', 1280],
    ['dark', 1280],
    ['light', 320],
    ['dark', 320],
  ])('are clean by axe in %s at %d px, without sideways scrolling', async (scheme, width) => {
    const [page, frame] = await open(`&scheme=${scheme}`, width)
    await frame.locator('.streams').first().waitFor()
    await frame.locator('.section.push fieldset').first().waitFor()
    expect(await flawsIn(frame)).toEqual([])
    await page.close()
  })

  test('take over the working hours of the help desk', async () => {
    await rapport.api.call('PATCH', '/v1/account', { schedules: [] })
    const [page, frame] = await open()
    await frame.getByText('None are set: every hour counts as working time.').waitFor()
    await frame.getByRole('button', { name: "Look at the help desk's hours" }).click()
    await frame.getByRole('button', { name: 'Use “Care” from today' }).click()
    await frame.getByText(/^In force since .*, in the zone Europe\/London$/).waitFor()
    expect(await violationsIn(frame)).toEqual([])
    expect(await rapport.api.call('GET', '/v1/account')).toMatchObject({
      schedules: [
        { timeZone: 'Europe/London', intervals: [{ day: 1, start: '09:00', end: '18:00' }] },
      ],
    })
    await page.close()
  })

  test('change the account, permissions and retention, each part by itself', async () => {
    const [page, frame] = await open()
    const part = (name: string) => frame.getByRole('region', { name })
    const account = part('Account')
    await account.getByLabel('Name of the shop').fill('Tern & Co')
    await account.getByLabel('First day of the week').selectOption({ label: 'Sunday' })
    await account.getByRole('button', { name: 'Save' }).click()
    await expect
      .poll(() => rapport.api.call('GET', '/v1/account'))
      .toMatchObject({ name: 'Tern & Co', weekStart: 7 })
    const privacy = part('Messages and their words')
    await privacy.getByLabel(/^Forget words/).fill('365')
    await privacy.getByRole('button', { name: 'Save' }).click()
    await expect
      .poll(() => rapport.api.call('GET', '/v1/account'))
      .toMatchObject({ name: 'Tern & Co', retention: { messagesDays: 365 } })
    const permissions = part('Who sees what')
    await permissions.getByLabel('All agents see satisfaction').check()
    await permissions.getByRole('button', { name: 'Save' }).click()
    await expect
      .poll(() => rapport.api.call('GET', '/v1/permissions'))
      .toMatchObject({ satisfaction: { roles: ['agent', 'admin'] } })
    await page.close()
  })

  test('a key is made, shown once, works, and is revoked', async () => {
    const [page, frame] = await open()
    const keys = frame.getByRole('region', { name: 'Keys for other systems' }).first()
    await keys.getByLabel('Name of the key').fill('importer')
    await keys.getByLabel('read', { exact: true }).check()
    await keys.getByRole('button', { name: 'Make a key' }).click()
    const key = await keys.locator('.made-key').innerText()
    const ask = async () =>
      (
        await fetch(new URL('/v1/segments', rapport.url), {
          headers: { Authorization: `Bearer ${key}` },
        })
      ).status
    expect(await ask()).toBe(200)
    await keys.getByRole('button', { name: 'Revoke importer' }).click()
    await expect.poll(ask).toBe(401)
    await page.close()
  })

  test('a customer is erased after a second question, and the receipt is shown', async () => {
    await rapport.api.call('PUT', '/v1/customers', [
      { id: 'gone:1', name: 'Gone Tomorrow', email: 'gone@example.com' },
    ])
    await settled(rapport)
    const [page, frame] = await open()
    const erase = frame.getByRole('region', { name: 'Erase a customer' })
    await erase.getByLabel('Search by name, e-mail or phone').fill('Gone Tomorrow')
    await erase.getByRole('button', { name: 'Find' }).click()
    await erase.getByRole('button', { name: 'Erase a customer' }).click()
    await frame.getByText('Erase Gone Tomorrow for good?').waitFor()
    expect(await violationsIn(frame)).toEqual([])
    await frame.getByRole('button', { name: 'Erase for good' }).click()
    await erase.getByRole('table').locator('tbody tr').first().waitFor()
    const found = (await rapport.api.call('GET', '/v1/customers?q=Gone')) as { total: number }
    expect(found.total).toBe(0)
    await page.close()
  })

  test('are for admins only', async () => {
    const [page, frame] = await open('&agent=12')
    await frame.getByText('Only admins see the settings').waitFor()
    expect(await violationsIn(frame)).toEqual([])
    await page.close()
  })

  test('disconnect and connect again by keyboard, with the help desk’s own page between', async () => {
    const [page, frame] = await open()
    await frame.getByRole('button', { name: 'Disconnect' }).focus()
    await page.keyboard.press('Enter')
    const sure = frame.getByRole('button', { name: 'Yes, disconnect' })
    await sure.waitFor()
    // Past the question about the fields, and past "Cancel".
    await page.keyboard.press('Tab')
    await page.keyboard.press('Tab')
    expect(await violationsIn(frame)).toEqual([])
    await page.keyboard.press('Enter')
    await frame.getByText('Zendesk is not connected yet').waitFor()
    expect(rapport.zendesk.options.oauth.tokens).toEqual([])
    expect(rapport.zendesk.account.webhooks.size).toBe(0)
    expect(await violationsIn(frame)).toEqual([])

    const popup = page.waitForEvent('popup')
    await frame.getByRole('button', { name: 'Connect Zendesk' }).focus()
    await page.keyboard.press('Enter')
    const consent = await popup
    await consent.getByRole('link', { name: 'Allow' }).click()
    await consent.getByRole('heading', { name: 'Connected' }).waitFor()
    await consent.close()
    await frame.getByText(/^Connected with ternandthistle.zendesk.com since/).waitFor()
    await frame.getByText(/^Everything until/).waitFor()
    await page.close()
  })

  test('say that the connection is broken, and what an admin does', async () => {
    rapport.zendesk.options.oauth.tokens.length = 0
    await rapport.api.call('POST', '/v1/connections/zendesk/retry')
    const [page, frame] = await open()
    await frame.getByText('The connection is broken').waitFor()
    await frame.getByRole('button', { name: 'Connect again' }).waitFor()
    expect(await violationsIn(frame)).toEqual([])
    await page.close()
  })
})
