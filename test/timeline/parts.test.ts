import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addAt, countsOf, positionOf } from '../../worker/timeline/counts.ts'
import {
  complement,
  findInterval,
  intersect,
  type Intervals,
  intervalBuffer,
  listIntervals,
  OPEN,
  pushInterval,
  unite,
} from '../../worker/timeline/intervals.ts'
import { placesOf } from '../../worker/timeline/places.ts'
import { pushStep, stepAt, stepBuffer } from '../../worker/timeline/steps.ts'
import { greatest, resetTournament, setLeaf, tournament } from '../../worker/timeline/tournament.ts'

const DAYS = 30

/** A set of days as intervals. */
function intervalsOf(days: ReadonlySet<number>): Intervals {
  const out = intervalBuffer(2)
  for (let day = 0; day < DAYS; day += 1) if (days.has(day)) pushInterval(out, day, day + 1)
  return out
}

const daysOf = (it: Intervals) =>
  new Set(Array.from({ length: DAYS }, (_, day) => day).filter((day) => findInterval(it, day) >= 0))

const daySets = fc.uniqueArray(fc.integer({ min: 0, max: DAYS - 1 })).map((days) => new Set(days))

describe('intervals', () => {
  test('that touch become one', () => {
    expect(listIntervals(intervalsOf(new Set([1, 2, 3, 7])))).toEqual([
      { joined: 1, left: 4 },
      { joined: 7, left: 8 },
    ])
  })

  test('combine as sets of days do', () => {
    const out = intervalBuffer(2)
    fc.assert(
      fc.property(daySets, daySets, (a, b) => {
        intersect(intervalsOf(a), intervalsOf(b), out)
        expect(daysOf(out)).toEqual(a.intersection(b))
        unite(intervalsOf(a), intervalsOf(b), out)
        expect(daysOf(out)).toEqual(a.union(b))
        complement(intervalsOf(a), 0, out)
        expect(daysOf(out)).toEqual(
          daysOf(intervalsOf(new Set(Array.from({ length: DAYS }, (_, d) => d)))).difference(a),
        )
        expect(out.days[out.size - 1]).toBe(OPEN)
        const list = listIntervals(out)
        list.slice(1).forEach(({ joined }, k) => expect(joined).toBeGreaterThan(list[k]?.left ?? 0))
      }),
      { seed: 1, numRuns: 300 },
    )
  })
})

describe('steps', () => {
  test('keep the last value of a day and nothing before the first', () => {
    const steps = stepBuffer(1)
    pushStep(steps, 5, 1)
    pushStep(steps, 5, 2)
    pushStep(steps, 9, 3)
    expect([4, 5, 8, 9, 100].map((day) => stepAt(steps, day))).toEqual([Number.NaN, 2, 2, 3, 3])
  })
})

describe('places', () => {
  test.each([
    ['integers', fc.integer()],
    ['money', fc.maxSafeInteger()],
    ['decimals', fc.double()],
    ['few', fc.constantFrom(0, -0, 1, -1, Number.NaN, 0.5)],
  ])('of %s are those of sorting', (_, number) => {
    fc.assert(
      fc.property(fc.array(number, { maxLength: 200 }), (list) => {
        const { places, distinct } = placesOf(Float64Array.from(list))
        const sorted = [...new Set(list.map((one) => one + 0))]
          .filter((one) => !Number.isNaN(one))
          .toSorted((a, b) => a - b)
        expect([...distinct]).toEqual(sorted)
        expect([...places]).toEqual(list.map((one) => sorted.indexOf(one + 0)))
      }),
      { seed: 2, numRuns: 200 },
    )
  })
})

describe('counts', () => {
  test('find the n-th item over several blocks', () => {
    const counts = countsOf(200_000)
    const items = [0, 3, 3, 255, 256, 65_535, 65_536, 199_999]
    for (const item of items) addAt(counts, item, 1)
    addAt(counts, 3, -1)
    expect([1, 2, 3, 4, 5, 6, 7].map((n) => positionOf(counts, n))).toEqual([
      0, 3, 255, 256, 65_535, 65_536, 199_999,
    ])
  })
})

describe('a tournament', () => {
  test('knows the greatest after every change', () => {
    const best = tournament()
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 0, max: 6 }), fc.option(fc.integer())), {
          maxLength: 40,
        }),
        (changes) => {
          const plain = Array.from({ length: 7 }, () => -Infinity)
          resetTournament(best, 7)
          for (const [index, value] of changes) {
            plain[index] = value ?? -Infinity
            setLeaf(best, index, value ?? -Infinity)
            expect(greatest(best)).toBe(Math.max(...plain))
          }
        },
      ),
      { seed: 3, numRuns: 200 },
    )
  })
})
