import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  moveOf,
  movementCounter,
  type Question,
  type Span,
} from '../../worker/journeys/movement.ts'
import { spansUntil } from '../support/spans.ts'

const ever = -1_000
const ahead = 100_000
/** Days 100 to 130. */
const question: Question = { start: 100, end: 130, sourceFrom: ever, targetFrom: ever }
const span = (joined: number, left = ahead): Span => ({ joined, left })
const move = (source: Span[], target: Span[], other: Partial<Question> = {}) =>
  moveOf(source, target, { ...question, ...other })

describe('a person moves from source to target', () => {
  test('who was in the source before the period and came into the target in it', () => {
    expect(move([span(50)], [span(110)])).toEqual({
      joined: true,
      moved: true,
      sameDay: false,
      inSource: true,
      days: 60,
    })
  })

  test('also when the source was left before, or is never left (overlap)', () => {
    expect(move([span(50, 105)], [span(110)]).moved).toBe(true)
    expect(move([span(50, 100)], [span(110)]).moved).toBe(true)
    expect(move([span(50, 99)], [span(110)])).toMatchObject({ moved: false, joined: true })
  })

  test('but not from one purchase to two when the third came in the period too', () => {
    // Exactly two purchases, on days 108 to 115 only: out of the target on the last day.
    expect(move([span(50, 108)], [span(108, 115)])).toMatchObject({ joined: false, moved: false })
  })

  test('but not when the target was left before the end', () => {
    expect(move([span(50)], [span(110, 130)]).joined).toBe(false)
    expect(move([span(50)], [span(110, 131)]).joined).toBe(true)
  })

  test('who left the target and came back counts by the coming back', () => {
    expect(move([span(50)], [span(60, 90), span(120)])).toMatchObject({ moved: true, days: 70 })
  })

  test('both on one day is shown apart and not counted', () => {
    expect(move([span(110)], [span(110)])).toMatchObject({
      joined: true,
      moved: false,
      sameDay: true,
    })
  })

  test('who is in the target since before the period does not move', () => {
    expect(move([span(50)], [span(99)]).joined).toBe(false)
    expect(move([span(50)], [span(100)]).joined).toBe(true)
  })

  test('the first day known of the target is no coming into it', () => {
    expect(move([span(50)], [span(110)], { targetFrom: 110 }).joined).toBe(false)
    expect(move([span(50)], [span(110)], { targetFrom: 109 }).joined).toBe(true)
  })

  test('a source that is known since a later day tells no days', () => {
    expect(move([span(50)], [span(110)], { sourceFrom: 60 })).toMatchObject({
      moved: true,
      days: null,
    })
    expect(move([span(50)], [span(110)], { sourceFrom: 110 }).moved).toBe(false)
  })
})

test('an arrow adds persons up, with the median of what is known', () => {
  const counter = movementCounter()
  for (const joined of [50, 60, 80]) counter.add(move([span(joined)], [span(110)]))
  counter.add(move([span(50)], []))
  counter.add(move([span(110)], [span(110)]))
  expect(counter.finish()).toEqual({
    moved: 3,
    sameDay: 1,
    joinedTarget: 4,
    sourceSize: 5,
    medianDays: 50,
    n: 3,
  })
})

const spans = spansUntil(ahead)

/** The definition, day by day. */
function plainly(source: Span[], target: Span[], { start, end, sourceFrom, targetFrom }: Question) {
  const isIn = (list: Span[], day: number) =>
    list.some((one) => one.joined <= day && day < one.left)
  const inSourceOn = (day: number) => day >= sourceFrom && isIn(source, day)
  let j = Number.NaN
  if (isIn(target, end)) {
    j = end
    while (isIn(target, j - 1)) j -= 1
  }
  const joined = j >= start && j > targetFrom
  const some = (to: number) =>
    Array.from({ length: Math.max(0, to - start + 2) }, (_, k) => start - 1 + k).some(inSourceOn)
  return { joined, moved: joined && some(j - 1), inSource: some(end - 1) }
}

test('movement agrees with a walk over every day', () => {
  const seed = Number(process.env['RAPPORT_JOURNEYS_SEED'] ?? 29)
  let runs = 0
  fc.assert(
    fc.property(
      spans,
      spans,
      fc.nat(30),
      fc.nat(15),
      fc.constantFrom(-5, 5, 20),
      fc.constantFrom(-5, 5, 20),
      (source, target, start, length, sourceFrom, targetFrom) => {
        runs += 1
        const asked = { start, end: start + length, sourceFrom, targetFrom }
        expect(moveOf(source, target, asked)).toMatchObject(plainly(source, target, asked))
      },
    ),
    { seed, numRuns: 5_000 },
  )
  process.stdout.write(`movements: seed ${seed}, ${runs} persons\n`)
})
