import type { Comment, DeskTicket, Rating } from '../world.ts'
import { instantText, minuteAt, wallOf } from './calendar.ts'
import type { Frame, TicketPlan } from './draft.ts'
import { phrases } from './phrases/index.ts'
import type { Tone, Topic } from './phrases/phrase.ts'
import { ratingOf } from './ratings.ts'
import type { Random } from './random.ts'
import { type Colleague, afterWork, assigneeOf, isWorking } from './team.ts'

interface Turn {
  at: number
  author: Comment['author']
  public: boolean
  text: string
}

const atOnce = new Set(['chat', 'Pingo'])

/** Minutes of work until a ticket is solved: most are quick, some need days. */
const workLeft: readonly (readonly [readonly [number, number], number])[] = [
  [[5, 120], 62],
  [[300, 1500], 26],
  [[1600, 4200], 12],
]

function toneOf(random: Random, plan: TicketPlan, agent: Colleague, wait: number): Tone {
  if (plan.script?.tone !== undefined) return plan.script.tone
  const trouble = (plan.upset ? 0.2 : 0) + (wait > 1200 ? 0.06 : 0) - agent.skill
  const dice = random.next()
  if (dice < 0.06 + trouble) return 'negative'
  return dice < 0.2 + trouble ? 'neutral' : 'positive'
}

function filler(plan: TicketPlan, agent: Colleague, random: Random): (text: string) => string {
  const waited =
    plan.order === undefined ? random.int(3, 9) : wallOf(plan.at).day - wallOf(plan.order.at).day
  const values: Record<string, string> = {
    name: plan.person.given,
    agent: agent.name.split(' ')[0] ?? '',
    order: plan.order?.number ?? '',
    product: plan.product,
    model: plan.person.model,
    days: String(Math.max(2, waited)),
  }
  return (text) => text.replaceAll(/\{(\w+)\}/g, (mark, key: string) => values[key] ?? mark)
}

/** The turns of a conversation to its end, as if nothing were cut off by today. */
function play(random: Random, plan: TicketPlan, agent: Colleague) {
  const words = phrases[plan.person.language]
  const fill = filler(plan, agent, random)
  const turns: Turn[] = []
  const say = (at: number, author: Turn['author'], text: string, isPublic = true) =>
    turns.push({ at, author, public: isPublic, text: fill(text) })

  const opening = words.opening[plan.topic][plan.upset ? 'upset' : 'calm']
  const gap = plan.person.language === 'zh' || plan.person.language === 'ja' ? '' : ' '
  say(
    plan.at,
    'customer',
    plan.script?.text ?? `${random.pick(words.greeting)}${gap}${random.pick(opening)}`,
  )
  if (atOnce.has(plan.channel)) say(plan.at, 'bot', words.receipt)
  const quick = atOnce.has(plan.channel) ? 0.4 : 1
  const replyAt = afterWork(plan.at, Math.ceil(random.int(25, 420) * agent.pace * quick))
  const wait = replyAt - plan.at
  if (wait > 1440 && random.chance(plan.upset ? 0.6 : 0.2)) {
    say(plan.at + random.int(700, 1300), 'customer', random.pick(words.chase))
  }
  const reply = random.pick(words.reply[plan.topic])
  if (plan.order !== undefined && random.chance(0.25)) {
    say(
      replyAt - 2,
      'agent',
      `Asked ${String(plan.order.properties['carrier'])} about {order}.`,
      false,
    )
  }
  say(replyAt, 'agent', reply)

  const tone = toneOf(random, plan, agent, wait)
  const speaks = plan.script?.tone !== undefined || random.chance(tone === 'neutral' ? 0.6 : 0.8)
  const answerAt = replyAt + random.int(8, atOnce.has(plan.channel) ? 400 : 2600)
  const lastWords = random.pick(words.outcome[tone])
  if (speaks) say(answerAt, 'customer', lastWords)
  const [low, high] = random.weighted(workLeft)
  let solvedAt = afterWork(speaks ? answerAt : replyAt + 1440, random.int(low, high))
  const [thanks = '', patience = '', sorry = ''] = words.closing
  say(solvedAt, 'agent', tone === 'negative' ? sorry : tone === 'neutral' ? patience : thanks)

  const reopens = tone === 'negative' && random.chance(0.3) ? 1 : 0
  if (reopens === 1) {
    const others = words.outcome.negative.filter((text) => text !== lastWords)
    say(solvedAt + random.int(60, 900), 'customer', random.pick(others))
    solvedAt = afterWork(solvedAt + 1000, random.int(60, 300))
    say(solvedAt, 'agent', patience)
  }
  const inOrder = turns.toSorted((a, b) => a.at - b.at)
  /** Turns up to the first answer. */
  const replied = inOrder.filter((turn) => turn.at <= replyAt).length
  return { turns: inOrder, replied, solvedAt, reopens, tone, wait }
}

