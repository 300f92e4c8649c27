import type { Reason } from '../../worker/customers/card.ts'
import type { Key, Words } from '../words.ts'

/** A reason in words: what the person has, what the rule asks, and the orders or tickets behind it. */
export interface Said {
  fact: string
  need: string | null
  events: { key: string; id: string; day: string; amount: string | null }[]
  /** Rank conditions: where the line is, and how far the person's value lies above it. */
  line: { text: string; distance: string | null; share: number | null } | null
}

const moneyFacts = new Set(['orders.sum', 'orders.average', 'orders.min', 'orders.max'])
const countFacts = new Set([
  'orders.count',
  'tickets.count',
  'ratings.count',
  'messages.count',
  'cases.count',
  'orders.daysSinceLast',
])

const needs: Readonly<Record<string, Key>> = {
  '=': 'need.equal',
  '!=': 'need.different',
  '<': 'need.less',
  '<=': 'need.most',
  '>': 'need.more',
  '>=': 'need.least',
  between: 'need.between',
  in: 'need.in',
  not_in: 'need.notIn',
  contains: 'need.contains',
  exists: 'need.exists',
  before: 'need.before',
  after: 'need.after',
}

/** Says a reason. Amounts are in minor units of `currency`. */
export function sayReason(words: Words, reason: Reason, currency: string): Said {
  const { fact, line } = reason
  const window = reason.within === undefined ? null : windowOf(words, reason.within)
  const plain = factOf(words, reason, currency)
  const where = whereOf(words, reason)
  const full = window === null ? plain : words.t('reason.inWindow', { what: plain, window })
  return {
    fact: where === null ? full : words.t('reason.where', { what: full, where }),
    need: line === undefined ? needOf(words, reason, currency) : null,
    events: (reason.events ?? []).map(({ kind, id, day, amount }) => ({
      key: `${kind} ${id}`,
      id: id.replace(/^[a-z_]+:/, ''),
      day: words.day(day),
      amount: amount === undefined ? null : words.money(amount, currency),
    })),
    line: line === undefined ? null : lineOf(words, reason, line, isMoney(fact) ? currency : null),
  }
}

function factOf(words: Words, { fact, actual }: Reason, currency: string): string {
  const { t } = words
  if (moneyFacts.has(fact) && typeof actual === 'number') {
    return words.maybe(`fact.${fact}`, { amount: words.money(actual, currency) }) ?? fact
  }
  if (countFacts.has(fact) && typeof actual === 'number') {
    return words.maybe(`fact.${fact}`, { count: actual }) ?? fact
  }
  const value = valueOf(words, actual, fact, currency)
  const own = words.maybe(`fact.${fact}`, { value })
  if (own !== null) return own
  if (fact.startsWith('orders.first.')) return t('fact.first', { name: fact.slice(13), value })
  if (fact.startsWith('orders.last.')) return t('fact.last', { name: fact.slice(12), value })
  return t('fact.other', { name: fact.replace(/^trait\./, ''), value })
}

function needOf(words: Words, reason: Reason, currency: string): string | null {
  const { fact, op, value } = reason
  if (op === undefined) return null
  const need = compared(words, op, value, fact, currency)
  return reason.not === true ? words.t('need.not', { need }) : need
}

/** A comparison in words; amounts in minor units of `currency`. */
export function compared(
  words: Words,
  op: string,
  value: unknown,
  fact: string,
  currency: string,
): string {
  const { t } = words
  const say = (one: unknown) => valueOf(words, one, fact, currency)
  if (op === 'within') return windowOf(words, value) ?? say(value)
  if (op === 'between' && Array.isArray(value)) {
    return t('need.between', { low: say(value[0]), high: say(value[1]) })
  }
  const key = needs[op]
  return key === undefined ? `${op} ${say(value)}` : t(key, { value: say(value) })
}

/** Which events a rule looks at, in words. */
export function whereOf(
  words: Words,
  { where }: { where?: readonly { property: string; op: string; value?: unknown }[] },
): string | null {
  if (where === undefined || where.length === 0) return null
  return words.list(
    where.map(({ property, op, value }) =>
      words.t('reason.filter', {
        name: words.maybe(`property.${property}`) ?? property,
        need: compared(words, op, value, property, ''),
      }),
    ),
  )
}

/** A window in words; null when it is none. */
export function windowOf({ t }: Words, window: unknown): string | null {
  if (typeof window !== 'object' || window === null) return null
  if ('months' in window && typeof window.months === 'number') {
    return t('window.months', { count: window.months })
  }
  if ('days' in window && typeof window.days === 'number') {
    return t('window.days', { count: window.days })
  }
  return null
}

function valueOf(words: Words, value: unknown, fact: string, currency: string): string {
  if (value === null || value === undefined) return words.t('none')
  if (Array.isArray(value))
    return words.list(value.map((one) => valueOf(words, one, fact, currency)))
  if (typeof value === 'number') {
    return moneyFacts.has(fact) ? words.money(value, currency) : words.number(value)
  }
  if (typeof value === 'boolean') return words.t(value ? 'yes' : 'no')
  if (typeof value !== 'string') return JSON.stringify(value)
  if (/^\d{4}-\d{2}-\d{2}$/.test(value)) return words.day(value)
  return fact === 'segment' ? (words.maybe(`segment.${value}`) ?? value) : value
}

function lineOf(
  words: Words,
  reason: Reason,
  line: NonNullable<Reason['line']>,
  currency: string | null,
): NonNullable<Said['line']> {
  const { t } = words
  const say = (value: number) =>
    currency === null ? words.number(value) : words.money(value, currency)
  const { n, k, value, distance } = line
  if (line.tooFew === true || value === null) {
    return { text: t('line.tooFew', { count: n }), distance: null, share: null }
  }
  const actual = typeof reason.actual === 'number' ? reason.actual : null
  return {
    text: t('line.text', { place: k, count: n, value: say(value) }),
    distance:
      distance === null
        ? null
        : distance === 0
          ? t('line.on')
          : t(distance > 0 ? 'line.above' : 'line.below', { distance: say(Math.abs(distance)) }),
    share: actual === null || actual <= 0 ? null : Math.min(1, Math.max(0, value / actual)),
  }
}

function isMoney(fact: string): boolean {
  return moneyFacts.has(fact)
}
