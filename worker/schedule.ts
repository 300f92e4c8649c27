import { type Day, offsetCounter, parseDay, weekdayOf } from './time.ts'

/**
 * A version of a shop's working hours, as the account's settings hold it: in force from the first moment of `from`
 * in its own zone until the next version. Times are `HH:MM`; an interval whose end ≤ start runs into the next day.
 */
export interface Hours {
  /** `YYYY-MM-DD` */
  readonly from: string
  readonly timeZone: string
  /** Weekdays 1 = Monday to 7 = Sunday. */
  readonly intervals: readonly {
    readonly day: number
    readonly start: string
    readonly end: string
  }[]
  /** Closed days, both ends included: nothing on them is working time, whatever shift it belongs to. */
  readonly holidays: readonly { readonly from: string; readonly to: string }[]
}

/** Tells working time: of an instant (epoch ms) true inside the hours of the version in force then. */
export type WorkingHours = (instant: number) => boolean

const MINUTE = 60_000
const DAY = 1_440
const WEEK = 7 * DAY

interface Version {
  /** Epoch ms from which it is in force. */
  readonly starts: number
  readonly offsetOf: (instant: number) => number
  /** One for each working minute of the week, from Monday 00:00 on. */
  readonly week: Uint8Array
  readonly closed: ReadonlySet<Day>
}

function minutesOf(clock: string): number {
  return Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3, 5))
}

function weekOf(intervals: Hours['intervals']): Uint8Array {
  const week = new Uint8Array(WEEK)
  for (const { day, start, end } of intervals) {
    const from = (day - 1) * DAY + minutesOf(start)
    const length = minutesOf(end) - minutesOf(start)
    const minutes = length > 0 ? length : length + DAY
    for (let k = 0; k < minutes; k += 1) week[(from + k) % WEEK] = 1
  }
  return week
}

function closedDays(holidays: Hours['holidays']): Set<Day> {
  const closed = new Set<Day>()
  for (const { from, to } of holidays) {
    const last = parseDay(to) ?? -1
    for (let day = parseDay(from) ?? 0; day <= last; day += 1) closed.add(day)
  }
  return closed
}

/** The first instant of a day on a zone's clocks: midnight, or where the clocks jump over it the moment after. */
function startOfDay(day: Day, offsetOf: (instant: number) => number): number {
  const midnight = day * DAY * MINUTE
  const earlier = midnight - offsetOf(midnight - DAY * MINUTE)
  const later = midnight - offsetOf(midnight + DAY * MINUTE)
  const candidates = [Math.min(earlier, later), Math.max(earlier, later)]
  return candidates.find((instant) => instant + offsetOf(instant) >= midnight) ?? midnight
}

/** Prepares working hours. Without a version, and before the first, every moment is working time. */
export function workingHours(versions: readonly Hours[]): WorkingHours {
  const prepared = versions
    .map((hours): Version => {
      const offsetOf = offsetCounter(hours.timeZone)
      return {
        starts: startOfDay(parseDay(hours.from) ?? 0, offsetOf),
        offsetOf,
        week: weekOf(hours.intervals),
        closed: closedDays(hours.holidays),
      }
    })
    .toSorted((a, b) => a.starts - b.starts)
  return (instant) => {
    const version = prepared.findLast(({ starts }) => starts <= instant)
    if (version === undefined) return true
    const minute = Math.floor((instant + version.offsetOf(instant)) / MINUTE)
    const day = Math.floor(minute / DAY)
    if (version.closed.has(day)) return false
    return version.week[(weekdayOf(day) - 1) * DAY + (minute - day * DAY)] === 1
  }
}

/** Working time between two instants (ms), to the minute; each day of the calendar is counted once and remembered. */
export function workingTime(isWorking: WorkingHours): (from: number, to: number) => number {
  const days = new Map<number, Uint16Array>()
  const upTo = (instant: number): { day: number; minutes: number } => {
    const minute = Math.floor(instant / MINUTE)
    const day = Math.floor(minute / DAY)
    let sums = days.get(day)
    if (sums === undefined) {
      sums = new Uint16Array(DAY + 1)
      for (let k = 0; k < DAY; k += 1) {
        sums[k + 1] = (sums[k] ?? 0) + (isWorking((day * DAY + k) * MINUTE) ? 1 : 0)
      }
      days.set(day, sums)
    }
    return { day, minutes: sums[minute - day * DAY] ?? 0 }
  }
  return (from, to) => {
    if (to <= from) return 0
    const [start, end] = [upTo(from), upTo(to)]
    let minutes = end.minutes - start.minutes
    for (let day = start.day; day < end.day; day += 1) {
      upTo(day * DAY * MINUTE)
      minutes += days.get(day)?.[DAY] ?? 0
    }
    return minutes * MINUTE
  }
}
