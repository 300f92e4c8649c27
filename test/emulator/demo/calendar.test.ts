import * as fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { expect, test } from 'vitest'
import { addMonths, dayOf, dayText, minuteAt, timeZone, wallOf, weekday } from './calendar.ts'

const options = { seed: 2026, numRuns: 2000 }
const anyDay = fc.integer({ min: dayOf('2015-01-01'), max: dayOf('2045-12-31') })
const nearChange = fc
  .constantFrom('2026-03-29', '2026-10-25', '2024-03-31', '2027-10-31')
  .map(dayOf)

const plainDate = (day: number) => Temporal.PlainDate.from('1970-01-01').add({ days: day })

test('clocks agree with the time-zone database', () => {
  fc.assert(
    fc.property(
      fc.oneof(anyDay, nearChange),
      fc.integer({ min: 0, max: 1439 }),
      (day, minuteOfDay) => {
        const instant = plainDate(day)
          .toPlainDateTime({ hour: Math.floor(minuteOfDay / 60), minute: minuteOfDay % 60 })
          .toZonedDateTime(timeZone)
        const minute = instant.epochMilliseconds / 60_000
        expect(minuteAt(day, minuteOfDay)).toBe(minute)
        expect(wallOf(minute)).toEqual({
          day: dayOf(instant.toPlainDate().toString()),
          minute: instant.hour * 60 + instant.minute,
        })
      },
    ),
    options,
  )
})

test('months are added as calendars do, clamped to the month’s end', () => {
  fc.assert(
    fc.property(anyDay, fc.integer({ min: -40, max: 40 }), (day, months) => {
      expect(dayText(addMonths(day, months))).toBe(plainDate(day).add({ months }).toString())
      expect(weekday(day)).toBe(plainDate(day).dayOfWeek)
    }),
    options,
  )
})
