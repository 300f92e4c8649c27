import * as fc from 'fast-check'
import { factsOf, type FactSettings, type Rows } from '../../worker/customers/facts.ts'

const DAY = 86_400_000
const words = fc.constantFrom<unknown>(
  'red',
  'blue',
  7,
  '7',
  true,
  ['red', 'green'],
  ['blue'],
  [],
  null,
)
const properties = fc.dictionary(fc.constantFrom('color', 'size', 'line.size'), words, {
  maxKeys: 3,
})
const instants = fc.integer({ min: 0, max: 400 }).map((step) => step * (DAY / 4))
const person = fc.integer({ min: 1, max: 30 })
const ids = fc.uuid()
const money = fc.integer({ min: -500, max: 90_000 })
const currency = fc.constantFrom('GBP', 'EUR', 'JPY')

const order = fc
  .record({
    person,
    at: instants,
    id: ids,
    channel: fc.constantFrom('web', 'shop'),
    status: fc.constantFrom('paid', 'partly_paid', 'unpaid', 'cancelled', 'test'),
    currency,
    total: money,
    paid: money,
    properties,
    refunds: fc.array(fc.record({ at: instants, amount: money }), { maxLength: 2 }),
    lines: fc.array(
      fc.record(
        {
          sku: fc.constantFrom('a', 'b', 'c'),
          title: fc.string(),
          quantity: fc.nat(5),
          total: money,
          properties,
        },
        { requiredKeys: [] },
      ),
      { maxLength: 3 },
    ),
  })
  .map(({ properties: given, refunds, lines, ...row }) => ({
    ...row,
    detail: JSON.stringify({ properties: given, refunds, lines }),
  }))

const ticket = fc
  .record({
    person,
    at: instants,
    id: ids,
    channel: fc.constantFrom('mail', 'chat'),
    status: fc.constantFrom('open', 'solved'),
    type: fc.constantFrom(null, 'question', 'return'),
    tags: fc.array(fc.constantFrom('x', 'y', 'z'), { maxLength: 3 }),
    fields: properties,
  })
  .map(({ tags, fields, ...row }) => ({ ...row, detail: JSON.stringify({ tags, fields }) }))

const message = fc.record({
  person,
  ticket: ids,
  id: ids,
  at: instants,
  author: fc.constantFrom('customer', 'agent'),
  public: fc.constantFrom(0, 1),
  sentiment: fc.constantFrom(null, '{"score":0.25,"label":"positive"}', '{"score":-1}'),
})

const rating = fc.record({
  person,
  ticket: ids,
  id: ids,
  offeredAt: fc.option(instants),
  agent: fc.option(fc.constantFrom('1', '2')),
  agentName: fc.constantFrom('Ada', null),
  groupName: fc.option(fc.constantFrom('Returns')),
  ratedAt: fc.option(instants),
  level: fc.option(fc.integer({ min: 1, max: 5 })),
  scale: fc.constantFrom(2, 3, 5),
  reasons: fc.constantFrom('[]', '["slow"]', '["slow","rude"]'),
})

const observation = fc.record({
  person,
  profile: fc.constantFrom('id:a', 'id:b'),
  name: fc.constantFrom('trait:plan', 'tag:x'),
  at: instants,
  value: fc.constantFrom('"gold"', 'null', 'true', '["a","b"]', '3'),
})

const profile = fc.record({
  person,
  key: ids,
  channel: fc.option(fc.constantFrom('web')),
  name: fc.option(fc.string()),
  email: fc.option(fc.emailAddress()),
  phone: fc.constant(null),
  createdAt: fc.option(instants),
  updatedAt: fc.option(instants),
})

const refund = (orders: readonly { id: string; person: number }[]) =>
  fc
    .record({ person, at: instants, id: ids, currency, amount: money, of: fc.nat(50) })
    .map(({ of, ...row }) => {
      const owner = of % 3 === 0 ? undefined : orders[of % Math.max(orders.length, 1)]
      return { ...row, person: owner?.person ?? row.person, orderId: owner?.id ?? null }
    })

/** Rows of some thirty persons, as the database would hold them. */
export const someRows: fc.Arbitrary<Rows> = fc
  .record({
    orders: fc.array(order, { maxLength: 40 }),
    tickets: fc.array(ticket, { maxLength: 15 }),
    messages: fc.array(message, { maxLength: 15 }),
    ratings: fc.array(rating, { maxLength: 10 }),
    observations: fc.array(observation, { maxLength: 10 }),
    profiles: fc.array(profile, { maxLength: 30 }),
  })
  .chain((rows) =>
    fc.array(refund(rows.orders), { maxLength: 8 }).map((refunds) => ({ ...rows, refunds })),
  )

export const settings: FactSettings = {
  dayOf: (instant) => Math.floor(instant / DAY),
  baseCurrency: 'GBP',
  rateOf: (currency, day) => (currency === 'EUR' ? 0.8 + day / 1000 : null),
  countUnpaid: false,
}

/** Facts of the persons first … last who have rows. */
export function factsBetween(rows: Rows, first: number, last: number) {
  const inside = (row: { person: number }) => row.person >= first && row.person <= last
  return factsOf(
    {
      orders: rows.orders.filter(inside),
      refunds: rows.refunds.filter(inside),
      tickets: rows.tickets.filter(inside),
      messages: rows.messages.filter(inside),
      ratings: rows.ratings.filter(inside),
      observations: rows.observations.filter(inside),
      profiles: rows.profiles.filter(inside),
    },
    settings,
  )
}
