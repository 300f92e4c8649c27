import { fireEvent, screen, waitFor, within } from '@testing-library/preact'
import { beforeEach, describe, expect, it } from 'vitest'
import type { CustomerRow } from '../../app/customers/list.ts'
import { Shell } from '../../app/pages/Shell.tsx'
import { flaws } from '../support/dom/axe.ts'
import { makeCard } from '../support/dom/card.ts'
import { type Desk, later, makeDesk, type Reply } from '../support/dom/desk.tsx'

function row(id: number, change: Partial<CustomerRow> = {}): CustomerRow {
  return {
    id,
    name: `Person ${id}`,
    email: `person${id}@example.com`,
    phone: null,
    sentiment: null,
    segments: [{ key: 'vip', name: 'VIP' }],
    totalOrderValue: 1_000_000 - id * 1_000,
    currency: 'KRW',
    orders: 10,
    averageSpend: 100_000,
    latestPurchase: '2026-11-18',
    customerSince: '2024-03-04',
    channels: ['Own shop', 'Coupang'],
    ...change,
  }
}

const rows = (from: number, count: number) =>
  Array.from({ length: count }, (_, at) => row(from + at))

/** Answers every path of the tab; `list` answers the customers. */
function answers(list: (query: URLSearchParams) => Reply | Promise<Reply>, stale = 0) {
  return (path: string): Reply | Promise<Reply> => {
    const url = new URL(path, 'http://x')
    if (url.pathname === '/status') return { status: 200, body: { stale } }
    if (url.pathname === '/segments') {
      return {
        status: 200,
        body: {
          items: [
            { key: 'vip', name: 'VIP', size: 214 },
            { key: 'tea', name: 'Tea lovers', size: 45 },
          ],
          next: null,
          total: 2,
        },
      }
    }
    if (url.pathname === '/lists') return { status: 200, body: { items: [], next: null, total: 0 } }
    if (url.pathname === '/fields') {
      return { status: 200, body: { order: [], line: [], ticket: [], trait: ['phone'] } }
    }
    if (url.pathname === '/customers') return list(url.searchParams)
    return {
      status: 200,
      body: makeCard({
        id: Number(url.pathname.split('/')[2]),
        name: `Card ${url.pathname.split('/')[2]}`,
      }),
    }
  }
}

const twoPages = (query: URLSearchParams): Reply =>
  query.get('after') === 'c1'
    ? { status: 200, body: { items: rows(51, 10), next: null, total: 60 } }
    : { status: 200, body: { items: rows(1, 50), next: 'c1', total: 60 } }

async function open(
  list: (query: URLSearchParams) => Reply | Promise<Reply> = twoPages,
  hash = '',
  stale = 0,
): Promise<Desk> {
  location.hash = hash
  const desk = makeDesk(answers(list, stale), { location: 'nav_bar' })
  await desk.open(<Shell />)
  await screen.findByRole('heading', { level: 1, name: 'Customers' })
  return desk
}

const lastList = (desk: Desk) => desk.asked.filter((one) => one.includes('/v1/customers?')).at(-1)
const person = (id: number) =>
  screen.findByRole('button', { name: new RegExp(`^Person ${id}(?!\\d)`) })

beforeEach(() => {
  location.hash = ''
})

describe('the list', () => {
  it('shows one row a person, the most valuable first', async () => {
    const desk = await open()
    await person(1)
    expect(desk.asked).toContain('GET /v1/customers?sort=-totalOrderValue&limit=50')
    const first = within(screen.getByRole('row', { name: /^Person 1(?!\d)/ }))
    expect(first.getByText('₩999,000')).toBeTruthy()
    expect(first.getByText('VIP')).toBeTruthy()
    expect(first.getByText('Nov 18, 2026')).toBeTruthy()
    expect(first.getByText('Own shop, Coupang')).toBeTruthy()
    expect(screen.getByText('1–50 of 60')).toBeTruthy()
  })

  it('has no flaw that axe can find', async () => {
    await open()
    await person(1)
    expect(await flaws()).toEqual([])
  })

  it('counts its rows for screen readers, over all pages', async () => {
    await open()
    await person(1)
    expect(screen.getByRole('table').getAttribute('aria-rowcount')).toBe('61')
    expect(screen.getAllByRole('row')[1]?.getAttribute('aria-rowindex')).toBe('2')
  })

  it('shows only pages that work', async () => {
    await open()
    expect(
      within(screen.getByRole('navigation', { name: 'Pages of Rapport' })).getAllByRole('link'),
    ).toHaveLength(5)
  })
})

