import type { Facts } from '../customers/facts.ts'
import type { LineFacts, OrderFacts } from '../orders/facts.ts'
import type { RatingFacts, MessageFacts, TicketFacts } from '../tickets/facts.ts'
import {
  type Column,
  columnBuilder,
  type NamedColumn,
  type Word,
  wordsOf,
} from '../timeline/column.ts'
import type { Operator } from './catalog.ts'
import { isNegated, numberTest, passesNumber, passesWord } from './compare.ts'
import type { Filter, Operand } from './rule.ts'

/** Marks the rows of which a value passes the positive side of an operator; asked once per dictionary entry. */
export function markRows(
  column: Column,
  op: Operator,
  value: Operand | undefined,
  marks: Uint8Array,
): void {
  const hits = new Uint8Array(column.words.length)
  let some = false
  column.words.forEach((word, code) => {
    if (!passesWord(op, value, word)) return
    hits[code] = 1
    some = true
  })
  if (!some) return
  const { codes, offsets } = column
  if (offsets === null) {
    for (let row = 0; row < codes.length; row += 1) {
      const code = codes[row] ?? -1
      if (code >= 0 && hits[code] === 1) marks[row] = 1
    }
    return
  }
  for (let row = 0; row + 1 < offsets.length; row += 1) {
    const end = offsets[row + 1] ?? 0
    for (let k = offsets[row] ?? 0; k < end; k += 1) {
      if (hits[codes[k] ?? 0] === 1) marks[row] = 1
    }
  }
}

function named(columns: readonly NamedColumn[], name: string): Column | undefined {
  return columns.find((one) => one.name === name)?.column
}

function lineColumn(lines: LineFacts, name: string): Column | undefined {
  return name === 'sku' ? lines.sku : name === 'title' ? lines.title : named(lines.properties, name)
}

const LINE_PREFIX = 'line.'

/** Where an order keeps a property: in its own columns, its lines, or both. `line.<name>` asks the lines only. */
function orderColumns(
  orders: OrderFacts,
  property: string,
): { own: Column | undefined; lines: Column | undefined } {
  if (property === 'channel' || property === 'status' || property === 'currency') {
    return { own: orders[property], lines: undefined }
  }
  if (property.startsWith(LINE_PREFIX)) {
    const own = named(orders.properties, property)
    return { own, lines: lineColumn(orders.lines, property.slice(LINE_PREFIX.length)) }
  }
  return { own: named(orders.properties, property), lines: lineColumn(orders.lines, property) }
}

/** Marks the orders that have a value of the property, on the order or a line, passing the operator's positive side. */
export function markOrders(
  orders: OrderFacts,
  property: string,
  op: Operator,
  value: Operand | undefined,
): Uint8Array {
  const count = orders.day.length
  const marks = new Uint8Array(count)
  if (property === 'total') {
    const test = numberTest(op, value)
    const positive = { ...test, negated: false }
    for (let k = 0; k < count; k += 1) {
      if (passesNumber(positive, orders.total[k] ?? Number.NaN)) marks[k] = 1
    }
    return marks
  }
  const { own, lines } = orderColumns(orders, property)
  if (own !== undefined) markRows(own, op, value, marks)
  if (lines !== undefined) {
    const { offsets } = orders.lines
    const lineMarks = new Uint8Array(orders.lines.quantity.length)
    markRows(lines, op, value, lineMarks)
    for (let k = 0; k < count; k += 1) {
      const end = offsets[k + 1] ?? 0
      for (let line = offsets[k] ?? 0; line < end; line += 1) {
        if (lineMarks[line] === 1) marks[k] = 1
      }
    }
  }
  return marks
}

