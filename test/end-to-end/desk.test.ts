import { createVerify } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { createRequire } from 'node:module'
import type { Browser, Frame, Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startBrowser } from '../support/browser.ts'
import { startDesk } from '../support/desk.ts'
import { barePage, sdkScript } from '../support/sdk-page.ts'

/** What the bare app's page offers to a test. */
declare global {
  interface Window {
    seen: [string, unknown][]
    veto?: string
    client: {
      get: (path: string | string[]) => Promise<Record<string, unknown>>
      set: (path: string, value: unknown) => Promise<unknown>
      invoke: (action: string, ...args: unknown[]) => Promise<unknown>
      request: (options: unknown) => Promise<unknown>
      metadata: () => Promise<unknown>
      context: () => Promise<Record<string, unknown>>
      trigger: (event: string, data?: unknown) => void
      instance: (guid: string) => Window['client']
    }
  }
}

const posts: { url: string; body: string; origin: string }[] = []

function app(request: IncomingMessage, response: ServerResponse): void {
  if (request.url === '/v1/sdk.js') {
    response.writeHead(200, { 'Content-Type': 'text/javascript' }).end(sdkScript())
    return
  }
  let body = ''
  request.on('data', (part: Buffer) => {
    body += part.toString('utf8')
  })
  request.on('end', () => {
    posts.push({ url: request.url ?? '', body, origin: String(request.headers.origin) })
    response.writeHead(200, { 'Content-Type': 'text/html' }).end(barePage)
  })
}

const browser: Browser | null = await startBrowser()
let desk: Awaited<ReturnType<typeof startDesk>>
let page: Page

beforeAll(async () => {
  desk = await startDesk(app)
})
afterAll(async () => {
  await browser?.close()
  await desk.stop()
})

/** The app's frame at a place of the desk, once its SDK is registered. */
async function frameAt(location: string): Promise<Frame> {
  const handle = await page.waitForSelector(`iframe[name^="${location}"]:visible`)
  const frame = await handle.contentFrame()
  if (frame === null) throw new Error(`no frame at ${location}`)
  await frame.waitForFunction(() => window.seen?.some(([name]) => name === 'app.activated'))
  return frame
}

async function seen(frame: Frame, name: string): Promise<unknown> {
  await frame.waitForFunction((wanted) => window.seen.some(([one]) => one === wanted), name)
  return await frame.evaluate(
    (wanted) => window.seen.findLast(([one]) => one === wanted)?.[1],
    name,
  )
}

