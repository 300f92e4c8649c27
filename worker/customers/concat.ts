import type { LineFacts, OrderFacts } from '../orders/facts.ts'
import type { SurveyFacts } from '../tickets/surveys.ts'
import type { Column } from '../timeline/column.ts'
import { concatColumns, concatNamed, concatNumbers, concatOffsets } from '../timeline/concat.ts'
import type { Facts } from './facts.ts'

const ints = (length: number) => new Int32Array(length)
const floats = (length: number) => new Float64Array(length)
const bytes = (length: number) => new Uint8Array(length)

/** Reads a noun of several facts at once; `rows` = how many rows of it each has. */
function nounOf<Noun extends { readonly offsets: Int32Array }>(
  nouns: readonly Noun[],
  rowsOf: (noun: Noun) => number = ({ offsets }) => offsets[offsets.length - 1] ?? 0,
) {
  return {
    offsets: concatOffsets(nouns.map(({ offsets }) => offsets)),
    ints: (read: (noun: Noun) => Int32Array) => concatNumbers(nouns.map(read), ints),
    floats: (read: (noun: Noun) => Float64Array) => concatNumbers(nouns.map(read), floats),
    column: (read: (noun: Noun) => Column) =>
      concatColumns(nouns.map((noun) => ({ column: read(noun), rows: rowsOf(noun) }))),
    named: (read: (noun: Noun) => OrderFacts['properties']) =>
      concatNamed(nouns.map((noun) => ({ columns: read(noun), rows: rowsOf(noun) }))),
    list: <One>(read: (noun: Noun) => readonly One[]) => nouns.flatMap(read),
  }
}

function concatLines(lines: readonly LineFacts[]): LineFacts {
  const noun = nounOf(lines)
  return {
    offsets: noun.offsets,
    sku: noun.column(({ sku }) => sku),
    title: noun.column(({ title }) => title),
    quantity: noun.floats(({ quantity }) => quantity),
    total: noun.floats(({ total }) => total),
    properties: noun.named(({ properties }) => properties),
  }
}

/** Positions of orders, each list counted on from the one before; −1 stays. */
function shiftedOrders(orders: readonly OrderFacts[]): Int32Array[] {
  let before = 0
  return orders.map(({ refunds, day }) => {
    const base = before
    before += day.length
    return refunds.order.map((order) => (order < 0 ? order : order + base))
  })
}

function concatOrders(orders: readonly OrderFacts[]): OrderFacts {
  const noun = nounOf(orders)
  const refunds = nounOf(orders.map((one) => one.refunds))
  return {
    offsets: noun.offsets,
    at: noun.floats(({ at }) => at),
    day: noun.ints(({ day }) => day),
    counted: concatNumbers(
      orders.map(({ counted }) => counted),
      bytes,
    ),
    value: noun.floats(({ value }) => value),
    total: noun.floats(({ total }) => total),
    channel: noun.column(({ channel }) => channel),
    status: noun.column(({ status }) => status),
    currency: noun.column(({ currency }) => currency),
    id: noun.list(({ id }) => id),
    properties: noun.named(({ properties }) => properties),
    lines: concatLines(orders.map(({ lines }) => lines)),
    refunds: {
      offsets: refunds.offsets,
      order: concatNumbers(shiftedOrders(orders), ints),
      day: refunds.ints(({ day }) => day),
      amount: refunds.floats(({ amount }) => amount),
    },
  }
}

function concatSurveys(surveys: readonly SurveyFacts[]): SurveyFacts {
  const noun = nounOf(surveys)
  return {
    offsets: noun.offsets,
    day: noun.ints(({ day }) => day),
    offered: noun.ints(({ offered }) => offered),
    answered: concatNumbers(
      surveys.map(({ answered }) => answered),
      bytes,
    ),
    made: noun.ints(({ made }) => made),
    contact: noun.ints(({ contact }) => contact),
    score: noun.column(({ score }) => score),
    reason: noun.column(({ reason }) => reason),
    agent: noun.column(({ agent }) => agent),
    agentName: noun.column(({ agentName }) => agentName),
    group: noun.column(({ group }) => group),
    channel: noun.column(({ channel }) => channel),
    type: noun.column(({ type }) => type),
    at: noun.floats(({ at }) => at),
    ticket: noun.list(({ ticket }) => ticket),
    id: noun.list(({ id }) => id),
  }
}

