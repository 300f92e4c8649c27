import type { Browser, Frame, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Rapport } from '../emulator/launcher/rapport.ts'
import { frameIn, startDemo } from '../support/app-page.ts'
import { violationsIn } from '../support/axe.ts'
import { startBrowser } from '../support/browser.ts'
import { counts, dayAt, peopleOf } from '../support/people.ts'
import { scriptTime } from '../support/script-time.ts'
import { settled } from '../support/settled.ts'
import { quickDesk } from '../support/quick-desk.ts'
import { tell } from '../support/tell.ts'

const now = '2026-11-26T10:00:00Z'
const today = dayAt(now)

let browser: Browser
let rapport: Rapport

const started = await startBrowser()

describe.runIf(started !== null)('the sidebar in the practice desk', () => {
  beforeAll(async () => {
    if (started === null) return
    browser = started
    rapport = await startDemo({ desk: quickDesk, now, keyLimit: 1_000_000 })
    await settled(rapport)
  })

  afterAll(async () => {
    await browser?.close()
    await rapport?.stop()
  })

  async function open(path: string, width = 1440): Promise<Page> {
    const page = await browser.newPage({ viewport: { width, height: 900 } })
    await page.goto(new URL(path, rapport.url).href)
    return page
  }

  /** The app's frame once it shows a person, or says why not. */
  async function appOf(page: Page): Promise<Frame> {
    const frame = await frameIn(page)
    await frame.waitForFunction(
      () => /\S/.test(document.body.innerText) && !document.body.innerText.startsWith('Loading'),
    )
    return frame
  }

  const pounds = (pence: number) =>
    new Intl.NumberFormat('en-GB', { style: 'currency', currency: 'GBP' }).format(pence / 100)

  test('each of the twelve people shows what it stands for', async () => {
    const people = peopleOf(rapport.world)
    const line = people.vipLine(today)
    expect(rapport.world.personas).toHaveLength(12)
    for (const { key } of rapport.world.personas) {
      const { ticket, orders } = people.persona(key)
      const page = await open(`/?ticket=${ticket?.id}&locale=en-GB`)
      const app = await appOf(page)
      const text = await app.locator('body').innerText()
      const counted = orders.filter((order) => counts(order) && dayAt(order.placedAt) <= today)
      const value = people.value(orders, today)
      const total = counted.length > 0 ? pounds(value) : ''
      expect(`${key}: ${text}`).toContain(total)
      expect([key, /^VIP$/m.test(text)]).toEqual([key, counted.length > 0 && value >= line])
      const says: Record<string, RegExp> = {
        'vip-slipping': /VIP[\s\S]*Active customer/,
        'two-channels': /Pingo/,
        'ticket-only': /New contact/,
        'repeat-contact': /Repeat contact/,
        'full-refund': /£0\.00/,
        'late-refund': /refund/i,
        ambiguous: /may be the same/,
        relay: /BZ-\d+/,
        'new-today': /New customer/,
        'no-rate': /no exchange rate/,
        markup: /<img src=x/,
        'house-account': /320/,
      }
      expect(`${key}: ${text}`).toMatch(says[key] ?? /^$/)
      await page.close()
    }
  })

  test('markup in every shown field stays text', async () => {
    const payload = '<img src=x onerror="window.hit=1"><script>window.hit=1</script>'
    const put = (kind: string, body: object[]) =>
      fetch(new URL(`/v1/${kind}`, rapport.url), {
        method: 'PUT',
        headers: { Authorization: `Bearer ${rapport.key}`, 'Content-Type': 'application/json' },
        body: JSON.stringify(body),
      })
    const customer = { id: 'xss:1', name: payload, email: 'xss@example.com', verified: true }
    await put('orders', [
      {
        id: payload.slice(0, 60),
        channel: payload.slice(0, 80),
        customer,
        placedAt: '2026-11-25T10:00:00Z',
        status: 'paid',
        paymentStatus: payload.slice(0, 90),
        fulfilment: payload.slice(0, 90),
        currency: 'GBP',
        total: 999,
        lines: [{ title: payload, quantity: 1, total: 999 }],
      },
    ])
    await put('tickets', [
      {
        id: 'xss-ticket',
        channel: payload.slice(0, 80),
        requester: customer,
        subject: payload,
        status: 'open',
        createdAt: '2026-11-25T11:00:00Z',
        assignee: { id: '1', name: payload },
      },
    ])
    const page = await open('/?user=shop:xss:1')
    const app = await appOf(page)
    for (const button of await app.locator('button[aria-expanded="false"], summary').all()) {
      await button.click({ timeout: 1_000 }).catch(() => undefined)
    }
    expect(await app.locator('body').innerText()).toContain('<img src=x')
    expect(await app.evaluate(() => ['hit' in window, document.images.length])).toEqual([false, 0])
    await page.close()
  })

  test('fifty quick switches of tickets never show another person', async () => {
    const page = await open('/')
    const tickets = rapport.world.tickets.slice(-50)
    const users = new Map(rapport.world.users.map((user) => [user.id, user.name]))
    for (const [index, ticket] of tickets.entries()) {
      await page.goto(new URL(`/?ticket=${ticket.id}`, rapport.url).href)
      if (index % 5 !== 4) continue
      const app = await appOf(page)
      const name = users.get(ticket.requester) ?? ''
      await app.getByRole('heading', { level: 1 }).filter({ hasText: name }).first().waitFor()
      expect(await app.getByRole('heading', { level: 1 }).innerText()).toContain(name)
    }
    await page.close()
  })

  test('somebody nobody knows is a new contact, by the keys that were tried', async () => {
    const page = await open('/?user=shop:nobody')
    const app = await appOf(page)
    expect(await app.locator('body').innerText()).toMatch(/No purchases and no earlier tickets/)
    await page.close()
  })

  test.each(['light', 'dark'])('is clean by axe in %s, wide and narrow', async (scheme) => {
    const ticket = rapport.world.personas[0]?.ticket
    const page = await open(`/?ticket=${ticket}&scheme=${scheme}`)
    const app = await appOf(page)
    for (const width of [320, 260]) {
      await page.locator('iframe:visible').evaluate((frame, size) => {
        frame.style.width = `${size}px`
      }, width)
      const found = await violationsIn(app)
      expect(found).toEqual([])
      expect(await app.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(
        width,
      )
    }
    await page.close()
  })

  test('shows the first data after little script time, without a shift of what was drawn', async () => {
    const ticket = rapport.world.personas[0]?.ticket
    const warm = await open(`/?ticket=${ticket}`)
    await appOf(warm)
    await warm.close()
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
    await page.addInitScript(() => {
      const shifts: number[] = []
      Object.assign(window, { shifts })
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) shifts.push(Reflect.get(entry, 'value'))
      }).observe({ type: 'layout-shift', buffered: true })
    })
    await browser.startTracing(page, { categories: ['devtools.timeline', 'v8'] })
    await page.goto(new URL(`/?ticket=${ticket}`, rapport.url).href)
    const app = await appOf(page)
    const script = scriptTime(await browser.stopTracing(), rapport.appUrl)
    const shifts = await app.evaluate(() => Reflect.get(window, 'shifts') as number[])
    tell(`script time to first data ${script.toFixed(0)} ms, layout shifts ${shifts.length}`)
    expect(script).toBeGreaterThan(1)
    expect(script).toBeLessThanOrEqual(150)
    expect(shifts.reduce((sum, shift) => sum + shift, 0)).toBe(0)
    await page.close()
  })

  test('a slow or failing interface shows the designed states, and comes back', async () => {
    const ticket = rapport.world.personas[0]?.ticket
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
    let mode: 'fail' | 'offline' | 'forbid' | 'ended' | 'good' = 'fail'
    await page.route('**/v1/**', async (route) => {
      const ended = { status: 401, body: '{}' }
      if (mode === 'good') return await route.continue()
      if (mode === 'offline') return await route.abort('internetdisconnected')
      if (mode === 'forbid') return await route.fulfill({ status: 403, body: '{}' })
      return await route.fulfill(mode === 'ended' ? ended : { status: 500, body: '{}' })
    })
    const says = async (wanted: RegExp) => {
      await page.goto(new URL(`/?ticket=${ticket}`, rapport.url).href)
      const handle = await page.waitForSelector('iframe:visible')
      const app = await handle.contentFrame()
      await app?.getByText(wanted).first().waitFor({ timeout: 30_000 })
      expect(await app?.locator('body').innerText()).toMatch(wanted)
      return app
    }
    await says(/Something went wrong/)
    mode = 'forbid'
    await says(/You may not see this/)
    mode = 'ended'
    await says(/Your session has ended/)
    mode = 'offline'
    const app = await says(/offline|cannot be reached/)
    mode = 'good'
    await app?.getByRole('button', { name: 'Try again' }).click()
    await app?.getByText('Total order value').first().waitFor()
    await page.close()
  })

  test('a new order made in the desk reaches the open panel by itself', async () => {
    const ticket = rapport.world.tickets.find(({ id }) => id === rapport.world.personas[2]?.ticket)
    const page = await open(`/?ticket=${ticket?.id}`)
    const app = await appOf(page)
    expect(await app.locator('body').innerText()).toContain('New contact')
    await page.getByRole('button', { name: 'New order' }).click()
    await page.getByRole('dialog').getByRole('button').last().click()
    await app.getByText('New customer').first().waitFor({ timeout: 20_000 })
    await page.close()
  })

  test('only the help desk may frame the app, and no inline script may run in it', async () => {
    const page = await browser.newPage()
    const seen: Record<string, string>[] = []
    page.on('response', (response) => {
      if (response.url().includes('/zaf/')) seen.push(response.headers())
    })
    await page.goto(new URL(`/?ticket=${rapport.world.personas[0]?.ticket}`, rapport.url).href)
    await appOf(page)
    const policy = seen[0]?.['content-security-policy'] ?? ''
    expect(policy).toContain(`frame-ancestors ${rapport.url.slice(0, -1)}`)
    expect(policy).not.toContain('unsafe-inline')
    expect(policy).not.toContain('unsafe-eval')
    await page.close()
  })
})
