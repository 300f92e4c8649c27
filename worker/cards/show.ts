import { isObject, jsonObject } from '../timeline/rows.ts'
import { showMood } from '../sentiment/mood.ts'
import type { Day } from '../time.ts'
import { dayText } from '../time.ts'
import type { Line } from '../segments/line.ts'
import type { Card, CardOrder } from '../customers/card.ts'
import type { KeptCard } from './kept.ts'
import { present, presentBadRating } from '../customers/present.ts'

/** A row of `selectCard`. */
export interface CardRead {
  person: number
  card: string | null
  seq: number | null
  lines: string | null
  agreement: string | null
  waiting: number
  orders: string
}

export function readCard(text: string | null): KeptCard | null {
  if (text === null || text === '{}') return null
  return JSON.parse(text)
}

type OrderTuple = [string, string, number, string, string, number, number, Record<string, unknown>]

function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null
}

function showOrder(order: OrderTuple, countUnpaid: boolean): CardOrder {
  const [id, channel, at, status, currency, total, , detail] = order
  const refunds: unknown[] = Array.isArray(detail['refunds']) ? detail['refunds'] : []
  const lines: unknown[] = Array.isArray(detail['lines']) ? detail['lines'] : []
  return {
    id,
    channel,
    placedAt: new Date(at).toISOString(),
    status,
    paymentStatus: textOf(detail['paymentStatus']),
    fulfilment: textOf(detail['fulfilment']),
    url: textOf(detail['url']),
    currency,
    total,
    refunded: refunds
      .filter(isObject)
      .reduce((sum, refund) => sum + Number(refund['amount'] ?? 0), 0),
    shipTo: placeOf(detail['shipTo']),
    counted: status === 'paid' || status === 'partly_paid' || (countUnpaid && status === 'unpaid'),
    lines: lines
      .filter(isObject)
      .slice(0, 20)
      .map((line) => ({ title: String(line['title']), quantity: Number(line['quantity'] ?? 1) })),
  }
}

function placeOf(value: unknown): CardOrder['shipTo'] {
  if (!isObject(value)) return null
  const { city, region, country } = value
  return { city: textOf(city), region: textOf(region), country: textOf(country) }
}

export interface ShowOptions {
  today: Day
  currency: string
  countUnpaid: boolean
  /** How long a bad rating is flagged. */
  badRatingDays: number
  /** Names of the candidates, by person. */
  names: ReadonlyMap<number, string | null>
}

/** The API's card from what is stored of a person. */
export function showCard(read: CardRead, kept: KeptCard, options: ShowOptions): Card {
  const state = jsonObject(read.lines ?? '')
  const lines = isObject(state['lines']) ? todaysLines(state['lines']) : {}
  const orders: OrderTuple[] = JSON.parse(read.orders)
  const shown = present(kept, {
    today: options.today,
    lines,
    nameOf: (key) => kept.names[key] ?? key,
  })
  return {
    id: read.person,
    ...shown,
    currency: options.currency,
    identities: kept.identities,
    latestOrders: orders.map((order) => showOrder(order, options.countUnpaid)),
    tickets: kept.recent,
    sentiment: showMood(kept.mood, options.today, holdsIn(read.agreement)),
    badRating: presentBadRating(kept, options.today, options.badRatingDays),
    cases: kept.cases ?? [],
    candidates: kept.candidates.map(({ id, key }) => ({
      id,
      key,
      name: options.names.get(id) ?? null,
    })),
    freshness: {
      asOf: new Date(kept.at).toISOString(),
      waiting: read.waiting,
      today: dayText(options.today),
    },
  }
}

/** Whether scores agree with the account's ratings, as of the last night. */
function holdsIn(agreement: string | null): boolean | null {
  const holds = jsonObject(agreement ?? '')['holds']
  return typeof holds === 'boolean' ? holds : null
}

/** Today's lines as `saveLines` wrote them. */
export function todaysLines(value: Record<string, unknown>): Record<string, Line> {
  return value as Record<string, Line>
}
