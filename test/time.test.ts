import { Temporal } from 'temporal-polyfill'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addMonths, dayCounter, dayText, expiryOf, parseDay } from '../worker/time.ts'

const day = (text: string) => parseDay(text) ?? Number.NaN

describe('a day', () => {
  test.each([
    ['1970-01-01', 0],
    ['1969-12-31', -1],
    ['2000-02-29', 11_016],
    ['2024-02-29', 19_782],
    ['2100-03-01', 47_541],
  ])('%s is number %i', (text, number) => {
    expect(parseDay(text)).toBe(number)
    expect(dayText(number)).toBe(text)
  })

  test.each(['2023-02-29', '2024-13-01', '2024-00-10', '2024-1-1', 'today', ''])(
    '%s is no day',
    (text) => {
      expect(parseDay(text)).toBeNull()
    },
  )

  test.each([
    ['2011-03-31', 3, '2011-06-30', 'clamped to the month end'],
    ['2024-01-31', 1, '2024-02-29', 'clamped to the leap day'],
    ['2023-01-31', 1, '2023-02-28', 'no leap day'],
    ['2024-02-29', 12, '2025-02-28', 'a year after a leap day'],
    ['2023-11-30', 3, '2024-02-29', 'over the year'],
    ['2024-03-31', -1, '2024-02-29', 'backwards'],
    ['2024-05-15', 0, '2024-05-15', 'nothing'],
  ])('%s plus %i months is %s: %s', (text, months, result) => {
    expect(dayText(addMonths(day(text), months))).toBe(result)
  })

  test('moves by months as Temporal does', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -200_000, max: 200_000 }),
        fc.integer({ min: -2000, max: 2000 }),
        (number, months) => {
          const plain = Temporal.PlainDate.from('1970-01-01').add({ days: number })
          const moved = plain.add({ months }, { overflow: 'constrain' })
          const since = Temporal.PlainDate.from('1970-01-01').until(moved).days
          expect(addMonths(number, months)).toBe(since)
        },
      ),
      { seed: 5, numRuns: 500 },
    )
  })

  test('expires after days or months', () => {
    expect(expiryOf(100, { days: 7 })).toBe(107)
    expect(dayText(expiryOf(day('2024-01-31'), { months: 1 }))).toBe('2024-02-29')
  })
})

describe('days of instants', () => {
  test.each(['UTC', 'Europe/Berlin', 'America/New_York', 'Asia/Kolkata', 'Pacific/Apia'])(
    'in %s are those of Temporal, in any order',
    (zone) => {
      const dayOf = dayCounter(zone)
      fc.assert(
        fc.property(fc.integer({ min: 0, max: 2_000_000_000_000 }), (instant) => {
          const moment = Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(zone)
          expect(dayText(dayOf(instant))).toBe(moment.toPlainDate().toString())
        }),
        { seed: 6, numRuns: 300 },
      )
    },
  )
})
