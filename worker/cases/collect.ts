import type { Facts } from '../customers/facts.ts'
import type { Need } from '../customers/slices.ts'
import { eventMask } from '../segments/filter.ts'
import { isOpenStatus } from '../tickets/facts.ts'
import type { Day } from '../time.ts'
import { type Column, type Word, wordsOf } from '../timeline/column.ts'
import { type CaseKey, NO_VALUE } from './catalog.ts'
import { type CaseTicket, casesOf, gapOf } from './group.ts'
import { type Method, sinceOf } from './method.ts'
import { type CaseOutcome, outcomeOf, type TicketOutcome } from './outcome.ts'

/** A case of a person with the values that it can be told apart by. */
export interface FoundCase extends CaseOutcome {
  person: number
  openedOn: Day
  key: string
  channel: string
  type: string
  group: string
  /** Who had the last ticket of it. */
  agent: string
  /** Segments of the person on the day of the opening; only where they are asked for. */
  segments: readonly string[]
}

/** What is read of the columns for a method. */
export function needsOfMethod({ keys, filter }: Method): Set<Need> {
  const needs = new Set<Need>(['tickets', 'tickets.id', 'tickets.outcomes'])
  const named = [...keys, ...filter.map(({ property }) => property)]
  for (const one of named) if (one.startsWith('field:')) needs.add(`tickets.field:${one.slice(6)}`)
  return needs
}

/** What humans said of tickets, by ticket id. */
export type Sayings = ReadonlyMap<string, 'split' | 'join'>

interface Ticket extends CaseTicket, TicketOutcome {
  day: Day
  row: number
}

const textOf = (words: readonly Word[]) =>
  words.length === 0 ? NO_VALUE : words.map(String).join(' ')

/** The text of a row's words; texts of single words are made once for all rows. */
function readerOf(column: Column | undefined): (row: number) => string {
  if (column === undefined || (column.offsets === null && column.codes.length === 0)) {
    return () => NO_VALUE
  }
  if (column.offsets !== null) return (row) => textOf(wordsOf(column, row))
  const texts = column.words.map(String)
  const { codes } = column
  return (row) => texts[codes[row] ?? -1] ?? NO_VALUE
}

function columnOf({ tickets }: Facts, key: CaseKey): Column | undefined {
  if (key === 'channel' || key === 'type') return tickets[key]
  if (key === 'order' || key === 'group') return tickets.outcomes[key]
  return tickets.fields.find(({ name }) => name === key.slice(6))?.column
}

const orNull = (instant: number | undefined) =>
  instant === undefined || Number.isNaN(instant) ? null : instant

/** What else goes into cases. */
export interface CaseOptions {
  today: Day
  said: Sayings
  /** Segments of entry i on a day. */
  segmentsOn?: (i: number, day: Day) => string[]
  /** Time between two instants that counts (ms); calendar time when absent. */
  between?: (from: number, to: number) => number
}

/** The cases of the persons in `facts` (those not skipped) by a method, on a day. */
export function casesIn(
  facts: Facts,
  skip: Uint8Array | undefined,
  method: Method,
  { today, said, segmentsOn, between }: CaseOptions,
): FoundCase[] {
  const { tickets } = facts
  const { outcomes } = tickets
  const since = sinceOf(method, today)
  const mask = eventMask(facts, 'ticket', method.filter)
  const readers = method.keys.map((key) => readerOf(columnOf(facts, key)))
  const channel = readerOf(tickets.channel)
  const type = readerOf(tickets.type)
  const group = readerOf(outcomes.group)
  const agent = readerOf(outcomes.agent)
  const status = readerOf(tickets.status)
  const gap = gapOf(method.gapHours, method.gapFrom)
  const found: FoundCase[] = []
  for (let i = 0; i < facts.persons.length; i += 1) {
    if (skip?.[i] === 1) continue
    const owner = facts.source[i] ?? 0
    const own: Ticket[] = []
    for (let k = tickets.offsets[owner] ?? 0; k < (tickets.offsets[owner + 1] ?? 0); k += 1) {
      const day = tickets.day[k] ?? 0
      if (day < since || mask?.[k] === 0) continue
      const id = tickets.id[k] ?? ''
      const word = said.get(id)
      own.push({
        id,
        day,
        at: outcomes.at[k] ?? 0,
        key:
          readers.length === 1
            ? (readers[0]?.(k) ?? '')
            : readers.map((read) => read(k)).join(' · '),
        activity: outcomes.activity[k] ?? 0,
        ...(word !== undefined && { said: word }),
        done: !isOpenStatus(status(k)),
        solvedAt: orNull(outcomes.solved[k]),
        reopens: outcomes.reopens[k] ?? 0,
        messages: outcomes.messages[k] ?? 0,
        asked: orNull(outcomes.asked[k]),
        answered: orNull(outcomes.answered[k]),
        row: k,
      })
    }
    if (own.length === 0) continue
    for (const one of casesOf(own, gap)) {
      const [first] = one
      if (first === undefined) continue
      found.push(
        Object.assign(outcomeOf(one, between), {
          person: facts.persons[i] ?? 0,
          openedOn: first.day,
          key: first.key === '' ? NO_VALUE : first.key,
          channel: channel(first.row),
          type: type(first.row),
          group: group(first.row),
          agent: agent(one.at(-1)?.row ?? first.row),
          segments: segmentsOn?.(i, first.day) ?? [],
        }),
      )
    }
  }
  return found
}
