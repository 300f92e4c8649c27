import * as fc from 'fast-check'
import { factsOf, type FactSettings, type Rows } from '../../worker/customers/facts.ts'
import type { Condition, Filter, Operand, Rule } from '../../worker/segments/rule.ts'
import type { Window } from '../../worker/time.ts'
import { oracleDay, type OraclePerson, type OracleWorld } from './oracle.ts'

/** Random small shops for comparisons with the oracle. Days lie round a leap day and several month ends. */

/** 2024-01-20. */
export const FIRST_DAY = 19_742
export const DAYS = 110
const DAY = 86_400_000

/** Some days are busy, so that events meet. */
const instant = fc
  .tuple(
    fc.oneof(fc.integer({ min: 0, max: DAYS - 1 }), fc.constantFrom(10, 11, 40, 71)),
    fc.constantFrom(0, 0, 23),
  )
  .map(([day, hour]) => (FIRST_DAY + day) * DAY + hour * 3_600_000)

const channel = fc.constantFrom('web', 'store', 'fair')
const amount = fc.integer({ min: 0, max: 60 }).map((n) => n * 5)
const country = fc.constantFrom<unknown>('DE', 'FR', ['DE', 'FR'], undefined)
const fill = fc.constantFrom<unknown>(1, 2, 'two', true, undefined)

const order = fc.record({
  id: fc.nat({ max: 999_999 }).map(String),
  at: instant,
  channel,
  status: fc.constantFrom('paid', 'paid', 'paid', 'partly_paid', 'unpaid', 'cancelled', 'test'),
  currency: fc.constantFrom('EUR', 'EUR', 'EUR', 'EUR', 'USD', 'XAU'),
  total: amount,
  refunds: fc.array(fc.record({ at: instant, amount: fc.integer({ min: 1, max: 40 }) }), {
    maxLength: 1,
  }),
  properties: fc.record({ country, size: fill }),
  lines: fc.array(
    fc.record({
      sku: fc.constantFrom('A1', 'B2', 'C3'),
      title: fc.constantFrom('Red mug', 'Blue mug'),
      quantity: fc.integer({ min: 1, max: 3 }),
      total: amount,
      properties: fc.record({ country: fc.constantFrom<unknown>('IT', undefined), colour: fill }),
    }),
    { maxLength: 2 },
  ),
})

const observation = fc.oneof(
  fc.record({
    profile: fc.constantFrom('id:1', 'id:2'),
    name: fc.constant('trait:plan'),
    at: instant,
    value: fc.constantFrom<unknown>('gold', 'silver', null, 3, 7, true, ['gold', 'blue']),
  }),
  fc.record({
    profile: fc.constantFrom('id:1', 'id:2'),
    name: fc.constant('trait:renewal'),
    at: instant,
    value: fc.constantFrom<unknown>('2024-02-29', '2024-03-31T10:00:00Z', null),
  }),
  fc.record({
    profile: fc.constantFrom('id:1', 'id:2'),
    name: fc.constantFrom('tag:press', 'tag:vip'),
    at: instant,
    value: fc.boolean(),
  }),
)

const person = fc.record({
  createdAt: fc.array(fc.oneof(instant, fc.constant(null)), { maxLength: 2 }),
  orders: fc.uniqueArray(order, { maxLength: 7, selector: ({ id }) => id }),
  refunds: fc.array(
    fc.record({
      at: instant,
      currency: fc.constantFrom('EUR', 'EUR', 'USD', 'XAU'),
      amount: fc.integer({ min: 1, max: 60 }),
      order: fc.oneof(fc.constant(null), fc.integer({ min: 0, max: 8 })),
    }),
    { maxLength: 2 },
  ),
  tickets: fc.array(
    fc.record({
      at: instant,
      channel,
      status: fc.constantFrom('open', 'solved'),
      type: fc.constantFrom(null, 'question', 'problem'),
      tags: fc.uniqueArray(fc.constantFrom('late', 'broken'), { maxLength: 2 }),
      fields: fc.record({ priority: fc.constantFrom<unknown>('high', 'low', 2, undefined) }),
      solvedAt: fc.oneof(fc.constant(null), instant),
    }),
    { maxLength: 3 },
  ),
  ratings: fc.array(
    fc.record({
      ratedAt: fc.oneof(instant, fc.constant(null)),
      level: fc.constantFrom(null, 1, 3, 5),
      scale: fc.constantFrom(5, 3),
      reasons: fc.uniqueArray(fc.constantFrom('slow', 'rude'), { maxLength: 2 }),
    }),
    { maxLength: 3 },
  ),
  messages: fc.array(
    fc.record({
      at: instant,
      author: fc.constantFrom('customer', 'agent'),
      public: fc.boolean(),
      sentiment: fc.constantFrom(
        null,
        { score: -0.5, label: 'negative' },
        { score: 0.25, label: 'neutral' },
        { score: 0.75, label: 'positive' },
      ),
    }),
    { maxLength: 4 },
  ),
  observations: fc.uniqueArray(observation, {
    maxLength: 6,
    selector: ({ profile, name, at }) => `${profile} ${name} ${at}`,
  }),
})

