import { fireEvent, screen, waitFor, within } from '@testing-library/preact'
import { beforeEach, describe, expect, it } from 'vitest'
import { Shell } from '../../app/pages/Shell.tsx'
import type { Answer } from '../../app/satisfaction/shapes.ts'
import type { Change, Group, Item } from '../../worker/satisfaction/view.ts'
import { flaws } from '../support/dom/axe.ts'
import { type Desk, makeDesk, type Reply } from '../support/dom/desk.tsx'

const certain: Change = { value: -0.072, low: -0.105, high: -0.039, significant: true, needed: 0 }
const unsure: Change = { value: -0.02, low: -0.08, high: 0.04, significant: false, needed: 240 }

const figures = {
  ratings: 1_000,
  levels: [80, 60, 67, 293, 500],
  rate: 0.793,
  low: 0.767,
  high: 0.817,
  offered: 2_000,
  answered: 1_000,
  responseRate: 0.5,
}
const before = { ...figures, ratings: 900, levels: [40, 30, 52, 300, 478], rate: 0.865 }
const span = { from: '2026-11-16', to: '2026-11-22', scales: [5], asked: 207, reasons: [] }

const reasons = [
  { reason: 'Slow reply', ratings: 120, share: 0.58 },
  { reason: 'Wrong item', ratings: 20, share: 0.097 },
]

function item(period: string, change: Change | null, more: Partial<Item> = {}): Item {
  const parts = [
    { by: 'channel' as const, key: 'chat', rate: 0.0045, mix: -0.0356 },
    { by: 'channel' as const, key: 'email', rate: 0.0053, mix: -0.0462 },
  ]
  return {
    period,
    finished: true,
    ...span,
    from: period,
    ...figures,
    reasons,
    previous: { ...span, ...before, reasons: [{ reason: 'Slow reply', ratings: 40, share: 0.33 }] },
    change: change === null ? null : { ...change, parts },
    ...more,
  }
}

function group(key: string, standing: Group['standing'], change: Change | null): Group {
  return {
    by: 'channel',
    key,
    name: key,
    ...figures,
    previous: before,
    change,
    adjustedRate: 0.8,
    standing,
  }
}

function viewOf(change: Change | null, more: Partial<Item> = {}): Answer {
  const items = [item('2026-11-09', unsure), item('2026-11-16', change, more)]
  return {
    asOf: '2026-11-26T03:00:00Z',
    timeZone: 'Asia/Seoul',
    hasSchedule: true,
    falseAlarms: 0.05,
    items,
    total: items[1] ?? null,
    groups: [group('chat', 'above', unsure), group('email', null, unsure)],
  }
}

const stake = {
  currency: 'KRW',
  totalOrderValue: 1_250_000,
  badRatings: 2,
  total: 2,
  items: [
    {
      id: 1,
      name: 'Kim Minji',
      email: null,
      totalOrderValue: 1_000_000,
      orders: 3,
      badRatings: 1,
      ticket: 'zendesk:48213',
      segments: [{ key: 'vip', name: 'VIP' }],
    },
  ],
}

const rating = {
  id: 'r1',
  ticket: 'zendesk:48213',
  ratedAt: '2026-11-20T03:00:00Z',
  level: 1,
  scale: 5,
  verdict: 'bad',
  reasons: ['Slow reply'],
  comment: 'Three weeks!',
  subject: 'Where is it?',
  agent: '7',
  agentName: 'Ada',
  channel: 'chat',
  customer: { id: 1, name: 'Kim Minji' },
}

function answers(view: () => Reply) {
  return (path: string): Reply => {
    const { pathname } = new URL(path, 'http://x')
    if (pathname === '/satisfaction') return view()
    if (pathname === '/satisfaction/at-stake') return { status: 200, body: stake }
    if (pathname === '/satisfaction/tickets') {
      return { status: 200, body: { items: [rating], next: null, total: 1 } }
    }
    if (pathname === '/segments') {
      return { status: 200, body: { items: [{ key: 'vip', name: 'VIP' }] } }
    }
    return { status: 200, body: { stale: 0 } }
  }
}

