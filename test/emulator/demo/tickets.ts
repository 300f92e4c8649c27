import { minuteAt, wallOf } from './calendar.ts'
import { type ChannelKey, products } from './catalogue.ts'
import type { Frame, NumberedOrder, Person, TicketPlan } from './draft.ts'
import type { Topic } from './phrases/phrase.ts'
import { type Random, randomOf } from './random.ts'

/** What people write about an order, and how many days after it. */
const afterOrder: readonly (readonly [readonly [Topic, number, number], number])[] = [
  [['delivery', 3, 9], 34],
  [['damaged', 3, 20], 12],
  [['wrong_item', 3, 8], 10],
  [['refund', 8, 30], 12],
  [['address', 0, 1], 8],
  [['fit', 3, 15], 11],
  [['praise', 4, 20], 13],
]

const ticketChannels: Record<ChannelKey, readonly (readonly [string, number])[]> = {
  web: [
    ['email', 45],
    ['chat', 35],
    ['web form', 20],
  ],
  bazarro: [['Bazarro', 1]],
  pingo: [
    ['Pingo', 72],
    ['chat', 16],
    ['email', 12],
  ],
}

/** Minutes of the day at which people write: mostly by day, a good part in the evening. */
function writingMinute(random: Random): number {
  return random.chance(0.72) ? random.int(9 * 60, 18 * 60 - 1) : random.int(18 * 60, 24 * 60 - 1)
}

const upsetBy: Record<Topic, number> = {
  delivery: 0.34,
  damaged: 0.4,
  wrong_item: 0.36,
  refund: 0.36,
  address: 0.2,
  fit: 0.18,
  stock: 0.15,
  praise: 0.04,
}

/** Tickets about an order: none for most, two or three for some. */
export function plansOfOrder(order: NumberedOrder, frame: Frame): TicketPlan[] {
  const random = randomOf(frame.seed, `tickets ${order.id}`)
  if (order.status === 'test' || !random.chance(order.refunds.length > 0 ? 0.6 : 0.28)) return []
  const [topic, soonest, latest] = random.weighted(afterOrder)
  const channel = random.weighted(ticketChannels[order.account.channel])
  const plans: TicketPlan[] = []
  let day = wallOf(order.at).day + random.int(soonest, latest)
  let upset = random.chance(upsetBy[topic])
  for (const again of [0.24, 0.25, 0]) {
    const at = Math.max(minuteAt(day, writingMinute(random)), order.at + 30)
    if (at >= frame.end) break
    const product = random.pick(order.lines).title
    plans.push({ person: order.person, order, topic, channel, at, product, upset })
    if (topic === 'praise' || !random.chance(again)) break
    day += random.int(2, 7)
    upset = random.chance(0.6)
  }
  return plans
}

/** Tickets of somebody who never bought: questions about products. */
export function plansOfContact(person: Person, index: number, frame: Frame): TicketPlan[] {
  const random = randomOf(frame.seed, `contact tickets ${index}`)
  const count = random.weighted([
    [1, 68],
    [2, 21],
    [3, 11],
  ] as const)
  let day = frame.first + random.int(0, frame.today - frame.first - 1)
  const plans: TicketPlan[] = []
  for (let number = 0; number < count; number += 1) {
    const at = minuteAt(day, writingMinute(random))
    if (at >= frame.end) break
    const topic = random.chance(0.65) ? 'fit' : 'stock'
    const product = random.pick(products).title
    const channel = random.weighted(ticketChannels.web)
    plans.push({ person, topic, channel, at, product, upset: random.chance(upsetBy[topic]) })
    day += random.int(1, 40)
  }
  return plans
}
