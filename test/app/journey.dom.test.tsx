import { fireEvent, screen, waitFor, within } from '@testing-library/preact'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Board, Figures } from '../../app/journeys/shapes.ts'
import { Shell } from '../../app/pages/Shell.tsx'
import { flaws } from '../support/dom/axe.ts'
import { type Desk, makeDesk, type Reply, type Sent } from '../support/dom/desk.tsx'

const figures: Figures = {
  from: '2026-10-28',
  to: '2026-11-26',
  moved: 30,
  sameDay: 2,
  joinedTarget: 77,
  sourceSize: 400,
  rate: 0.075,
  low: 0.053,
  high: 0.105,
  medianDays: 21,
  n: 30,
  incomplete: null,
}

const earlier: Figures = { ...figures, moved: 20, rate: 0.05 }

const steps: Board = {
  group: 'all',
  version: 3,
  updatedAt: '2026-11-20T03:00:00Z',
  updatedBy: 'Maeve',
  nodes: [
    { key: 'new_customer', x: 0, y: 0 },
    { key: 'repeat_customer', x: 310, y: 0 },
    { key: 'vip', x: 620, y: 0 },
  ],
  arrows: [{ source: 'new_customer', target: 'repeat_customer' }],
}

const nothing: Board = {
  ...steps,
  version: 0,
  nodes: [],
  arrows: [],
  updatedAt: null,
  updatedBy: null,
}

const segments = ['vip', 'repeat_customer', 'new_customer', 'new_contact'].map((key, k) => ({
  key,
  name: key,
  size: 100 * (k + 1),
  group: null,
}))

interface Question {
  arrows: { source: string; target: string }[]
  nodes: unknown[]
}

/** Questions for movements, as they were asked. */
let questions: Question[] = []

function answers(change: Partial<Record<string, (sent: Sent) => Reply>>, board: Board) {
  return (path: string, _: number, sent: Sent): Reply => {
    const { pathname } = new URL(path, 'http://x')
    const own = change[`${sent.method} ${pathname}`]
    if (own !== undefined) return own(sent)
    const list = (items: unknown[]) => ({
      status: 200,
      body: { items, next: null, total: items.length, today: '2026-11-26' },
    })
    if (pathname === '/status') return { status: 200, body: { stale: 0 } }
    if (pathname === '/segments') return list(segments)
    if (pathname === '/boards') return list([{ group: 'all', name: null, version: board.version }])
    if (pathname === '/board-templates') return list([])
    if (pathname === '/boards/all') return { status: 200, body: board }
    if (pathname !== '/movements') return { status: 404 }
    const asked = sent.body as Question
    questions.push(asked)
    const items = asked.arrows.map((arrow) => ({ ...arrow, ...figures, previous: earlier }))
    return { status: 200, body: { items, nodes: [{ key: 'vip', size: 214 }] } }
  }
}

async function open(
  board: Board = steps,
  change: Partial<Record<string, (sent: Sent) => Reply>> = {},
  role: 'admin' | 'agent' = 'admin',
): Promise<Desk> {
  location.hash = '#/journeys?view=list'
  const desk = makeDesk(answers(change, board), { location: 'nav_bar', role })
  await desk.open(<Shell />)
  await screen.findByRole('heading', { level: 1, name: 'Journey' })
  return desk
}

const press = (name: string | RegExp) => fireEvent.click(screen.getByRole('button', { name }))
const choose = (label: string, value: string) =>
  fireEvent.change(screen.getByLabelText(label), { target: { value } })

// The board's library is large: it is read before anybody waits for it.
beforeAll(async () => {
  await import('../../app/journeys/JourneysPage.tsx')
}, 30_000)

beforeEach(() => {
  questions = []
  location.hash = ''
})

