import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  breakpoints,
  labelAt,
  labelSteps,
  moodFrom,
  moodStates,
  type ScoredMessage,
  stateAt,
} from '../../worker/sentiment/history.ts'
import { LEAST_WEIGHT, nextLabel, readMood } from '../../worker/sentiment/person.ts'

const DAY = 86_400_000
const start = 20_000 * DAY
const runs = { numRuns: 200, seed: 6 }

const timeline = fc
  .array(
    fc.record({
      ticket: fc.constantFrom('t1', 't2', 't3'),
      at: fc.integer({ min: 0, max: 300 * 24 }).map((hour) => start + hour * (DAY / 24)),
      score: fc.integer({ min: -1000, max: 1000 }).map((value) => value / 1000),
    }),
    { minLength: 1, maxLength: 12 },
  )
  .map((list): ScoredMessage[] => list.map((one, i) => ({ ...one, id: `m${i}` })))

const prior = fc.record({
  mean: fc.integer({ min: -4, max: 4 }).map((value) => value / 10),
  strength: fc.constantFrom(1, 2, 5),
})

/** The definition, written down: every message up to `now`, its ticket's count, its age. */
function byDefinition(
  messages: readonly ScoredMessage[],
  now: number,
  mean: number,
  kappa: number,
) {
  const seen = messages.filter(({ at }) => at <= now)
  let weights = 0
  let values = 0
  for (const { ticket, at, score } of seen) {
    const count = seen.filter((other) => other.ticket === ticket).length
    const weight = 2 ** (-(now - at) / (60 * DAY)) / Math.sqrt(count)
    weights += weight
    values += weight * score
  }
  return { score: (kappa * mean + values) / (kappa + weights), weight: weights }
}

test('the replayed state is the definition, at any instant', () => {
  fc.assert(
    fc.property(timeline, prior, fc.integer({ min: 0, max: 600 }), (messages, lean, day) => {
      const now = start + day * DAY
      const mood = readMood(stateAt(moodStates(messages), now), now, lean)
      const expected = byDefinition(messages, now, lean.mean, lean.strength)
      expect(mood.score).toBeCloseTo(expected.score, 9)
      expect(mood.weight).toBeCloseTo(expected.weight, 9)
    }),
    runs,
  )
})

test('the order of arrival does not matter', () => {
  fc.assert(
    fc.property(timeline, (messages) => {
      expect(moodFrom(messages.toReversed())).toEqual(moodFrom(messages))
    }),
    runs,
  )
})

test('between two breakpoints no threshold is passed', () => {
  const thresholds = [-0.4, -0.1, 0.1, 0.3]
  fc.assert(
    fc.property(timeline, prior, (messages, lean) => {
      const states = moodStates(messages)
      const instants = breakpoints(messages, thresholds, lean)
      const sideAt = (at: number, threshold: number) => {
        const distance = readMood(stateAt(states, at), at, lean).score - threshold
        return Math.abs(distance) < 1e-7 ? 0 : Math.sign(distance)
      }
      const passed = instants.flatMap((from, i) => {
        const to = instants[i + 1] ?? from + 900 * DAY
        const between = [0.2, 0.5, 0.8, 0.999]
          .map((part) => Math.floor(from + (to - from) * part))
          .filter((at) => at > from && at < to)
        return thresholds.filter((threshold) =>
          between.some((at) => sideAt(at, threshold) * sideAt(from, threshold) < 0),
        )
      })
      expect(passed).toEqual([])
    }),
    runs,
  )
})

test('solved labels are those of a replay that looks every hour', () => {
  fc.assert(
    fc.property(timeline, (messages) => {
      const steps = labelSteps(messages)
      const states = moodStates(messages)
      let label = nextLabel('unknown', 0, 0)
      const wrong: number[] = []
      for (let at = start; at < start + 420 * DAY; at += DAY / 24) {
        const mood = readMood(stateAt(states, at), at)
        label = nextLabel(label, mood.score, mood.weight)
        const lines = [0.25, 0.15].map((line) => Math.abs(Math.abs(mood.score) - line))
        const onLine = Math.min(...lines, Math.abs(mood.weight - LEAST_WEIGHT)) < 1e-4
        if (!onLine && labelAt(steps, at) !== label) wrong.push(at)
      }
      expect(wrong).toEqual([])
    }),
    { numRuns: 20, seed: 6 },
  )
})
