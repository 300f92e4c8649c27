import type { Need } from '../customers/slices.ts'
import type { Filter, Rule, SegmentRule, Condition } from './rule.ts'
import { isRank, isRule } from './rule.ts'

const orderColumns: Readonly<Record<string, Need>> = {
  channel: 'orders',
  day: 'orders',
  total: 'orders.total',
  status: 'orders.status',
  currency: 'orders.currency',
  sku: 'lines.sku',
  title: 'lines.title',
}

const nouns: Readonly<Record<string, Need>> = {
  tickets: 'tickets',
  ratings: 'ratings',
  messages: 'messages',
  sentiment: 'sentiment',
  trait: 'observations',
}

function orderProperty(property: string): Need[] {
  const known = orderColumns[property]
  if (known !== undefined) return [known]
  return [`orders.property:${property}`, 'lines', `lines.property:${property}`]
}

function filterNeeds(noun: string, where: readonly Filter[]): Need[] {
  if (noun === 'orders') return where.flatMap(({ property }) => orderProperty(property))
  if (noun === 'tickets') return where.map(({ property }): Need => `tickets.field:${property}`)
  return []
}

function conditionNeeds(part: Condition | Rule): Need[] {
  if (isRule(part)) {
    const parts = 'all' in part ? part.all : 'any' in part ? part.any : part.none
    return parts.flatMap(conditionNeeds)
  }
  const [noun = '', place, ...rest] = part.fact.split('.')
  const own: Need[] = nouns[noun] === undefined ? [] : [nouns[noun]]
  if (part.fact === 'tag') own.push('observations')
  if (noun === 'orders' && (place === 'first' || place === 'last')) {
    own.push('orders.at', ...orderProperty(rest.join('.')))
  }
  const among = isRank(part) && part.among !== undefined ? conditionNeeds(part.among) : []
  return [...own, ...filterNeeds(noun, part.where ?? []), ...among]
}

/** What must be loaded to evaluate segments; orders always are. */
export function needsOf(segments: readonly SegmentRule[]): Set<Need> {
  const needs = new Set<Need>(['orders'])
  for (const { rule, basis } of segments) {
    for (const need of conditionNeeds(rule)) needs.add(need)
    if (typeof basis === 'string') for (const need of orderProperty(basis)) needs.add(need)
  }
  if ([...needs].some((need) => need.startsWith('lines.'))) needs.add('lines')
  return needs
}