describe.skipIf(browser === null)('the practice desk with npm’s SDK', () => {
  const complaints: string[] = []

  beforeEach(async () => {
    await page?.close()
    if (browser === null) return
    page = await browser.newPage({ viewport: { width: 1360, height: 820 } })
    page.setDefaultTimeout(10_000)
    complaints.length = 0
    page.on('pageerror', (error) => complaints.push(error.message))
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text())
    })
    posts.length = 0
    await page.goto(`${desk.url}?ticket=1001`)
  })

  it('loads the app by a posted RS256 token, on the other origin', async () => {
    await frameAt('ticket_sidebar')
    const post = posts.find((one) => one.url.startsWith('/zaf/sidebar?'))
    const query = new URL(post?.url ?? '', 'http://x').searchParams
    expect(query.get('origin')).toBe(desk.url.slice(0, -1))
    expect([query.get('colorScheme'), query.get('locale')]).toEqual(['light', 'en'])
    expect(query.get('app_guid')).toMatch(/^ticket_sidebar-/)
    const token = new URLSearchParams(post?.body).get('token') ?? ''
    const [head = '', body = '', signature = ''] = token.split('.')
    const verify = createVerify('RSA-SHA256').update(`${head}.${body}`)
    expect(verify.verify(desk.publicKey, signature, 'base64url')).toBe(true)
    expect(JSON.parse(Buffer.from(body, 'base64url').toString('utf8'))).toMatchObject({
      sub: 'https://fernway.zendesk.com/api/v2/users/11.json',
    })
    expect(complaints).toEqual([])
  })

  it('tells metadata, context, facts, and which facts it does not know', async () => {
    const frame = await frameAt('ticket_sidebar')
    const told = await frame.evaluate(async () => ({
      metadata: await window.client.metadata(),
      context: await window.client.context(),
      one: await window.client.get('ticket.requester'),
      many: await window.client.get(['ticket.id', 'ticket.customField:custom_field_9001', 'nope']),
      nested: await window.client.get('currentUser.role'),
      scheme: await window.client.get('colorScheme'),
      error: await window.client
        .get('nope')
        .catch((error: Error) => `${error.name}: ${error.message}`),
    }))
    expect(told).toMatchObject({
      metadata: { name: 'Rapport', installationId: 4_200_042 },
      context: { location: 'ticket_sidebar', product: 'support', ticketId: 1001 },
      one: { 'ticket.requester': { id: 501, name: 'Mina Park', email: 'mina@example.com' } },
      many: {
        'ticket.id': 1001,
        'ticket.customField:custom_field_9001': 'delivery',
        errors: { nope: { name: 'APIUndefinedError' } },
      },
      nested: { 'currentUser.role': 'admin' },
      scheme: { colorScheme: 'light' },
      error: 'APIUndefinedError: "nope" No such Api',
    })
  })

  it('sets the subject, resizes, notifies and routes to another ticket', async () => {
    const frame = await frameAt('ticket_sidebar')
    await frame.evaluate(async () => {
      await window.client.set('ticket.subject', 'A new subject')
      await window.client.invoke('resize', { width: '100%', height: '421px' })
      await window.client.invoke('notify', 'Hello from the app')
    })
    await page.getByRole('heading', { name: 'A new subject' }).waitFor()
    await page.getByText('Hello from the app').waitFor()
    const box = await page.locator('iframe').first().boundingBox()
    expect(box?.height).toBe(421)
    await frame.evaluate(() => window.client.invoke('routeTo', 'ticket', '1002'))
    await page.getByRole('heading', { name: '尺寸不合适，可以换货吗？' }).waitFor()
    expect(await seen(frame, 'app.deactivated')).toBeNull()
    await page.getByRole('button', { name: /^#1001/ }).click()
    expect(await seen(frame, 'app.activated')).toEqual({ firstLoad: false })
  })

  it('answers requests to Zendesk, refuses other hosts', async () => {
    const frame = await frameAt('ticket_sidebar')
    const told = await frame.evaluate(async () => ({
      me: await window.client.request('/api/v2/users/me.json'),
      complete: await window.client.request({
        url: '/api/v2/tickets/1001.json',
        httpCompleteResponse: true,
      }),
      missing: await window.client
        .request('/api/v2/users/9.json')
        .catch((answer: unknown) => answer),
      outside: await window.client
        .request({ url: 'https://example.com/' })
        .catch((answer: { status: number }) => answer.status),
    }))
    expect(told).toMatchObject({
      me: { user: { id: 11 } },
      complete: { status: 200, responseJSON: { ticket: { id: 1001 } } },
      missing: { status: 404, responseJSON: { error: 'RecordNotFound' } },
      outside: 599,
    })
  })

  it('fires what a real desk fires after a reply, a customer’s message and a new status', async () => {
    const frame = await frameAt('ticket_sidebar')
    const box = page.getByRole('textbox', { name: 'Your message' })
    await box.fill('On its way.')
    expect(await seen(frame, 'comment.text.changed')).toBe('On its way.')
    await page.getByRole('button', { name: 'Send reply' }).click()
    await seen(frame, 'ticket.submit.done')
    await seen(frame, 'ticket.conversation.changed')
    await page.getByRole('button', { name: 'Write as the customer' }).click()
    await box.fill('Danke!')
    await page.getByRole('button', { name: 'Send as the customer' }).click()
    await page.getByText('Danke!').waitFor()
    expect(desk.zendesk.comments.get(1001)?.at(-1)).toMatchObject({
      author_id: 501,
      body: 'Danke!',
    })
    await page.getByLabel('Status').selectOption('solved')
    expect(await seen(frame, 'ticket.status.changed')).toBe('solved')
    expect(complaints).toEqual([])
  })

  it('lets the app veto a reply', async () => {
    const frame = await frameAt('ticket_sidebar')
    await frame.evaluate(() => {
      window.veto = 'not now'
    })
    await page.getByRole('textbox', { name: 'Your message' }).fill('Never sent')
    await page.getByRole('button', { name: 'Send reply' }).click()
    await page.getByText('An app stopped this: not now').waitFor()
    expect(JSON.stringify(desk.world.tickets)).not.toContain('Never sent')
  })

  it('changes the requester, places an order and rates, each told to the app', async () => {
    const frame = await frameAt('ticket_sidebar')
    const requester = page.getByPlaceholder('Name or e-mail')
    await requester.fill('Li Wei #502')
    expect(await seen(frame, 'ticket.requester.id.changed')).toBe(502)
    await page.getByRole('button', { name: 'New order' }).click()
    await page.getByRole('button', { name: 'Place order' }).click()
    await page.getByText('Order of £64.00 placed').waitFor()
    expect(desk.sent.at(-1)).toMatchObject({
      path: '/v1/orders',
      records: [{ total: 6_400, customer: { id: 'zendesk:502' } }],
    })
    await page.getByRole('button', { name: 'Rate this ticket' }).click()
    await page.getByLabel('Slow').check()
    await page.getByRole('button', { name: 'Send rating' }).click()
    await page.getByText('Rated 2 of 5 · Slow').waitFor()
    expect(desk.zendesk.surveys.get('desk-rating-1001')?.answers).toMatchObject([
      { type: 'rating_scale', rating: 2 },
      { type: 'closed_ended', question: { options: [{ label: 'Slow' }] } },
    ])
    await seen(frame, 'ticket.updated')
    await requester.fill('Mina Park #501')
    await page.getByRole('button', { name: /Mina Park/ }).waitFor()
  })

  it('switches colours in place, and language and agent by loading again', async () => {
    const frame = await frameAt('ticket_sidebar')
    await page.getByRole('button', { name: 'Dark colours' }).click()
    expect(await seen(frame, 'colorScheme.changed')).toBe('dark')
    await page.getByLabel('Agent', { exact: true }).selectOption('12')
    await page.waitForURL(/agent=12/)
    const next = await frameAt('ticket_sidebar')
    const told = await next.evaluate(() =>
      window.client.get(['currentUser.id', 'currentUser.locale', 'colorScheme']),
    )
    expect(told).toEqual({ 'currentUser.id': 12, 'currentUser.locale': 'ja', colorScheme: 'dark' })
  })

  it('opens the navigation tab and a person’s page, and wakes each only when shown', async () => {
    await frameAt('ticket_sidebar')
    expect(posts.some((one) => one.url.startsWith('/zaf/nav_bar'))).toBe(false)
    const sidebar = await frameAt('ticket_sidebar')
    await sidebar.evaluate(() => window.client.invoke('routeTo', 'nav_bar', 'rapport', 'customers'))
    const tab = await frameAt('nav_bar')
    await seen(tab, 'pane.activated')
    expect(await seen(tab, 'app.route.changed')).toMatchObject({ appRoute: 'customers' })
    await page.getByRole('button', { name: /^#1001/ }).click()
    await seen(tab, 'pane.deactivated')
    await page
      .getByRole('button', { name: /Requester/ })
      .first()
      .click()
    const person = await frameAt('user_sidebar')
    expect(await person.evaluate(() => window.client.get('user.name'))).toEqual({
      'user.name': 'Mina Park',
    })
    await person.evaluate(() => window.client.invoke('routeTo', 'user', '503'))
    await page.getByRole('heading', { name: 'Tom Hale' }).waitFor()
  })

  it('creates a modal that talks with the instance that made it', async () => {
    const frame = await frameAt('ticket_sidebar')
    const guid = await frame.evaluate(async () => {
      const size = { width: '400px', height: '300px' }
      const made = await window.client.invoke('instances.create', {
        location: 'modal',
        url: '/zaf/modal',
        size,
      })
      const [first] = Object.values(Object(made)['instances.create'])
      return String(Object(first)['instanceGuid'])
    })
    const modal = await frameAt('modal')
    await frame.evaluate((to) => window.client.instance(to).trigger('hello', { a: 1 }), guid)
    expect(await seen(modal, 'hello')).toEqual({ a: 1 })
    expect(await frame.evaluate((to) => window.client.instance(to).context(), guid)).toMatchObject({
      location: 'modal',
      instanceGuid: guid,
    })
    // The frame goes away with the answer, so nothing waits for one.
    await modal.evaluate(() => {
      setTimeout(() => void window.client.invoke('destroy'), 50)
    })
    await page.waitForSelector('iframe[name^="modal"]', { state: 'detached' })
  })

  it.each(['light', 'dark'])('has no accessibility faults in %s', async (scheme) => {
    await page.goto(`${desk.url}?ticket=1001&scheme=${scheme}`)
    await frameAt('ticket_sidebar')
    const path = createRequire(import.meta.url).resolve('axe-core/axe.min.js')
    await page.evaluate(readFileSync(path, 'utf8'))
    const faults = await page.evaluate(async () => {
      const run: unknown = Object(window)['axe'].run(document, { iframes: false })
      const { violations } = Object(await run)
      return violations.map((fault: { id: string; nodes: { html: string }[] }) => [
        fault.id,
        fault.nodes.map((node) => node.html.slice(0, 120)),
      ])
    })
    expect(faults).toEqual([])
  })

  it('keeps the panel between 260 and 740 pixels', async () => {
    await frameAt('ticket_sidebar')
    const grip = page.getByRole('separator', { name: 'Width of the app panel' })
    await grip.focus()
    for (let i = 0; i < 30; i += 1) await page.keyboard.press('ArrowLeft')
    expect(await grip.getAttribute('aria-valuenow')).toBe('740')
    for (let i = 0; i < 30; i += 1) await page.keyboard.press('ArrowRight')
    expect(await grip.getAttribute('aria-valuenow')).toBe('260')
  })
})
