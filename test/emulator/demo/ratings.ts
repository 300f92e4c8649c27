import type { Rating } from '../world.ts'
import { instantText } from './calendar.ts'
import type { Frame, TicketPlan } from './draft.ts'
import { phrases } from './phrases/index.ts'
import type { Tone, Topic } from './phrases/phrase.ts'
import type { Random } from './random.ts'
import type { Colleague } from './team.ts'

const levels: Record<Tone, readonly (readonly [number, number])[]> = {
  positive: [
    [5, 70],
    [4, 27],
    [3, 3],
  ],
  neutral: [
    [5, 15],
    [4, 45],
    [3, 34],
    [2, 6],
  ],
  negative: [
    [3, 20],
    [2, 35],
    [1, 45],
  ],
}

const answers: Record<Tone, number> = { positive: 0.48, neutral: 0.34, negative: 0.56 }

const reasonOf: Record<Topic, string> = {
  delivery: 'Delivery delay',
  address: 'Delivery delay',
  damaged: 'Damaged product',
  wrong_item: 'Wrong item',
  refund: 'Refund took long',
  fit: 'Product does not fit',
  stock: 'Out of stock',
  praise: 'Packaging',
}

function reasonsOf(random: Random, plan: TicketPlan, tone: Tone, wait: number): string[] {
  if (plan.script?.reasons !== undefined) return plan.script.reasons
  const reasons: string[] = []
  if (random.chance(0.6)) reasons.push(reasonOf[plan.topic])
  if (wait > 1200 && random.chance(0.5)) reasons.push('Slow reply')
  if (tone === 'negative' && random.chance(0.4)) reasons.push('Problem not solved')
  return reasons
}

/** Every solved ticket is offered a rating an hour later; reasons are asked at 3 of 5 and below. */
export function ratingOf(
  random: Random,
  plan: TicketPlan,
  end: { solvedAt: number; tone: Tone; wait: number; agent: Colleague },
  frame: Frame,
): Omit<Rating, 'id'> | undefined {
  const offeredAt = end.solvedAt + 60
  if (offeredAt >= frame.end) return undefined
  const ratedAt = offeredAt + random.int(3, 2000)
  const scripted = plan.script?.level
  const answered = scripted !== undefined || random.chance(answers[end.tone])
  const offer = {
    offeredAt: instantText(offeredAt),
    scale: 5,
    reasons: [],
    agent: end.agent.id,
    group: end.agent.group,
  } as const
  if (!answered || ratedAt >= frame.end) return { ...offer, reasons: [] }
  const level = scripted ?? random.weighted(levels[end.tone])
  const tone: Tone = level >= 4 ? 'positive' : level === 3 ? 'neutral' : 'negative'
  const comments = phrases[plan.person.language].comment[tone]
  return {
    ...offer,
    ratedAt: instantText(ratedAt),
    level,
    reasons: level <= 3 ? reasonsOf(random, plan, end.tone, end.wait) : [],
    ...(random.chance(0.35) && { comment: random.pick(comments) }),
  }
}
