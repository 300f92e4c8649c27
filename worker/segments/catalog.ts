/** What a rule may read, compare and filter by. The interface builds its rule editor from these lists. */

export const limits = { conditions: 20, depth: 4, bytes: 4096 } as const

/** What kind of value a fact has on a day. */
export type FactKind = 'number' | 'money' | 'days' | 'day' | 'text' | 'tag' | 'segment' | 'open'

export interface FactEntry {
  fact: string
  kind: FactKind
  /** The noun whose events `where` and `within` choose; absent: neither is allowed. */
  events?: 'order' | 'ticket' | 'rating' | 'message' | 'case'
  /** May stand in a rank condition. */
  ranked?: true
}

export const facts = [
  { fact: 'orders.count', kind: 'number', events: 'order', ranked: true },
  { fact: 'orders.sum', kind: 'money', events: 'order', ranked: true },
  { fact: 'orders.average', kind: 'money', events: 'order', ranked: true },
  { fact: 'orders.min', kind: 'money', events: 'order', ranked: true },
  { fact: 'orders.max', kind: 'money', events: 'order', ranked: true },
  { fact: 'orders.daysSinceLast', kind: 'days', events: 'order' },
  { fact: 'tickets.count', kind: 'number', events: 'ticket', ranked: true },
  { fact: 'ratings.count', kind: 'number', events: 'rating', ranked: true },
  { fact: 'messages.count', kind: 'number', events: 'message', ranked: true },
  { fact: 'cases.count', kind: 'number', events: 'case', ranked: true },
  { fact: 'sentiment.score', kind: 'number', ranked: true },
  { fact: 'sentiment.label', kind: 'text' },
  { fact: 'tag', kind: 'tag' },
  { fact: 'person.createdAt', kind: 'day' },
  { fact: 'segment', kind: 'segment' },
] as const satisfies readonly FactEntry[]

/** Facts with an open name after the prefix: `orders.last.channel`, `trait.plan`. */
export const openFacts = [
  { prefix: 'orders.first.', events: 'order' },
  { prefix: 'orders.last.', events: 'order' },
  { prefix: 'trait.' },
] as const

export const operators = [
  '=',
  '!=',
  '<',
  '<=',
  '>',
  '>=',
  'between',
  'in',
  'not_in',
  'contains',
  'exists',
  'within',
  'before',
  'after',
] as const

export type Operator = (typeof operators)[number]

/** Operators that make sense for a kind of value. */
export const operatorsOf = {
  number: ['=', '!=', '<', '<=', '>', '>=', 'between', 'in', 'not_in', 'exists'],
  money: ['=', '!=', '<', '<=', '>', '>=', 'between', 'in', 'not_in', 'exists'],
  days: ['=', '!=', '<', '<=', '>', '>=', 'between', 'in', 'not_in', 'exists'],
  day: [
    '=',
    '!=',
    '<',
    '<=',
    '>',
    '>=',
    'between',
    'in',
    'not_in',
    'exists',
    'within',
    'before',
    'after',
  ],
  text: ['=', '!=', 'in', 'not_in', 'contains', 'exists'],
  tag: ['=', '!=', 'in', 'not_in', 'contains', 'exists'],
  segment: ['=', '!=', 'in', 'not_in'],
  open: operators,
} as const satisfies Record<FactKind, readonly Operator[]>

/** What `where` may filter by, per noun; `open` says that names beyond these are allowed too. */
export const filters = {
  order: { properties: ['channel', 'status', 'total', 'currency', 'sku', 'title'], open: true },
  ticket: { properties: ['channel', 'type', 'status', 'tag'], open: true },
  rating: { properties: ['level', 'scale', 'reason', 'verdict'], open: false },
  message: { properties: ['author', 'public'], open: false },
  case: { properties: ['resolved'], open: false },
} as const

export const rankUnits = ['%', 'people'] as const

/** A percent rank of fewer persons than this says "too few" and has no members. */
export const FEWEST_RANKED = 10
