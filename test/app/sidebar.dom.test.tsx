import { fireEvent, screen, waitFor, within } from '@testing-library/preact'
import { describe, expect, it } from 'vitest'
import { Sidebar } from '../../app/sidebar/Sidebar.tsx'
import { Skeleton } from '../../app/sidebar/Skeleton.tsx'
import { flaws } from '../support/dom/axe.ts'
import { makeCard, makeOrder, makeTicket } from '../support/dom/card.ts'
import { type Desk, later, makeDesk, minji, type Reply } from '../support/dom/desk.tsx'

const isVipOpen = () => screen.queryByRole('region', { name: 'VIP' }) !== null
const ok = (body: unknown): Reply => ({ status: 200, body })
const shown = (name: string) => screen.findByRole('heading', { level: 1, name })

/** A sidebar that already shows the card. */
async function open(change: Parameters<typeof makeCard>[0] = {}, locale = 'en'): Promise<Desk> {
  const desk = makeDesk(() => ok(makeCard(change)))
  await desk.open(<Sidebar />, locale)
  await shown(change.name ?? 'Kim Minji')
  return desk
}

describe('a known customer', () => {
  it('is looked up by help-desk user, e-mail and phone', async () => {
    const desk = makeDesk(() => ok(makeCard()), { requester: { ...minji, phone: '+82 10' } })
    await desk.open(<Sidebar />)
    await shown('Kim Minji')
    expect(desk.asked).toEqual([
      'GET /v1/customers/lookup?zendeskUserId=101&email=minji%40example.com&phone=%2B82+10',
    ])
  })

  it('shows who, how valuable, since when, and what came last', async () => {
    await open()
    expect(screen.getByText('Customer since Mar 2024')).toBeTruthy()
    expect(screen.getByText('₩4,862,000')).toBeTruthy()
    expect(screen.getByText('₩211,391')).toBeTruthy()
    expect(screen.getByText('3 days ago')).toBeTruthy()
    expect(screen.getByText('minji@example.com')).toBeTruthy()
  })

  it('has no flaw that axe can find', async () => {
    await open()
    expect(await flaws()).toEqual([])
  })

  it('is announced with its segments', async () => {
    await open()
    await waitFor(() =>
      expect(screen.getByRole('status').textContent).toBe(
        'Showing Kim Minji: VIP, Active customer, and Tea lovers',
      ),
    )
  })

  it('leaves the places of sentiment and bad rating empty while there are none', async () => {
    await open()
    expect(screen.queryByText(/sentiment|rating/i)).toBeNull()
  })

  it('says that somebody never bought', async () => {
    await open({
      orders: 0,
      totalOrderValue: 0,
      averageSpend: null,
      latestPurchase: null,
      customerSince: null,
      channels: [],
      segments: [],
      latestOrders: [],
    })
    expect(screen.getByText('No purchases yet')).toBeTruthy()
    expect(screen.getByText('In no segment')).toBeTruthy()
    expect(screen.getByText('No orders known.')).toBeTruthy()
    expect(await flaws()).toEqual([])
  })

  it('says which orders are in no amount', async () => {
    await open({ withoutRate: 2 })
    expect(screen.getByText(/^2 orders are counted but in no amount/)).toBeTruthy()
  })
})

