import type { Day } from '../time.ts'

/** Days of membership: from `joined` up to the day before `left`, which may lie ahead. In order, apart from each other. */
export interface Span {
  joined: Day
  left: Day
}

/** What movements are counted over: both days included; the first days from which source and target are known. */
export interface Question {
  start: Day
  end: Day
  sourceFrom: Day
  targetFrom: Day
}

/** What one person did between a source and a target. */
export interface Move {
  /** Came into the target in the period, and is still in it on its last day. */
  joined: boolean
  /** Was in the source before that, in the period or on the day before it. */
  moved: boolean
  /** Came into both on one day: shown apart, not counted. */
  sameDay: boolean
  /** Was in the source on some day from the day before the period to the day before its end. */
  inSource: boolean
  /** Days from the latest coming into the source to the coming into the target; null where the former is not known. */
  days: number | null
}

function meets({ joined, left }: Span, from: Day, to: Day): boolean {
  return joined <= to && left > from
}

/** Days before `from` are not known: spans are cut there. */
function knownOf(spans: readonly Span[], from: Day): Span[] {
  return spans
    .filter(({ left }) => left > from)
    .map(({ joined, left }) => ({ joined: Math.max(joined, from), left }))
}

/**
 * Movement of one person by the product's definition: the membership of the target that covers the last day began on
 * a day j of the period, after the first day known of it, and the person was in the source on some day from the day
 * before the period to the day before j. Leaving the source does not matter.
 */
export function moveOf(
  source: readonly Span[],
  target: readonly Span[],
  { start, end, sourceFrom, targetFrom }: Question,
): Move {
  const known = knownOf(source, sourceFrom)
  const inSource = known.some((span) => meets(span, start - 1, end - 1))
  const still = target.find(({ joined, left }) => joined <= end && left > end)
  const j = still?.joined ?? Number.NaN
  const joined = j >= start && j > targetFrom
  const moved = joined && known.some((span) => meets(span, start - 1, j - 1))
  const sameDay = joined && !moved && source.some((span) => span.joined === j)
  const latest = source.findLast((span) => span.joined < j)
  const days =
    moved && latest !== undefined && latest.joined > sourceFrom ? j - latest.joined : null
  return { joined, moved, sameDay, inSource, days }
}

/** Figures of an arrow. */
export interface Movement {
  moved: number
  sameDay: number
  joinedTarget: number
  sourceSize: number
  /** Median days, and of how many movements it is known. */
  medianDays: number | null
  n: number
}

/** Adds up what persons did; `finish` may be asked for once. */
export function movementCounter() {
  const counts = { moved: 0, sameDay: 0, joinedTarget: 0, sourceSize: 0 }
  const days: number[] = []
  return {
    add(move: Move): void {
      if (move.moved) counts.moved += 1
      if (move.sameDay) counts.sameDay += 1
      if (move.joined) counts.joinedTarget += 1
      if (move.inSource) counts.sourceSize += 1
      if (move.days !== null) days.push(move.days)
    },
    finish(): Movement {
      const sorted = days.toSorted((a, b) => a - b)
      const middle = (sorted.length - 1) / 2
      const [low, high] = [sorted[Math.floor(middle)], sorted[Math.ceil(middle)]]
      const medianDays = low === undefined || high === undefined ? null : (low + high) / 2
      return { ...counts, medianDays, n: sorted.length }
    },
  }
}