describe('sorting', () => {
  it('follows the column heads, keeps the order in the address and says it', async () => {
    const desk = await open()
    await person(1)
    fireEvent.click(screen.getByRole('button', { name: 'Orders' }))
    await waitFor(() => expect(lastList(desk)).toContain('sort=-orders'))
    expect(location.hash).toBe('#/customers?sort=-orders')
    expect(screen.getByRole('columnheader', { name: 'Orders' }).getAttribute('aria-sort')).toBe(
      'descending',
    )
    fireEvent.click(screen.getByRole('button', { name: 'Orders' }))
    await waitFor(() => expect(lastList(desk)).toContain('sort=orders'))
  })
})

describe('search and segments', () => {
  it('searches after a pause in typing, from the first page', async () => {
    const desk = await open(twoPages, '#/customers?after=c1&n=50')
    await person(51)
    fireEvent.input(screen.getByRole('searchbox'), { target: { value: 'kim ' } })
    await waitFor(() =>
      expect(lastList(desk)).toBe('GET /v1/customers?sort=-totalOrderValue&q=kim&limit=50'),
    )
  })

  it('narrows to a segment and shows its size', async () => {
    const desk = await open()
    fireEvent.click(await screen.findByRole('button', { name: /^Tea lovers/ }))
    await waitFor(() => expect(lastList(desk)).toContain('segment=tea'))
    expect(screen.getByRole('button', { name: /^Tea lovers/ }).getAttribute('aria-pressed')).toBe(
      'true',
    )
    expect(screen.getByText('45')).toBeTruthy()
  })

  it('comes up as the address says', async () => {
    const desk = await open(twoPages, '#/customers?q=kim&segment=vip&sort=orders')
    await person(1)
    expect(lastList(desk)).toBe('GET /v1/customers?sort=orders&q=kim&segment=vip&limit=50')
    expect(screen.getByRole<HTMLInputElement>('searchbox').value).toBe('kim')
  })

  it('is reached by a slash from anywhere but a field', async () => {
    await open()
    await person(1)
    fireEvent.keyDown(document.body, { key: '/' })
    expect(document.activeElement).toBe(screen.getByRole('searchbox'))
  })
})

describe('pages', () => {
  it('go on by the cursor and back', async () => {
    const desk = await open()
    await person(1)
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Previous' }).disabled).toBe(true)
    fireEvent.click(screen.getByRole('button', { name: 'Next' }))
    await person(51)
    expect(lastList(desk)).toContain('after=c1')
    expect(screen.getByText('51–60 of 60')).toBeTruthy()
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Next' }).disabled).toBe(true)
    fireEvent.click(screen.getByRole('button', { name: 'Previous' }))
    await person(1)
    expect(screen.getByText('1–50 of 60')).toBeTruthy()
  })
})

describe('keyboard', () => {
  it('moves through the rows as one Tab stop', async () => {
    await open()
    const first = await person(1)
    expect(
      screen.getAllByRole('button', { name: /^Person/ }).filter(({ tabIndex }) => tabIndex === 0),
    ).toEqual([first])
    first.focus()
    fireEvent.keyDown(first, { key: 'ArrowDown' })
    expect(document.activeElement).toBe(await person(2))
    fireEvent.keyDown(await person(2), { key: 'End' })
    expect(document.activeElement).toBe(await person(50))
    fireEvent.keyDown(await person(50), { key: 'ArrowDown' })
    expect(document.activeElement).toBe(await person(50))
    fireEvent.keyDown(await person(50), { key: 'Home' })
    expect(document.activeElement).toBe(first)
  })
})

