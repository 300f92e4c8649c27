import {
  type FactKind,
  facts,
  filters,
  type Operator,
  openFacts,
  operatorsOf,
} from '../../worker/segments/catalog.ts'
import type { Comparison, Condition, Filter } from '../../worker/segments/rule.ts'
import type { FieldOf } from '../../worker/fields/catalog.ts'
import type { Key } from '../words.ts'

/** Names that the shop gave to properties, fields and traits: `GET /v1/fields`. */
export interface Names {
  order: string[]
  line: string[]
  ticket: string[]
  trait: string[]
}

export const noNames: Names = { order: [], line: [], ticket: [], trait: [] }

/** What may be chosen as a fact, in groups. */
export interface FactChoice {
  fact: string
  /** Words of it; open names have the name beside them. */
  title: Key
  name?: string
}

const orderProperties = ['day', 'channel', 'total', 'status', 'currency', 'sku', 'title'] as const

export const factGroups = ['orders', 'contacts', 'customer'] as const
type FactGroup = (typeof factGroups)[number]

/** All facts with the names that the shop has. */
export function factChoices(names: Names): Record<FactGroup, FactChoice[]> {
  const own = [...new Set([...names.order, ...names.line])]
  const ofOrder = (which: 'first' | 'last') =>
    [...orderProperties, ...own].map((name) => ({
      fact: `orders.${which}.${name}`,
      title: `rule.fact.${which}` as const,
      name,
    }))
  const fixed = facts.map(({ fact }) => ({ fact, title: `rule.fact.${fact}` as const }))
  return {
    orders: [
      ...fixed.filter(({ fact }) => fact.startsWith('orders.')),
      ...ofOrder('first'),
      ...ofOrder('last'),
    ],
    contacts: fixed.filter(({ fact }) =>
      /^(tickets|cases|messages|ratings|sentiment)\./.test(fact),
    ),
    customer: [
      ...fixed.filter(({ fact }) => ['tag', 'person.createdAt', 'segment'].includes(fact)),
      ...names.trait.map((name) => ({
        fact: `trait.${name}`,
        title: 'rule.fact.trait' as const,
        name,
      })),
    ],
  }
}

/** Kind of a fact's value, and the noun whose events it looks at. */
export function factOf(fact: string): {
  kind: FactKind
  events: keyof typeof filters | null
  ranked: boolean
} {
  const known = facts.find((one) => one.fact === fact)
  if (known !== undefined) {
    return {
      kind: known.kind,
      events: 'events' in known ? known.events : null,
      ranked: 'ranked' in known,
    }
  }
  const name = openFacts
    .map(({ prefix }) => (fact.startsWith(prefix) ? fact.slice(prefix.length) : null))
    .find((one) => one !== null)
  if (fact.startsWith('trait.')) return { kind: 'open', events: null, ranked: false }
  return {
    kind: name === 'day' ? 'day' : name === 'total' ? 'money' : 'open',
    events: 'order',
    ranked: false,
  }
}

/** Comparisons that a fact offers; a rank is offered beside them where the fact may be ranked. */
export function operatorsFor(fact: string): readonly Operator[] {
  const { kind } = factOf(fact)
  if (kind !== 'open') return operatorsOf[kind]
  const all = operatorsOf.open
  return fact.startsWith('trait.') ? all : all.filter((op) => op !== 'within')
}

/** Comparisons of a filter on events. */
export const filterOperators = [
  '=',
  '!=',
  '<',
  '<=',
  '>',
  '>=',
  'in',
  'not_in',
  'contains',
  'exists',
] as const satisfies readonly Operator[]

/** Properties that events of a noun can be chosen by. */
export function filterNames(noun: keyof typeof filters, names: Names): string[] {
  const own =
    noun === 'order' ? [...names.order, ...names.line] : noun === 'ticket' ? names.ticket : []
  return [...new Set([...filters[noun].properties, ...own])]
}

/** Whose values a field has; null where there are none to choose from. */
export function valuesOfFact(fact: string): { of: FieldOf; name: string } | null {
  if (fact === 'tag') return { of: 'tag', name: '' }
  if (fact.startsWith('trait.')) return { of: 'trait', name: fact.slice('trait.'.length) }
  const property = /^orders\.(?:first|last)\.(.+)$/.exec(fact)?.[1]
  return property === undefined || property === 'day' || property === 'total'
    ? null
    : { of: 'order', name: property }
}

/** The same for a property of events. */
export function valuesOfProperty(
  noun: keyof typeof filters,
  property: string,
): { of: FieldOf; name: string } | null {
  if (noun === 'order' || noun === 'ticket') return { of: noun, name: property }
  return noun === 'rating' && property === 'reason' ? { of: 'rating', name: property } : null
}

/** A condition on a fact, with the comparison that suits it first. */
export function conditionOn(fact: string, before?: Condition): Condition {
  const { kind, events } = factOf(fact)
  const operators = operatorsFor(fact)
  const kept = before !== undefined && 'op' in before && operators.includes(before.op)
  const usual: Operator =
    kind === 'day' ? 'within' : operators.includes('>=') && kind !== 'open' ? '>=' : '='
  const op = kept && factOf(before.fact).kind === kind ? before.op : usual
  const sameNoun = before !== undefined && events !== null && factOf(before.fact).events === events
  const condition: Comparison = {
    fact,
    ...(sameNoun && before.where !== undefined && { where: before.where }),
    ...(sameNoun && before.within !== undefined && { within: before.within }),
    op,
  }
  return withOperator(condition, op)
}

/** The condition with another comparison, and a value of its shape where there is a natural one. */
export function withOperator<Of extends Comparison | Filter>(condition: Of, op: Operator): Of {
  const { value: _, ...rest } = condition
  const next = { ...rest, op } as Of
  if (op === 'exists') return { ...next, value: true }
  if (op === 'within') return { ...next, value: { days: 30 } }
  return next
}
