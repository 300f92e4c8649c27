import { Temporal } from 'temporal-polyfill'
import type { RatingRow, TicketRow, MessageRow } from '../../worker/tickets/facts.ts'
import type { Hours } from '../../worker/schedule.ts'
import { dayOfDate } from '../../worker/time.ts'

/** Ratings counted one by one from raw rows, as the definitions say it; shares no code with the Worker but dates. */

export interface RawRating extends RatingRow {
  offeredAt: number | null
  agent: string | null
  groupName: string | null
}

export interface RawTicket extends TicketRow {
  assignee: string | null
  groupName: string | null
}

export interface Raw {
  ratings: readonly RawRating[]
  tickets: readonly RawTicket[]
  messages: readonly MessageRow[]
}

export interface RawQuestion {
  timeZone: string
  schedules: readonly Hours[]
  from: number
  to: number
  basis: 'rating' | 'ticket'
  filters: Partial<
    Record<'hours' | 'agent' | 'group' | 'channel' | 'type' | 'reason' | 'level', string[]>
  >
}

export interface RawFigures {
  ratings: number
  good: number
  levels: number[]
  reasons: Record<string, number>
  offered: number | null
  answered: number | null
}

function wall(instant: number, timeZone: string) {
  return Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(timeZone)
}

export function rawDay(instant: number, timeZone: string): number {
  const { year, month, day } = wall(instant, timeZone)
  return dayOfDate(year, month, day)
}

const clock = (text: string) => Number(text.slice(0, 2)) * 60 + Number(text.slice(3))

/** Looks at today's intervals and at yesterday's that run into today. */
export function rawWorking(instant: number, schedules: readonly Hours[]): boolean {
  const inForce = schedules
    .filter(({ from, timeZone }) => wall(instant, timeZone).toPlainDate().toString() >= from)
    .toSorted((a, b) => (a.from < b.from ? -1 : 1))
    .at(-1)
  if (inForce === undefined) return true
  const at = wall(instant, inForce.timeZone)
  const today = at.toPlainDate().toString()
  if (inForce.holidays.some(({ from, to }) => from <= today && today <= to)) return false
  const minute = at.hour * 60 + at.minute
  const yesterday = at.dayOfWeek === 1 ? 7 : at.dayOfWeek - 1
  return inForce.intervals.some(({ day, start, end }) => {
    const over = clock(end) <= clock(start)
    if (day === at.dayOfWeek && minute >= clock(start) && (over || minute < clock(end))) return true
    return over && day === yesterday && minute < clock(end)
  })
}

const place = (level: number, scale: number) =>
  scale === 5 ? level : scale === 3 ? 2 * level - 1 : 4 * level - 3

export function rawFigures(raw: Raw, question: RawQuestion): RawFigures {
  const { timeZone, schedules, from, to, basis, filters } = question
  const result: RawFigures = {
    ratings: 0,
    good: 0,
    levels: [0, 0, 0, 0, 0],
    reasons: {},
    offered: 0,
    answered: 0,
  }
  const inside = (day: number) => day >= from && day <= to
  for (const ticket of raw.tickets) {
    const records = raw.ratings.filter((one) => one.ticket === ticket.id)
    const firsts = raw.messages
      .filter((one) => one.ticket === ticket.id && one.author === 'customer')
      .map(({ at }) => at)
    const contact = firsts.length > 0 ? Math.min(...firsts) : ticket.at
    const hours = rawWorking(contact, schedules) ? 'working' : 'off'
    const passes = (record: RawRating, answered: boolean): boolean => {
      const at = answered ? place(record.level ?? 0, record.scale) : null
      const reasons: string[] = at !== null && at < 4 ? JSON.parse(record.reasons) : []
      const values: Record<string, (string | null)[]> = {
        hours: [hours],
        agent: [record.agent ?? ticket.assignee],
        group: [record.groupName ?? ticket.groupName],
        channel: [ticket.channel],
        type: [ticket.type],
        reason: reasons,
        level: [at === null ? null : String(at)],
      }
      return Object.entries(filters).every(([name, wanted]) => {
        const has = (values[name] ?? []).filter((one) => one !== null)
        return has.length === 0
          ? wanted.includes('(none)')
          : has.some((one) => wanted.includes(one))
      })
    }
    const rated = records
      .filter(({ ratedAt, level }) => ratedAt !== null && level !== null)
      .toSorted((a, b) => (a.ratedAt ?? 0) - (b.ratedAt ?? 0) || (a.id < b.id ? -1 : 1))
    const last = rated.at(-1)
    if (last !== undefined) {
      const day = rawDay(basis === 'rating' ? (last.ratedAt ?? 0) : ticket.at, timeZone)
      if (inside(day) && passes(last, true)) {
        const at = place(last.level ?? 0, last.scale)
        result.ratings += 1
        if (at >= 4) result.good += 1
        result.levels[at - 1] = (result.levels[at - 1] ?? 0) + 1
        if (at < 4) {
          for (const reason of JSON.parse(last.reasons)) {
            result.reasons[reason] = (result.reasons[reason] ?? 0) + 1
          }
        }
      }
    }
    const offers = new Set(records.map(({ offeredAt }) => offeredAt).filter((at) => at !== null))
    for (const offeredAt of offers) {
      const same = records.filter((one) => one.offeredAt === offeredAt)
      const answer = rated.filter((one) => one.offeredAt === offeredAt).at(-1)
      const record = answer ?? same.toSorted((a, b) => (a.id < b.id ? 1 : -1))[0]
      if (record === undefined || !inside(rawDay(offeredAt, timeZone))) continue
      if (!passes(record, false)) continue
      result.offered = (result.offered ?? 0) + 1
      if (answer !== undefined) result.answered = (result.answered ?? 0) + 1
    }
  }
  if (filters.level !== undefined || filters.reason !== undefined) {
    result.offered = null
    result.answered = null
  }
  return result
}
