import type { z } from 'zod'
import type { Schedule } from '../accounts/account.ts'
import type { Desk } from './desk.ts'
import * as shapes from './shapes.ts'
import { zoneOf } from './zones.ts'

const dayMinutes = 1_440

/** `HH:MM` of minutes since midnight. */
function clockOf(minutes: number): string {
  const hours = Math.floor(minutes / 60)
  return `${String(hours).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`
}

/**
 * A schedule of the help desk as ours, in force from a day on. Theirs are minutes since Sunday 00:00; an interval over
 * midnight is cut there. Null when its zone is not known.
 */
export function scheduleOf(
  schedule: z.output<typeof shapes.schedule>,
  holidays: readonly z.output<typeof shapes.holiday>[],
  from: string,
): Schedule | null {
  const timeZone = zoneOf(schedule.time_zone)
  if (timeZone === null) return null
  const intervals = schedule.intervals.flatMap(({ start_time: start, end_time: end }) => {
    const parts: Schedule['intervals'] = []
    for (let at = start; at < end; at = (Math.floor(at / dayMinutes) + 1) * dayMinutes) {
      const midnight = (Math.floor(at / dayMinutes) + 1) * dayMinutes
      const until = Math.min(end, midnight)
      // Their week begins on Sunday, ours on Monday.
      const day = ((Math.floor(at / dayMinutes) + 6) % 7) + 1
      const last = until === midnight ? dayMinutes : until % dayMinutes
      parts.push({ day, start: clockOf(at % dayMinutes), end: clockOf(last) })
    }
    return parts
  })
  return {
    from,
    timeZone,
    intervals: intervals.toSorted((a, b) => a.day - b.day || a.start.localeCompare(b.start)),
    holidays: holidays.map(({ start_date, end_date }) => ({ from: start_date, to: end_date })),
  }
}

/** All schedules of the help desk; null when it does not tell them. */
export async function readSchedules(
  desk: Desk,
  from: string,
): Promise<{ name: string; schedule: Schedule | null }[] | null> {
  const path = '/api/v2/business_hours/schedules'
  const listed = await desk.ask({ path: `${path}.json` }, shapes.schedulePage)
  if (!listed.ok) return listed.status === 403 || listed.status === 404 ? [] : null
  const found = []
  for (const one of listed.body.schedules.slice(0, 20)) {
    const question = { path: `${path}/${one.id}/holidays.json` }
    const holidays = await desk.ask(question, shapes.holidayPage)
    if (!holidays.ok && holidays.status !== 404) return null
    const days = holidays.ok ? holidays.body.holidays : []
    found.push({ name: one.name, schedule: scheduleOf(one, days, from) })
  }
  return found
}
