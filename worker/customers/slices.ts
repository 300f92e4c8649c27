import type { Tree } from '../columns/codec.ts'
import type { LineFacts, OrderFacts } from '../orders/facts.ts'
import type { MessageFacts, RatingFacts, SentimentFacts, TicketFacts } from '../tickets/facts.ts'
import { NO_OUTCOMES, type OutcomeFacts } from '../tickets/outcomes.ts'
import { NO_SURVEYS, type SurveyFacts } from '../tickets/surveys.ts'
import type { Column, NamedColumn } from '../timeline/column.ts'
import type { Facts, ObservationFacts, ProfileFacts } from './facts.ts'

/** The parts of the facts that are stored, and read, by themselves. All but those with a name are always there. */
interface Fixed {
  persons: Pick<Facts, 'persons' | 'from' | 'created'>
  orders: Pick<OrderFacts, 'offsets' | 'day' | 'counted' | 'value' | 'channel' | 'refunds'>
  'orders.at': Pick<OrderFacts, 'at'>
  'orders.total': Pick<OrderFacts, 'total'>
  'orders.status': Pick<OrderFacts, 'status'>
  'orders.currency': Pick<OrderFacts, 'currency'>
  'orders.id': Pick<OrderFacts, 'id'>
  lines: Pick<LineFacts, 'offsets' | 'quantity' | 'total'>
  'lines.sku': Pick<LineFacts, 'sku'>
  'lines.title': Pick<LineFacts, 'title'>
  tickets: Omit<TicketFacts, 'id' | 'fields' | 'outcomes'>
  'tickets.outcomes': OutcomeFacts
  'tickets.id': Pick<TicketFacts, 'id'>
  messages: Omit<MessageFacts, 'id'>
  'messages.id': Pick<MessageFacts, 'id'>
  ratings: Omit<RatingFacts, 'id'>
  'ratings.id': Pick<RatingFacts, 'id'>
  surveys: Omit<SurveyFacts, 'at' | 'ticket' | 'id'>
  'surveys.ticket': Pick<SurveyFacts, 'at' | 'ticket' | 'id'>
  sentiment: SentimentFacts
  observations: ObservationFacts
  profiles: ProfileFacts
}

/** Parts that bear a name of the shop's: `orders.property:Country`. Absent where nobody has a value. */
const families = ['orders.property:', 'lines.property:', 'tickets.field:'] as const
type Family = (typeof families)[number]

export type Slice = keyof Fixed | `${Family}${string}`
/** What a question may ask for; persons are always there. */
export type Need = Exclude<Slice, 'persons'>

/** True when a slice may be missing though everything is in order. */
export function isNamed(slice: string): boolean {
  return families.some((family) => slice.startsWith(family))
}

/** Facts are interfaces of plain data, which TypeScript does not take for a tree by itself. */
function treeOf(value: Fixed[keyof Fixed] | Column): Tree {
  return value as unknown as Tree
}

/** Cuts complete facts of persons into slices. */
export function slicesOf(facts: Facts): Map<Slice, Tree> {
  const { persons, from, created, orders, tickets, messages, ratings } = facts
  const { at, total, status, currency, id, properties, lines, ...core } = orders
  const { sku, title, properties: lineProperties, ...lineCore } = lines
  const { id: ticketIds, fields, outcomes, ...ticketCore } = tickets
  const { id: messageIds, ...messageCore } = messages
  const { id: ratingIds, ...ratingCore } = ratings
  const { at: ratedAt, ticket: ratedTicket, id: surveyIds, ...surveyCore } = facts.surveys
  const fixed: Fixed = {
    persons: { persons, from, created },
    orders: core,
    'orders.at': { at },
    'orders.total': { total },
    'orders.status': { status },
    'orders.currency': { currency },
    'orders.id': { id },
    lines: lineCore,
    'lines.sku': { sku },
    'lines.title': { title },
    tickets: ticketCore,
    'tickets.outcomes': outcomes,
    'tickets.id': { id: ticketIds },
    messages: messageCore,
    'messages.id': { id: messageIds },
    ratings: ratingCore,
    'ratings.id': { id: ratingIds },
    surveys: surveyCore,
    'surveys.ticket': { at: ratedAt, ticket: ratedTicket, id: surveyIds },
    sentiment: facts.sentiment,
    observations: facts.observations,
    profiles: facts.profiles,
  }
  const slices = new Map<Slice, Tree>()
  for (const name of fixedNames) slices.set(name, treeOf(fixed[name]))
  const addNamed = (family: Family, columns: readonly NamedColumn[]) => {
    for (const { name, column } of columns) slices.set(`${family}${name}`, treeOf(column))
  }
  addNamed('orders.property:', properties)
  addNamed('lines.property:', lineProperties)
  addNamed('tickets.field:', fields)
  return slices
}