describe('segments', () => {
  it('open the facts behind them, since when and until when', async () => {
    await open()
    const chip = screen.getByRole('button', { name: /^Active customer/ })
    expect(chip.getAttribute('aria-expanded')).toBe('false')
    fireEvent.click(chip)
    const facts = within(screen.getByRole('region', { name: 'Active customer' }))
    expect(facts.getByText(/^3 orders in the last 3 months/)).toBeTruthy()
    expect(facts.getByText('Rule: at least 3')).toBeTruthy()
    expect(facts.getByText('C-99120')).toBeTruthy()
    expect(facts.getByText('Oct 2, 2026')).toBeTruthy()
    expect(facts.getByText('Dec 4, 2026 (in 8 days), if nothing happens')).toBeTruthy()
    expect(await flaws()).toEqual([])
  })

  it('show line, number and distance of a rank, and no end', async () => {
    await open()
    fireEvent.click(screen.getByRole('button', { name: 'VIP' }))
    const facts = within(screen.getByRole('region', { name: 'VIP' }))
    expect(facts.getByText('The top 214 of 2,140 customers begin at ₩3,900,000.')).toBeTruthy()
    expect(facts.getByText('₩962,000 above the line')).toBeTruthy()
    expect(facts.getByText(/^No fixed day/)).toBeTruthy()
  })

  it('carry a mark when they end within two weeks', async () => {
    await open()
    expect(screen.getByRole('button', { name: 'Active customer ends in 8 days' })).toBeTruthy()
    expect(screen.getByRole('button', { name: 'VIP' })).toBeTruthy()
  })

  it('close by the same button, by Escape and by the cross', async () => {
    await open()
    const chip = screen.getByRole('button', { name: 'VIP' })
    fireEvent.click(chip)
    expect(isVipOpen()).toBe(true)
    fireEvent.click(chip)
    expect(isVipOpen()).toBe(false)
    fireEvent.click(chip)
    fireEvent.keyDown(chip, { key: 'Escape' })
    expect(isVipOpen()).toBe(false)
    fireEvent.click(chip)
    fireEvent.click(screen.getByRole('button', { name: 'Close' }))
    expect(isVipOpen()).toBe(false)
  })

  it('show six at once and the others on demand', async () => {
    const segments = Array.from({ length: 9 }, (_, index) => ({
      key: `s${index}`,
      name: `Segment ${index}`,
      since: '2026-01-01',
      until: null,
      because: [],
    }))
    await open({ segments })
    expect(screen.queryByRole('button', { name: 'Segment 8' })).toBeNull()
    fireEvent.click(screen.getByRole('button', { name: /Show 3 more segments/ }))
    expect(screen.getByRole('button', { name: 'Segment 8' })).toBeTruthy()
  })
})

describe('channels', () => {
  it('show the totals, segments and orders of one, and leave the person as it is', async () => {
    await open()
    fireEvent.click(screen.getByRole('radio', { name: 'Coupang' }))
    expect(screen.getByText('₩1,862,000')).toBeTruthy()
    expect(screen.getByText('In no segment of Coupang')).toBeTruthy()
    expect(screen.queryByText('C-99120')).toBeNull()
    expect(screen.getAllByText('98761').length).toBeGreaterThan(0)
    expect(screen.getByRole('button', { name: 'VIP' })).toBeTruthy()
    fireEvent.click(screen.getByRole('radio', { name: 'All' }))
    expect(screen.getByText('₩4,862,000')).toBeTruthy()
  })

  it('are no choice when there is only one', async () => {
    await open({ channels: [] })
    expect(screen.queryByRole('radiogroup')).toBeNull()
  })
})

describe('orders', () => {
  it('say delivery, refund and amount, and open to lines and the shop', async () => {
    await open()
    const orders = within(screen.getByRole('region', { name: 'Recent orders' }))
    expect(orders.getAllByText('Delayed')).toHaveLength(2)
    expect(orders.getByText('-₩20,000')).toBeTruthy()
    expect(orders.getAllByText('Sencha, 100 g')).toHaveLength(2)
    const link = orders.getByRole('link', { hidden: true })
    expect(link.getAttribute('href')).toBe('https://shop.example.com/o/99120')
    expect(link.getAttribute('rel')).toBe('noopener noreferrer')
  })

  it('never link to anything but the web', async () => {
    await open({ latestOrders: [makeOrder({ url: 'javascript:alert(1)' })] })
    expect(screen.queryByRole('link', { hidden: true })).toBeNull()
  })

  it('strike out what is not counted', async () => {
    await open({ latestOrders: [makeOrder({ status: 'cancelled', counted: false })] })
    expect(screen.getAllByText('Cancelled')).toHaveLength(2)
    expect(screen.getByText('Not counted in the order value.')).toBeTruthy()
  })
})

describe('tickets', () => {
  it('open in the help desk; the one beside the app is marked instead', async () => {
    const desk = await open()
    const tickets = within(screen.getByRole('region', { name: 'Tickets' }))
    expect(tickets.getByText('1 open · 7 in all')).toBeTruthy()
    expect(tickets.getByText('this one')).toBeTruthy()
    fireEvent.click(tickets.getByRole('button', { name: /A refund/ }))
    expect(desk.acted).toContain('ticket 48102')
  })

  it('say how many more there are', async () => {
    await open()
    expect(screen.getByText('and 5 older tickets')).toBeTruthy()
  })

  it('show a few and the others on demand', async () => {
    const tickets = Array.from({ length: 6 }, (_, at) =>
      makeTicket({ id: `zendesk:${at}`, subject: `Subject ${at}` }),
    )
    await open({ tickets })
    expect(screen.queryByText('Subject 5')).toBeNull()
    fireEvent.click(screen.getByRole('button', { name: 'Show 3 more' }))
    expect(screen.getByText('Subject 5')).toBeTruthy()
  })
})

