import { totalsOn } from '../orders/totals.ts'
import { because } from '../segments/because.ts'
import { type Compiled, compile } from '../segments/compile.ts'
import { instanceSuffix, type Lines } from '../segments/line.ts'
import { dependsOnLine, liveOf, neverHolds } from '../segments/live.ts'
import { evaluate } from '../segments/membership.ts'
import type { SegmentRule } from '../segments/rule.ts'
import { splitBy } from '../instances/split.ts'
import { lastBadRating } from '../tickets/bad-rating.ts'
import { isOpenStatus } from '../tickets/facts.ts'
import type { Day } from '../time.ts'
import { listIntervals, OPEN } from '../timeline/intervals.ts'
import type { Facts } from './facts.ts'
import type { Reason } from './card.ts'
import {
  CARD_LIMIT,
  type StoredCard,
  type StoredChannel,
  type StoredEvent,
  type StoredReason,
  type StoredSegment,
} from './stored.ts'

/** Later stretches of one segment that a card keeps. */
const SPANS = 3
const CHANNEL = 'channel'

/** Segments prepared for the cards of some persons on one day. */
export interface Derivation {
  readonly facts: Facts
  readonly today: Day
  readonly compiled: Compiled
  /** The persons' channel instances; entries firstOf[i] … firstOf[i + 1] − 1 are person i's. */
  readonly channels: Compiled
  readonly firstOf: Int32Array
  /** Positions of the segments that have the channel as their basis. */
  readonly byChannel: readonly number[]
}

/** Prepares cards. `lines`: histories, or today's line alone as `constantLine` (then "since" of ranks is a guess). */
export function derivation(
  facts: Facts,
  segments: readonly SegmentRule[],
  lines: Lines,
  today: Day,
): Derivation {
  const split = splitBy(facts, CHANNEL)
  const firstOf = new Int32Array(facts.persons.length + 1)
  for (const person of split.source) firstOf[person + 1] = (firstOf[person + 1] ?? 0) + 1
  for (let i = 0; i < facts.persons.length; i += 1) {
    firstOf[i + 1] = (firstOf[i + 1] ?? 0) + (firstOf[i] ?? 0)
  }
  return {
    facts,
    today,
    compiled: compile(segments, facts, lines),
    channels: compile(segments, split, lines),
    firstOf,
    byChannel: segments.flatMap(({ basis }, at) => (basis === CHANNEL ? [at] : [])),
  }
}

/** The card of person i; `humanName` was given by a human and wins over every profile's name. */
export function derive(it: Derivation, i: number, humanName: string | null = null): StoredCard {
  const { facts, today, compiled } = it
  const { tickets, profiles } = facts
  const start = tickets.offsets[i] ?? 0
  const end = tickets.offsets[i + 1] ?? 0
  let openTickets = 0
  for (let k = start; k < end; k += 1) {
    const status = tickets.status.words[tickets.status.codes[k] ?? -1]
    if (typeof status === 'string' && isOpenStatus(status)) openTickets += 1
  }
  const events: StoredEvent[] = []
  const card: StoredCard = {
    day: today,
    name: humanName ?? newest(facts, i, profiles.name),
    email: newest(facts, i, profiles.email),
    phone: newest(facts, i, profiles.phone),
    totals: totalsOn(facts, i, today),
    channels: channelsOf(it, i),
    segments: compiled.keys.flatMap((_, segment) =>
      storedSegment(compiled, segment, i, today, { events }),
    ),
    events,
    openTickets,
    tickets: end - start,
    badRating: lastBadRating(facts.surveys, i),
    profiles: profiles.key.slice(profiles.offsets[i] ?? 0, profiles.offsets[i + 1] ?? 0),
  }
  return fit(card)
}

/** The value of the profile that changed last, of those that have one; of equally new ones the first by key. */
function newest({ profiles }: Facts, i: number, values: readonly (string | null)[]): string | null {
  let best: string | null = null
  let bestAt = -Infinity
  const end = profiles.offsets[i + 1] ?? 0
  for (let k = profiles.offsets[i] ?? 0; k < end; k += 1) {
    const value = values[k] ?? null
    const at = profiles.updatedAt[k] ?? Number.NaN
    const time = Number.isNaN(at) ? Number.MIN_SAFE_INTEGER : at
    if (value !== null && time > bestAt) {
      best = value
      bestAt = time
    }
  }
  return best
}

