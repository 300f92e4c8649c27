import { type Day, dayText } from '../time.ts'
import { type Part, partsOf, partsOfLevels } from './attribution.ts'
import { type Dimension } from './catalog.ts'
import type { Collected, SpanTally } from './collect.ts'
import { excludesZero, neededRatings, newcombe, rateOf, type Share, wilson } from './interval.ts'
import type { Period, Span } from './periods.ts'
import type { Tally } from './tables.ts'
import { type Belief, beliefOf, shrunk } from './shrink.ts'

/** Figures of some ratings. Rates and shares lie in [0, 1]; null = there is nothing to divide by. */
export interface Figures {
  ratings: number
  levels: readonly number[]
  rate: number | null
  /** 95 % interval of the rate. */
  low: number
  high: number
  /** null beside a filter by level or reason: an offer has neither. */
  offered: number | null
  answered: number | null
  responseRate: number | null
}

export interface SpanFigures extends Figures {
  from: string
  to: string
  /** How many levels the ratings have; more than one: the scale was changed. */
  scales: number[]
  /** Ratings at levels at which reasons are asked. */
  asked: number
  reasons: { reason: string; ratings: number; share: number }[]
}

export interface Change {
  /** Rate now − rate before. */
  value: number
  /** 95 % interval of the difference. */
  low: number
  high: number
  /** The interval leaves out zero: only then it is shown as a change. */
  significant: boolean
  /** How many more ratings at this rate would make it significant; null: no number would. */
  needed: number | null
}

export interface KeyedPart extends Part {
  by: Dimension
}

export interface Item extends SpanFigures {
  /** First day of the calendar period. */
  period: string
  finished: boolean
  previous: SpanFigures
  /** null when one of the two has no ratings. */
  change: (Change & { parts: KeyedPart[] }) | null
}

export interface Group extends Figures {
  by: Dimension
  key: string
  name: string
  previous: Figures
  change: Change | null
  /** The rate drawn towards that of all, the more the fewer ratings; groups are ranked by it. */
  adjustedRate: number | null
  /** How it differs from all others together, where the interval of the difference leaves out zero. */
  standing: 'above' | 'below' | null
}

export interface View {
  items: Item[]
  /** All periods as one, compared with as many before. */
  total: Item | null
  groups: Group[]
}

/** Chance that a change is called significant though nothing changed. */
export const FALSE_ALARMS = 0.05

function figuresOf(tally: Tally, withOffers: boolean): Figures {
  const { count, levels, offered, answered } = tally
  return {
    ratings: count,
    levels,
    rate: rateOf(tally),
    ...wilson(tally),
    offered: withOffers ? offered : null,
    answered: withOffers ? answered : null,
    responseRate: withOffers && offered > 0 ? answered / offered : null,
  }
}

function spanFigures(span: Span, tally: SpanTally, withOffers: boolean): SpanFigures {
  const reasons = [...tally.reasons]
    .map(([reason, ratings]) => ({ reason, ratings, share: ratings / tally.asked }))
    .toSorted((a, b) => b.ratings - a.ratings || (a.reason < b.reason ? -1 : 1))
  return {
    from: dayText(span.from),
    to: dayText(span.to),
    ...figuresOf(tally, withOffers),
    scales: [...tally.scales.keys()].toSorted((a, b) => a - b),
    asked: tally.asked,
    reasons,
  }
}

function changeOf(now: Share, before: Share): Change | null {
  if (now.count === 0 || before.count === 0) return null
  const interval = newcombe(now, before)
  return {
    value: now.good / now.count - before.good / before.count,
    ...interval,
    significant: excludesZero(interval),
    needed: neededRatings(now, before),
  }
}

const nothing: Tally = {
  count: 0,
  good: 0,
  levels: [0, 0, 0, 0, 0],
  asked: 0,
  offered: 0,
  answered: 0,
}

/** The groups of a dimension in two spans, by key. */
function pairsOf(dimension: Dimension, now: SpanTally, before: SpanTally) {
  const own = now.groups.get(dimension) ?? new Map<string, Tally>()
  const other = before.groups.get(dimension) ?? new Map<string, Tally>()
  return [...new Set([...own.keys(), ...other.keys()])]
    .toSorted()
    .map((key) => ({ key, now: own.get(key) ?? nothing, before: other.get(key) ?? nothing }))
}

