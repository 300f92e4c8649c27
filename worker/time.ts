import { Temporal } from 'temporal-polyfill'

/** Days since 1970-01-01 in the account's zone. */
export type Day = number

/** A stretch of time as rules write it: calendar months or days. */
export type Window = { readonly days: number } | { readonly months: number }

/** Days before 1 March 0000 and 1970-01-01; years that start in March put the leap day last. */
const EPOCH = 719_468
const DAYS_IN_ERA = 146_097

/** Day of a proleptic Gregorian date, month 1 to 12. */
export function dayOfDate(year: number, month: number, date: number): Day {
  const shifted = month <= 2 ? year - 1 : year
  const era = Math.floor(shifted / 400)
  const yearOfEra = shifted - era * 400
  const dayOfYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + date - 1
  const dayOfEra =
    yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear
  return era * DAYS_IN_ERA + dayOfEra - EPOCH
}

export interface DateParts {
  year: number
  /** 1 to 12. */
  month: number
  date: number
}

/** Year, month and date of a day. */
export function dateOfDay(day: Day): DateParts {
  const shifted = day + EPOCH
  const era = Math.floor(shifted / DAYS_IN_ERA)
  const dayOfEra = shifted - era * DAYS_IN_ERA
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  )
  const dayOfYear =
    dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const marchMonth = Math.floor((5 * dayOfYear + 2) / 153)
  const month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    date: dayOfYear - Math.floor((153 * marchMonth + 2) / 5) + 1,
  }
}

/** Length of a month, month 1 to 12. */
export function daysInMonth(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31
}

/** The same date some calendar months later (or earlier), clamped to the month's end. */
export function addMonths(day: Day, months: number): Day {
  const { year, month, date } = dateOfDay(day)
  const index = year * 12 + month - 1 + months
  const targetYear = Math.floor(index / 12)
  const targetMonth = index - targetYear * 12 + 1
  return dayOfDate(targetYear, targetMonth, Math.min(date, daysInMonth(targetYear, targetMonth)))
}

/** First day on which an event of `day` is no longer in the window. */
export function expiryOf(day: Day, window: Window): Day {
  return 'days' in window ? day + window.days : addMonths(day, window.months)
}

/** `YYYY-MM-DD` of a day. */
export function dayText(day: Day): string {
  const { year, month, date } = dateOfDay(day)
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(date).padStart(2, '0')}`
}

/** Day of `YYYY-MM-DD`; null when the text is no real date. */
export function parseDay(text: string): Day | null {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text)
  if (match === null) return null
  const [year, month, date] = [Number(match[1]), Number(match[2]), Number(match[3])]
  if (month < 1 || month > 12 || date < 1 || date > daysInMonth(year, month)) return null
  return dayOfDate(year, month, date)
}

const MS_PER_DAY = 86_400_000

/**
 * Maps instants (epoch ms) to what a zone's clocks are ahead of UTC, in ms. Asks the zone once per stretch between
 * two transitions, so mapping a long list costs little.
 */
export function offsetCounter(timeZone: string): (instant: number) => number {
  if (timeZone === 'UTC') return () => 0
  const stretches: { from: number; until: number; offset: number }[] = []
  let current = { from: 0, until: 0, offset: 0 }
  const find = (instant: number) => {
    const known = stretches.find((it) => it.from <= instant && instant < it.until)
    if (known !== undefined) return known
    const moment = Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(timeZone)
    const before = moment.getTimeZoneTransition('previous')
    const after = moment.getTimeZoneTransition('next')
    // A transition that falls on this very instant is not "previous": then the stretch starts here.
    const starts = before === null ? -Infinity : before.epochMilliseconds
    const same = before === null || before.offsetNanoseconds === moment.offsetNanoseconds
    const stretch = {
      from: same ? starts : instant,
      until: after === null ? Infinity : after.epochMilliseconds,
      offset: moment.offsetNanoseconds / 1e6,
    }
    stretches.push(stretch)
    return stretch
  }
  return (instant) => {
    if (instant < current.from || instant >= current.until) current = find(instant)
    return current.offset
  }
}

/** Maps instants (epoch ms) to calendar days of a zone. */
export function dayCounter(timeZone: string): (instant: number) => Day {
  const offsetOf = offsetCounter(timeZone)
  return (instant) => Math.floor((instant + offsetOf(instant)) / MS_PER_DAY)
}

/** Day of the week, 1 = Monday to 7 = Sunday. */
export function weekdayOf(day: Day): number {
  return ((((day + 3) % 7) + 7) % 7) + 1
}