async function open(view: Reply | Answer = viewOf(certain), hash = ''): Promise<Desk> {
  location.hash = `#/satisfaction${hash}`
  const reply = view instanceof Error || 'status' in view ? view : { status: 200, body: view }
  const desk = makeDesk(
    answers(() => reply),
    { location: 'nav_bar' },
  )
  await desk.open(<Shell />)
  return desk
}

const bar = (name: RegExp) => screen.findByRole('button', { name })
const lastOf = (desk: Desk, path: string) => desk.asked.filter((one) => one.includes(path)).at(-1)

beforeEach(() => {
  location.hash = ''
})

describe('the figures', () => {
  it('shows rate, interval, ratings, response rate and value at stake', async () => {
    await open()
    expect((await screen.findAllByText('79.3%'))[0]).toBeTruthy()
    expect(screen.getAllByText('between 76.7% and 81.7%')[0]).toBeTruthy()
    expect(screen.getByText('1,000 of 2,000 offers answered')).toBeTruthy()
    expect(await screen.findByText('₩1,250,000')).toBeTruthy()
    expect(screen.getByText('Not enough peers yet')).toBeTruthy()
  })

  it('has an arrow, a colour and an alert only where the interval leaves out zero', async () => {
    await open()
    await screen.findAllByText('79.3%')
    expect(document.querySelector('.cards .move.down')?.textContent?.trim()).toBe('-7.2 points')
    expect(screen.getByText(/by more than chance explains/)).toBeTruthy()
  })

  it('has none where it does not, and says how many ratings would tell', async () => {
    await open(viewOf(unsure))
    expect(await screen.findByText(/may be chance; about 240 more ratings would tell/)).toBeTruthy()
    expect(document.querySelector('.move')).toBe(null)
    expect(screen.queryByText(/by more than chance explains/)).toBe(null)
  })

  it('says in one sentence what moved it', async () => {
    await open()
    expect(
      await screen.findByText(
        'The rate fell by 7.2 points, from 86.5% to 79.3%. +1.0 points come from changed rates, -8.2 from shift between the groups. The largest part: email, -4.1 points.',
      ),
    ).toBeTruthy()
  })

  it('explains every figure one click away', async () => {
    await open()
    await screen.findAllByText('between 76.7% and 81.7%')
    for (const button of document.querySelectorAll('.defined button')) {
      const id = button.getAttribute('popovertarget') ?? ''
      expect(document.getElementById(id)?.textContent?.length ?? 0).toBeGreaterThan(60)
    }
  })

  it('has no flaw that axe can find', async () => {
    await open()
    await screen.findByText('Three weeks!')
    await screen.findByRole('heading', { name: 'Who stands behind bad ratings' })
    await screen.findByText('₩1,000,000')
    expect(await flaws()).toEqual([])
  })
})

describe('the bars', () => {
  const worst = /^week of Nov 16, 2026, Very dissatisfied: 80 ratings, 8%; before: 4.4%/

  it('say period, level, count, share and the period before', async () => {
    await open()
    expect(await bar(worst)).toBeTruthy()
  })

  it('are one Tab stop; arrows move by level and period', async () => {
    await open()
    const first = await bar(worst)
    const stops = () => document.querySelectorAll('.bar[tabindex="0"]')
    expect(stops()).toHaveLength(1)
    first.focus()
    fireEvent.keyDown(first, { key: 'ArrowUp' })
    await waitFor(() =>
      expect(document.activeElement?.getAttribute('aria-label')).toMatch(
        /Nov 16, 2026, Dissatisfied/,
      ),
    )
    fireEvent.keyDown(document.activeElement ?? first, { key: 'ArrowLeft' })
    await waitFor(() =>
      expect(document.activeElement?.getAttribute('aria-label')).toMatch(
        /Nov 9, 2026, Dissatisfied/,
      ),
    )
    expect(stops()).toHaveLength(1)
  })

  it('narrow the list of ratings, and Escape lets go', async () => {
    const desk = await open()
    fireEvent.click(await bar(worst))
    await waitFor(() => expect(lastOf(desk, '/satisfaction/tickets')).toContain('level=1'))
    expect(location.hash).toContain('level=1')
    fireEvent.keyDown(await bar(worst), { key: 'Escape' })
    await waitFor(() => expect(location.hash).not.toContain('level=1'))
  })

  it('have a table that says the same', async () => {
    await open(viewOf(certain), '?table=1')
    const table = await screen.findByRole('table', { name: 'Ratings by level and period' })
    const row = within(table).getByRole('row', { name: /^week of Nov 16, 2026/ })
    expect(
      within(row)
        .getAllByRole('cell')
        .map((cell) => cell.textContent?.trim()),
    ).toEqual(['1,000', '80', '60', '67', '293', '500', '79.3%', '-7.2 points'])
  })
})

