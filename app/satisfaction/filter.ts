import type { Query } from '../api.ts'
import type { Route } from '../router.ts'
import {
  bases,
  type Basis,
  type Dimension,
  dimensions,
  hoursChoices,
  type Unit,
  units,
} from '../../worker/satisfaction/catalog.ts'

/** Filters that hold for the whole page. */
export const pageFilters = ['channel', 'group', 'agent', 'type', 'segment'] as const
export type PageFilter = (typeof pageFilters)[number]

/** Everything the page shows follows from this, and all of it stands in the address. */
export interface Filter extends Record<PageFilter, string> {
  unit: Unit
  hours: (typeof hoursChoices)[number]
  basis: Basis
  /** First day of the period looked at; empty: the latest. */
  at: string
  /** Last day of the periods shown; empty: today. */
  to: string
  /** The partition that the change is split over. */
  by: Dimension
  /** What the list of ratings is narrowed to beside the page's filters. */
  level: string
  reason: string
  /** The chart as a table. */
  table: boolean
}

function oneOf<Name extends string>(
  names: readonly Name[],
  text: string | undefined,
  usual: Name,
): Name {
  return names.find((name) => name === text) ?? usual
}

const dayText = (text: string | undefined) =>
  text !== undefined && /^\d{4}-\d{2}-\d{2}$/.test(text) ? text : ''

/** Reads the filter from the address; what makes no sense there is left out. */
export function readFilter(query: Route['query']): Filter {
  const { level = '', reason = '', channel = '', group = '', agent = '', type = '' } = query
  return {
    unit: oneOf(units, query['unit'], 'week'),
    hours: oneOf(hoursChoices, query['hours'], 'all'),
    basis: oneOf(bases, query['basis'], 'rating'),
    at: dayText(query['at']),
    to: dayText(query['to']),
    by: oneOf(dimensions, query['by'], 'channel'),
    level: /^[1-5]$/.test(level) ? level : '',
    reason,
    channel,
    group,
    agent,
    type,
    segment: query['segment'] ?? '',
    table: query['table'] === '1',
  }
}

/** Writes a filter into the address; what is as usual is left out. */
export function writeFilter(filter: Filter): Route['query'] {
  const { unit, hours, basis, by, table, ...texts } = filter
  return {
    ...texts,
    unit: unit === 'week' ? '' : unit,
    hours: hours === 'all' ? '' : hours,
    basis: basis === 'rating' ? '' : basis,
    by: by === 'channel' ? '' : by,
    table: table ? '1' : '',
  }
}

/** The part of a question that says which ratings are meant. */
export function choiceOf(filter: Filter): Query {
  const { unit, hours, basis, channel, group, agent, type, segment } = filter
  return { period: unit, hours, basis, channel, group, agent, type, segment }
}

/** The question behind the chart and the cards: the last twelve periods. */
export function chartQuestion(filter: Filter): Query {
  return { ...choiceOf(filter), to: filter.to, by: 'channel,group,agent,type' }
}

/** True when any filter of the page narrows what is shown. */
export function isNarrowed(filter: Filter): boolean {
  return filter.hours !== 'all' || pageFilters.some((name) => filter[name] !== '')
}
