import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { type KeptRange, packKept, unpackKept } from '../../worker/journeys/kept.ts'
import { LOG_OPEN } from '../../worker/journeys/log.ts'
import { OPEN } from '../../worker/timeline/intervals.ts'

const spans = fc
  .uniqueArray(fc.integer({ min: 18_000, max: 22_000 }), { maxLength: 7 })
  .map((days) => days.toSorted((a, b) => a - b))
  .map((days) => (days.length % 2 === 0 ? days : [...days, LOG_OPEN]))

const range = fc
  .tuple(fc.nat(3), fc.array(fc.tuple(fc.nat(3), fc.nat(2_000), fc.tuple(spans, spans))))
  .map(([at, people]): KeptRange => {
    const first = at * 25_000
    let id = first
    const persons = Int32Array.from(people, ([gap]) => (id += gap + 1))
    const from = Int32Array.from(people, ([, day]) => (day === 0 ? OPEN : 18_000 + day))
    const logs = [0, 1].map((s) => {
      const starts = Int32Array.from({ length: people.length + 1 })
      people.forEach(([, , own], i) => {
        starts[i + 1] = (starts[i] ?? 0) + (own[s]?.length ?? 0)
      })
      return { starts, days: Uint16Array.from(people.flatMap(([, , own]) => own[s] ?? [])) }
    })
    return { first, version: `8/1/${at}/5`, persons, from, logs }
  })

test('memberships come back from their texts as they were', () => {
  const seed = Number(process.env['RAPPORT_JOURNEYS_SEED'] ?? 37)
  fc.assert(
    fc.property(fc.array(range, { maxLength: 4 }), (ranges) => {
      const parts = packKept(ranges)
      expect(parts).not.toBeNull()
      expect(unpackKept(parts ?? [])).toEqual(ranges)
    }),
    { seed, numRuns: 500 },
  )
  process.stdout.write(`kept memberships: seed ${seed}\n`)
})

const one = (days: number[], persons = [1]): KeptRange => ({
  first: 0,
  version: '8/1/1/1',
  persons: Int32Array.from(persons),
  from: Int32Array.from(persons, () => 18_000),
  logs: [{ starts: Int32Array.from([0, days.length]), days: Uint16Array.from(days) }],
})

test.each([
  ['a membership of more than eleven years', one([10_000, 15_000])],
  ['days that lie more than eleven years apart', one([10_000, 10_001, 15_000, LOG_OPEN])],
  ['a person with hundreds of memberships', one(Array.from({ length: 600 }, (_, k) => 10_000 + k))],
])('%s has no room, and is not kept', (_, range) => {
  expect(packKept([range])).toBeNull()
})

test('what is damaged or not all there is not read', () => {
  const [part = ''] = packKept([one([18_000, 18_100])]) ?? []
  expect(unpackKept([part])).toHaveLength(1)
  expect(unpackKept([])).toBeNull()
  expect(unpackKept([part.slice(0, -4)])).toBeNull()
  expect(unpackKept([`${part.slice(0, 6)}!!!!${part.slice(10)}`])).toBeNull()
  expect(unpackKept([part.replace(/^.{8}/, '////////')])).toBeNull()
})
