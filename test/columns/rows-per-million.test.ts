import { expect, test } from 'vitest'
import { encode } from '../../worker/columns/codec.ts'
import { factsOf } from '../../worker/customers/facts.ts'
import { slicesOf } from '../../worker/customers/slices.ts'
import { RANGE_SIZE } from '../../worker/load.ts'

const day = 86_400_000
const settings = {
  dayOf: (instant: number) => Math.floor(instant / day),
  baseCurrency: 'GBP',
  rateOf: () => null,
  countUnpaid: false,
}

/** Five orders for each person of a range: an eighth of a million orders of 200,000 persons over three years. */
function range() {
  const persons = Array.from({ length: RANGE_SIZE }, (_, i) => i + 1)
  const orders = persons.flatMap((person) =>
    Array.from({ length: 5 }, (_, n) => ({
      person,
      at: 1_672_531_200_000 + ((person * 7_919 + n * 104_729) % 1_096) * day + person * 1_000 + n,
      id: `web:${person * 5 + n}`,
      channel: n % 2 === 0 ? 'web' : 'market',
      status: 'paid',
      currency: 'GBP',
      total: 500 + ((person * 31 + n * 977) % 90_000),
      paid: 500 + ((person * 31 + n * 977) % 90_000),
      detail: JSON.stringify({ properties: { campaign: `c${(person + n) % 60}` } }),
    })),
  )
  const profiles = persons.map((person) => ({
    person,
    key: `web:c${person}`,
    channel: 'web',
    name: null,
    email: null,
    phone: null,
    createdAt: null,
    updatedAt: null,
  }))
  const none = { refunds: [], tickets: [], messages: [], ratings: [], observations: [] }
  return factsOf({ ...none, orders, profiles }, settings)
}

test('a million orders of 200,000 persons lie in eight rows of each noun, twelve at most', () => {
  const rows = new Map<string, number>(
    [...slicesOf(range())].map(([name, tree]) => [name, encode(tree).length * 8]),
  )
  const told = ['persons', 'orders', 'orders.property:campaign', 'orders.at', 'orders.total']
  for (const name of told) expect([name, rows.get(name)]).toEqual([name, 8])
  for (const [name, count] of rows) expect([name, count <= 12]).toEqual([name, true])
})
