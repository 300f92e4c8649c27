import { factsOf, type FactSettings, type Rows } from '../../worker/customers/facts.ts'
import type { OrderRow, RefundRow } from '../../worker/orders/facts.ts'
import type { MessageRow, RatingRow, TicketRow } from '../../worker/tickets/facts.ts'
import { parseDay } from '../../worker/time.ts'

/** Short ways to write rows in tests. Days are texts; times are noon UTC. */

export const day = (text: string): number => {
  const found = parseDay(text)
  if (found === null) throw new Error(`${text} is no day`)
  return found
}

export const at = (text: string): number => day(text) * 86_400_000 + 43_200_000

export const settings: FactSettings = {
  dayOf: (instant) => Math.floor(instant / 86_400_000),
  baseCurrency: 'EUR',
  rateOf: (currency) => (currency === 'USD' ? 0.5 : null),
  countUnpaid: false,
}

/** A paid order over `total` minor units. */
export function order(
  person: number,
  on: string,
  total: number,
  more: Partial<OrderRow> & { properties?: object; lines?: object[]; refunds?: object[] } = {},
): OrderRow {
  const { properties, lines, refunds, ...row } = more
  return {
    person,
    at: at(on),
    id: `o-${person}-${on}-${total}`,
    channel: 'web',
    status: 'paid',
    currency: 'EUR',
    total,
    paid: total,
    detail: JSON.stringify({ properties, lines, refunds }),
    ...row,
  }
}

export function refund(
  person: number,
  on: string,
  amount: number,
  orderId: string | null = null,
): RefundRow {
  return { person, at: at(on), id: `r-${person}-${on}`, currency: 'EUR', amount, orderId }
}

export function ticket(person: number, on: string, more: Partial<TicketRow> = {}): TicketRow {
  return {
    person,
    at: at(on),
    id: `t-${person}-${on}`,
    channel: 'email',
    status: 'open',
    type: null,
    detail: '{}',
    ...more,
  }
}

export function rating(person: number, on: string | null, level: number | null): RatingRow {
  return {
    person,
    ticket: 't',
    id: `rating-${person}-${on}`,
    ratedAt: on === null ? null : at(on),
    level,
    scale: 5,
    reasons: '[]',
  }
}

export function message(person: number, on: string, score: number, label: string): MessageRow {
  return {
    person,
    ticket: 't',
    id: `m-${person}-${on}`,
    at: at(on),
    author: 'customer',
    public: 1,
    sentiment: JSON.stringify({ score, label }),
  }
}

export const facts = (rows: Partial<Rows>, other: Partial<FactSettings> = {}) =>
  factsOf(rows, { ...settings, ...other })
