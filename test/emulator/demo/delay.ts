import { minuteAt, wallOf } from './calendar.ts'
import type { Frame, NumberedOrder, TicketPlan } from './draft.ts'
import { type Random, randomOf } from './random.ts'

/** First and last day on which people complain, counted back from today: seven to five weeks ago. */
export const delayFrom = 49
export const delayUntil = 36

const complaints = 56

/**
 * The planted cause. For two weeks the carrier Redfinch left parcels of the web shop lying. The
 * buyers complained in the evening, after hours, in the chat, and rated what they got as bad with
 * the reason "Delivery delay". So satisfaction falls in those two weeks, and the fall is in the
 * chat, off hours, with this reason, whoever the agent was; other channels and the hours of work
 * stay as they were.
 */
export function plansOfDelay(orders: readonly NumberedOrder[], frame: Frame): TicketPlan[] {
  const random = randomOf(frame.seed, 'delay')
  const from = frame.today - delayFrom - 8
  const until = frame.today - delayUntil - 3
  const affected = orders.filter((order) => {
    const { day } = wallOf(order.at)
    return (
      day >= from &&
      day <= until &&
      order.status === 'paid' &&
      order.account.channel === 'web' &&
      order.properties['carrier'] === 'Redfinch'
    )
  })
  return Array.from({ length: Math.min(complaints, affected.length) }, (_, index) =>
    complaint(random, affected[index % affected.length], frame),
  ).flat()
}

function complaint(random: Random, order: NumberedOrder | undefined, frame: Frame): TicketPlan[] {
  if (order === undefined) return []
  const earliest = Math.max(wallOf(order.at).day + 3, frame.today - delayFrom)
  const day = Math.min(earliest + random.int(0, 5), frame.today - delayUntil)
  const rated = random.chance(0.62)
  return [
    {
      person: order.person,
      order,
      topic: 'delivery',
      channel: 'chat',
      at: minuteAt(day, random.int(18 * 60 + 20, 23 * 60 + 30)),
      product: order.lines[0]?.title ?? '',
      upset: true,
      script: {
        tone: 'negative',
        reasons: ['Delivery delay'],
        ...(rated && {
          level: random.weighted([
            [1, 60],
            [2, 35],
            [3, 5],
          ] as const),
        }),
      },
    },
  ]
}
