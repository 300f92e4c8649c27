import type { Facts } from '../customers/facts.ts'
import type { Need } from '../customers/slices.ts'
import { eventMask } from '../segments/filter.ts'
import { isOpenStatus, type TicketFacts } from '../tickets/facts.ts'
import type { Day } from '../time.ts'
import { type Column, type Word, wordsOf } from '../timeline/column.ts'
import { type CaseKey, NO_VALUE } from './catalog.ts'
import { gapOf, JOIN, numberCases, SPLIT } from './group.ts'
import { type Method, sinceOf } from './method.ts'
import { type CaseColumns, outcomesOf } from './outcome.ts'

/** What humans said of tickets, by ticket id. */
export type Sayings = ReadonlyMap<string, 'split' | 'join'>

/** What is read of the columns for a method; `ids`: cases are told with their tickets. */
export function needsOfMethod({ keys, filter }: Method, said: Sayings, ids: boolean): Set<Need> {
  const needs = new Set<Need>(['tickets', 'tickets.outcomes'])
  if (ids || said.size > 0) needs.add('tickets.id')
  const named = [...keys, ...filter.map(({ property }) => property)]
  for (const one of named) if (one.startsWith('field:')) needs.add(`tickets.field:${one.slice(6)}`)
  return needs
}

const textOf = (words: readonly Word[]) => words.map(String).join(' ') || NO_VALUE

/** The text of a row's words; texts of single words are made once for all rows. */
function readerOf(column: Column | undefined): (row: number) => string {
  if (column === undefined || (column.offsets === null && column.codes.length === 0)) {
    return () => NO_VALUE
  }
  if (column.offsets !== null) return (row) => textOf(wordsOf(column, row))
  const texts = column.words.map(String)
  const { codes } = column
  return (row) => texts[codes[row] ?? -1] || NO_VALUE
}

/** The text of a column in the row that stands for each case. */
function textBy(column: Column, rows: Int32Array): (n: number) => string {
  const read = readerOf(column)
  return (n) => read(rows[n] ?? 0)
}

function columnOf({ tickets }: Facts, key: CaseKey): Column | undefined {
  if (key === 'channel' || key === 'type') return tickets[key]
  if (key === 'order' || key === 'group') return tickets.outcomes[key]
  return tickets.fields.find(({ name }) => name === key.slice(6))?.column
}

/** 1 for each ticket that is solved or closed now. */
export function doneOf({ status, day }: TicketFacts): Uint8Array {
  const done = new Uint8Array(day.length).fill(1)
  const open = status.words.map((word) => isOpenStatus(String(word)))
  for (let row = 0; row < done.length; row += 1) {
    const at = status.offsets === null ? row : (status.offsets[row] ?? 0)
    const end = status.offsets === null ? row + 1 : (status.offsets[row + 1] ?? 0)
    if (at < end && open[status.codes[at] ?? -1] === true) done[row] = 0
  }
  return done
}

/** Codes of each row's values of the keys; null: there are none. */
function codesOf(facts: Facts, keys: readonly CaseKey[]): Int32Array | null {
  if (keys.length === 0) return null
  const columns = keys.map((key) => columnOf(facts, key))
  const [only] = columns
  if (columns.length === 1 && only !== undefined && only.offsets === null) {
    // Words that read alike are one value, and so are those that do not say anything.
    const texts = [NO_VALUE, ...only.words.map((word) => String(word) || NO_VALUE)]
    const codes = texts.map((text) => texts.indexOf(text))
    return only.codes.map((code) => codes[code + 1] ?? 0)
  }
  const readers = columns.map(readerOf)
  const known = new Map<string, number>()
  return facts.tickets.day.map((_, row) => {
    const text = readers.map((read) => read(row)).join('\u0000')
    const code = known.get(text) ?? known.size
    known.set(text, code)
    return code
  })
}

