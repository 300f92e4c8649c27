import type { KeptCard } from '../cards/kept.ts'
import { presentBadRating, presentSegments } from '../customers/present.ts'
import type { StoredCard } from '../customers/stored.ts'
import type { OrderTotals } from '../orders/totals.ts'
import type { Line } from '../segments/line.ts'
import type { Live } from '../segments/live.ts'
import { flagEnd } from '../tickets/bad-rating.ts'
import { addMonths, dateOfDay, type Day, dayOfDate, dayText } from '../time.ts'
import type { Choice } from './catalog.ts'
import type { Value } from './values.ts'

/** What the push reads of a person on a day. */
export interface PushPerson {
  segments: { key: string; since: string; until: string | null }[]
  totals: OrderTotals
  badRating: { ticket: string; day: string; until: string; reasons: readonly string[] } | null
  /** Label of the mood; null while there is none. */
  mood: string | null
  preferredLine: string | null
  planDate: string | null
  /** What was put on the person by acting on a list, by field key. */
  marks: Readonly<Record<string, Value>>
  /** First day of the month. */
  month: Day
}

export interface On {
  today: Day
  lines: Readonly<Record<string, Line>>
  badRatingDays: number
}

/** Help-desk users that a card's person is. */
export function usersOf({ profiles }: Pick<StoredCard, 'profiles'>): string[] {
  return profiles.flatMap((key) => /^id:zendesk:(\d{1,20})$/.exec(key)?.[1] ?? [])
}

/** A person on a day. */
export function personOn(
  card: KeptCard,
  marks: Readonly<Record<string, Value>>,
  { today, lines, badRatingDays }: On,
): PushPerson {
  const segments = presentSegments(card.segments, [], { today, lines, nameOf: (key) => key })
  const { year, month } = dateOfDay(today)
  return {
    segments: segments.map(({ key, since, until }) => ({ key, since, until })),
    totals: card.totals,
    badRating: presentBadRating(card, today, badRatingDays),
    mood: card.mood?.labels.findLast(({ day }) => day <= today)?.label ?? null,
    preferredLine: card.pushed?.line.findLast(([day]) => day <= today)?.[1] ?? null,
    planDate: card.pushed?.planDate ?? null,
    marks,
    month: dayOfDate(year, month, 1),
  }
}

/**
 * First day after today on which something of the person may be otherwise though nothing happens: a window ends or
 * begins, the flag ends, the mood fades, a month begins for the yearly spend. Null: never.
 */
export function changesOn(
  card: KeptCard,
  { today, badRatingDays }: On,
  fields: readonly Choice[],
): Day | null {
  const days: Day[] = []
  for (const { spans, live } of card.segments) {
    for (const { since, until } of spans) days.push(since, ...(until === null ? [] : [until]))
    if (live !== undefined) days.push(...liveDays(live))
  }
  if (card.badRating != null) days.push(flagEnd(card.badRating, badRatingDays))
  for (const { day } of card.mood?.labels ?? []) days.push(day)
  for (const [day] of card.pushed?.line ?? []) days.push(day)
  if (card.totals.first !== null && fields.includes('yearlySpend')) {
    const { year, month } = dateOfDay(today)
    days.push(addMonths(dayOfDate(year, month, 1), 1))
  }
  const later = days.filter((day) => day > today)
  return later.length === 0 ? null : Math.min(...later)
}

/** Days on which what is left of a rule may begin or end. */
function liveDays(live: Live): Day[] {
  if ('all' in live) return live.all.flatMap(liveDays)
  if ('any' in live) return live.any.flatMap(liveDays)
  if ('none' in live) return live.none.flatMap(liveDays)
  if ('days' in live) return live.days.filter((day) => day !== null)
  return 'line' in live ? live.steps.map(([day]) => day) : []
}

/**
 * Yearly spend: total order value ÷ years since the first counted order, at least one; as of the first day of the
 * month, so that it changes with orders and once a month.
 */
export function yearlySpend({ totals, month }: Pick<PushPerson, 'totals' | 'month'>) {
  if (totals.first === null) return null
  return totals.value / Math.max(1, (month - totals.first) / 365.25)
}

export const textOfDay = (day: Day | null) => (day === null ? null : dayText(day))
