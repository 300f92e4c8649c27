import type { Browser, Frame, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { dayNumber } from '../../app/words.ts'
import type { Rapport } from '../emulator/launcher/rapport.ts'
import { dayCounter } from '../../worker/time.ts'
import { flawsIn, goTo, openTab, startDemo } from '../support/app-page.ts'
import { violationsIn } from '../support/axe.ts'
import { startBrowser } from '../support/browser.ts'
import { quickDesk } from '../support/quick-desk.ts'
import { tell } from '../support/tell.ts'

const now = '2026-11-26T10:00:00Z'
let browser: Browser
let rapport: Rapport

interface Board {
  version: number
  nodes: { key: string; x: number; y: number; rule?: unknown }[]
  arrows: { source: string; target: string }[]
}

const started = await startBrowser()

describe.runIf(started !== null)('the journey page in the practice desk', () => {
  beforeAll(async () => {
    if (started === null) return
    browser = started
    rapport = await startDemo({ desk: quickDesk, now, keyLimit: 1_000_000 })
  })

  afterEach(async () => {
    if (started === null) return
    await rapport.api.call('DELETE', '/v1/boards/all').catch(() => null)
  })

  afterAll(async () => {
    await browser?.close()
    await rapport?.stop()
  })

  async function open(query = '', width = 1280, hash = '#/journeys'): Promise<[Page, Frame]> {
    const [page, frame] = await openTab(browser, rapport, { hash, query, width })
    await frame.getByRole('heading', { level: 1, name: 'Journey' }).waitFor()
    return [page, frame]
  }

  async function frameOf(page: Page, hash: string): Promise<Frame> {
    const frame = await goTo(page, hash)
    await frame.getByRole('heading', { level: 1, name: 'Journey' }).waitFor()
    return frame
  }

  const stored = async () => (await rapport.api.call('GET', '/v1/boards/all')) as Board

  /** Saves a board as another program would. */
  async function save(change: Partial<Board> = {}): Promise<Board> {
    const before = await stored()
    const { version, nodes, arrows } = { ...before, ...change }
    const body = { version: before.version, nodes, arrows }
    expect(version).toBeGreaterThanOrEqual(0)
    return (await rapport.api.call('PUT', '/v1/boards/all', body)) as Board
  }

  const steps: Partial<Board> = {
    nodes: [
      { key: 'new_customer', x: 0, y: 0 },
      { key: 'repeat_customer', x: 310, y: 0 },
      { key: 'vip', x: 620, y: 0 },
    ],
    arrows: [
      { source: 'new_customer', target: 'repeat_customer' },
      { source: 'repeat_customer', target: 'vip' },
    ],
  }

  /** Walks with Tab until what has the focus is named so. */
  async function tabTo(page: Page, frame: Frame, name: string | RegExp): Promise<void> {
    for (let step = 0; step < 80; step += 1) {
      const found = await frame.evaluate(() => {
        const one = document.activeElement
        if (one === null || one === document.body) return ''
        const isField = one instanceof HTMLSelectElement || one instanceof HTMLInputElement
        const labels = isField ? one.labels?.[0]?.textContent : null
        return (one.getAttribute('aria-label') ?? labels ?? one.textContent ?? '').trim()
      })
      if (typeof name === 'string' ? found.startsWith(name) : name.test(found)) return
      await page.keyboard.press('Tab')
    }
    throw new Error(`Tab never comes to ${String(name)}.`)
  }

  /** Chooses of the menu that has the focus, one after another from the first on. */
  async function pick(page: Page, frame: Frame, name: string): Promise<void> {
    const chosen = () =>
      frame.evaluate(() => {
        const one = document.activeElement
        return one instanceof HTMLSelectElement ? (one.selectedOptions[0]?.label ?? '') : null
      })
    await expect.poll(chosen).not.toBeNull()
    await page.keyboard.press('Home')
    for (let step = 0; step < 40; step += 1) {
      if ((await chosen())?.startsWith(name) === true) return
      await page.keyboard.press('ArrowDown')
    }
    throw new Error(`The menu has no ${name}.`)
  }

  test('the board of decay is drawn by keyboard alone, read in the list, and there after a reload', async () => {
    const [page, frame] = await open()
    await frame.getByRole('button', { name: /^Active → at risk → lost/ }).waitFor()
    // Begins with the board of decay.
    await tabTo(page, frame, 'Active → at risk → lost')
    await page.keyboard.press('Enter')
    await frame.locator('[data-arrow]').nth(6).waitFor()
    // Adds those who rated badly, and leads an arrow from one order to them.
    await tabTo(page, frame, 'Segment or event')
    await pick(page, frame, 'Rated badly')
    await tabTo(page, frame, 'Add to board')
    await page.keyboard.press('Enter')
    await frame.locator('.react-flow__node').nth(6).waitFor()
    await tabTo(page, frame, 'One order, active')
    await page.keyboard.press('c')
    await tabTo(page, frame, 'Rated badly')
    await page.keyboard.press('Enter')
    await frame.locator('[data-arrow="@active @rated_bad"]').waitFor()
    // Moves it, takes that back, and does it again.
    const place = () => frame.locator('.react-flow__node[data-id="@rated_bad"]').boundingBox()
    const before = await place()
    await page.keyboard.press('Shift+ArrowDown')
    await expect.poll(async () => (await place())?.y).toBeGreaterThan(before?.y ?? 0)
    await page.keyboard.press('Control+z')
    await expect.poll(async () => (await place())?.y).toBe(before?.y)
    // Leads that arrow to who is lost instead, and deletes the node that has none now.
    await tabTo(page, frame, /the arrow from One order, active to Rated badly/)
    await page.keyboard.press('Enter')
    await tabTo(page, frame, /^From/)
    await tabTo(page, frame, /^To/)
    await pick(page, frame, 'Repeat, lost')
    await tabTo(page, frame, 'Lead it there')
    await page.keyboard.press('Enter')
    await frame.locator('[data-arrow="@active @repeat_lost"]').waitFor()
    await tabTo(page, frame, 'Rated badly')
    await page.keyboard.press('Delete')
    await expect.poll(() => frame.locator('.react-flow__node').count()).toBe(6)
    await tabTo(page, frame, 'Arrange')
    await page.keyboard.press('Enter')
    await tabTo(page, frame, 'Save board')
    await page.keyboard.press('Enter')
    await frame.getByText('The board is saved.').waitFor()
    const board = await stored()
    expect([board.version, board.nodes.length, board.arrows.length]).toEqual([1, 6, 8])
    // The list says what the interface says.
    await tabTo(page, frame, /^Board$/)
    await page.keyboard.press('ArrowRight')
    const rows = frame.locator('.arrow-table tbody tr')
    await rows.nth(7).locator('td').nth(6).waitFor()
    const nodes = board.nodes.flatMap(({ key, rule }) =>
      rule === undefined ? [] : [{ key, rule }],
    )
    const { items } = (await rapport.api.call('POST', '/v1/movements', {
      arrows: board.arrows,
      nodes,
    })) as { items: { moved: number; sourceSize: number }[] }
    const told = await rows.evaluateAll((all) =>
      all.map((row) =>
        [...row.querySelectorAll('td')]
          .slice(0, 2)
          .map((cell) => Number((cell.textContent ?? '').replace(/\D/g, ''))),
      ),
    )
    expect(told).toEqual(items.map(({ moved, sourceSize }) => [moved, sourceSize]))
    expect(items[0]?.moved).toBeGreaterThan(20)
    // The people behind an arrow: as many as it says.
    await tabTo(page, frame, /moved from One order, active to One order, at risk/)
    await page.keyboard.press('Enter')
    await frame.getByText(`${items[0]?.moved} customers`, { exact: true }).waitFor()
    await page.keyboard.press('Escape')
    await page.reload()
    const again = await frameOf(page, '#/journeys?view=list')
    await again.locator('.arrow-table tbody tr').nth(7).waitFor()
    expect((await stored()).version).toBe(1)
    await page.close()
  })

  test('arrows are drawn and led elsewhere with the mouse, and everything can be taken back', async () => {
    await save(steps)
    const [page, frame] = await open()
    await frame.getByRole('button', { name: 'Change board' }).click()
    const end = async (key: string, side: string) => {
      const handle = frame.locator(
        `.react-flow__node[data-id="${key}"] .react-flow__handle-${side}.connectable`,
      )
      const box = await handle.boundingBox()
      return [
        (box?.x ?? 0) + (box?.width ?? 0) / 2,
        (box?.y ?? 0) + (box?.height ?? 0) / 2,
      ] as const
    }
    const drag = async (from: readonly [number, number], to: readonly [number, number]) => {
      await page.mouse.move(...from)
      await page.mouse.down()
      await page.mouse.move(from[0] - 40, from[1] - 60, { steps: 4 })
      await page.mouse.move(...to, { steps: 6 })
      await page.mouse.up()
    }
    const drawn = () =>
      frame
        .locator('[data-arrow]')
        .evaluateAll((all) => all.map((one) => one.getAttribute('data-arrow')))
    // The view comes to rest.
    await page.waitForTimeout(400)
    await drag(await end('new_customer', 'right'), await end('vip', 'left'))
    await expect.poll(drawn).toContain('new_customer vip')
    await drag(await end('repeat_customer', 'left'), await end('vip', 'left'))
    await expect.poll(drawn).toHaveLength(3)
    await frame.getByRole('button', { name: 'Undo' }).click()
    await expect.poll(drawn).toEqual(['new_customer repeat_customer', 'repeat_customer vip'])
    await frame.getByRole('button', { name: 'Redo' }).click()
    await expect.poll(drawn).toHaveLength(3)
    await frame.getByRole('button', { name: 'Drop changes' }).click()
    await expect.poll(drawn).toHaveLength(2)
    expect((await stored()).arrows).toEqual(steps.arrows)
    await page.close()
  })

  test('of two who change a board neither overwrites the other in silence', async () => {
    await save(steps)
    const [page, frame] = await open('', 1280, '#/journeys?view=list')
    const [other, second] = await open('', 1280, '#/journeys?view=list')
    const add = async (of: Frame, name: string) => {
      await of.getByRole('button', { name: 'Change board' }).click()
      await of.getByLabel('Segment or event').selectOption({ label: name })
      await of.getByRole('button', { name: 'Add to board' }).click()
      await of.getByRole('button', { name: 'Save board' }).click()
    }
    await second.getByRole('button', { name: 'Change board' }).click()
    await add(frame, 'Active customer')
    await frame.getByText('The board is saved.').waitFor()
    await second.getByLabel('Segment or event').selectOption({ label: 'New contact' })
    await second.getByRole('button', { name: 'Add to board' }).click()
    await second.getByRole('button', { name: 'Save board' }).click()
    await second.getByText(/saved this board on .* while you were changing it/).waitFor()
    await second.getByText('Theirs has 4 nodes and 2 arrows; yours has 4 nodes').waitFor()
    expect(await violationsIn(second)).toEqual([])
    expect((await stored()).nodes.map(({ key }) => key)).not.toContain('new_contact')
    await second.getByRole('button', { name: 'Put both together' }).click()
    await second.getByRole('button', { name: 'Save board' }).click()
    await second.getByText('The board is saved.').waitFor()
    expect((await stored()).nodes.map(({ key }) => key)).toEqual([
      'new_customer',
      'repeat_customer',
      'vip',
      'active_customer',
      'new_contact',
    ])
    await page.close()
    await other.close()
  })

  test.each([
    ['light', 1280, 'board'],
    ['dark', 1280, 'board'],
    ['light', 1280, 'list'],
    ['dark', 1280, 'list'],
    ['light', 1280, 'matrix'],
    ['dark', 1280, 'matrix'],
    ['light', 420, ''],
    ['dark', 420, 'board'],
    ['light', 320, ''],
    ['dark', 320, 'matrix'],
  ])(
    'is clean by axe in %s at %d px as %s, without sideways scrolling',
    async (scheme, width, view) => {
      await save(steps)
      const [page, frame] = await open(
        `&scheme=${scheme}`,
        width,
        `#/journeys?view=${view}&days=90`,
      )
      const shown =
        { board: '[data-arrow]', matrix: '.matrix td' }[view] ?? '.arrow-table td.number'
      await frame.locator(shown).first().waitFor()
      expect(await flawsIn(frame)).toEqual([])
      if (view === 'matrix') {
        await page.close()
        return
      }
      await frame.getByRole('button', { name: 'Change board' }).click()
      await frame.getByRole('button', { name: 'Draw arrow' }).waitFor()
      expect(await violationsIn(frame)).toEqual([])
      await page.close()
    },
  )

  test('says what is behind an arrow where the pointer or the focus is, and who', async () => {
    await save(steps)
    const [page, frame] = await open('', 1280, '#/journeys?days=90')
    const button = frame.locator('[data-arrow="new_customer repeat_customer"]')
    await button.focus()
    const card = frame.locator('.arrow-card')
    await card.waitFor()
    expect(await card.innerText()).toMatch(
      /^\d+ of [\d,]+ in New customer came into Repeat customer from .* in the period before, \d+ of/,
    )
    await button.click()
    const dialog = frame.getByRole('dialog', { name: 'People behind it' })
    await dialog.getByRole('row').nth(1).waitFor()
    expect(await violationsIn(frame)).toEqual([])
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      dialog.getByRole('button', { name: 'People as CSV' }).click(),
    ])
    expect(download.suggestedFilename()).toMatch(/^journey-people-.*\.csv$/)
    await dialog.getByRole('button', { name: 'Act on all' }).click()
    const act = frame.getByRole('dialog', { name: 'Act on all' })
    await act.getByLabel('Name of it').fill('Second order')
    await act.getByRole('button', { name: 'Do it for all' }).click()
    // What to write to the help desk is chosen in Settings first.
    await act.getByText(/switch the push on first/).waitFor()
    await act.getByRole('button', { name: 'Close' }).click()
    await dialog.getByRole('row').nth(1).getByRole('button').click()
    await frame.locator('.drawer[open] .panel h1, .drawer[open] .identity').first().waitFor()
    await page.close()
  })

  test('names what is not known of the days, and counts the old way when asked', async () => {
    await save(steps)
    const days = 'days=own&from=2022-01-01&to=2022-12-31'
    const [page, frame] = await open('', 1280, `#/journeys?${days}`)
    await frame
      .getByText(/New customer is fully known only since .*: its counts are incomplete/)
      .waitFor()
    await frame.evaluate(() => {
      location.hash = '#/journeys?days=30'
    })
    await frame.locator('[data-arrow]').first().waitFor()
    await expect.poll(() => frame.getByText(/is fully known only since/).count()).toBe(0)
    await frame.getByLabel('Count only since a segment was made').check()
    await frame
      .getByText(/is fully known only since/)
      .first()
      .waitFor()
    expect(await frame.evaluate(() => location.hash)).toContain('parity=1')
    await page.close()
  })

  test('says that nothing is drawn, to admins with the way to begin', async () => {
    const [page, frame] = await open()
    await frame.getByText('Nothing is drawn on this board yet').waitFor()
    await frame.getByRole('button', { name: /^First purchase/ }).waitFor()
    expect(await violationsIn(frame)).toEqual([])
    await page.close()
  })

  /** All items of a list of the interface. */
  async function everything<T>(path: string): Promise<T[]> {
    const found: T[] = []
    for (let after: string | null = ''; after !== null;) {
      const page = (await rapport.api.call(
        'GET',
        `${path}&limit=200${after === '' ? '' : `&after=${encodeURIComponent(after)}`}`,
      )) as { items: T[]; next: string | null }
      found.push(...page.items)
      after = page.next
    }
    return found
  }

  test('bad ratings and unresolved cases of the demo shop are nodes: counted again from their lists', async () => {
    const [from, to] = ['2026-10-01', '2026-11-26']
    const [start, end] = [dayNumber(from), dayNumber(to)]
    const dayOfTime = dayCounter(rapport.world.timeZone)
    const dayOf = (instant: string) => dayOfTime(Date.parse(instant))
    const rated = await everything<{ customer: { id: number }; verdict: string; ratedAt: string }>(
      '/v1/satisfaction/tickets?from=2026-01-01&to=2026-11-26&period=month',
    )
    const cases = await everything<{ customer: number; openedAt: string; resolved: boolean }>(
      '/v1/aggregation-methods/default/cases?from=2025-01-01&to=2026-11-26',
    )
    const events = {
      '@rated_bad': rated
        .filter(({ verdict }) => verdict === 'bad')
        .map(({ customer, ratedAt }) => ({ person: customer.id, day: dayOf(ratedAt) })),
      '@unresolved_case': cases
        .filter(({ resolved }) => !resolved)
        .map(({ customer, openedAt }) => ({ person: customer, day: dayOf(openedAt) })),
    }
    for (const [target, all] of Object.entries(events)) {
      const days = Map.groupBy(all, ({ person }) => person)
      const expected = { joinedTarget: 0, moved: 0 }
      for (const [person, own] of days) {
        const isIn = (day: number) => own.some((one) => one.day <= day && day < one.day + 90)
        if (!isIn(end)) continue
        let joined = end
        while (isIn(joined - 1)) joined -= 1
        if (joined < start) continue
        expected.joinedTarget += 1
        const { items } = (await rapport.api.call(
          'GET',
          `/v1/customers/${person}/memberships`,
        )) as {
          items: { segment: string; joined: string; left: string | null }[]
        }
        const wasThere = items.some(
          ({ segment, joined: came, left }) =>
            segment === 'repeat_customer' &&
            dayNumber(came) <= joined - 1 &&
            (left === null || dayNumber(left) > start - 1),
        )
        if (wasThere) expected.moved += 1
      }
      const arrows = [{ source: 'repeat_customer', target }]
      const { items } = (await rapport.api.call('POST', '/v1/movements', { arrows, from, to })) as {
        items: { moved: number; joinedTarget: number; incomplete: unknown }[]
      }
      tell(`repeat_customer → ${target}: ${JSON.stringify(expected)}`)
      expect(items[0]).toMatchObject({ ...expected, incomplete: null })
      expect(expected.moved).toBeGreaterThan(10)
    }
  })
})