/** All values of a property of one order; `total` is its number. */
export function orderWords(orders: OrderFacts, property: string, order: number): Word[] {
  if (property === 'total') {
    const total = orders.total[order] ?? Number.NaN
    return Number.isNaN(total) ? [] : [total]
  }
  const { own, lines } = orderColumns(orders, property)
  const found = own === undefined ? [] : wordsOf(own, order)
  if (lines !== undefined) {
    const end = orders.lines.offsets[order + 1] ?? 0
    for (let line = orders.lines.offsets[order] ?? 0; line < end; line += 1) {
      found.push(...wordsOf(lines, line))
    }
  }
  return [...new Set(found)]
}

/** The distinct values of a property per order, over the order and its lines, as codes of one dictionary. */
export function orderValues(
  orders: OrderFacts,
  property: string,
): { words: readonly Word[]; codes: Int32Array; offsets: Int32Array } {
  const { own, lines } = orderColumns(orders, property)
  const count = orders.day.length
  if (own !== undefined && (lines === undefined || lines.words.length === 0)) {
    if (own.offsets !== null) return { words: own.words, codes: own.codes, offsets: own.offsets }
    const offsets = new Int32Array(count + 1)
    const codes = new Int32Array(count)
    let size = 0
    for (let row = 0; row < count; row += 1) {
      const code = own.codes[row] ?? -1
      if (code >= 0) {
        codes[size] = code
        size += 1
      }
      offsets[row + 1] = size
    }
    return { words: own.words, codes: codes.subarray(0, size), offsets }
  }
  const builder = columnBuilder()
  for (let row = 0; row < count; row += 1) {
    for (const word of orderWords(orders, property, row)) builder.add(row, word)
  }
  const { words, codes, offsets } = builder.build(count, true)
  return { words, codes, offsets: offsets ?? new Int32Array(count + 1) }
}

function narrow(mask: Uint8Array, marks: Uint8Array, negated: boolean): void {
  const wanted = negated ? 0 : 1
  for (let k = 0; k < mask.length; k += 1) if (marks[k] !== wanted) mask[k] = 0
}

/** The counted orders that pass every filter. */
export function orderMask(orders: OrderFacts, where: readonly Filter[]): Uint8Array {
  if (where.length === 0) return orders.counted
  const mask = Uint8Array.from(orders.counted)
  for (const { property, op, value } of where) {
    narrow(mask, markOrders(orders, property, op, value), isNegated(op, value))
  }
  return mask
}

type OtherNoun = 'ticket' | 'rating' | 'message'

const ratingColumn = (ratings: RatingFacts, property: string) =>
  property === 'level' || property === 'scale' || property === 'reason' || property === 'verdict'
    ? ratings[property]
    : undefined

const messageColumn = (messages: MessageFacts, property: string) =>
  property === 'author' || property === 'public' ? messages[property] : undefined

const ticketColumn = (tickets: TicketFacts, property: string) =>
  property === 'channel' || property === 'type' || property === 'status' || property === 'tag'
    ? tickets[property]
    : named(tickets.fields, property.startsWith('field:') ? property.slice(6) : property)

/** Of so many rows those that pass every filter on the column of its property; null = all of them. */
export function maskOf(
  rows: number,
  where: readonly Filter[],
  columnOf: (property: string) => Column | undefined,
): Uint8Array | null {
  if (where.length === 0) return null
  const mask = new Uint8Array(rows).fill(1)
  for (const { property, op, value } of where) {
    const column = columnOf(property)
    const marks = new Uint8Array(rows)
    if (column !== undefined) markRows(column, op, value, marks)
    narrow(mask, marks, isNegated(op, value))
  }
  return mask
}

/** The rows of a noun that pass every filter; null = all of them. */
export function eventMask(
  { tickets, ratings, messages }: Facts,
  noun: OtherNoun,
  where: readonly Filter[],
): Uint8Array | null {
  if (noun === 'ticket') {
    return maskOf(tickets.day.length, where, (property) => ticketColumn(tickets, property))
  }
  return noun === 'rating'
    ? maskOf(ratings.day.length, where, (property) => ratingColumn(ratings, property))
    : maskOf(messages.day.length, where, (property) => messageColumn(messages, property))
}
