import { type CaseFacts, caseFactsOf } from '../cases/facts.ts'
import type { Facts } from '../customers/facts.ts'
import { valueScratch, valueSteps } from '../orders/value.ts'
import { labelDays, scoreDays, scoreSteps } from '../sentiment/daily.ts'
import { moodsOf } from '../tickets/facts.ts'
import type { Day, Window } from '../time.ts'
import { type Expiry, prepareExpiry } from '../timeline/expiry.ts'
import { NEVER, OPEN } from '../timeline/intervals.ts'
import { pushStep, type Steps } from '../timeline/steps.ts'
import { countSteps, type Events, firstSteps, lastSteps } from '../timeline/walk.ts'
import {
  IS_NOT_TRUE,
  IS_TRUE,
  isNegated,
  isWindow,
  type NumberTest,
  numberTest,
  passesWord,
  readDay,
} from './compare.ts'
import { eventMask, markOrders, maskOf, orderMask } from './filter.ts'
import { observationReader, tagReader } from './observed.ts'
import type { Comparison, Filter, Operand, RankCondition } from './rule.ts'

/** Writes a fact of entry i as steps. */
export type Fill = (i: number, out: Steps) => void

/** How a fact's steps become the days on which its condition holds. */
export type Reading =
  /** The value passes. */
  | { readonly kind: 'value'; readonly test: NumberTest }
  /** The value is a day, and today is in a window that starts with it. */
  | { readonly kind: 'window'; readonly window: Window }
  /** The value is a day, and the days since pass. */
  | { readonly kind: 'since'; readonly test: NumberTest }

/** A noun's rows that a condition looks at. */
export interface Chosen {
  readonly noun: 'order' | 'ticket' | 'rating' | 'message' | 'case'
  /** Of nouns that the facts have no ids of. */
  readonly ids?: readonly string[]
  readonly events: Events
  readonly expiry: Expiry | null
}

export interface Source {
  readonly fill: Fill
  readonly reading: Reading
  /** The events behind a count, sum or the like; null for facts that have none. */
  readonly chosen: Chosen | null
}

/** What conditions of one compilation share: masks by filter, windows, buffers. */
export interface Workshop {
  readonly facts: Facts
  readonly masks: Map<string, Uint8Array | null>
  readonly expiries: Map<string, Expiry>
  readonly scratch: ReturnType<typeof valueScratch>
  /** Grouped when a condition first asks for it. */
  cases?: CaseFacts
}

export function workshop(facts: Facts): Workshop {
  return { facts, masks: new Map(), expiries: new Map(), scratch: valueScratch() }
}

const NO_FILTER: readonly Filter[] = []

function once<Value>(map: Map<string, Value>, key: string, make: () => Value): Value {
  const known = map.get(key)
  if (known !== undefined) return known
  const made = make()
  map.set(key, made)
  return made
}

function daysOf(day: Int32Array): { first: Day; last: Day } {
  let first = OPEN
  let last = NEVER
  for (const one of day) {
    if (one < first) first = one
    if (one > last) last = one
  }
  return { first, last }
}

function expiryFor(shop: Workshop, noun: string, day: Int32Array, window: Window | undefined) {
  if (window === undefined) return null
  return once(shop.expiries, `${noun} ${JSON.stringify(window)}`, () => {
    const { first, last } = daysOf(day)
    return prepareExpiry(window, first, last, day.length)
  })
}

/** Reads a comparison's value for facts that are numbers or days. */
function readingOf(op: Comparison['op'], value: Operand | undefined, isDay: boolean): Reading {
  if (isDay && op === 'within' && isWindow(value)) return { kind: 'window', window: value }
  return { kind: 'value', test: isDay ? numberTest(op, value, readDay) : numberTest(op, value) }
}

/** A fact that is 1 while its words pass the operator's positive side. */
function markReading({ op, value }: Comparison): Reading {
  return { kind: 'value', test: isNegated(op, value) ? IS_NOT_TRUE : IS_TRUE }
}

const NOTHING: Fill = (_, out) => {
  out.size = 0
}

/** The steps behind a condition's fact. Rank conditions read their fact as a plain number. */
export function sourceOf(shop: Workshop, condition: Comparison | RankCondition): Source {
  const comparison: Comparison =
    'rank' in condition ? { ...condition, op: 'exists', value: true } : condition
  const { fact } = comparison
  if (fact.startsWith('orders.')) return orderSource(shop, comparison, fact.slice(7))
  if (fact === 'cases.count') return caseSource(shop, comparison)
  if (fact.endsWith('.count')) return countSource(shop, comparison)
  if (fact.startsWith('sentiment.')) return sentimentSource(shop, comparison, 'rank' in condition)
  return personSource(shop, comparison, 'rank' in condition)
}