describe('states', () => {
  it('shows the skeleton before anything is known, told as one thing', async () => {
    const desk = makeDesk(() => later().reply)
    await desk.open(<Sidebar />)
    expect(await shown('Loading the customer')).toBeTruthy()
    expect(await flaws()).toEqual([])
  })

  it('has a skeleton that needs no words', async () => {
    const desk = makeDesk(() => later().reply)
    await desk.open(<Skeleton />)
    expect(document.body.textContent).toBe('')
  })

  it('says that the ticket has no requester, and asks nothing', async () => {
    const desk = makeDesk(() => ok(makeCard()), { requester: null })
    await desk.open(<Sidebar />)
    expect(await shown('No requester yet')).toBeTruthy()
    expect(desk.asked).toEqual([])
    expect(await flaws()).toEqual([])
  })

  it('says of a new contact that nothing is known, and what it was looked for by', async () => {
    const desk = makeDesk(() => ({ status: 404 }))
    await desk.open(<Sidebar />)
    expect(await shown('Kim Minji')).toBeTruthy()
    expect(screen.getByText('New contact')).toBeTruthy()
    expect(screen.getByText('No purchases and no earlier tickets known.')).toBeTruthy()
    expect(screen.getByText('Looked for by help-desk user and e-mail')).toBeTruthy()
    expect(await flaws()).toEqual([])
  })

  it.each<[string, Reply, string, boolean]>([
    ['forbidden', { status: 403, body: { requestId: 'req_1' } }, 'You may not see this', false],
    ['failed', { status: 500, body: { requestId: 'req_1' } }, 'Something went wrong', true],
    ['too many', { status: 429, body: { requestId: 'req_1' } }, 'Too many requests', true],
    [
      'reload needed',
      { status: 401, body: { requestId: 'req_1' } },
      'Your session has ended',
      false,
    ],
  ])('%s: says why, what to do, and the request id', async (_, reply, title, retry) => {
    const desk = makeDesk(() => reply)
    await desk.open(<Sidebar />)
    expect(await shown(title)).toBeTruthy()
    expect(screen.getByRole('alert')).toBeTruthy()
    expect(screen.getByText(/request req_1/)).toBeTruthy()
    expect(screen.queryByRole('button', { name: 'Try again' }) !== null).toBe(retry)
    expect(await flaws()).toEqual([])
  })

  it('unreachable: shows the customer once trying again works', async () => {
    let broken = true
    const desk = makeDesk(() => (broken ? new TypeError('lost') : ok(makeCard())))
    await desk.open(<Sidebar />)
    await shown('Rapport cannot be reached')
    broken = false
    fireEvent.click(screen.getByRole('button', { name: 'Try again' }))
    expect(await shown('Kim Minji')).toBeTruthy()
  })

  it('offline: comes back by itself when the line does', async () => {
    let broken = true
    const desk = makeDesk(() => (broken ? new TypeError('lost') : ok(makeCard())), {
      online: false,
    })
    await desk.open(<Sidebar />)
    await shown('You are offline')
    broken = false
    fireEvent(window, new Event('online'))
    expect(await shown('Kim Minji')).toBeTruthy()
  })

  it('keeps what it shows when a refresh fails, and says as of when it is', async () => {
    let broken = false
    const desk = makeDesk(() => (broken ? { status: 500 } : ok(makeCard())))
    await desk.open(<Sidebar />)
    await shown('Kim Minji')
    broken = true
    fireEvent.click(screen.getByRole('button', { name: 'Refresh' }))
    expect(await screen.findByText(/Shown as of 10:02/)).toBeTruthy()
    expect(screen.getByText('₩4,862,000')).toBeTruthy()
    expect(await flaws()).toEqual([])
  })

  it('says that changes wait, and asks again until none do', async () => {
    let waiting = 3
    const desk = makeDesk(() =>
      ok(makeCard({ freshness: { asOf: '2026-11-26T01:02:00Z', waiting, today: '2026-11-26' } })),
    )
    await desk.open(<Sidebar />)
    expect(await screen.findByText(/^As of 10:02/)).toBeTruthy()
    expect(screen.getByText(/3 changes waiting/)).toBeTruthy()
    waiting = 0
    await waitFor(() => expect(screen.queryByText(/changes waiting/)).toBeNull(), {
      timeout: 3_000,
    })
    expect(desk.asked).toHaveLength(2)
  })

  it('shows the other parts when one breaks', async () => {
    const desk = makeDesk(() => ok({ ...makeCard(), tickets: null }))
    await desk.open(<Sidebar />)
    await shown('Kim Minji')
    expect(await screen.findByText('This part cannot be shown.')).toBeTruthy()
    expect(screen.getByText('₩4,862,000')).toBeTruthy()
    expect(screen.getByRole('region', { name: 'Recent orders' })).toBeTruthy()
  })
})

