import { parseDay, type Window } from '../time.ts'
import type { Word } from '../timeline/column.ts'
import type { Operator } from './catalog.ts'
import type { Operand, Scalar } from './rule.ts'

/**
 * A comparison as a range: passes when low ≤ x ≤ high (or x is in the list), turned round when negated. NaN is
 * "no value": it passes the negated ones only, so `!=` and `not_in` are the exact opposite of `=` and `in`.
 */
export interface NumberTest {
  readonly low: number
  readonly high: number
  readonly list: readonly number[] | null
  readonly negated: boolean
}

export const IS_TRUE: NumberTest = { low: 1, high: 1, list: null, negated: false }
export const IS_NOT_TRUE: NumberTest = { low: 1, high: 1, list: null, negated: true }

export function passesNumber(test: NumberTest, x: number): boolean {
  const inside = test.list === null ? x >= test.low && x <= test.high : test.list.includes(x)
  return inside !== test.negated
}

const bits = new DataView(new ArrayBuffer(8))

/** The next greater (or lower) number that a double can hold. */
function neighbour(x: number, up: boolean): number {
  if (x === 0) return up ? Number.MIN_VALUE : -Number.MIN_VALUE
  bits.setFloat64(0, x)
  const step = x > 0 === up ? 1n : -1n
  bits.setBigInt64(0, bits.getBigInt64(0) + step)
  return bits.getFloat64(0)
}

export function isWindow(value: Operand | undefined): value is Window {
  return typeof value === 'object' && !Array.isArray(value)
}

function listOf(value: Operand | undefined): readonly Scalar[] {
  if (value === undefined || isWindow(value)) return []
  return typeof value === 'object' ? value : [value]
}

function range(low: number, high: number, negated = false): NumberTest {
  return { low, high, list: null, negated }
}

/** A comparison of numbers; `read` turns the rule's value into a number (days are written as text). */
export function numberTest(
  op: Operator,
  value: Operand | undefined,
  read: (value: Scalar) => number = (one) => (typeof one === 'number' ? one : Number.NaN),
): NumberTest {
  const list = listOf(value).map(read)
  const [a = Number.NaN, b = Number.NaN] = list
  switch (op) {
    case '=':
      return range(a, a)
    case '!=':
      return range(a, a, true)
    case '<':
    case 'before':
      return range(-Infinity, neighbour(a, false))
    case '<=':
      return range(-Infinity, a)
    case '>':
    case 'after':
      return range(neighbour(a, true), Infinity)
    case '>=':
      return range(a, Infinity)
    case 'between':
      return range(a, b)
    case 'in':
    case 'not_in':
      return { low: 0, high: 0, list, negated: op === 'not_in' }
    case 'exists':
      return range(-Infinity, Infinity, value === false)
    case 'contains':
    case 'within':
      return range(Number.NaN, Number.NaN)
  }
}

/** Reads `YYYY-MM-DD` as a day. */
export function readDay(value: Scalar): number {
  return typeof value === 'string' ? (parseDay(value) ?? Number.NaN) : Number.NaN
}

/** Operators that hold exactly when their opposite does not, also for what has no value. */
export function isNegated(op: Operator, value: Operand | undefined): boolean {
  return op === '!=' || op === 'not_in' || (op === 'exists' && value === false)
}

function compareWords(a: Word, b: Scalar | undefined): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b
  if (typeof a === 'string' && typeof b === 'string') return a < b ? -1 : a > b ? 1 : 0
  return Number.NaN
}

/**
 * Whether a word passes the positive side of an operator (see `isNegated`). Values of another type are never
 * equal, less or greater; `contains` looks for a part of a text, in any letter case; `before` and `after`
 * compare the date at the start of a text.
 */
export function passesWord(op: Operator, value: Operand | undefined, word: Word): boolean {
  const list = listOf(value)
  const [first, second] = list
  switch (op) {
    case '=':
    case '!=':
      return word === first
    case 'in':
    case 'not_in':
      return list.includes(word)
    case '<':
      return compareWords(word, first) < 0
    case '<=':
      return compareWords(word, first) <= 0
    case '>':
      return compareWords(word, first) > 0
    case '>=':
      return compareWords(word, first) >= 0
    case 'between':
      return compareWords(word, first) >= 0 && compareWords(word, second) <= 0
    case 'contains':
      return (
        typeof word === 'string' && word.toLowerCase().includes(String(first ?? '').toLowerCase())
      )
    case 'before':
    case 'after': {
      if (typeof word !== 'string' || typeof first !== 'string') return false
      const day = parseDay(word.slice(0, 10))
      const limit = parseDay(first)
      if (day === null || limit === null) return false
      return op === 'before' ? day < limit : day > limit
    }
    case 'exists':
      return true
    case 'within':
      return false
  }
}