/** A shop of so many persons. */
export function worlds(persons: number): fc.Arbitrary<OracleWorld> {
  return fc
    .tuple(fc.array(person, { minLength: persons, maxLength: persons }), fc.boolean())
    .map(([list, countUnpaid]) => ({
      base: 'EUR',
      rates: { USD: 0.9, XAU: null },
      countUnpaid,
      persons: list.map((one, index): OraclePerson => {
        const refunds = one.refunds.map(({ order: at, ...refund }) => ({
          ...refund,
          orderId: at === null ? null : (one.orders[at]?.id ?? 'elsewhere'),
        }))
        const numbered = <Row>(rows: Row[], kind: string) =>
          rows.map((row, k) => ({ ...row, id: `${kind}${index}.${k}` }))
        return {
          id: index + 1,
          createdAt: one.createdAt,
          orders: one.orders.map((row) => ({
            ...row,
            paid: row.status === 'partly_paid' ? Math.floor(row.total / 2) : row.total,
          })),
          refunds,
          tickets: numbered(one.tickets, 't'),
          ratings: numbered(one.ratings, 'r'),
          messages: numbered(one.messages, 'm'),
          observations: one.observations,
        }
      }),
    }))
}

export function settingsOf(world: OracleWorld): FactSettings {
  return {
    dayOf: oracleDay,
    baseCurrency: world.base,
    rateOf: (currency) => world.rates[currency] ?? null,
    countUnpaid: world.countUnpaid,
  }
}

/** The rows that the database would hold of a shop. */
export function rowsOf(world: OracleWorld): Rows {
  const rows = <Row>(of: (person: OraclePerson) => Row[]) =>
    world.persons.flatMap((one) => of(one).map((row) => ({ person: one.id, ...row })))
  return {
    orders: rows(({ orders }) =>
      orders.map(({ refunds, properties, lines, ...row }) => ({
        ...row,
        detail: JSON.stringify({ refunds, properties, lines }),
      })),
    ),
    refunds: rows(({ refunds }) => refunds.map((row, k) => ({ ...row, id: `refund${k}` }))),
    tickets: rows(({ tickets }) =>
      tickets.map(({ tags, fields, ...row }) => ({
        ...row,
        detail: JSON.stringify({ tags, fields }),
      })),
    ),
    messages: rows(({ messages }) =>
      messages.map((row) => ({
        ...row,
        ticket: 't',
        public: row.public ? 1 : 0,
        sentiment: row.sentiment === null ? null : JSON.stringify(row.sentiment),
      })),
    ),
    ratings: rows(({ ratings }) =>
      ratings.map((row) => ({ ...row, ticket: 't', reasons: JSON.stringify(row.reasons) })),
    ),
    observations: rows(({ observations }) =>
      observations.map((row) => ({ ...row, value: JSON.stringify(row.value) })),
    ),
    profiles: rows(({ createdAt }) =>
      createdAt.map((at, k) => ({
        key: `id:${k}`,
        channel: null,
        name: null,
        email: null,
        phone: null,
        createdAt: at,
        updatedAt: null,
      })),
    ),
  }
}

export function factsOfWorld(world: OracleWorld) {
  return factsOf(
    rowsOf(world),
    settingsOf(world),
    world.persons.map(({ id }) => id),
  )
}

// Rules -----------------------------------------------------------------------------------------------------------

const window: fc.Arbitrary<Window> = fc.oneof(
  fc.integer({ min: 1, max: 40 }).map((days) => ({ days })),
  fc.integer({ min: 1, max: 3 }).map((months) => ({ months })),
)
const dayText = fc
  .integer({ min: 0, max: DAYS - 1 })
  .map((day) => new Date((FIRST_DAY + day) * DAY).toISOString().slice(0, 10))

