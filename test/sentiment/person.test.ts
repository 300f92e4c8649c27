import { expect, test } from 'vitest'
import {
  combine,
  crossings,
  decayTo,
  EMPTY_MOOD,
  fadesAt,
  type MoodState,
  moodOf,
  nextLabel,
  readMood,
} from '../../worker/sentiment/person.ts'
import { labelAt, labelSteps, moodFrom, moodStates } from '../../worker/sentiment/history.ts'

const DAY = 86_400_000
const start = 20_000 * DAY

function sum(...entries: [day: number, score: number][]): MoodState {
  return entries.map(([day, score]) => moodOf(start + day * DAY, score)).reduce(combine, EMPTY_MOOD)
}

test('one message of -0.9 weighs against two pseudo-tickets: -0.9 / 3', () => {
  const mood = readMood(sum([0, -0.9]), start)
  expect(mood.score).toBeCloseTo(-0.3, 12)
  expect(nextLabel('unknown', mood.score, mood.weight)).toBe('negative')
})

test.each([{ order: [0, 1, 2] }, { order: [2, 1, 0] }, { order: [1, 2, 0] }, { order: [2, 0, 1] }])(
  'three bad messages on days 0, 5, 10 give the same mood in the order $order',
  ({ order }) => {
    const entries: [number, number][] = [
      [0, -0.9],
      [5, -0.8],
      [10, -0.9],
    ]
    const mood = readMood(sum(...order.flatMap((i) => entries.slice(i, i + 1))), start + 10 * DAY)
    expect(mood.score).toBeCloseTo(-0.508174, 6)
    expect(mood.weight).toBeCloseTo(2.834773, 6)
    expect(mood.effective).toBeCloseTo(2.993347, 6)
  },
)

test.each([
  {
    day: 70,
    score: -0.359472,
    label: 'negative',
    because: 'one half-life is not enough to forget',
  },
  { day: 250, score: -0.07053, label: 'unknown', because: 'only 0.177 of the evidence is left' },
] as const)(
  'the same person reads $label on day $day, because $because',
  ({ day, score, label }) => {
    const mood = readMood(sum([0, -0.9], [5, -0.8], [10, -0.9]), start + day * DAY)
    expect(mood.score).toBeCloseTo(score, 6)
    expect(nextLabel('negative', mood.score, mood.weight)).toBe(label)
  },
)

test('after 240 days 1/16 of 2.834773 is left', () => {
  const mood = readMood(sum([0, -0.9], [5, -0.8], [10, -0.9]), start + 250 * DAY)
  expect(mood.weight).toBeCloseTo(0.177173, 6)
})

test('three good messages on days 40 to 42 bring the person back to neutral', () => {
  const state = sum([0, -0.9], [5, -0.8], [10, -0.9], [40, 0.9], [41, 0.8], [42, 0.95])
  const mood = readMood(state, start + 42 * DAY)
  expect(mood.score).toBeCloseTo(0.133245, 6)
  expect(nextLabel('negative', mood.score, mood.weight)).toBe('neutral')
})

test.each([
  { before: 'neutral', score: 0.25, after: 'positive', because: 'the entry line is reached' },
  { before: 'neutral', score: 0.2, after: 'neutral', because: 'it is below the entry line' },
  { before: 'positive', score: 0.15, after: 'positive', because: 'it is kept to the exit line' },
  { before: 'positive', score: 0.149, after: 'neutral', because: 'it is below the exit line' },
  { before: 'positive', score: -0.25, after: 'negative', because: 'the other entry is reached' },
  {
    before: 'negative',
    score: -0.16,
    after: 'negative',
    because: 'this side has an exit line too',
  },
  { before: 'unknown', score: 0.2, after: 'neutral', because: 'unknown keeps no side' },
] as const)('$before at $score becomes $after, because $because', ({ before, score, after }) => {
  expect(nextLabel(before, score, 1)).toBe(after)
})

test('the arrow falls when the last two weeks are clearly worse than the last quarter', () => {
  const fine: [number, number][] = [0, 10, 20, 30, 40].map((day) => [day, 0.8])
  const bad: [number, number][] = [88, 89, 90].map((day) => [day, -0.9])
  expect(readMood(sum(...fine, ...bad), start + 90 * DAY).trend).toBe('falling')
  expect(readMood(sum(...fine), start + 41 * DAY).trend).toBe('steady')
  expect(readMood(sum([88, -0.9], [89, -0.9]), start + 90 * DAY).trend).toBe('steady')
})

test('a score of -0.3 leaves -0.15 behind exactly where it is solved', () => {
  const state = moodOf(start, -0.9)
  const [at] = crossings(state, -0.15)
  // (−0.9 d) / (2 + d) = −0.15 at d = 0.4, which is 60 · log2(2.5) days.
  expect((Number(at) - start) / DAY).toBeCloseTo(60 * Math.log2(2.5), 6)
  expect(readMood(state, Number(at) - 1).score).toBeLessThanOrEqual(-0.15)
  expect(readMood(state, Number(at)).score).toBeGreaterThan(-0.15)
})

test.each([
  { threshold: -0.31, because: 'it was never that low' },
  { threshold: 0, because: 'it only comes near to the mean' },
  { threshold: 0.1, because: 'it lies beyond the mean' },
])('a score of -0.3 never passes $threshold, because $because', ({ threshold }) => {
  expect(crossings(moodOf(start, -0.9), threshold)).toEqual([])
})

test('the only message of weight 1 fades to unknown after one half-life', () => {
  expect(fadesAt(moodOf(start, 0.5))).toBe(start + 60 * DAY + 1)
  expect(fadesAt(EMPTY_MOOD)).toBeNull()
})

test('reading earlier than the last message does not undo decay', () => {
  const state = moodOf(start, 0.5)
  expect(decayTo(state, start - DAY)).toBe(state)
})

test('four messages of one ticket weigh as much as two tickets', () => {
  const at = start
  const one = [1, 2, 3, 4].map((i) => ({ id: `m${i}`, ticket: 't1', at, score: 0.9 }))
  const state = moodFrom(one)
  expect(state.main.weight).toBeCloseTo(2, 12)
  expect(readMood(state, at).score).toBeCloseTo(1.8 / 4, 12)
})

test('the label is replayed: entered, held by hysteresis, left by decay, faded', () => {
  const steps = labelSteps([
    { id: 'a', ticket: 't1', at: start, score: -0.9 },
    { id: 'b', ticket: 't2', at: start + 200 * DAY, score: 0.3 },
  ])
  const seen = steps.map(({ at, label }) => [Math.round((at - start) / DAY), label])
  expect(seen).toEqual([
    [0, 'negative'],
    [60, 'unknown'],
    [200, 'neutral'],
    // 1 + 2^(−200/60) = 1.0992 at day 200 is halved to 0.5 after 60 · log2(2.1985) = 68 days.
    [268, 'unknown'],
  ])
  expect(labelAt(steps, start - 1)).toBe('unknown')
  expect(labelAt(steps, start + 59 * DAY)).toBe('negative')
})

test('messages of one instant make one state', () => {
  const both = ['a', 'b'].map((id) => ({ id, ticket: id, at: start, score: 0.5 }))
  expect(moodStates(both)).toHaveLength(1)
})
