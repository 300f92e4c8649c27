import { isOpenStatus, type TicketFacts } from '../tickets/facts.ts'
import { type Column, columnBuilder, wordsOf } from '../timeline/column.ts'
import { casesOf, gapOf } from './group.ts'
import { defaultMethod } from './method.ts'

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
  const { outcomes, status } = tickets
  const gap = gapOf(defaultMethod.gapHours, defaultMethod.gapFrom)
  const offsets = new Int32Array(tickets.offsets.length)
  const days: number[] = []
  const ids: string[] = []
  const resolved = columnBuilder()
  for (let owner = 0; owner + 1 < tickets.offsets.length; owner += 1) {
    const own = []
    for (let k = tickets.offsets[owner] ?? 0; k < (tickets.offsets[owner + 1] ?? 0); k += 1) {
      const open = isOpenStatus(String(wordsOf(status, k)[0] ?? ''))
      own.push({
        id: tickets.id[k] ?? '',
        key: '',
        at: outcomes.at[k] ?? 0,
        activity: outcomes.activity[k] ?? 0,
        day: tickets.day[k] ?? 0,
        done: !open && !Number.isNaN(outcomes.solved[k] ?? Number.NaN),
      })
    }
    for (const one of casesOf(own, gap)) {
      resolved.add(
        days.length,
        one.every(({ done }) => done),
      )
      days.push(one[0]?.day ?? 0)
      ids.push(one[0]?.id ?? '')
    }
    offsets[owner + 1] = days.length
  }
  return { offsets, day: Int32Array.from(days), resolved: resolved.build(days.length), id: ids }
}
