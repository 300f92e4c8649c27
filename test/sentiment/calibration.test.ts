import { expect, test } from 'vitest'
import {
  agreementOf,
  calibrated,
  calibrationFrom,
  correctedScore,
  NO_CALIBRATION,
} from '../../worker/sentiment/calibration.ts'
import { scoreOf } from '../../worker/sentiment/model.ts'

const mild = scoreOf(-2, 0.4, 'v1')

test('without corrections nothing changes', () => {
  expect(calibrationFrom([])).toEqual(NO_CALIBRATION)
  expect(calibrated(mild, NO_CALIBRATION)).toBe(mild)
})

test('an account that calls mild complaints neutral lowers its subjectivity, little by little', () => {
  const shifts = [1, 5, 50].map(
    (n) =>
      calibrationFrom(Array.from({ length: n }, () => ({ score: mild, label: 'neutral' as const })))
        .subjectivity,
  )
  expect(shifts[0]).toBeCloseTo(-0.059, 2)
  expect(shifts).toEqual(shifts.toSorted((a, b) => b - a))
  expect(shifts.every((shift) => shift >= -1)).toBe(true)
})

test('ten corrections turn the label of such messages', () => {
  const corrections = Array.from({ length: 10 }, () => ({
    score: mild,
    label: 'neutral' as const,
  }))
  expect(mild.label).toBe('negative')
  expect(calibrated(mild, calibrationFrom(corrections)).label).toBe('neutral')
})

test('a clear score survives the calibration', () => {
  const clear = scoreOf(-4, 4, 'v1')
  const corrections = Array.from({ length: 50 }, () => ({ score: mild, label: 'neutral' as const }))
  expect(calibrated(clear, calibrationFrom(corrections)).label).toBe('negative')
})

test.each([
  { score: -0.9, label: 'negative', counts: -0.9, because: 'the agent agreed' },
  { score: 0.4, label: 'negative', counts: -0.6, because: 'the agent turned it' },
  { score: 0.4, label: 'positive', counts: 0.6, because: 'a label set by hand is sure' },
  { score: 0.8, label: 'neutral', counts: 0, because: 'the agent took it back' },
] as const)('$score corrected to $label counts $counts, because $because', (row) => {
  expect(correctedScore(row.score, row.label)).toBe(row.counts)
})

const pairs = (good: number[], bad: number[]) => [
  ...good.map((score) => ({ score, good: true })),
  ...bad.map((score) => ({ score, good: false })),
]
const many = (values: number[]) => values.flatMap((value) => times(5, value))
const times = (n: number, score: number) => Array.from({ length: n }, () => score)

test('scores that part good from bad ratings hold', () => {
  expect(agreementOf(pairs(times(10, 0.5), times(10, -0.5)))).toMatchObject({
    area: 1,
    holds: true,
  })
})

test('scores that say nothing do not hold', () => {
  expect(agreementOf(pairs(times(10, 0.1), times(10, 0.1)))).toMatchObject({
    area: 0.5,
    holds: false,
  })
})

test('nine bad ratings are too few to say', () => {
  expect(agreementOf(pairs(times(50, 0.5), times(9, -0.5)))).toEqual({
    good: 50,
    bad: 9,
    area: null,
    low: null,
    holds: null,
  })
})

test('the area counts pairs: 3 of 4 in order, one tied', () => {
  // good 2, 4 against bad 1, 2: 2>1, 2=2, 4>1, 4>2 make 3.5 of 4.
  expect(agreementOf(pairs(many([2, 4]), many([1, 2]))).area).toBe(3.5 / 4)
})
