import type { ApiOrder, ApiOrderLine } from '../world.ts'
import { minuteAt, monthOf, wallOf } from './calendar.ts'
import { campaigns, carriers, channels, colours, postage, products, season } from './catalogue.ts'
import type { Product } from './catalogue.ts'
import type { Account, Frame, NumberedOrder, OrderDraft, Person } from './draft.ts'
import type { Buyer } from './people.ts'
import { type Random, randomOf } from './random.ts'

/** Minutes of the day at which people shop: lunch and evening more than morning. */
function shoppingMinute(random: Random): number {
  const hour = random.weighted([
    [8, 4],
    [10, 8],
    [12, 14],
    [14, 9],
    [16, 9],
    [18, 13],
    [20, 18],
    [22, 9],
  ] as const)
  return hour * 60 + random.int(0, 119)
}

/** Amounts are minor units; ten percent off is rounded half up. */
export function lineOf(
  product: Product,
  currency: 'GBP' | 'EUR',
  quantity: number,
  colour: string,
  off = 0,
): ApiOrderLine {
  const full = product.price[currency] * quantity
  return {
    sku: product.sku,
    title: product.title,
    quantity,
    total: Math.floor((full * (100 - off) + 50) / 100),
    properties: { line: product.line, colour },
  }
}

function basket(random: Random, person: Person, off: number): ApiOrderLine[] {
  const fitting = products.filter((product) => product.device === person.device)
  const count = random.weighted([
    [1, 62],
    [2, 27],
    [3, 11],
  ] as const)
  const chosen = new Set(Array.from({ length: count }, () => random.pick(fitting)))
  return [...chosen].map((product) =>
    lineOf(product, person.currency, random.chance(0.1) ? 2 : 1, random.pick(colours), off),
  )
}

/** Properties that every order of a person carries. */
export function propertiesOf(
  random: Random,
  person: Person,
  account: Account,
  day: number,
): OrderDraft['properties'] {
  const campaign = campaigns[monthOf(day)]
  return {
    source: account.channel === 'bazarro' ? 'marketplace' : person.source,
    device: random.weighted([
      ['phone', 66],
      ['desktop', 26],
      ['tablet', 8],
    ] as const),
    model: person.model,
    os: person.os,
    'preferred device': person.device,
    carrier: random.weighted(carriers[account.channel]),
    ...(campaign !== undefined && random.chance(0.45) && { campaign }),
  }
}

export function fulfilmentOf(status: ApiOrder['status'], age: number): string {
  if (status === 'cancelled' || status === 'unpaid') return 'on hold'
  if (age <= 1) return 'preparing'
  return age <= 4 ? 'shipped' : 'delivered'
}

function statusOf(random: Random, age: number): ApiOrder['status'] {
  const dice = random.next()
  if (dice < 0.03) return 'cancelled'
  if (dice < (age < 21 ? 0.07 : 0.04)) return 'unpaid'
  if (dice < 0.045) return 'partly_paid'
  return dice > 0.998 ? 'test' : 'paid'
}

function addRefund(random: Random, order: OrderDraft, frame: Frame): void {
  if (order.status !== 'paid' || !random.chance(0.06)) return
  const at = minuteAt(wallOf(order.at).day + random.int(5, 28), random.int(600, 1000))
  const first = order.lines[0]?.total ?? 0
  const amount = random.chance(0.55) ? order.total : first
  if (at >= frame.end) return
  if (order.account.channel === 'bazarro' && random.chance(0.5)) order.creditNote = { at, amount }
  else order.refunds.push({ at, amount })
}

function order(random: Random, buyer: Buyer, day: number, frame: Frame): OrderDraft {
  const { person } = buyer
  const account = random.pick(person.accounts)
  const properties = propertiesOf(random, person, account, day)
  const lines = basket(random, person, properties['campaign'] === 'black-week' ? 10 : 0)
  const goods = lines.reduce((sum, line) => sum + line.total, 0)
  const total = goods + (goods >= 4000 ? 0 : postage[person.currency])
  const age = frame.today - day
  const status = statusOf(random, age)
  const draft: OrderDraft = {
    person,
    account,
    at: minuteAt(day, shoppingMinute(random)),
    status,
    currency: person.currency,
    total,
    ...(status === 'partly_paid' && { paid: Math.floor(total / 2) }),
    fulfilment: fulfilmentOf(status, age),
    lines,
    properties,
    refunds: [],
  }
  addRefund(random, draft, frame)
  return draft
}

/** All orders of a buyer, from the first one on, as the habit goes and the season lets it. */
export function ordersOf(buyer: Buyer, frame: Frame): OrderDraft[] {
  const random = randomOf(frame.seed, `orders ${buyer.person.accounts[0]?.id ?? ''}`)
  const drafts: OrderDraft[] = []
  let day = buyer.since
  while (day < frame.today) {
    drafts.push(order(random, buyer, day, frame))
    if (!random.chance(buyer.habit.again)) break
    day += Math.max(1, Math.round(buyer.habit.gap * (0.4 + 1.2 * random.next())))
    if (!random.chance((season[monthOf(day)] ?? 1) / 1.4)) day += random.int(5, 20)
  }
  return drafts
}

/** Gives orders their numbers, in order of time. */
export function numbered(drafts: readonly OrderDraft[]): NumberedOrder[] {
  return drafts
    .toSorted((a, b) => a.at - b.at)
    .map((draft, index) => {
      const { prefix, number } = channels[draft.account.channel]
      const own = `${number}-${20_000 + index}`
      return { ...draft, number: own, id: `${prefix}:${own}` }
    })
}

const paymentWords: Record<ApiOrder['status'], string> = {
  paid: 'paid',
  partly_paid: 'partly paid',
  unpaid: 'waiting',
  cancelled: 'voided',
  test: 'paid',
}
const shops = { web: 'ternandthistle.example', bazarro: 'bazarro.example', pingo: 'pingo.example' }

function paymentOf(order: OrderDraft): string {
  const refunded = order.refunds.reduce((sum, refund) => sum + refund.amount, 0)
  if (refunded === 0) return paymentWords[order.status]
  return refunded >= order.total ? 'refunded' : 'partly refunded'
}

export function customerRef(person: Person, account: Account): ApiOrder['customer'] {
  return {
    id: account.id,
    ...(account.email !== undefined && { email: account.email }),
    ...(account.phone !== undefined && { phone: account.phone }),
    name: person.name,
    ...(account.verified && { verified: true }),
  }
}

/** An order as the ingest interface takes it. */
export function orderRecord(order: NumberedOrder, instant: (minute: number) => string): ApiOrder {
  const { person, account } = order
  return {
    id: order.id,
    channel: channels[account.channel].name,
    customer: customerRef(person, account),
    placedAt: instant(order.at),
    status: order.status,
    currency: order.currency,
    total: order.total,
    ...(order.paid !== undefined && { paid: order.paid }),
    paymentStatus: paymentOf(order),
    fulfilment: order.fulfilment,
    url: `https://${shops[account.channel]}/orders/${order.number}`,
    shipTo: { name: person.name, city: person.city, country: person.country },
    ...(order.refunds.length > 0 && {
      refunds: order.refunds.map(({ at, amount }) => ({ at: instant(at), amount })),
    }),
    properties: order.properties,
    lines: order.lines,
  }
}