describe('drawer', () => {
  it('opens the card, steps through the rows, and closes', async () => {
    await open()
    fireEvent.click(await person(2))
    const drawer = await screen.findByRole('dialog', { name: 'Customer' })
    await within(drawer).findByRole('heading', { name: 'Card 2' })
    expect(location.hash).toBe('#/customers?open=2')
    fireEvent.click(within(drawer).getByRole('button', { name: 'Next customer' }))
    await within(drawer).findByRole('heading', { name: 'Card 3' })
    fireEvent.click(within(drawer).getByRole('button', { name: 'Previous customer' }))
    await within(drawer).findByRole('heading', { name: 'Card 2' })
    expect(await flaws()).toEqual([])
    fireEvent.click(within(drawer).getByRole('button', { name: 'Close' }))
    await waitFor(() => expect(location.hash).toBe('#/customers'))
  })
})

describe('states', () => {
  it('shows bones while the first rows are on their way', async () => {
    await open(() => later().reply)
    expect(screen.getByRole('table').getAttribute('aria-busy')).toBe('true')
    expect(await flaws()).toEqual([])
  })

  it('says that nobody is known yet', async () => {
    await open(() => ({ status: 200, body: { items: [], next: null, total: 0 } }))
    expect(await screen.findByRole('heading', { name: 'No customers yet' })).toBeTruthy()
    expect(await flaws()).toEqual([])
  })

  it('says that nobody fits, and leads back to everybody', async () => {
    await open(
      (query) =>
        query.has('q')
          ? { status: 200, body: { items: [], next: null, total: 0 } }
          : twoPages(query),
      '#/customers?q=zzz',
    )
    await screen.findByRole('heading', { name: 'Nobody fits' })
    fireEvent.click(screen.getByRole('button', { name: 'Show all customers' }))
    await person(1)
    expect(location.hash).toBe('#/customers')
  })

  it.each<[number, string]>([
    [403, 'You may not see this'],
    [500, 'Something went wrong'],
    [401, 'Your session has ended'],
  ])('%d: %s', async (status, title) => {
    await open(() => ({ status, body: { requestId: 'req_1' } }))
    expect(await screen.findByRole('heading', { level: 2, name: title })).toBeTruthy()
    expect(screen.getByText(/request req_1/)).toBeTruthy()
    expect(await flaws()).toEqual([])
  })

  it('keeps the rows when a refresh fails', async () => {
    let broken = false
    await open((query) => (broken ? { status: 500 } : twoPages(query)))
    await person(1)
    broken = true
    fireEvent(window, new Event('online'))
    expect(await screen.findByText('The list is from an earlier moment.')).toBeTruthy()
    expect(await person(1)).toBeTruthy()
  })

  it('says how many changes wait', async () => {
    await open(twoPages, '', 3)
    expect(await screen.findByText('Changes of 3 customers waiting')).toBeTruthy()
  })

  it('never shows rows of an earlier search late', async () => {
    const slow = later()
    await open((query) => {
      if (query.get('q') === 'a') return slow.reply
      return { status: 200, body: { items: [row(query.has('q') ? 2 : 1)], next: null, total: 1 } }
    })
    await person(1)
    const field = screen.getByRole('searchbox')
    fireEvent.input(field, { target: { value: 'a' } })
    await waitFor(() => expect(location.hash).toBe('#/customers?q=a'))
    fireEvent.input(field, { target: { value: 'ab' } })
    await person(2)
    slow.come({ status: 200, body: { items: [row(9)], next: null, total: 1 } })
    await new Promise((resolve) => setTimeout(resolve, 20))
    expect(screen.queryByRole('button', { name: /^Person 9/ })).toBeNull()
    expect(await person(2)).toBeTruthy()
  })
})