/**
 * Facts of several lists of persons as one, as if made of all their rows at once. Persons ascend over the whole;
 * the facts are complete and no splits.
 */
export function concatFacts(list: readonly Facts[]): Facts {
  const [only, ...more] = list
  if (only !== undefined && more.length === 0) return only
  const persons = concatNumbers(
    list.map((facts) => facts.persons),
    ints,
  )
  const tickets = nounOf(list.map((facts) => facts.tickets))
  const messages = nounOf(list.map((facts) => facts.messages))
  const ratings = nounOf(list.map((facts) => facts.ratings))
  const sentiment = nounOf(list.map((facts) => facts.sentiment))
  const observations = nounOf(list.map((facts) => facts.observations))
  const profiles = nounOf(list.map((facts) => facts.profiles))
  return {
    persons,
    from: concatNumbers(
      list.map(({ from }) => from),
      ints,
    ),
    source: Int32Array.from(persons.keys()),
    created: concatNumbers(
      list.map(({ created }) => created),
      ints,
    ),
    orders: concatOrders(list.map(({ orders }) => orders)),
    tickets: {
      offsets: tickets.offsets,
      day: tickets.ints(({ day }) => day),
      id: tickets.list(({ id }) => id),
      channel: tickets.column(({ channel }) => channel),
      type: tickets.column(({ type }) => type),
      status: tickets.column(({ status }) => status),
      tag: tickets.column(({ tag }) => tag),
      fields: tickets.named(({ fields }) => fields),
      outcomes: {
        at: tickets.floats(({ outcomes }) => outcomes.at),
        solved: tickets.floats(({ outcomes }) => outcomes.solved),
        activity: tickets.floats(({ outcomes }) => outcomes.activity),
        asked: tickets.floats(({ outcomes }) => outcomes.asked),
        answered: tickets.floats(({ outcomes }) => outcomes.answered),
        messages: tickets.floats(({ outcomes }) => outcomes.messages),
        reopens: tickets.floats(({ outcomes }) => outcomes.reopens),
        group: tickets.column(({ outcomes }) => outcomes.group),
        agent: tickets.column(({ outcomes }) => outcomes.agent),
        order: tickets.column(({ outcomes }) => outcomes.order),
      },
    },
    messages: {
      offsets: messages.offsets,
      day: messages.ints(({ day }) => day),
      id: messages.list(({ id }) => id),
      author: messages.column(({ author }) => author),
      public: messages.column((noun) => noun.public),
    },
    ratings: {
      offsets: ratings.offsets,
      day: ratings.ints(({ day }) => day),
      id: ratings.list(({ id }) => id),
      level: ratings.column(({ level }) => level),
      scale: ratings.column(({ scale }) => scale),
      reason: ratings.column(({ reason }) => reason),
      verdict: ratings.column(({ verdict }) => verdict),
    },
    surveys: concatSurveys(list.map(({ surveys }) => surveys)),
    sentiment: {
      offsets: sentiment.offsets,
      day: sentiment.ints(({ day }) => day),
      weight: sentiment.floats(({ weight }) => weight),
      value: sentiment.floats(({ value }) => value),
    },
    observations: {
      offsets: observations.offsets,
      day: observations.ints(({ day }) => day),
      name: observations.column(({ name }) => name),
      value: observations.column(({ value }) => value),
      profile: observations.ints(({ profile }) => profile),
    },
    profiles: {
      offsets: profiles.offsets,
      key: profiles.list(({ key }) => key),
      channel: profiles.list(({ channel }) => channel),
      name: profiles.list(({ name }) => name),
      email: profiles.list(({ email }) => email),
      phone: profiles.list(({ phone }) => phone),
      updatedAt: profiles.floats(({ updatedAt }) => updatedAt),
    },
    split: null,
  }
}
