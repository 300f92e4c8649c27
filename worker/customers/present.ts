import { showTotals } from '../orders/totals.ts'
import type { Line } from '../segments/line.ts'
import { liveHolds, liveReasons } from '../segments/live.ts'
import { flagEnd } from '../tickets/bad-rating.ts'
import { type Day, dayText } from '../time.ts'
import type { Card, CardBadRating, CardSegment, Totals } from './card.ts'
import type { StoredCard, StoredEvent, StoredSegment, StoredSpan } from './stored.ts'

/** What a stored card says on a day, by the lines of that day (by line key) and the segments' names. */
export interface Showing {
  today: Day
  lines: Readonly<Record<string, Line>>
  nameOf: (segment: string) => string
}

/** The parts of the API's card that come from the stored one. */
export type Presented = Totals &
  Pick<Card, 'name' | 'email' | 'phone' | 'channels' | 'segments' | 'openTickets' | 'totalTickets'>

/**
 * A stored card on a day: what has ended is dropped, what has begun is shown, rank segments are decided by the
 * day's line. A person who comes in because the line moved is shown as a member since that day.
 */
export function present(stored: StoredCard, showing: Showing): Presented {
  return {
    ...showTotals(stored.totals),
    name: stored.name,
    email: stored.email,
    phone: stored.phone,
    channels: stored.channels.map(({ channel, totals, segments }) => ({
      ...showTotals(totals),
      channel,
      segments: presentSegments(segments, [], showing).map(({ key, name }) => ({ key, name })),
    })),
    segments: presentSegments(stored.segments, stored.events, showing),
    openTickets: stored.openTickets,
    totalTickets: stored.tickets,
  }
}

function spanOn(spans: readonly StoredSpan[], today: Day): StoredSpan | undefined {
  return spans.find(({ since, until }) => since <= today && (until === null || today < until))
}

/** The stored segments that hold on a day; `events` is the list that their reasons point into. */
export function presentSegments(
  segments: readonly StoredSegment[],
  events: readonly StoredEvent[],
  { today, lines, nameOf }: Showing,
): CardSegment[] {
  const known = new Map<string, boolean>()
  const lineOf = (key: string) => lines[key]
  const isMember = (key: string): boolean => {
    const seen = known.get(key)
    if (seen !== undefined) return seen
    known.set(key, false)
    const segment = segments.find((one) => one.key === key)
    const holds =
      segment !== undefined &&
      (segment.live === undefined
        ? spanOn(segment.spans, today) !== undefined
        : liveHolds(segment.live, today, lineOf, isMember))
    known.set(key, holds)
    return holds
  }
  return segments
    .filter(({ key }) => isMember(key))
    .map(({ key, spans, live }) => {
      const span = spanOn(spans, today)
      const ranked = live === undefined ? [] : liveReasons(live, today, lineOf)
      return {
        key,
        name: nameOf(key),
        since: dayText(span?.since ?? today),
        until: span === undefined || span.until === null ? null : dayText(span.until),
        because: [
          ...ranked,
          ...(span?.because ?? []).map(({ events: positions, ...reason }) => ({
            ...reason,
            ...(positions !== undefined && {
              events: positions.flatMap((at) => events[at] ?? []),
            }),
          })),
        ],
      }
    })
}

/** The bad-rating flag on a day; a flag lasts so many days. Cards of before there were flags have none. */
export function presentBadRating(
  { badRating }: Partial<Pick<StoredCard, 'badRating'>>,
  today: Day,
  days: number,
): CardBadRating | null {
  if (badRating === null || badRating === undefined) return null
  const end = flagEnd(badRating, days)
  if (today >= end) return null
  return { ...badRating, day: dayText(badRating.day), until: dayText(end) }
}