/** Leaves out what is undefined, which the types of parts cannot say. */
const conditionOf = (part: object): Condition => JSON.parse(JSON.stringify(part)) as Condition

function against<Value extends string | number | boolean>(value: fc.Arbitrary<Value>) {
  return fc.oneof(
    fc.record({ op: fc.constantFrom('=' as const, '!=' as const), value }),
    fc.record({
      op: fc.constantFrom('in' as const, 'not_in' as const),
      value: fc.array(value, { minLength: 1, maxLength: 3 }),
    }),
    fc.record({ op: fc.constant('exists' as const), value: fc.boolean() }),
  )
}

function ordered<Value extends string | number>(value: fc.Arbitrary<Value>) {
  return fc.oneof(
    against(value),
    fc.record({
      op: fc.constantFrom('<' as const, '<=' as const, '>' as const, '>=' as const),
      value,
    }),
    fc.record({
      op: fc.constant('between' as const),
      value: fc.tuple(value, value).map((pair) => pair.toSorted((a, b) => (a < b ? -1 : 1))),
    }),
  )
}

const contains = (...texts: string[]) =>
  fc.record({ op: fc.constant('contains' as const), value: fc.constantFrom(...texts) })

type Test = { op: Filter['op']; value: Operand }

const filterOf = (property: fc.Arbitrary<string>, test: fc.Arbitrary<Test>): fc.Arbitrary<Filter> =>
  fc.tuple(property, test).map(([name, { op, value }]) => ({ property: name, op, value }))

const money = fc.integer({ min: -4, max: 60 }).map((n) => n * 10)

const orderFilters: fc.Arbitrary<Filter> = fc.oneof(
  filterOf(fc.constant('channel'), fc.oneof(against(channel), contains('ST'))),
  filterOf(fc.constantFrom('country', 'line.country'), against(fc.constantFrom('DE', 'FR', 'IT'))),
  filterOf(
    fc.constantFrom('size', 'line.colour', 'colour'),
    fc.oneof(ordered(fc.integer({ min: 0, max: 3 })), against(fc.constantFrom('two', true))),
  ),
  filterOf(fc.constant('total'), ordered(money)),
  filterOf(fc.constantFrom('sku', 'line.sku'), against(fc.constantFrom('A1', 'B2'))),
  filterOf(fc.constantFrom('title', 'line.title'), contains('red', 'MUG', 'x')),
  filterOf(fc.constantFrom('status', 'currency'), against(fc.constantFrom('paid', 'USD'))),
)
const ticketFilters = fc.oneof(
  filterOf(fc.constant('channel'), against(channel)),
  filterOf(fc.constantFrom('type', 'status'), against(fc.constantFrom('open', 'question'))),
  filterOf(
    fc.constant('tag'),
    fc.oneof(against(fc.constantFrom('late', 'broken')), contains('OK')),
  ),
  filterOf(fc.constant('priority'), against(fc.constantFrom<string | number>('high', 2))),
)
const caseFilters = filterOf(fc.constant('resolved'), against(fc.boolean()))
const ratingFilters = fc.oneof(
  filterOf(fc.constantFrom('level', 'scale'), ordered(fc.integer({ min: 1, max: 5 }))),
  filterOf(fc.constant('reason'), against(fc.constantFrom('slow', 'rude'))),
  filterOf(fc.constant('verdict'), against(fc.constantFrom('good', 'neutral', 'bad'))),
)
const messageFilters = fc.oneof(
  filterOf(fc.constant('author'), against(fc.constantFrom('customer', 'agent'))),
  filterOf(fc.constant('public'), against(fc.boolean())),
)

function condition(
  fact: fc.Arbitrary<string>,
  test: fc.Arbitrary<Test>,
  filters?: fc.Arbitrary<Filter>,
): fc.Arbitrary<Condition> {
  return fc
    .tuple(
      fact,
      test,
      filters === undefined
        ? fc.constant(undefined)
        : fc.option(fc.array(filters, { minLength: 1, maxLength: 2 }), { nil: undefined }),
      filters === undefined ? fc.constant(undefined) : fc.option(window, { nil: undefined }),
    )
    .map(([name, { op, value }, where, within]) =>
      conditionOf({ fact: name, where, within, op, value }),
    )
}

