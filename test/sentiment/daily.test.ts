import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  dayMoods,
  labelDays,
  scoreDays,
  scoreOn,
  scoreSteps,
  weightOn,
} from '../../worker/sentiment/daily.ts'

const message = (day: number, score: number, ticket = `t${day}`) => ({
  id: `${ticket} ${day} ${score}`,
  ticket,
  day,
  score,
})

test('the check vectors of the definition hold by day', () => {
  const bad = [message(0, -0.9), message(5, -0.8), message(10, -0.9)]
  const last = dayMoods(bad).at(-1) ?? never()
  expect(scoreOn(last, 10)).toBeCloseTo(-0.508174, 6)
  expect(weightOn(last, 10)).toBeCloseTo(2.834773, 6)
  expect(scoreOn(last, 70)).toBeCloseTo(-0.359472, 6)
  expect(scoreOn(last, 250)).toBeNaN()
  const mended = [...bad, message(40, 0.9), message(41, 0.8), message(42, 0.95)]
  expect(scoreOn(dayMoods(mended).at(-1) ?? never(), 42)).toBeCloseTo(0.133245, 6)
})

test('one message of −0.9 is −0.3: negative, for as long as the score is at −0.15 or below', () => {
  const moods = dayMoods([message(100, -0.9)])
  // −0.9f / (2 + f) = −0.15 → f = 0.4, but evidence fades first: f = 0.5 after 60 days.
  expect(labelDays(moods)).toEqual([
    { day: 100, label: 'negative' },
    { day: 161, label: 'unknown' },
  ])
})

test('a threshold is passed on its day, solved and not walked to', () => {
  const moods = dayMoods([message(0, 1), message(0, 1, 'u'), message(0, 1, 'v')])
  // Three tickets: 3f / (2 + 3f) = 0.5 → f = 2/3 → 60 · log2(1.5) = 35.1 days.
  expect(scoreSteps(moods, [0.5]).map(({ day }) => day)).toEqual([0, 36, 156])
})

const shops = fc.record({
  messages: fc.array(
    fc
      .tuple(
        fc.nat(300),
        fc.constantFrom(-1, -0.75, -0.5, 0, 0.25, 0.75, 1),
        fc.constantFrom('a', 'b', 'c'),
      )
      .map(([day, score, ticket]) => ({ day, score, ticket })),
    { maxLength: 8 },
  ),
  threshold: fc.constantFrom(-0.5, -0.25, 0, 0.15, 0.25, 0.3),
})

/** The definition, said plainly: on a day, every earlier message decayed and weighed by its ticket's size. */
function plainly(
  messages: readonly { ticket: string; day: number; score: number }[],
  today: number,
): { score: number; weight: number } {
  const past = messages.filter(({ day }) => day <= today)
  let [weight, value] = [0, 0]
  for (const { ticket, day, score } of past) {
    const size = past.filter((one) => one.ticket === ticket).length
    const one = 2 ** (-(today - day) / 60) / Math.sqrt(size)
    weight += one
    value += one * score
  }
  return {
    score: Math.round((value / (2 + weight)) * 1e9) / 1e9,
    weight: Math.round(weight * 1e9) / 1e9,
  }
}

test('steps, days and labels agree with the definition on every day', () => {
  const seed = Number(process.env['RAPPORT_SENTIMENT_SEED'] ?? 17)
  let checked = 0
  fc.assert(
    fc.property(shops, ({ messages, threshold }) => {
      const moods = dayMoods(messages.map((one, k) => ({ ...one, id: `m${k}` })))
      const steps = scoreSteps(moods, [threshold])
      const daily = new Map(scoreDays(moods).map(({ day, score }) => [day, score]))
      const labels = labelDays(moods)
      let label = 'unknown'
      for (let today = 0; today <= 800; today += 1) {
        const { score, weight } = plainly(messages, today)
        const known = weight >= 0.5
        const step = steps.findLast(({ day }) => day <= today)?.score ?? Number.NaN
        expect([today, Number.isNaN(step)]).toEqual([today, !known])
        const side = (x: number) => (known ? [today, x >= threshold, x <= threshold] : [today])
        expect(side(step)).toEqual(side(score))
        const gap = Math.abs((daily.get(today) ?? score) - score)
        expect([today, known && gap > 1e-8]).toEqual([today, false])
        if (!known) label = 'unknown'
        else if (score >= 0.25) label = 'positive'
        else if (score <= -0.25) label = 'negative'
        else if (
          !(label === 'positive' && score >= 0.15) &&
          !(label === 'negative' && score <= -0.15)
        )
          label = 'neutral'
        expect([today, labels.findLast(({ day }) => day <= today)?.label ?? 'unknown']).toEqual([
          today,
          label,
        ])
        checked += 1
      }
    }),
    { seed, numRuns: 150 },
  )
  process.stdout.write(`moods by day: seed ${seed}, ${checked} days\n`)
})

function never(): never {
  throw new Error('there is no mood')
}