function partsBy(by: readonly Dimension[], now: SpanTally, before: SpanTally): KeyedPart[] {
  return by.flatMap((dimension) => {
    const pairs = pairsOf(dimension, now, before)
    const parts = dimension === 'level' ? partsOfLevels(pairs) : partsOf(pairs)
    return parts.map((part) => ({ by: dimension, ...part }))
  })
}

function standingOf(own: Share, all: Share): Group['standing'] {
  const rest = { good: all.good - own.good, count: all.count - own.count }
  if (own.count === 0 || rest.count <= 0) return null
  const interval = newcombe(own, rest)
  return excludesZero(interval) ? (interval.low > 0 ? 'above' : 'below') : null
}

interface GroupContext {
  agents: ReadonlyMap<string, string>
  nameOf: (dimension: Dimension, key: string) => string
  withOffers: boolean
}

function groupsBy(
  dimension: Dimension,
  now: SpanTally,
  before: SpanTally,
  { agents, nameOf, withOffers }: GroupContext,
): Group[] {
  const pairs = pairsOf(dimension, now, before)
  const belief: Belief | null = beliefOf(pairs.map((pair) => pair.now))
  return pairs
    .map((pair): Group => ({
      by: dimension,
      key: pair.key,
      name: (dimension === 'agent' ? agents.get(pair.key) : null) ?? nameOf(dimension, pair.key),
      ...figuresOf(pair.now, withOffers),
      previous: figuresOf(pair.before, withOffers),
      change: changeOf(pair.now, pair.before),
      adjustedRate: belief === null || pair.now.count === 0 ? null : shrunk(pair.now, belief),
      standing: standingOf(pair.now, now),
    }))
    .toSorted(
      (a, b) =>
        (b.adjustedRate ?? -1) - (a.adjustedRate ?? -1) ||
        b.ratings - a.ratings ||
        (a.key < b.key ? -1 : 1),
    )
}

/** The spans a view counts: of every period, and of all as one, each with the one before. Equal ones once. */
export function spansOf(periods: readonly Period[], whole: Period | null): Span[] {
  const all = [...periods, ...(whole === null ? [] : [whole])].flatMap((one) => [one, one.previous])
  const known = new Map(all.map(({ from, to }) => [`${from} ${to}`, { from, to }]))
  return [...known.values()]
}

export interface ViewOptions {
  periods: readonly Period[]
  whole: Period | null
  /** As `spansOf` gave them to the collector. */
  spans: readonly Span[]
  by: readonly Dimension[]
  withOffers: boolean
  nameOf: (dimension: Dimension, key: string) => string
}

/** Puts together what was collected. */
export function viewOf(collected: Collected, options: ViewOptions): View {
  const { periods, whole, spans, by, withOffers } = options
  const tallyOf = ({ from, to }: Span): SpanTally => {
    const at = spans.findIndex((span) => span.from === from && span.to === to)
    return (
      collected.spans[at] ?? {
        ...nothing,
        scales: new Map(),
        reasons: new Map(),
        groups: new Map(),
      }
    )
  }
  const itemOf = (period: Period): Item => {
    const now = tallyOf(period)
    const before = tallyOf(period.previous)
    const change = changeOf(now, before)
    return {
      period: dayText(period.start satisfies Day),
      finished: period.finished,
      ...spanFigures(period, now, withOffers),
      previous: spanFigures(period.previous, before, withOffers),
      change: change === null ? null : { ...change, parts: partsBy(by, now, before) },
    }
  }
  const context = { agents: collected.agents, nameOf: options.nameOf, withOffers }
  return {
    items: periods.map(itemOf),
    total: whole === null ? null : itemOf(whole),
    groups:
      whole === null
        ? []
        : by.flatMap((dimension) =>
            groupsBy(dimension, tallyOf(whole), tallyOf(whole.previous), context),
          ),
  }
}
