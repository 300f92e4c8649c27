import type { Card, CardOrder, CardTicket } from '../../../worker/customers/card.ts'

/** An order of a card: paid, sent, ₩84,000, on 23 November 2026. */
export function makeOrder(change: Partial<CardOrder> = {}): CardOrder {
  return {
    id: 'own:C-99120',
    channel: 'Own shop',
    placedAt: '2026-11-23T01:00:00Z',
    status: 'paid',
    paymentStatus: null,
    fulfilment: null,
    url: null,
    currency: 'KRW',
    total: 84_000,
    refunded: 0,
    counted: true,
    shipTo: { city: 'Busan', region: null, country: 'KR' },
    lines: [{ title: 'Sencha, 100 g', quantity: 2 }],
    ...change,
  }
}

/** A ticket of a card: open since this morning. */
export function makeTicket(change: Partial<CardTicket> = {}): CardTicket {
  return {
    id: 'zendesk:48213',
    channel: 'email',
    status: 'open',
    open: true,
    subject: 'Where is my order?',
    createdAt: '2026-11-26T00:00:00Z',
    solvedAt: null,
    assignee: null,
    ...change,
  }
}

const noTotals = {
  totalOrderValue: 0,
  orders: 0,
  averageSpend: null,
  latestPurchase: null,
  customerSince: null,
  withoutRate: 0,
}

/** Kim Minji: two channels, three segments, one open ticket, on 26 November 2026. */
export function makeCard(change: Partial<Card> = {}): Card {
  return {
    id: 1,
    name: 'Kim Minji',
    email: 'minji@example.com',
    phone: '+82 10-2345-6789',
    currency: 'KRW',
    totalOrderValue: 4_862_000,
    orders: 23,
    averageSpend: 211_391,
    latestPurchase: '2026-11-23',
    customerSince: '2024-03-04',
    withoutRate: 0,
    identities: [{ kind: 'id', value: 'zendesk:101', verified: true }],
    channels: [
      {
        ...noTotals,
        channel: 'Own shop',
        totalOrderValue: 3_000_000,
        orders: 12,
        segments: [{ key: 'repeat_customer', name: 'Repeat customer' }],
      },
      { ...noTotals, channel: 'Coupang', totalOrderValue: 1_862_000, orders: 11, segments: [] },
    ],
    segments: [
      {
        key: 'vip',
        name: 'VIP',
        since: '2026-03-12',
        until: null,
        because: [
          {
            fact: 'orders.sum',
            actual: 4_862_000,
            line: { value: 3_900_000, n: 2_140, k: 214, distance: 962_000 },
          },
        ],
      },
      {
        key: 'active_customer',
        name: 'Active customer',
        since: '2026-10-02',
        until: '2026-12-04',
        because: [
          {
            fact: 'orders.count',
            within: { months: 3 },
            op: '>=',
            value: 3,
            actual: 3,
            events: [{ kind: 'order', id: 'own:C-99120', day: '2026-11-23', amount: 84_000 }],
          },
        ],
      },
      {
        key: 'tea_lovers',
        name: 'Tea lovers',
        since: '2026-10-02',
        until: null,
        because: [{ fact: 'orders.count', op: '>=', value: 3, actual: 9 }],
      },
    ],
    latestOrders: [
      makeOrder({ url: 'https://shop.example.com/o/99120', fulfilment: 'delayed' }),
      makeOrder({ id: 'coupang:98761', channel: 'Coupang', total: 129_000, refunded: 20_000 }),
    ],
    tickets: [
      makeTicket(),
      makeTicket({ id: 'zendesk:48102', status: 'solved', open: false, subject: 'A refund' }),
    ],
    openTickets: 1,
    totalTickets: 7,
    sentiment: null,
    badRating: null,
    cases: [],
    candidates: [],
    freshness: { asOf: '2026-11-26T01:02:00Z', waiting: 0, today: '2026-11-26' },
    ...change,
  }
}
