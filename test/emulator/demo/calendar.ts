/**
 * Days are integers since 1970-01-01 in London; instants are whole minutes since the epoch in UTC.
 * London, because its two clock changes a year make "day" and "working hours" worth getting right.
 */
export const timeZone = 'Europe/London'

const dayMinutes = 1440

export function dayOf(text: string): number {
  return Date.parse(`${text}T00:00:00Z`) / 86_400_000
}

export function dayText(day: number): string {
  return new Date(day * 86_400_000).toISOString().slice(0, 10)
}

/** Monday is 1, Sunday 7. */
export function weekday(day: number): number {
  return ((day + 3) % 7) + 1
}

/** 0 is January. */
export function monthOf(day: number): number {
  return new Date(day * 86_400_000).getUTCMonth()
}

/** The same day some months later (or earlier), clamped to the month's end. */
export function addMonths(day: number, months: number): number {
  const date = new Date(day * 86_400_000)
  const first = Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months, 1)
  const last = Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months + 1, 0)
  return Math.min(first / 86_400_000 + date.getUTCDate() - 1, last / 86_400_000)
}

const changes = new Map<number, { start: number; end: number }>()

/** First and last minute of summer time: 01:00 UTC on the last Sundays of March and October. */
function summerOf(year: number): { start: number; end: number } {
  const known = changes.get(year)
  if (known !== undefined) return known
  const lastSunday = (month: number) => {
    const day = Date.UTC(year, month + 1, 0) / 86_400_000
    return (day - (weekday(day) % 7)) * dayMinutes + 60
  }
  const summer = { start: lastSunday(2), end: lastSunday(9) }
  changes.set(year, summer)
  return summer
}

function isSummer(minute: number): boolean {
  const { start, end } = summerOf(new Date(minute * 60_000).getUTCFullYear())
  return minute >= start && minute < end
}

/** The instant of a wall-clock minute of a day; one that a clock change skips moves forward. */
export function minuteAt(day: number, minuteOfDay: number): number {
  const wall = day * dayMinutes + minuteOfDay
  return isSummer(wall - 60) ? wall - 60 : wall
}

/** Day and minute of the day that a clock in London shows. */
export function wallOf(minute: number): { day: number; minute: number } {
  const wall = isSummer(minute) ? minute + 60 : minute
  return { day: Math.floor(wall / dayMinutes), minute: wall % dayMinutes }
}

export function todayOf(now: Date): number {
  return wallOf(Math.floor(now.getTime() / 60_000)).day
}

/** RFC 3339 in UTC. */
export function instantText(minute: number): string {
  return `${new Date(minute * 60_000).toISOString().slice(0, 19)}Z`
}