/** Of All: the list that its reasons' events go to. Of a channel: what its line keys end with. */
type Place = { events: StoredEvent[] } | { suffix: string }

function storedSegment(
  compiled: Compiled,
  segment: number,
  i: number,
  today: Day,
  place: Place,
): StoredSegment[] {
  const intervals = listIntervals(evaluate(compiled, segment, i))
  const ranked = dependsOnLine(compiled, segment)
  const spans = intervals
    .filter(({ left }) => left > today)
    .slice(0, ranked ? 1 : SPANS)
    .map(({ joined, left }) => ({
      since: joined,
      until: ranked || left === OPEN ? null : left,
      ...('events' in place && {
        because: because(compiled, segment, i, Math.max(joined, today))
          .filter((reason) => reason.rank === undefined || reason.not)
          .map((reason) => storedReason(reason, place.events)),
      }),
    }))
  const key = compiled.keys[segment] ?? ''
  if (!ranked) return spans.length === 0 ? [] : [{ key, spans }]
  const live = liveOf(compiled, segment, i, today, 'suffix' in place ? place.suffix : null)
  if (spans.length === 0 && (live === null || neverHolds(live))) return []
  return [{ key, spans, ...(live !== null && { live }) }]
}

function storedReason({ events, ...reason }: Reason, list: StoredEvent[]): StoredReason {
  if (events === undefined) return reason
  const positions = events.map((event) => {
    const known = list.findIndex(({ kind, id }) => kind === event.kind && id === event.id)
    return known >= 0 ? known : list.push(event) - 1
  })
  return { ...reason, events: positions }
}

function channelsOf(
  { channels, firstOf, byChannel, today }: Derivation,
  i: number,
): StoredChannel[] {
  const { split } = channels.facts
  const list: StoredChannel[] = []
  for (let entry = firstOf[i] ?? 0; entry < (firstOf[i + 1] ?? 0); entry += 1) {
    const totals = totalsOn(channels.facts, entry, today)
    if (totals.orders === 0) continue
    const word = split?.words[split.value[entry] ?? -1] ?? null
    const suffix = instanceSuffix(CHANNEL, word)
    list.push({
      channel: String(word ?? '(none)'),
      totals,
      segments: byChannel.flatMap((segment) =>
        storedSegment(channels, segment, entry, today, { suffix }),
      ),
    })
  }
  return list.toSorted(
    (a, b) => b.totals.value - a.totals.value || (a.channel < b.channel ? -1 : 1),
  )
}

function isSmall(card: StoredCard): boolean {
  return JSON.stringify({ ...card, channels: [] }).length <= CARD_LIMIT
}

/** Names fewer events, then no reasons of what begins later, until All of the card is small enough. */
function fit(card: StoredCard): StoredCard {
  if (isSmall(card)) return card
  for (const count of [3, 1]) {
    const smaller = withEvents(card, count)
    if (isSmall(smaller)) return smaller
  }
  const bare = withEvents(card, 0)
  return {
    ...bare,
    segments: bare.segments.map((segment) => ({
      ...segment,
      spans: segment.spans.map((span) =>
        span.since > card.day ? { since: span.since, until: span.until } : span,
      ),
    })),
  }
}

/** The card with at most so many events per reason. */
function withEvents(card: StoredCard, count: number): StoredCard {
  const kept: StoredEvent[] = []
  const segments = card.segments.map((segment) => ({
    ...segment,
    spans: segment.spans.map((span) => ({
      ...span,
      because: (span.because ?? []).map(({ events = [], ...reason }) => {
        const named = events.slice(0, count).flatMap((at) => card.events[at] ?? [])
        return storedReason(named.length === 0 ? reason : { ...reason, events: named }, kept)
      }),
    })),
  }))
  return { ...card, segments, events: kept }
}
