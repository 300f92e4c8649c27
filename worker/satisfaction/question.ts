import { z } from 'zod'
import type { Need } from '../customers/slices.ts'
import { orderPropertyNeeds, needsOfSegments } from '../segments/needs.ts'
import type { SegmentRule } from '../segments/rule.ts'
import { type Day, dayText, parseDay } from '../time.ts'
import { bases, type Dimension, dimensions, hoursChoices, MOST_PERIODS, units } from './catalog.ts'
import type { Choice, Filters } from './choose.ts'
import { type PeriodOptions, type Period, periodsBack, periodsBetween, wholeOf } from './periods.ts'

/** One value, or the parameter several times. */
const values = z
  .union([z.string().min(1).max(200), z.array(z.string().min(1).max(200)).min(1).max(100)])
  .transform((given) => (Array.isArray(given) ? given : [given]))

const level = z.enum(['1', '2', '3', '4', '5'])

/** Which ratings: the parameters that all routes of satisfaction share. */
export const choiceQuery = z.strictObject({
  period: z.enum(units).default('month'),
  from: z.iso.date().optional(),
  to: z.iso.date().optional(),
  hours: z.enum(hoursChoices).default('all'),
  basis: z.enum(bases).default('rating'),
  agent: values.optional(),
  group: values.optional(),
  channel: values.optional(),
  segment: values.optional(),
  instance: values.optional(),
  type: values.optional(),
  reason: values.optional(),
  level: z
    .union([level, z.array(level).min(1).max(5)])
    .transform((given) => (Array.isArray(given) ? given : [given]))
    .optional(),
  property: z.string().min(1).max(100).default('channel'),
})
export type ChoiceQuery = z.output<typeof choiceQuery>

const dimension = z.enum(dimensions)

/** Several partitions: `by=channel,agent`. */
export const viewQuery = choiceQuery.extend({
  by: z
    .string()
    .max(200)
    .default('level')
    .transform((text) => [...new Set(text.split(','))])
    .pipe(z.array(dimension)),
})

/** The filters of a query. */
export function choiceOf(query: ChoiceQuery): Choice {
  const filters: Filters = {}
  for (const name of dimensions) {
    const given =
      name === 'hours' ? (query.hours === 'all' ? undefined : [query.hours]) : query[name]
    if (given !== undefined) filters[name] = given
  }
  return { filters, basis: query.basis }
}

/** Periods shown when no days are given. */
const SHOWN = 12

export interface Asked {
  periods: Period[]
  whole: Period | null
}

/**
 * The periods of a query: without days the last twelve up to today. A text says what is wrong with the days.
 */
export function periodsOf(
  query: Pick<ChoiceQuery, 'from' | 'to'>,
  options: PeriodOptions,
): Asked | string {
  const to = (query.to === undefined ? null : parseDay(query.to)) ?? options.today
  const { unit, weekStart } = options
  const given = query.from === undefined ? null : parseDay(query.from)
  const from = given ?? periodsBack(unit, Math.min(to, options.today), weekStart, SHOWN)
  if (from > to) return 'after "to"'
  if (to - from > MOST_PERIODS * (unit === 'day' ? 1 : unit === 'week' ? 7 : 30)) {
    return `more than ${MOST_PERIODS} periods before ${dayText(to)}`
  }
  const periods = periodsBetween({ from, to }, options)
  return { periods, whole: wholeOf(periods, options) }
}

/** The facts that filters and partitions read. */
export function needsFor(
  used: Iterable<Dimension>,
  segments: readonly SegmentRule[],
  property: string,
): Set<Need> {
  const needs = new Set<Need>(['surveys'])
  for (const name of used) {
    if (name === 'segment') for (const need of needsOfSegments(segments)) needs.add(need)
    if (name === 'instance') for (const need of orderPropertyNeeds(property)) needs.add(need)
  }
  return needs
}

/** Last day of the periods, for what is told as of a day. */
export function lastDay({ whole }: Asked, today: Day): Day {
  return whole?.to ?? today
}

/** What a list adds to a choice: where it goes on, and how many entries a page has. */
export const listQuery = choiceQuery.extend({
  after: z.string().max(500).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
})
