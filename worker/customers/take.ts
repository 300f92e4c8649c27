import type { LineFacts, OrderFacts, RefundFacts } from '../orders/facts.ts'
import type { OutcomeFacts } from '../tickets/outcomes.ts'
import type { SurveyFacts } from '../tickets/surveys.ts'
import type { Column } from '../timeline/column.ts'
import { takeNamed, takeNumbers, takeOwners, takeTexts, takeTidy } from '../timeline/concat.ts'
import type { Facts } from './facts.ts'

const ints = (length: number) => new Int32Array(length)
const floats = (length: number) => new Float64Array(length)
const bytes = (length: number) => new Uint8Array(length)

/** A column that was not loaded. */
function isAbsent({ codes, offsets }: Column): boolean {
  return offsets === null && codes.length === 0
}

/** Takes the rows of the owners `keep` from the arrays and columns of one noun. */
function takerOf(from: Int32Array, keep: Int32Array) {
  const { offsets, rows } = takeOwners(from, keep)
  return {
    offsets,
    rows,
    ints: (list: Int32Array) => takeNumbers(list, rows, ints),
    floats: (list: Float64Array) => takeNumbers(list, rows, floats),
    column: (column: Column) => (isAbsent(column) ? column : takeTidy(column, rows)),
    texts: <Text extends string | null>(list: readonly Text[]) => takeTexts(list, rows),
  }
}

function takeOutcomes(from: OutcomeFacts, take: ReturnType<typeof takerOf>): OutcomeFacts {
  return {
    at: take.floats(from.at),
    solved: take.floats(from.solved),
    activity: take.floats(from.activity),
    asked: take.floats(from.asked),
    answered: take.floats(from.answered),
    messages: take.floats(from.messages),
    reopens: take.floats(from.reopens),
    group: take.column(from.group),
    agent: take.column(from.agent),
    order: take.column(from.order),
  }
}

function takeLines(lines: LineFacts, orders: Int32Array): LineFacts {
  const take = takerOf(lines.offsets, orders)
  return {
    offsets: take.offsets,
    sku: take.column(lines.sku),
    title: take.column(lines.title),
    quantity: take.floats(lines.quantity),
    total: take.floats(lines.total),
    properties: takeNamed(lines.properties, take.rows),
  }
}

function takeRefunds(refunds: RefundFacts, keep: Int32Array, orders: Int32Array): RefundFacts {
  const take = takerOf(refunds.offsets, keep)
  const moved = new Map<number, number>()
  const order = take.ints(refunds.order)
  if (order.length > 0) orders.forEach((old, position) => moved.set(old, position))
  return {
    offsets: take.offsets,
    order: order.map((old) => (old < 0 ? old : (moved.get(old) ?? -1))),
    day: take.ints(refunds.day),
    amount: take.floats(refunds.amount),
  }
}

function takeOrders(orders: OrderFacts, keep: Int32Array): OrderFacts {
  const take = takerOf(orders.offsets, keep)
  return {
    offsets: take.offsets,
    at: take.floats(orders.at),
    day: take.ints(orders.day),
    counted: takeNumbers(orders.counted, take.rows, bytes),
    value: take.floats(orders.value),
    total: take.floats(orders.total),
    channel: take.column(orders.channel),
    status: take.column(orders.status),
    currency: take.column(orders.currency),
    id: take.texts(orders.id),
    properties: takeNamed(orders.properties, take.rows),
    lines: takeLines(orders.lines, take.rows),
    refunds: takeRefunds(orders.refunds, keep, take.rows),
  }
}

function takeSurveys(surveys: SurveyFacts, keep: Int32Array): SurveyFacts {
  const take = takerOf(surveys.offsets, keep)
  return {
    offsets: take.offsets,
    day: take.ints(surveys.day),
    offered: take.ints(surveys.offered),
    answered: takeNumbers(surveys.answered, take.rows, bytes),
    made: take.ints(surveys.made),
    contact: take.ints(surveys.contact),
    score: take.column(surveys.score),
    reason: take.column(surveys.reason),
    agent: take.column(surveys.agent),
    agentName: take.column(surveys.agentName),
    group: take.column(surveys.group),
    channel: take.column(surveys.channel),
    type: take.column(surveys.type),
    at: take.floats(surveys.at),
    ticket: take.texts(surveys.ticket),
    id: take.texts(surveys.id),
  }
}

/** The facts of the persons at the positions `keep`, in that order; complete or partial, no split. */
export function takePersons(facts: Facts, keep: Int32Array): Facts {
  const tickets = takerOf(facts.tickets.offsets, keep)
  const messages = takerOf(facts.messages.offsets, keep)
  const ratings = takerOf(facts.ratings.offsets, keep)
  const sentiment = takerOf(facts.sentiment.offsets, keep)
  const observations = takerOf(facts.observations.offsets, keep)
  const profiles = takerOf(facts.profiles.offsets, keep)
  return {
    persons: takeNumbers(facts.persons, keep, ints),
    from: takeNumbers(facts.from, keep, ints),
    source: Int32Array.from(keep.keys()),
    created: takeNumbers(facts.created, keep, ints),
    orders: takeOrders(facts.orders, keep),
    tickets: {
      offsets: tickets.offsets,
      day: tickets.ints(facts.tickets.day),
      id: tickets.texts(facts.tickets.id),
      channel: tickets.column(facts.tickets.channel),
      type: tickets.column(facts.tickets.type),
      status: tickets.column(facts.tickets.status),
      tag: tickets.column(facts.tickets.tag),
      fields: takeNamed(facts.tickets.fields, tickets.rows),
      outcomes: takeOutcomes(facts.tickets.outcomes, tickets),
    },
    messages: {
      offsets: messages.offsets,
      day: messages.ints(facts.messages.day),
      id: messages.texts(facts.messages.id),
      author: messages.column(facts.messages.author),
      public: messages.column(facts.messages.public),
    },
    ratings: {
      offsets: ratings.offsets,
      day: ratings.ints(facts.ratings.day),
      id: ratings.texts(facts.ratings.id),
      level: ratings.column(facts.ratings.level),
      scale: ratings.column(facts.ratings.scale),
      reason: ratings.column(facts.ratings.reason),
      verdict: ratings.column(facts.ratings.verdict),
    },
    surveys: takeSurveys(facts.surveys, keep),
    sentiment: {
      offsets: sentiment.offsets,
      day: sentiment.ints(facts.sentiment.day),
      weight: sentiment.floats(facts.sentiment.weight),
      value: sentiment.floats(facts.sentiment.value),
    },
    observations: {
      offsets: observations.offsets,
      day: observations.ints(facts.observations.day),
      name: observations.column(facts.observations.name),
      value: observations.column(facts.observations.value),
      profile: observations.ints(facts.observations.profile),
    },
    profiles: {
      offsets: profiles.offsets,
      key: profiles.texts(facts.profiles.key),
      channel: profiles.texts(facts.profiles.channel),
      name: profiles.texts(facts.profiles.name),
      email: profiles.texts(facts.profiles.email),
      phone: profiles.texts(facts.profiles.phone),
      updatedAt: profiles.floats(facts.profiles.updatedAt),
    },
    split: null,
  }
}