/** 1 for each ticket from before a day, or that a filter leaves out. */
function leftOf(day: Int32Array, since: Day, mask: Uint8Array | null): Uint8Array {
  const left = new Uint8Array(day.length)
  for (let row = 0; row < left.length; row += 1) {
    if ((day[row] ?? 0) < since || mask?.[row] === 0) left[row] = 1
  }
  return left
}

function saidOf(word: 'split' | 'join' | undefined): number {
  if (word === undefined) return 0
  return word === 'split' ? SPLIT : JOIN
}

/** The cases of some persons, with what they can be told apart by. */
export interface Found {
  readonly facts: Facts
  readonly cases: CaseColumns
  person(n: number): number
  openedOn(n: number): Day
  /** Values of the method's keys. */
  key(n: number): string
  channel(n: number): string
  type(n: number): string
  group(n: number): string
  /** Who had the last ticket of it. */
  agent(n: number): string
}

/** What else goes into cases. */
export interface CaseOptions {
  today: Day
  said: Sayings
  /** Time between two instants that counts (ms); calendar time when absent. */
  between?: (from: number, to: number) => number
}

/** The cases of the persons in `facts` (whole persons, those not skipped) by a method, on a day. */
export function casesIn(
  facts: Facts,
  skip: Uint8Array | undefined,
  method: Method,
  { today, said, between }: CaseOptions,
): Found {
  const { tickets } = facts
  const { outcomes, day, offsets } = tickets
  const since = sinceOf(method, today)
  const mask = eventMask(facts, 'ticket', method.filter)
  const numbered = numberCases(
    {
      offsets,
      at: outcomes.at,
      activity: outcomes.activity,
      key: codesOf(facts, method.keys),
      left: leftOf(day, since, mask),
      said: said.size === 0 ? null : Uint8Array.from(tickets.id, (id) => saidOf(said.get(id))),
    },
    gapOf(method.gapHours, method.gapFrom),
    skip,
  )
  const cases = outcomesOf(numbered, { offsets, ...outcomes, done: doneOf(tickets) }, between)
  const keys = method.keys.map((key) => readerOf(columnOf(facts, key)))
  const first = (n: number) => cases.first[n] ?? 0
  return {
    facts,
    cases,
    person: (n) => facts.persons[cases.owner[n] ?? 0] ?? 0,
    openedOn: (n) => day[first(n)] ?? 0,
    key: (n) => (keys.length === 0 ? NO_VALUE : keys.map((read) => read(first(n))).join(' · ')),
    channel: textBy(tickets.channel, cases.first),
    type: textBy(tickets.type, cases.first),
    group: textBy(outcomes.group, cases.first),
    agent: textBy(outcomes.agent, cases.last),
  }
}

/** A case as it is listed. Instants are epoch ms, durations ms; null: it did not happen. */
export interface ListedCase {
  person: number
  key: string
  tickets: string[]
  openedAt: number
  messages: number
  reopens: number
  resolved: boolean
  toResolve: number | null
  firstReply: number | null
}

const orNull = (value: number | undefined) =>
  value === undefined || Number.isNaN(value) ? null : value

/** Case n in full, with the ids of its tickets. */
export function listed(found: Found, n: number): ListedCase {
  const { cases, facts } = found
  const tickets: string[] = []
  const last = cases.last[n] ?? -1
  for (let row = cases.first[n] ?? 0; row <= last; row += 1) {
    if (cases.caseOf[row] === n) tickets.push(facts.tickets.id[row] ?? '')
  }
  return {
    person: found.person(n),
    key: found.key(n),
    tickets,
    openedAt: cases.openedAt[n] ?? 0,
    messages: cases.messages[n] ?? 0,
    reopens: cases.reopens[n] ?? 0,
    resolved: cases.resolved[n] === 1,
    toResolve: orNull(cases.toResolve[n]),
    firstReply: orNull(cases.firstReply[n]),
  }
}