describe('candidates', () => {
  it('are named with the key; one can be looked at and left again', async () => {
    const desk = makeDesk((path) =>
      path === '/customers/7'
        ? ok(makeCard({ id: 7, name: 'Minji K.', candidates: [] }))
        : ok(makeCard({ candidates: [{ id: 7, name: 'Minji K.', key: 'phone:+821023456789' }] })),
    )
    await desk.open(<Sidebar />)
    await shown('Kim Minji')
    expect(screen.getByText('Another person may be the same one')).toBeTruthy()
    expect(screen.getByText('same phone')).toBeTruthy()
    expect(screen.getByText('Matched by help-desk user')).toBeTruthy()
    fireEvent.click(screen.getByRole('button', { name: 'Minji K.' }))
    expect(await shown('Minji K.')).toBeTruthy()
    fireEvent.click(screen.getByRole('button', { name: 'Back to Kim Minji' }))
    expect(await shown('Kim Minji')).toBeTruthy()
  })
})

describe('the case line', () => {
  const one = {
    openedAt: '2026-11-20T03:00:00Z',
    tickets: ['48100', '48213'],
    contacts: 2,
    resolved: false,
    order: 'shop:1043',
    agent: 'Maeve Linley',
  }

  it('says which contact this is, about what, since when and with whom, down to the tickets', async () => {
    const desk = makeDesk(() => ok(makeCard({ cases: [one] })))
    await desk.open(<Sidebar />)
    const line = await screen.findByText('Contact no. 2 about this')
    expect(line.parentElement?.textContent).toBe(
      'Contact no. 2 about this · order 1043 · first 6 days ago · last agent Maeve Linley',
    )
    fireEvent.click(screen.getByRole('button', { name: '#48100' }))
    expect(desk.acted).toContain('ticket 48100')
  })

  it('says nothing of a first contact', async () => {
    const desk = makeDesk(() => ok(makeCard({ cases: [{ ...one, contacts: 1 }] })))
    await desk.open(<Sidebar />)
    await shown('Kim Minji')
    expect(screen.queryByText(/^Contact no/)).toBeNull()
  })
})

describe('deciding about candidates', () => {
  /** A desk whose person has one candidate, until somebody decides. */
  function undecided(role: 'agent' | 'admin') {
    const sent: [string, unknown][] = []
    let open = true
    const desk = makeDesk(
      (path, _count, { method, body }) => {
        if (method === 'GET') {
          const candidates = open ? [{ id: 7, name: 'Minji K.', key: 'email:m@example.com' }] : []
          return ok(makeCard({ candidates }))
        }
        sent.push([`${method} ${path}`, body])
        open = path.endsWith('/undo') || JSON.stringify(body).includes('true')
        return ok({ id: 99, from: 7, into: 1 })
      },
      { role },
    )
    return { desk, sent }
  }

  it('an admin joins them, sees what was done, and takes it back', async () => {
    const { desk, sent } = undecided('admin')
    await desk.open(<Sidebar />)
    fireEvent.click(await screen.findByRole('button', { name: 'Same person' }))
    expect(await screen.findByText('Joined with Minji K.')).toBeTruthy()
    await waitFor(() => expect(screen.queryByText('same e-mail')).toBeNull())
    fireEvent.click(screen.getByRole('button', { name: 'Undo' }))
    expect(await screen.findByText('same e-mail')).toBeTruthy()
    expect(sent).toEqual([
      ['POST /customers/1/merge', { from: 7 }],
      ['POST /customers/1/undo', { move: 99 }],
    ])
  })

  it('an admin keeps them apart, and takes it back', async () => {
    const { desk, sent } = undecided('admin')
    await desk.open(<Sidebar />)
    fireEvent.click(await screen.findByRole('button', { name: 'Different person' }))
    expect(await screen.findByText('Kept apart from Minji K.')).toBeTruthy()
    fireEvent.click(screen.getByRole('button', { name: 'Undo' }))
    expect(await screen.findByText('same e-mail')).toBeTruthy()
    expect(sent.map(([, body]) => body)).toEqual([{ person: 7 }, { person: 7, undo: true }])
  })

  it('an agent sees them without the choice', async () => {
    const { desk } = undecided('agent')
    await desk.open(<Sidebar />)
    expect(await screen.findByText('same e-mail')).toBeTruthy()
    expect(screen.queryByRole('button', { name: 'Same person' })).toBeNull()
  })
})