const fixedNames = [
  'persons',
  'orders',
  'orders.at',
  'orders.total',
  'orders.status',
  'orders.currency',
  'orders.id',
  'lines',
  'lines.sku',
  'lines.title',
  'tickets',
  'tickets.outcomes',
  'tickets.id',
  'messages',
  'messages.id',
  'ratings',
  'ratings.id',
  'surveys',
  'surveys.ticket',
  'sentiment',
  'observations',
  'profiles',
] as const satisfies readonly (keyof Fixed)[]

const NO_INTS = new Int32Array()
const NO_FLOATS = new Float64Array()
const NO_COLUMN: Column = { words: [], codes: NO_INTS, offsets: null }

/**
 * Facts of the slices that were read; what was not read is empty. Null when the persons are missing. A slice is
 * trusted to be what `slicesOf` made: its format number and checksum were looked at.
 */
export function factsOfSlices(slices: ReadonlyMap<string, Tree>): Facts | null {
  const read = <Name extends keyof Fixed>(name: Name): Fixed[Name] | undefined =>
    slices.get(name) as unknown as Fixed[Name] | undefined
  const named = (family: Family): NamedColumn[] =>
    [...slices].flatMap(([slice, tree]) =>
      slice.startsWith(family)
        ? [{ name: slice.slice(family.length), column: tree as unknown as Column }]
        : [],
    )
  const ids = read('persons')
  if (ids === undefined) return null
  const count = ids.persons.length
  const none = new Int32Array(count + 1)
  const orders = read('orders')
  const noEvents = { offsets: none, day: NO_INTS }
  return {
    ...ids,
    source: upTo(count),
    orders: {
      offsets: none,
      day: NO_INTS,
      counted: new Uint8Array(),
      value: NO_FLOATS,
      channel: NO_COLUMN,
      refunds: { offsets: none, order: NO_INTS, day: NO_INTS, amount: NO_FLOATS },
      ...orders,
      at: read('orders.at')?.at ?? NO_FLOATS,
      total: read('orders.total')?.total ?? NO_FLOATS,
      status: read('orders.status')?.status ?? NO_COLUMN,
      currency: read('orders.currency')?.currency ?? NO_COLUMN,
      id: read('orders.id')?.id ?? [],
      properties: named('orders.property:'),
      lines: {
        offsets: new Int32Array((orders?.day.length ?? 0) + 1),
        quantity: NO_FLOATS,
        total: NO_FLOATS,
        ...read('lines'),
        sku: read('lines.sku')?.sku ?? NO_COLUMN,
        title: read('lines.title')?.title ?? NO_COLUMN,
        properties: named('lines.property:'),
      },
    },
    tickets: {
      ...noEvents,
      channel: NO_COLUMN,
      type: NO_COLUMN,
      status: NO_COLUMN,
      tag: NO_COLUMN,
      ...read('tickets'),
      id: read('tickets.id')?.id ?? [],
      fields: named('tickets.field:'),
      outcomes: read('tickets.outcomes') ?? NO_OUTCOMES,
    },
    messages: {
      ...noEvents,
      author: NO_COLUMN,
      public: NO_COLUMN,
      ...read('messages'),
      id: read('messages.id')?.id ?? [],
    },
    ratings: {
      ...noEvents,
      level: NO_COLUMN,
      scale: NO_COLUMN,
      reason: NO_COLUMN,
      verdict: NO_COLUMN,
      ...read('ratings'),
      id: read('ratings.id')?.id ?? [],
    },
    surveys: { offsets: none, ...NO_SURVEYS, ...read('surveys'), ...read('surveys.ticket') },
    sentiment: read('sentiment') ?? { ...noEvents, weight: NO_FLOATS, value: NO_FLOATS },
    observations: read('observations') ?? {
      ...noEvents,
      name: NO_COLUMN,
      value: NO_COLUMN,
      profile: NO_INTS,
    },
    profiles: read('profiles') ?? {
      offsets: none,
      key: [],
      channel: [],
      name: [],
      email: [],
      phone: [],
      updatedAt: NO_FLOATS,
    },
    split: null,
  }
}

/** 0 … count − 1. */
function upTo(count: number): Int32Array {
  const list = new Int32Array(count)
  for (let k = 0; k < count; k += 1) list[k] = k
  return list
}

/** The slices to read for what a question needs: lines and details make no sense without their orders. */
export function slicesFor(needs: Iterable<Need>): Set<Slice> {
  const slices = new Set<Slice>(['persons'])
  for (const need of needs) {
    const [noun = ''] = need.split('.')
    if (noun === 'orders' || noun === 'lines') slices.add('orders')
    if (noun === 'lines') slices.add('lines')
    if (noun === 'tickets' || noun === 'messages' || noun === 'ratings' || noun === 'surveys') {
      slices.add(noun)
    }
    slices.add(need)
  }
  return slices
}
