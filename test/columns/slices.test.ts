import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { decode, encode } from '../../worker/columns/codec.ts'
import { concatFacts } from '../../worker/customers/concat.ts'
import { plainPerson } from '../../worker/customers/plain.ts'
import { factsOfSlices, slicesFor, slicesOf } from '../../worker/customers/slices.ts'
import type { Facts } from '../../worker/customers/facts.ts'
import { mergeTail } from '../../worker/customers/merge.ts'
import type { NamedColumn } from '../../worker/timeline/column.ts'
import { takePersons } from '../../worker/customers/take.ts'
import { factsBetween, someRows } from '../support/facts.ts'

const SEED = Number(process.env['RAPPORT_COLUMNS_SEED'] ?? 11)
const RUNS = 300
const say = (text: string) => process.stdout.write(`${text}\n`)

const byName = (columns: readonly NamedColumn[]) =>
  columns
    .filter(({ column }) => column.words.length > 0)
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))

/** Named columns that have values, in the order of their names. */
function sorted(facts: Facts): Facts {
  const { orders, tickets } = facts
  const lines = { ...orders.lines, properties: byName(orders.lines.properties) }
  return {
    ...facts,
    orders: { ...orders, properties: byName(orders.properties), lines },
    tickets: { ...tickets, fields: byName(tickets.fields) },
  }
}

function forAll(
  name: string,
  check: (rows: Parameters<typeof factsBetween>[0], cut: number) => void,
) {
  let cases = 0
  fc.assert(
    fc.property(someRows, fc.integer({ min: 1, max: 29 }), (rows, cut) => {
      cases += 1
      check(rows, cut)
    }),
    { seed: SEED, numRuns: RUNS },
  )
  say(`${name}: seed ${SEED}, ${cases} shops`)
}

test('facts of pages, put together, are the facts of all rows at once', () => {
  forAll('concat', (rows, cut) => {
    const pages = [
      factsBetween(rows, 1, cut),
      factsBetween(rows, cut + 1, cut),
      factsBetween(rows, cut + 1, cut + 3),
      factsBetween(rows, cut + 4, 99),
    ]
    expect(concatFacts(pages)).toStrictEqual(factsBetween(rows, 1, 99))
  })
  expect(concatFacts([])).toStrictEqual(
    factsBetween(
      {
        orders: [],
        refunds: [],
        tickets: [],
        messages: [],
        ratings: [],
        observations: [],
        profiles: [],
      },
      1,
      1,
    ),
  )
})

test('facts that were cut into slices and stored come back', () => {
  forAll('slices', (rows) => {
    const facts = factsBetween(rows, 1, 99)
    const stored = new Map(
      [...slicesOf(facts)].map(([name, tree]) => [name, decode(encode(tree))] as const),
    )
    expect(factsOfSlices(stored)).toStrictEqual(facts)
  })
})

test('persons that are taken out of facts keep everything that is said of them', () => {
  forAll('take', (rows, cut) => {
    const all = factsBetween(rows, 1, 99)
    const some = all.persons.filter((person) => person % 3 === cut % 3)
    const taken = takePersons(
      all,
      some.map((person) => all.persons.indexOf(person)),
    )
    expect(taken.persons).toEqual(some)
    some.forEach((person, i) => {
      const alone = factsBetween(rows, person, person)
      expect(plainPerson(taken, i)).toBe(plainPerson(alone, 0))
      expect(sorted(takePersons(all, Int32Array.of(all.persons.indexOf(person))))).toStrictEqual(
        sorted(alone),
      )
    })
  })
})

test('persons that changed take their place among the others', () => {
  forAll('merge', (rows, cut) => {
    const all = factsBetween(rows, 1, 99)
    const changed = all.persons.filter((person) => person % 4 === cut % 4)
    const tail = takePersons(
      all,
      changed.map((person) => all.persons.indexOf(person)),
    )
    const stored = factsBetween({ ...rows, orders: rows.orders.slice(0, cut) }, 1, 99)
    const skip = Uint8Array.from(stored.persons, (person) => (changed.includes(person) ? 1 : 0))
    const expected = stored.persons.map((person, i) => (skip[i] === 1 ? 0 : person))
    const merged = mergeTail(stored, skip, tail)
    expect([...merged.persons]).toEqual(
      [...new Set([...changed, ...expected.filter((person) => person > 0)])].toSorted(
        (a, b) => a - b,
      ),
    )
    merged.persons.forEach((person, i) => {
      const [source, at] = changed.includes(person)
        ? [tail, changed.indexOf(person)]
        : [stored, stored.persons.indexOf(person)]
      expect(plainPerson(merged, i)).toBe(plainPerson(source, at))
    })
  })
})

test('a part of the facts has nothing of what was not asked for', () => {
  const row = { person: 1, at: 0, id: 'o', channel: 'web', status: 'paid', currency: 'GBP' }
  const detail = '{"properties":{"color":"red"},"lines":[{"sku":"a"}]}'
  const rows = {
    orders: [{ ...row, total: 5, paid: 5, detail }],
    refunds: [],
    tickets: [],
    messages: [],
    ratings: [],
    observations: [],
    profiles: [],
  }
  const slices = slicesOf(factsBetween(rows, 1, 1))
  const wanted = slicesFor(['lines.sku', 'orders.property:color'])
  expect([...wanted]).toEqual(['persons', 'orders', 'lines', 'lines.sku', 'orders.property:color'])
  const part = factsOfSlices(new Map([...slices].filter(([name]) => wanted.has(name))))
  expect(part?.orders.value).toEqual(Float64Array.of(5))
  expect(part?.orders.properties.map(({ name }) => name)).toEqual(['color'])
  expect(part?.orders.lines.sku.words).toEqual(['a'])
  expect(part?.orders.id).toEqual([])
  expect(part?.orders.lines.title.words).toEqual([])
  expect(part?.tickets.offsets).toEqual(Int32Array.of(0, 0))
  const none = factsOfSlices(new Map())
  expect(none).toBeNull()
})