describe('the list of a board', () => {
  it('has every figure of every arrow, and no flaw that axe can find', async () => {
    await open()
    const row = within(await screen.findByRole('row', { name: /New customer.*Repeat customer/ }))
    await row.findByRole('button', { name: /^30 moved from New customer to Repeat customer/ })
    for (const text of ['400', '7.5%', '95 %: 5.3% to 10.5%', '77', '2', '21 days', 'of 30']) {
      expect(row.getByText(text)).toBeTruthy()
    }
    expect(await flaws()).toEqual([])
  })

  it('asks after a rewiring for the new arrow only', async () => {
    await open()
    await screen.findByText('7.5%')
    expect(questions.map(({ arrows }) => arrows)).toEqual([steps.arrows])
    press('Change board')
    press(/^Change arrow: the arrow from New customer/)
    choose('To', 'vip')
    press('Lead it there')
    await screen.findByRole('row', { name: /New customer.*VIP/ })
    const led = [{ source: 'new_customer', target: 'vip' }]
    await waitFor(() => expect(questions.map(({ arrows }) => arrows)).toEqual([steps.arrows, led]))
    fireEvent.keyDown(document, { key: 'z', ctrlKey: true })
    await screen.findByRole('row', { name: /New customer.*Repeat customer/ })
    expect(questions).toHaveLength(2)
    press('Stop changing')
  })

  it('keeps what is drawn while another page is shown', async () => {
    await open()
    await screen.findByText('7.5%')
    press('Change board')
    press('Take VIP off the board')
    await screen.findByText('Changes are not saved yet.')
    location.hash = '#/inquiries'
    await screen.findByRole('alert')
    location.hash = '#/journeys?view=list'
    await screen.findByText('Changes are not saved yet.')
    expect(screen.queryByRole('button', { name: 'Take VIP off the board' })).toBeNull()
    press('Drop changes')
    await screen.findByText('214')
  })

  it('saves with the version that was read, and shows what others saved meanwhile', async () => {
    const sent: unknown[] = []
    let current = steps
    await open(steps, {
      'PUT /boards/all': ({ body }) => {
        sent.push(body)
        current = { ...steps, version: 4, updatedBy: 'Noor', arrows: [] }
        return { status: 409, body: { detail: 'Somebody else has changed this board.' } }
      },
      'GET /boards/all': () => ({ status: 200, body: current }),
    })
    await screen.findByText('7.5%')
    press('Change board')
    press('Take VIP off the board')
    press('Save board')
    await screen.findByText(/Noor saved this board on .* while you were changing it/)
    expect(sent).toMatchObject([{ version: 3, nodes: [{}, {}] }])
    expect(await flaws()).toEqual([])
    press('Take theirs, drop mine')
    await waitFor(() => expect(screen.queryByRole('row', { name: /Repeat customer/ })).toBeNull())
    expect(screen.getByRole('button', { name: 'Change board' })).toBeTruthy()
  })

  it('names a segment that is no more, and does not count it', async () => {
    const board = {
      ...steps,
      nodes: [...steps.nodes, { key: 'old', x: 0, y: 0 }],
      arrows: [...steps.arrows, { source: 'old', target: 'vip' }],
    }
    await open(board)
    await screen.findByText('7.5%')
    expect(screen.getByText(/No longer there, so nothing is counted of it: old/)).toBeTruthy()
    expect(questions.flatMap(({ arrows }) => arrows)).toEqual(steps.arrows)
  })
})

describe('a board in other states', () => {
  it('agents can look, not draw', async () => {
    await open(steps, {}, 'agent')
    await screen.findByText('7.5%')
    expect(screen.queryByRole('button', { name: 'Change board' })).toBeNull()
  })

  it('agents are told who can draw an empty one', async () => {
    await open(nothing, {}, 'agent')
    await screen.findByText('Nothing is drawn on this board yet')
    expect(screen.getByText(/An admin can draw it/)).toBeTruthy()
    expect(await flaws()).toEqual([])
  })

  it.each([
    [403, 'failure.forbidden'],
    [500, 'failure.failed'],
  ])('says so when it is refused with %d', async (status) => {
    await open(steps, { 'GET /boards/all': () => ({ status }) })
    const alert = await screen.findByRole('alert')
    expect(alert.textContent).not.toBe('')
    expect(await flaws()).toEqual([])
  })

  it('shows the board when its arrows cannot be counted, and counts when asked again', async () => {
    let fails = true
    await open(steps, {
      'POST /movements': () =>
        fails
          ? { status: 500 }
          : {
              status: 200,
              body: { items: [{ ...steps.arrows[0], ...figures, previous: earlier }], nodes: [] },
            },
    })
    await screen.findByText('The arrows could not be counted.')
    expect(screen.getByRole('row', { name: /New customer.*Repeat customer/ })).toBeTruthy()
    fails = false
    press('Try again')
    await screen.findByText('7.5%')
  })
})