describe('switching', () => {
  it('never shows a late answer under another name', async () => {
    const waiting = new Map<string, ReturnType<typeof later>>()
    const desk = makeDesk((path) => {
      const id = new URL(path, 'http://x').searchParams.get('zendeskUserId') ?? ''
      const one = later()
      waiting.set(id, one)
      return one.reply
    })
    await desk.open(<Sidebar />)
    await waitFor(() => expect(waiting.has('101')).toBe(true))
    desk.turnTo({ ...minji, id: '102', name: 'Ana Souza' }, '2')
    await waitFor(() => expect(waiting.has('102')).toBe(true))
    waiting.get('102')?.come(ok(makeCard({ id: 2, name: 'Ana Souza' })))
    await shown('Ana Souza')
    waiting.get('101')?.come(ok(makeCard()))
    await new Promise((resolve) => setTimeout(resolve, 20))
    expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('Ana Souza')
  })

  it('shows a known customer at once and asks again behind it', async () => {
    const desk = makeDesk((path) =>
      ok(makeCard(path.includes('=102') ? { id: 2, name: 'Ana Souza' } : {})),
    )
    await desk.open(<Sidebar />)
    await shown('Kim Minji')
    desk.turnTo({ ...minji, id: '102', name: 'Ana Souza' })
    await shown('Ana Souza')
    desk.turnTo(minji)
    await waitFor(() =>
      expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('Kim Minji'),
    )
    await waitFor(() => expect(desk.asked).toHaveLength(3))
  })

  it('ends on the last of fifty quick switches', async () => {
    const desk = makeDesk(async (path) => {
      const id = new URL(path, 'http://x').searchParams.get('zendeskUserId') ?? ''
      await new Promise((resolve) => setTimeout(resolve, (Number(id) * 7) % 13))
      return ok(makeCard({ id: Number(id), name: `Person ${id}` }))
    })
    await desk.open(<Sidebar />)
    for (let id = 1; id <= 50; id += 1)
      desk.turnTo({ ...minji, id: String(id), name: `Person ${id}` })
    await shown('Person 50')
    await new Promise((resolve) => setTimeout(resolve, 40))
    expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('Person 50')
  })

  it.each(['ticket.updated', 'ticket.submit.done', 'ticket.conversation.changed', 'app.activated'])(
    'asks again on %s',
    async (event) => {
      const desk = await open()
      desk.fire(event)
      await waitFor(() => expect(desk.asked).toHaveLength(2))
    },
  )
})

describe('languages', () => {
  it.each([
    ['ko', '재구매 고객', '총 주문 금액', 'ltr'],
    ['ja', 'リピート顧客', '総注文額', 'ltr'],
    ['zh-CN', '复购客户', '订单总额', 'ltr'],
  ])('%s shows its own words', async (locale, segment, value, direction) => {
    await open(
      {
        segments: [
          {
            key: 'repeat_customer',
            name: 'Repeat customer',
            since: '2026-01-01',
            until: null,
            because: [],
          },
        ],
      },
      locale,
    )
    expect(screen.getByRole('button', { name: segment })).toBeTruthy()
    expect(screen.getByText(value)).toBeTruthy()
    expect(document.documentElement.dir).toBe(direction)
  })

  it('runs from right to left, with every word translated', async () => {
    await open({}, 'ar-XB')
    expect(document.documentElement.dir).toBe('rtl')
    expect(screen.queryByText('Total order value')).toBeNull()
    expect(await flaws()).toEqual([])
  })
})

describe('hostile text', () => {
  it('stays text in every field', async () => {
    const evil = '<img src=x onerror=alert(1)>'
    await open({
      name: evil,
      email: evil,
      latestOrders: [
        makeOrder({ id: evil, lines: [{ title: evil, quantity: 1 }], fulfilment: evil }),
      ],
      tickets: [makeTicket({ subject: evil, assignee: evil })],
      segments: [{ key: 'x', name: evil, since: '2026-01-01', until: null, because: [] }],
    })
    expect(document.querySelector('img')).toBeNull()
    expect(screen.getAllByText(evil).length).toBeGreaterThan(4)
  })
})
