import { type Column, columnBuilder } from '../timeline/column.ts'
import type { Placed } from '../timeline/rows.ts'
import { jsonObject } from '../timeline/rows.ts'
import type { MessageRow, TicketRow } from './facts.ts'

/** What became of tickets, in the order of their rows. Instants are epoch ms, NaN: it did not happen. */
export interface OutcomeFacts {
  readonly at: Float64Array
  readonly solved: Float64Array
  /** Last public message, else solve, else creation. */
  readonly activity: Float64Array
  /** First public message of the customer, and the first public answer of a human after it. */
  readonly asked: Float64Array
  readonly answered: Float64Array
  /** Public messages. */
  readonly messages: Float64Array
  readonly reopens: Float64Array
  readonly group: Column
  /** Name of the agent who has it, else the id. */
  readonly agent: Column
  /** Ids of the orders that the ticket is about, as one word. */
  readonly order: Column
}

const NO_FLOATS = new Float64Array()
const NO_COLUMN: Column = { words: [], codes: new Int32Array(), offsets: null }

/** Outcomes that were not read. */
export const NO_OUTCOMES: OutcomeFacts = {
  at: NO_FLOATS,
  solved: NO_FLOATS,
  activity: NO_FLOATS,
  asked: NO_FLOATS,
  answered: NO_FLOATS,
  messages: NO_FLOATS,
  reopens: NO_FLOATS,
  group: NO_COLUMN,
  agent: NO_COLUMN,
  order: NO_COLUMN,
}

/** More of a ticket's row. */
interface SolvedRow extends TicketRow {
  solvedAt?: number | null
  reopens?: number
  groupName?: string | null
  assignee?: string | null
  assigneeName?: string | null
}

interface Talk {
  count: number
  last: number
  asked: number
  answered: number
}

/** What was said in public on each ticket, by ticket id. */
function talksOf(messages: readonly MessageRow[]): Map<string, Talk> {
  const talks = new Map<string, Talk>()
  const heard = messages
    .filter((message) => message.public !== 0)
    .toSorted((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1))
  for (const { ticket, at, author } of heard) {
    const talk = talks.get(ticket) ?? {
      count: 0,
      last: at,
      asked: Number.NaN,
      answered: Number.NaN,
    }
    talks.set(ticket, talk)
    talk.count += 1
    talk.last = at
    if (author === 'customer' && Number.isNaN(talk.asked)) talk.asked = at
    const waiting = !Number.isNaN(talk.asked) && Number.isNaN(talk.answered)
    if (author === 'agent' && waiting) talk.answered = at
  }
  return talks
}

/** Outcomes of tickets that are placed by person, creation and id. */
export function outcomeFactsOf(
  placed: readonly Placed<SolvedRow>[],
  messages: readonly MessageRow[],
): OutcomeFacts {
  const talks = talksOf(messages)
  const group = columnBuilder()
  const order = columnBuilder()
  const agent = columnBuilder()
  const numbers = (read: (row: SolvedRow, talk: Talk | undefined) => number | null | undefined) =>
    Float64Array.from(placed, ({ row }) => read(row, talks.get(row.id)) ?? Number.NaN)
  placed.forEach(({ row }, k) => {
    if (row.groupName != null) group.add(k, row.groupName)
    const had = row.assigneeName ?? row.assignee
    if (had != null) agent.add(k, had)
    const ids = jsonObject(row.detail)['orderIds']
    if (Array.isArray(ids) && ids.length > 0) order.add(k, ids.map(String).toSorted().join(' '))
  })
  return {
    at: numbers(({ at }) => at),
    solved: numbers(({ solvedAt }) => solvedAt),
    activity: numbers(({ at, solvedAt }, talk) => talk?.last ?? solvedAt ?? at),
    asked: numbers((_, talk) => talk?.asked),
    answered: numbers((_, talk) => talk?.answered),
    messages: numbers((_, talk) => talk?.count ?? 0),
    reopens: numbers(({ reopens }) => reopens ?? 0),
    group: group.build(placed.length),
    agent: agent.build(placed.length),
    order: order.build(placed.length),
  }
}