function orderSource(shop: Workshop, comparison: Comparison, name: string): Source {
  const { orders } = shop.facts
  const where = comparison.where ?? NO_FILTER
  const mask =
    once(shop.masks, `order ${JSON.stringify(where)}`, () => orderMask(orders, where)) ??
    orders.counted
  const expiry = expiryFor(shop, 'order', orders.day, comparison.within)
  const events = { offsets: orders.offsets, day: orders.day, at: orders.at, mask }
  const chosen: Chosen = { noun: 'order', events, expiry }
  const { op, value } = comparison
  if (name === 'count') {
    return {
      fill: (i, out) => countSteps(events, i, expiry, out),
      reading: readingOf(op, value, false),
      chosen,
    }
  }
  if (name === 'sum' || name === 'average' || name === 'min' || name === 'max') {
    const orderless = where.length === 0 && name !== 'min' && name !== 'max'
    const { split } = shop.facts
    return {
      fill: (i, out) => {
        const ownsOrderless = orderless && (split === null || split.value[i] === -1)
        valueSteps(orders, mask, i, name, ownsOrderless, expiry, shop.scratch, out)
      },
      reading: readingOf(op, value, false),
      chosen,
    }
  }
  if (name === 'daysSinceLast') {
    return {
      fill: (i, out) => lastSteps(events, i, expiry, orders.day, out),
      reading: { kind: 'since', test: numberTest(op, value) },
      chosen,
    }
  }
  const [which, ...rest] = name.split('.')
  const property = rest.join('.')
  const walk = which === 'first' ? firstSteps : lastSteps
  const plain = property === 'day' ? orders.day : property === 'total' ? orders.total : null
  if (plain !== null) {
    return {
      fill: (i, out) => walk(events, i, expiry, plain, out),
      reading: readingOf(op, value, property === 'day'),
      chosen,
    }
  }
  const marks = markOrders(orders, property, op, value)
  return {
    fill: (i, out) => walk(events, i, expiry, marks, out),
    reading: markReading(comparison),
    chosen,
  }
}

function countSource(shop: Workshop, comparison: Comparison): Source {
  const { facts } = shop
  const where = comparison.where ?? NO_FILTER
  const noun = comparison.fact.startsWith('tickets')
    ? 'ticket'
    : comparison.fact.startsWith('ratings')
      ? 'rating'
      : 'message'
  const rows =
    noun === 'ticket' ? facts.tickets : noun === 'rating' ? facts.ratings : facts.messages
  const key = `${noun} ${JSON.stringify(where)}`
  const mask = once(shop.masks, key, () => eventMask(facts, noun, where))
  const expiry = expiryFor(shop, noun, rows.day, comparison.within)
  const events = { offsets: rows.offsets, day: rows.day, mask }
  return {
    fill: (i, out) => countSteps(events, facts.source[i] ?? 0, expiry, out),
    reading: readingOf(comparison.op, comparison.value, false),
    chosen: { noun, events, expiry },
  }
}

/** Cases by the day on which they were opened; grouped once for all conditions. */
function caseSource(shop: Workshop, comparison: Comparison): Source {
  const { facts } = shop
  shop.cases ??= caseFactsOf(facts.tickets)
  const { offsets, day, resolved, id } = shop.cases
  const where = comparison.where ?? NO_FILTER
  const mask = once(shop.masks, `case ${JSON.stringify(where)}`, () =>
    maskOf(day.length, where, (property) => (property === 'resolved' ? resolved : undefined)),
  )
  const expiry = expiryFor(shop, 'case', day, comparison.within)
  const events = { offsets, day, mask }
  return {
    fill: (i, out) => countSteps(events, facts.source[i] ?? 0, expiry, out),
    reading: readingOf(comparison.op, comparison.value, false),
    chosen: { noun: 'case', ids: id, events, expiry },
  }
}

/** A person's mood: its score and its label decay, so that the days on which they turn are solved. */
function sentimentSource(shop: Workshop, comparison: Comparison, ranked: boolean): Source {
  const { facts } = shop
  const { op, value } = comparison
  const moods = (i: number) => moodsOf(facts.sentiment, facts.source[i] ?? 0)
  if (comparison.fact === 'sentiment.label') {
    return {
      fill: (i, out) => {
        out.size = 0
        for (const { day, label } of labelDays(moods(i))) {
          pushStep(out, day, passesWord(op, value, label) ? 1 : 0)
        }
      },
      reading: markReading(comparison),
      chosen: null,
    }
  }
  const reading = readingOf(op, value, false)
  const thresholds = reading.kind === 'value' ? thresholdsOf(reading.test) : []
  return {
    fill: (i, out) => {
      out.size = 0
      const steps = ranked ? scoreDays(moods(i)) : scoreSteps(moods(i), thresholds)
      for (const { day, score } of steps) pushStep(out, day, score)
    },
    reading,
    chosen: null,
  }
}

/** Numbers at which a test may turn. */
function thresholdsOf({ low, high, list }: NumberTest): number[] {
  return list === null ? [low, high].filter(Number.isFinite) : [...list]
}

function personSource(shop: Workshop, comparison: Comparison, ranked: boolean): Source {
  const { facts } = shop
  const { fact, op, value } = comparison
  if (fact === 'person.createdAt') {
    return {
      fill: (i, out) => {
        out.size = 0
        const created = facts.created[facts.source[i] ?? 0] ?? OPEN
        if (created !== OPEN) pushStep(out, created, created)
      },
      reading: readingOf(op, value, true),
      chosen: null,
    }
  }
  if (fact === 'tag') {
    return {
      fill: tagReader(facts, op, value),
      reading: markReading(comparison),
      chosen: null,
    }
  }
  if (fact.startsWith('trait.')) {
    const name = `trait:${fact.slice(6)}`
    if (ranked) {
      return {
        fill: observationReader.numbers(facts, name),
        reading: readingOf(op, value, false),
        chosen: null,
      }
    }
    if (op === 'within') {
      return {
        fill: observationReader.days(facts, name),
        reading: readingOf(op, value, true),
        chosen: null,
      }
    }
    return {
      fill: observationReader.passing(facts, name, op, value),
      reading: markReading(comparison),
      chosen: null,
    }
  }
  return { fill: NOTHING, reading: readingOf(op, value, false), chosen: null }
}