describe('filters', () => {
  it('stand in the address and in every question', async () => {
    const desk = await open(viewOf(certain), '?channel=chat&hours=off&unit=month')
    await screen.findByText('Three weeks!')
    for (const path of ['/satisfaction?', '/satisfaction/tickets?', '/satisfaction/at-stake?']) {
      const asked = lastOf(desk, path)
      expect(asked).toContain('channel=chat')
      expect(asked).toContain('hours=off')
      expect(asked).toContain('period=month')
    }
  })

  it('change with the page', async () => {
    const desk = await open()
    await screen.findByText('Three weeks!')
    fireEvent.click(screen.getByRole('radio', { name: 'Off hours' }))
    await waitFor(() => expect(lastOf(desk, '/satisfaction?')).toContain('hours=off'))
    fireEvent.change(screen.getByRole('combobox', { name: 'Channel' }), {
      target: { value: 'email' },
    })
    await waitFor(() => expect(location.hash).toContain('channel=email'))
  })

  it('a reason narrows the list; its pill takes it away again', async () => {
    const desk = await open()
    fireEvent.click(await screen.findByRole('button', { name: /^Slow reply/ }))
    await waitFor(() => expect(lastOf(desk, '/satisfaction/tickets')).toContain('reason=Slow'))
    fireEvent.click(screen.getByRole('button', { name: 'Show Slow reply no longer alone' }))
    await waitFor(() => expect(location.hash).not.toContain('reason'))
  })

  it('another partition is asked for', async () => {
    const desk = await open()
    fireEvent.change(await screen.findByRole('combobox', { name: 'Split by' }), {
      target: { value: 'agent' },
    })
    await waitFor(() => expect(lastOf(desk, 'by=agent')).toContain('from=2026-11-16'))
  })
})

describe('states', () => {
  it('an agent without the permission sees a calm page', async () => {
    await open({ status: 403, body: { detail: 'This needs the scope "satisfaction".' } })
    expect(
      await screen.findByRole('heading', { level: 1, name: 'Satisfaction is for supervisors' }),
    ).toBeTruthy()
    expect(screen.queryByRole('alert')).toBe(null)
    expect(await flaws()).toEqual([])
  })

  it('no ratings: says so, and what to do about filters', async () => {
    const none: Answer = {
      ...viewOf(null),
      items: [item('2026-11-16', null, { ratings: 0, levels: [0, 0, 0, 0, 0], rate: null })],
      groups: [],
    }
    await open(none, '?hours=off')
    expect(await screen.findByText('No ratings in these periods')).toBeTruthy()
    expect(screen.getByText(/Take one away/)).toBeTruthy()
  })

  it('a failure has a way out', async () => {
    await open({ status: 500 })
    expect(await screen.findByRole('button', { name: 'Try again' })).toBeTruthy()
  })

  it('a rating opens its ticket', async () => {
    const desk = await open()
    fireEvent.click(await screen.findByRole('button', { name: 'Where is it?' }))
    expect(desk.acted).toEqual(['ticket 48213'])
  })
})
