import type { TicketFacts } from '../tickets/facts.ts'
import { type Column, columnBuilder } from '../timeline/column.ts'
import { doneOf } from './collect.ts'
import { gapOf, numberCases } from './group.ts'
import { defaultMethod } from './method.ts'
import { outcomesOf } from './outcome.ts'

/** Cases of persons by the day on which they were opened, as rules see them. */
export interface CaseFacts {
  readonly offsets: Int32Array
  readonly day: Int32Array
  /** true, false: what is so now, from the opening on. */
  readonly resolved: Column
  /** The first ticket of each. */
  readonly id: readonly string[]
}

/** The cases of the default method (one customer, 72 hours), over all time. Tickets come with their outcomes. */
export function caseFactsOf(tickets: TicketFacts): CaseFacts {
  const { outcomes, offsets } = tickets
  const every = { offsets, ...outcomes, key: null, left: null, said: null }
  const numbered = numberCases(every, gapOf(defaultMethod.gapHours, defaultMethod.gapFrom))
  const cases = outcomesOf(numbered, { offsets, ...outcomes, done: doneOf(tickets) })
  const starts = new Int32Array(offsets.length)
  const resolved = columnBuilder()
  for (let n = 0; n < cases.size; n += 1) {
    const after = (cases.owner[n] ?? 0) + 1
    starts[after] = (starts[after] ?? 0) + 1
    resolved.add(n, cases.resolved[n] === 1)
  }
  for (let owner = 1; owner < starts.length; owner += 1) {
    starts[owner] = (starts[owner] ?? 0) + (starts[owner - 1] ?? 0)
  }
  return {
    offsets: starts,
    day: cases.first.map((row) => tickets.day[row] ?? 0),
    resolved: resolved.build(cases.size),
    id: Array.from(cases.first, (row) => tickets.id[row] ?? ''),
  }
}
