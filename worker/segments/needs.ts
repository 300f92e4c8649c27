import type { Need } from '../customers/slices.ts'
import type { Filter, Condition, Rule, SegmentRule } from './rule.ts'
import { isRank, isRule } from './rule.ts'

/** What reading a property of orders takes: of the order itself and, where the name may be a line's, of its lines. */
export function orderPropertyNeeds(property: string): Need[] {
  switch (property) {
    case 'day':
    case 'channel':
      return ['orders']
    case 'total':
      return ['orders', 'orders.total']
    case 'status':
      return ['orders', 'orders.status']
    case 'currency':
      return ['orders', 'orders.currency']
    default: {
      const ofLine = property.startsWith('line.') ? property.slice('line.'.length) : property
      const line: Need =
        ofLine === 'sku' || ofLine === 'title' ? `lines.${ofLine}` : `lines.property:${ofLine}`
      return ['orders', `orders.property:${property}`, 'lines', line]
    }
  }
}

const ownTicketProperties = new Set(['channel', 'type', 'status', 'tag'])

function filterNeeds(noun: string, { property }: Filter): Need[] {
  if (noun === 'orders') return orderPropertyNeeds(property)
  if (noun !== 'tickets' || ownTicketProperties.has(property)) return []
  return [`tickets.field:${property.startsWith('field:') ? property.slice(6) : property}`]
}

function conditionNeeds(condition: Condition): Need[] {
  const { fact } = condition
  const [noun = '', kind = '', ...rest] = fact.split('.')
  const where = (condition.where ?? []).flatMap((filter) => filterNeeds(noun, filter))
  const among = isRank(condition) && condition.among ? [...needsOf([condition.among])] : []
  const ranked: Need[] = isRank(condition) ? ['orders'] : []
  const own = (): Need[] => {
    switch (noun) {
      case 'orders':
        return kind === 'first' || kind === 'last'
          ? ['orders', 'orders.at', ...orderPropertyNeeds(rest.join('.'))]
          : ['orders']
      case 'tickets':
      case 'messages':
      case 'ratings':
      case 'sentiment':
        return [noun]
      case 'cases':
        return ['tickets', 'tickets.outcomes']
      case 'trait':
      case 'tag':
        return ['observations']
      default:
        return []
    }
  }
  return [...own(), ...where, ...among, ...ranked]
}

/** The facts that rules read, without the ids and details that their reasons name. */
export function needsOf(rules: Iterable<Rule | Condition>): Set<Need> {
  const needs = new Set<Need>()
  const visit = (part: Rule | Condition) => {
    if (isRule(part)) {
      for (const one of 'all' in part ? part.all : 'any' in part ? part.any : part.none) visit(one)
    } else {
      for (const need of conditionNeeds(part)) needs.add(need)
    }
  }
  for (const rule of rules) visit(rule)
  return needs
}

/** The facts that segments and their instances read. */
export function needsOfSegments(segments: readonly SegmentRule[]): Set<Need> {
  const needs = needsOf(segments.map(({ rule }) => rule))
  for (const { basis } of segments) {
    if (basis) for (const need of orderPropertyNeeds(basis)) needs.add(need)
  }
  return needs
}
