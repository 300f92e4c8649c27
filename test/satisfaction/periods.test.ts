import { expect, test } from 'vitest'
import type { Unit } from '../../worker/satisfaction/catalog.ts'
import {
  periodsBack,
  periodsBetween,
  type Span,
  wholeOf,
} from '../../worker/satisfaction/periods.ts'
import { levelOf } from '../../worker/tickets/level.ts'
import { dayText, parseDay } from '../../worker/time.ts'

const day = (text: string) => parseDay(text) ?? Number.NaN
const span = ({ from, to }: Span) => `${dayText(from)} … ${dayText(to)}`
const options = (unit: Unit, today: string, weekStart = 1) => ({
  unit,
  weekStart,
  today: day(today),
})

test.each<{
  unit: Unit
  from: string
  to: string
  today: string
  weekStart?: number
  expected: [string, string, boolean][]
  because: string
}>([
  {
    unit: 'month',
    from: '2026-01-01',
    to: '2026-03-31',
    today: '2026-05-09',
    expected: [
      ['2026-01-01 … 2026-01-31', '2025-12-01 … 2025-12-31', true],
      ['2026-02-01 … 2026-02-28', '2026-01-01 … 2026-01-31', true],
      ['2026-03-01 … 2026-03-31', '2026-02-01 … 2026-02-28', true],
    ],
    because: 'whole months are compared with whole months',
  },
  {
    unit: 'month',
    from: '2026-03-01',
    to: '2026-03-31',
    today: '2026-03-10',
    expected: [['2026-03-01 … 2026-03-10', '2026-02-01 … 2026-02-10', false]],
    because: 'an unfinished month is compared with the same elapsed part',
  },
  {
    unit: 'month',
    from: '2026-03-01',
    to: '2026-03-31',
    today: '2026-03-30',
    expected: [['2026-03-01 … 2026-03-30', '2026-02-01 … 2026-02-28', false]],
    because: 'the elapsed part is clamped to a shorter month',
  },
  {
    unit: 'month',
    from: '2026-02-01',
    to: '2026-02-28',
    today: '2026-02-28',
    expected: [['2026-02-01 … 2026-02-28', '2026-01-01 … 2026-01-31', false]],
    because: 'a month on its last day is compared with all of the month before',
  },
  {
    unit: 'month',
    from: '2026-03-15',
    to: '2026-04-10',
    today: '2026-06-01',
    expected: [
      ['2026-03-15 … 2026-03-31', '2026-02-15 … 2026-02-28', true],
      ['2026-04-01 … 2026-04-10', '2026-03-01 … 2026-03-10', false],
    ],
    because: 'a part that was asked for is compared with the same part',
  },
  {
    unit: 'week',
    from: '2026-03-04',
    to: '2026-03-12',
    today: '2026-06-01',
    expected: [
      ['2026-03-04 … 2026-03-08', '2026-02-25 … 2026-03-01', true],
      ['2026-03-09 … 2026-03-12', '2026-03-02 … 2026-03-05', false],
    ],
    because: 'weeks begin on Monday',
  },
  {
    unit: 'week',
    from: '2026-03-01',
    to: '2026-03-07',
    today: '2026-06-01',
    weekStart: 7,
    expected: [['2026-03-01 … 2026-03-07', '2026-02-22 … 2026-02-28', true]],
    because: 'this shop begins its week on Sunday',
  },
  {
    unit: 'day',
    from: '2026-03-01',
    to: '2026-03-02',
    today: '2026-03-02',
    expected: [
      ['2026-03-01 … 2026-03-01', '2026-02-28 … 2026-02-28', true],
      ['2026-03-02 … 2026-03-02', '2026-03-01 … 2026-03-01', false],
    ],
    because: 'a day is compared with the day before',
  },
  {
    unit: 'day',
    from: '2026-03-05',
    to: '2026-03-09',
    today: '2026-03-04',
    expected: [],
    because: 'nothing has begun yet',
  },
])(
  '$unit from $from to $to on $today: $because',
  ({ unit, from, to, today, weekStart, expected }) => {
    const periods = periodsBetween(
      { from: day(from), to: day(to) },
      options(unit, today, weekStart),
    )
    expect(periods.map((one) => [span(one), span(one.previous), one.finished])).toEqual(expected)
  },
)

test('several periods as one are compared with as many before', () => {
  const one = options('month', '2026-03-10')
  const periods = periodsBetween({ from: day('2026-01-01'), to: day('2026-03-31') }, one)
  const whole = wholeOf(periods, one)
  if (whole === null) throw new Error('there are periods')
  expect([span(whole), span(whole.previous), whole.finished]).toEqual([
    '2026-01-01 … 2026-03-10',
    '2025-10-01 … 2025-12-10',
    false,
  ])
  expect(wholeOf([], one)).toBe(null)
})

test('twelve months end with the current one', () => {
  expect(dayText(periodsBack('month', day('2026-03-10'), 1, 12))).toBe('2025-04-01')
  expect(dayText(periodsBack('week', day('2026-03-10'), 1, 2))).toBe('2026-03-02')
})

test.each([
  [1, 5, 'bad', 1, true],
  [2, 5, 'bad', 2, true],
  [3, 5, 'neutral', 3, true],
  [4, 5, 'good', 4, false],
  [5, 5, 'good', 5, false],
  [1, 3, 'bad', 1, true],
  [2, 3, 'neutral', 3, true],
  [3, 3, 'good', 5, false],
  [1, 2, 'bad', 1, true],
  [2, 2, 'good', 5, false],
])('level %i of %i is %s, stands at %i', (level, scale, verdict, place, asked) => {
  expect(levelOf(level, scale)).toEqual({ verdict, place, asked })
})

test.each([
  [0, 5],
  [6, 5],
  [3, 2],
  [1, 4],
  [2.5, 5],
])('there is no level %d of %d', (level, scale) => {
  expect(levelOf(level, scale)).toBe(null)
})