/** A third of the tickets of the last two weeks rest after the first answer: parts, or silence. */
function isHeld(random: Random, plan: TicketPlan, frame: Frame): boolean {
  const chance = random.chance(0.35)
  return chance && plan.script === undefined && wallOf(plan.at).day >= frame.today - 14
}

function statusOf(
  turns: readonly Turn[],
  solvedAt: number,
  topic: Topic,
  frame: Frame,
): DeskTicket['status'] {
  const last = turns.filter((turn) => turn.author !== 'bot' && turn.public).at(-1)
  if (solvedAt < frame.end) {
    return solvedAt < minuteAt(frame.today - 4, 0) ? 'closed' : 'solved'
  }
  const parts = topic === 'damaged' || topic === 'wrong_item' || topic === 'stock'
  if (last?.author === 'agent') return parts ? 'hold' : 'pending'
  return turns.some((turn) => turn.author === 'agent') ? 'open' : 'new'
}

export interface Finished {
  plan: TicketPlan
  ticket: Omit<DeskTicket, 'id' | 'requester' | 'comments' | 'rating'>
  comments: Omit<Comment, 'id'>[]
  rating?: Omit<Rating, 'id'>
}

/** Makes up the conversation of a plan; what would happen today or later has not happened yet. */
export function converse(random: Random, plan: TicketPlan, frame: Frame): Finished {
  const agent = assigneeOf(random, plan.person.language, plan.topic)
  const played = play(random, plan, agent)
  const held = isHeld(random, plan, frame)
  const length = plan.script?.unanswered === true ? 1 : held ? played.replied : Infinity
  const solvedAt = length === Infinity ? played.solvedAt : frame.end
  const turns = played.turns
    .slice(0, length)
    .filter((turn) => turn.at < frame.end || turn.at === plan.at)
  const status = statusOf(turns, solvedAt, plan.topic, frame)
  const solved = solvedAt < frame.end
  const words = phrases[plan.person.language]
  const subject = filler(plan, agent, random)(random.pick(words.subject[plan.topic]))
  const carrier = plan.order?.properties['carrier']
  const assigned = status !== 'new'
  const rating = solved ? ratingOf(random, plan, { ...played, agent }, frame) : undefined
  return {
    plan,
    ticket: {
      subject,
      channel: plan.channel,
      type: plan.topic === 'fit' || plan.topic === 'stock' ? 'question' : 'problem',
      status,
      createdAt: instantText(plan.at),
      ...(solved && { solvedAt: instantText(solvedAt) }),
      reopens: solved ? played.reopens : 0,
      ...(assigned && { assignee: agent.id }),
      group: agent.group,
      tags: [
        plan.topic,
        `language_${plan.person.language}`,
        ...(isWorking(plan.at) ? [] : ['out_of_hours']),
      ],
      fields: { category: plan.topic, ...(typeof carrier === 'string' && { carrier }) },
      orderIds: plan.order === undefined ? [] : [plan.order.id],
    },
    comments: turns.map((turn) => ({
      at: instantText(turn.at),
      author: turn.author,
      public: turn.public,
      text: turn.text,
      ...(turn.author === 'agent' && { agent: agent.id }),
    })),
    ...(rating !== undefined && { rating }),
  }
}
