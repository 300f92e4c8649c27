import { addMonths, type Day, dateOfDay, weekdayOf } from '../time.ts'
import type { Unit } from './catalog.ts'

/** Days, both ends included. */
export interface Span {
  from: Day
  to: Day
}

/** A calendar period, or the part of it that was asked for and has begun. */
export interface Period extends Span {
  /** First day of the calendar period. */
  start: Day
  /** It goes on to its last day, and that day is over. */
  finished: boolean
  /** The days it is compared with. */
  previous: Span
}

/** First day of the period of a day; `weekStart` 1 = Monday. */
export function startOf(unit: Unit, day: Day, weekStart: number): Day {
  if (unit === 'day') return day
  if (unit === 'month') return day - dateOfDay(day).date + 1
  return day - ((weekdayOf(day) - weekStart + 7) % 7)
}

/** The same day some periods later (or earlier); months are clamped to their end. */
function shift(unit: Unit, day: Day, periods: number): Day {
  if (unit === 'day') return day + periods
  return unit === 'week' ? day + 7 * periods : addMonths(day, periods)
}

/** Last day of the period that begins on `start`. */
function endOf(unit: Unit, start: Day): Day {
  return shift(unit, start, 1) - 1
}

/**
 * What a stretch of `count` periods is compared with: as many periods just before. Where the stretch begins or
 * ends within a period, so does the one before: on the same day of it, clamped. On the last day of a period all of the
 * one before is its equal.
 */
function before(unit: Unit, { from, to }: Span, weekStart: number, count: number): Span {
  const first = startOf(unit, from, weekStart)
  const last = startOf(unit, to, weekStart)
  const lastBefore = shift(unit, last, -count)
  const end = endOf(unit, lastBefore)
  return {
    from: from === first ? shift(unit, first, -count) : shift(unit, from, -count),
    to: to === endOf(unit, last) ? end : Math.min(end, shift(unit, to, -count)),
  }
}

export interface PeriodOptions {
  unit: Unit
  weekStart: number
  /** Days after it have not begun. */
  today: Day
}

/** The calendar periods that the days `from` … `to` touch, cut to these days and to today; none after today. */
export function periodsBetween(
  { from, to }: Span,
  { unit, weekStart, today }: PeriodOptions,
): Period[] {
  const until = Math.min(to, today)
  const periods: Period[] = []
  for (let start = startOf(unit, from, weekStart); start <= until; start = shift(unit, start, 1)) {
    const end = endOf(unit, start)
    const span = { from: Math.max(from, start), to: Math.min(until, end) }
    periods.push({
      ...span,
      start,
      finished: span.to === end && end < today,
      previous: before(unit, span, weekStart, 1),
    })
  }
  return periods
}

/** All periods as one, compared with as many before; null without any. */
export function wholeOf(
  periods: readonly Period[],
  { unit, weekStart }: PeriodOptions,
): Period | null {
  const [first] = periods
  const last = periods.at(-1)
  if (first === undefined || last === undefined) return null
  const span = { from: first.from, to: last.to }
  return {
    ...span,
    start: first.start,
    finished: last.finished,
    previous: before(unit, span, weekStart, periods.length),
  }
}

/** First day of the period that lies `count` − 1 periods before that of a day. */
export function periodsBack(unit: Unit, day: Day, weekStart: number, count: number): Day {
  return shift(unit, startOf(unit, day, weekStart), 1 - count)
}