const dayTest: fc.Arbitrary<Test> = fc.oneof(
  ordered(dayText),
  fc.record({ op: fc.constantFrom('before' as const, 'after' as const), value: dayText }),
  fc.record({ op: fc.constant('within' as const), value: window }),
)

const small = fc.integer({ min: 0, max: 4 })

export const comparisons: fc.Arbitrary<Condition> = fc.oneof(
  condition(fc.constant('orders.count'), ordered(small), orderFilters),
  condition(fc.constantFrom('orders.sum', 'orders.average'), ordered(money), orderFilters),
  condition(fc.constantFrom('orders.min', 'orders.max'), ordered(money), orderFilters),
  condition(
    fc.constant('orders.daysSinceLast'),
    ordered(fc.oneof(fc.integer({ min: 0, max: 40 }), fc.constant(7.5))),
    orderFilters,
  ),
  condition(fc.constantFrom('orders.first.day', 'orders.last.day'), dayTest, orderFilters),
  condition(
    fc.constantFrom('orders.first.total', 'orders.last.total'),
    ordered(money),
    orderFilters,
  ),
  condition(
    fc.constantFrom('orders.first.channel', 'orders.last.channel'),
    fc.oneof(against(channel), contains('e')),
    orderFilters,
  ),
  condition(
    fc.constantFrom('orders.first.country', 'orders.last.country', 'orders.last.line.country'),
    against(fc.constantFrom('DE', 'FR', 'IT')),
    orderFilters,
  ),
  condition(fc.constant('tickets.count'), ordered(small), ticketFilters),
  condition(fc.constant('ratings.count'), ordered(small), ratingFilters),
  condition(fc.constant('messages.count'), ordered(small), messageFilters),
  condition(fc.constant('cases.count'), ordered(small), caseFilters),
  condition(fc.constant('sentiment.score'), ordered(fc.constantFrom(-0.5, 0, 0.25, 0.75))),
  condition(fc.constant('sentiment.label'), against(fc.constantFrom('negative', 'positive'))),
  condition(
    fc.constant('trait.plan'),
    fc.oneof(
      against(fc.constantFrom<string | number | boolean>('gold', 'blue', 3, true)),
      ordered(fc.integer({ min: 1, max: 8 })),
      contains('OL'),
    ),
  ),
  condition(
    fc.constant('trait.renewal'),
    fc.oneof(
      fc.record({ op: fc.constant('within' as const), value: window }),
      fc.record({ op: fc.constantFrom('before' as const, 'after' as const), value: dayText }),
    ),
  ),
  condition(
    fc.constant('tag'),
    fc.oneof(against(fc.constantFrom('press', 'vip')), contains('press', 'pre')),
  ),
  condition(fc.constant('person.createdAt'), dayTest),
  condition(
    fc.constant('segment'),
    fc.record({ op: fc.constantFrom('=' as const, '!=' as const), value: fc.constant('base') }),
  ),
)

function groups(part: fc.Arbitrary<Condition | Rule>): fc.Arbitrary<Rule> {
  const list = fc.array(part, { minLength: 1, maxLength: 3 })
  return fc.oneof(
    list.map((all) => ({ all })),
    list.map((any) => ({ any })),
    list.map((none) => ({ none })),
  )
}

export const ranks: fc.Arbitrary<Condition> = fc
  .record({
    fact: fc.constantFrom(
      'orders.sum',
      'orders.count',
      'orders.max',
      'orders.average',
      'tickets.count',
      'trait.plan',
      'sentiment.score',
    ),
    within: fc.option(window, { nil: undefined }),
    where: fc.option(fc.array(orderFilters, { minLength: 1, maxLength: 1 }), { nil: undefined }),
    rank: fc.oneof(
      fc.record({ top: fc.constantFrom(10, 25, 50), unit: fc.constant('%' as const) }),
      fc.record({ top: fc.integer({ min: 1, max: 4 }), unit: fc.constant('people' as const) }),
    ),
    among: fc.option(groups(comparisons), { nil: undefined, freq: 3 }),
  })
  .map(({ fact, within, where, ...rest }) =>
    conditionOf(fact.startsWith('orders.') ? { fact, within, where, ...rest } : { fact, ...rest }),
  )

const part = fc.oneof(
  { weight: 8, arbitrary: comparisons },
  { weight: 3, arbitrary: ranks },
  { weight: 3, arbitrary: groups(comparisons) },
)

export const rules: fc.Arbitrary<Rule> = groups(part)
