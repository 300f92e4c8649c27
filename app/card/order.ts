import type { CardOrder } from '../../worker/customers/card.ts'
import type { Tone } from '../ui/tone.ts'

/** A state of an order: the key of its words, and the shop's own text where we have none. */
export interface Badge {
  key: string
  tone: Tone
  text: string
}

const fulfilmentTones: Readonly<Record<string, Tone>> = {
  delivered: 'green',
  shipped: 'blue',
  fulfilled: 'green',
  delayed: 'amber',
  returned: 'amber',
  lost: 'red',
}

/**
 * At most two states that an agent must see: what is wrong with the money first, then where the goods are. A plainly
 * paid order says only the latter.
 */
export function badgesOf(order: CardOrder): Badge[] {
  const { status, total, refunded, fulfilment } = order
  if (status === 'cancelled' || status === 'test') return [badge(`order.${status}`, 'grey', status)]
  const badges: Badge[] = []
  if (refunded > 0) {
    const whole = refunded >= total
    badges.push(badge(whole ? 'order.fullRefund' : 'order.partRefund', 'amber', 'refunded'))
  } else if (status !== 'paid') badges.push(badge(`order.${status}`, 'red', status))
  if (fulfilment !== null && !(status === 'unpaid' && badges.length > 0)) {
    const known = fulfilmentTones[fulfilment.toLowerCase()]
    badges.push(badge(`fulfilment.${fulfilment}`, known ?? 'grey', fulfilment))
  }
  return badges
}

/** What is said about the payment: the shop's own state where it gave one. */
export function paymentOf({ paymentStatus, status }: CardOrder): { key: string; text: string } {
  return paymentStatus === null
    ? { key: `order.${status}`, text: status }
    : { key: `payment.${paymentStatus}`, text: paymentStatus }
}

/** An order's id as the shop says it, without the prefix of its source. */
export function shownId(id: string): string {
  return id.replace(/^[a-z_]+:/, '')
}

/** A link that a browser may follow; anything else a shop sends (scripts, files) is no link. */
export function webAddress(url: string | null): string | null {
  if (url === null || !URL.canParse(url)) return null
  const { protocol, href } = new URL(url)
  return protocol === 'https:' || protocol === 'http:' ? href : null
}

function badge(key: string, tone: Tone, text: string): Badge {
  return { key, tone, text }
}
