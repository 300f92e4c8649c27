import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Moved, partsOf, partsOfLevels } from '../../worker/satisfaction/attribution.ts'
import { excludesZero, newcombe } from '../../worker/satisfaction/interval.ts'
import { beliefOf, shrunk } from '../../worker/satisfaction/shrink.ts'

const SEED = 7
const say = (text: string) => process.stdout.write(`${text}\n`)

const group = (key: string, before: [number, number], now: [number, number]): Moved => ({
  key,
  before: { good: before[0], count: before[1] },
  now: { good: now[0], count: now[1] },
})

test('both channels rise and the total falls, because ratings moved to the lower channel', () => {
  const groups = [group('chat', [690, 750], [348, 375]), group('email', [175, 250], [445, 625])]
  const parts = partsOf(groups)
  const sum = (read: (part: (typeof parts)[number]) => number) =>
    parts.reduce((total, part) => total + read(part), 0)
  // Chat: 92.0 → 92.8 %, email: 70.0 → 71.2 %, total: 86.5 → 79.3 %.
  expect(sum(({ rate }) => rate)).toBeCloseTo(0.00975, 12)
  expect(sum(({ mix }) => mix)).toBeCloseTo(-0.08175, 12)
  expect(sum(({ rate, mix }) => rate + mix)).toBeCloseTo(-0.072, 12)
  // Chat: ½(0.75 + 0.375)(0.928 − 0.92) and (½(0.92 + 0.928) − 0.829)(0.375 − 0.75).
  expect(parts[0]?.rate).toBeCloseTo(0.0045, 12)
  expect(parts[0]?.mix).toBeCloseTo(-0.035625, 12)
  const whole = newcombe({ good: 793, count: 1000 }, { good: 865, count: 1000 })
  expect(excludesZero(whole)).toBe(true)
  expect(groups.map(({ now, before }) => excludesZero(newcombe(now, before)))).toEqual([
    false,
    false,
  ])
})

test('a group that is empty in one period takes its rate from the other', () => {
  const parts = partsOf([group('old', [8, 10], [8, 10]), group('new', [0, 0], [1, 10])])
  // P: 0.8 → 0.45. Old: (0.8 − 0.625)(0.5 − 1). New: (0.1 − 0.625)(0.5 − 0).
  expect(parts.map(({ rate }) => rate)).toEqual([0, 0])
  expect(parts[0]?.mix).toBeCloseTo(-0.0875, 12)
  expect(parts[1]?.mix).toBeCloseTo(-0.2625, 12)
})

test('nothing is split when a period is empty, and groups without ratings are left out', () => {
  expect(partsOf([group('a', [0, 0], [3, 4])])).toEqual([])
  expect(partsOf([group('a', [1, 2], [1, 2]), group('b', [0, 0], [0, 0])])).toHaveLength(1)
})

test('by level only the shares of the good levels count', () => {
  const parts = partsOfLevels([
    group('1', [0, 2], [0, 1]),
    group('4', [3, 3], [6, 6]),
    group('5', [5, 5], [3, 3]),
  ])
  expect(parts.map(({ key, rate }) => [key, rate])).toEqual([
    ['4', 0],
    ['5', 0],
  ])
  expect(parts[0]?.mix).toBeCloseTo(0.3, 12)
  expect(parts[1]?.mix).toBeCloseTo(-0.2, 12)
})

const counts = fc
  .record({ count: fc.nat(500), part: fc.double({ min: 0, max: 1, noNaN: true }) })
  .map(({ count, part }) => ({ count, good: Math.round(count * part) }))
const moved = fc.array(fc.record({ now: counts, before: counts }), { minLength: 1, maxLength: 8 })

test('parts sum to the change within 1e-9, and exchange their sign when the periods are exchanged', () => {
  let cases = 0
  fc.assert(
    fc.property(moved, (list) => {
      const total = (read: (one: (typeof list)[number]) => { good: number; count: number }) =>
        list.map(read).reduce((a, b) => ({ good: a.good + b.good, count: a.count + b.count }))
      const now = total((one) => one.now)
      const before = total((one) => one.before)
      fc.pre(now.count > 0 && before.count > 0)
      cases += 1
      const there = partsOf(list.map((one, k) => ({ ...one, key: String(k) })))
      const back = partsOf(
        list.map((one, k) => ({ now: one.before, before: one.now, key: String(k) })),
      )
      const change = now.good / now.count - before.good / before.count
      const sum = there.reduce((all, { rate, mix }) => all + rate + mix, 0)
      expect(Math.abs(sum - change)).toBeLessThan(1e-9)
      there.forEach((part, k) => {
        expect(part.rate + (back[k]?.rate ?? Number.NaN)).toBeCloseTo(0, 12)
        expect(part.mix + (back[k]?.mix ?? Number.NaN)).toBeCloseTo(0, 12)
      })
    }),
    { seed: SEED, numRuns: 2_000 },
  )
  say(`attribution: seed ${SEED}, ${cases} partitions`)
})

test('few ratings are drawn to the mean more than many', () => {
  const groups = [
    { good: 95, count: 100 },
    { good: 60, count: 100 },
    { good: 2, count: 2 },
  ]
  const belief = beliefOf(groups)
  if (belief === null) throw new Error('there are ratings')
  expect(belief.mean).toBeCloseTo(157 / 202, 12)
  const [many = 0, , few = 0] = groups.map((one) => shrunk(one, belief))
  expect(many).toBeGreaterThan(few)
  expect(few).toBeLessThan(0.9)
  expect(few).toBeGreaterThan(belief.mean)
})

test.each([
  { groups: [], belief: null, because: 'there are no ratings' },
  {
    groups: [
      { good: 8, count: 10 },
      { good: 16, count: 20 },
    ],
    belief: { mean: 0.8, strength: Infinity },
    because: 'the groups are equal',
  },
  {
    groups: [{ good: 3, count: 4 }],
    belief: { mean: 0.75, strength: Infinity },
    because: 'one group',
  },
])('belief of $groups: $because', ({ groups, belief }) => {
  expect(beliefOf(groups)).toEqual(belief)
  expect(shrunk({ good: 1, count: 4 }, belief ?? { mean: 0.5, strength: 0 })).toBe(
    belief?.mean ?? 0.25,
  )
})
