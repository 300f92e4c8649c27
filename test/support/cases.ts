import { type Gap, JOIN, numberCases, SPLIT } from '../../worker/cases/group.ts'
import { type CaseColumns, outcomesOf, type TicketOutcomes } from '../../worker/cases/outcome.ts'

/** A ticket of a test. Instants are epoch ms; null: it did not happen. */
export interface TestTicket {
  id: string
  at: number
  key?: string
  /** Last public message, else solve, else creation. */
  activity?: number
  said?: 'split' | 'join'
  done?: boolean
  solvedAt?: number | null
  reopens?: number
  messages?: number
  asked?: number | null
  answered?: number | null
}

/** Tickets in the order in which they are grouped: by creation, then id. */
export function inOrder<Ticket extends TestTicket>(tickets: readonly Ticket[]): Ticket[] {
  return tickets.toSorted((a, b) => a.at - b.at || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0))
}

/** Cases of persons whose tickets are given in order. */
export function casesOf(persons: readonly (readonly TestTicket[])[], gap: Gap): CaseColumns {
  const rows = persons.flat()
  const offsets = new Int32Array(persons.length + 1)
  persons.forEach((own, p) => {
    offsets[p + 1] = (offsets[p] ?? 0) + own.length
  })
  const keys = [...new Set(rows.map(({ key = '' }) => key))]
  const numbers = (read: (one: TestTicket) => number | null | undefined) =>
    Float64Array.from(rows, (one) => read(one) ?? Number.NaN)
  const at = numbers((one) => one.at)
  const activity = numbers((one) => one.activity ?? one.at)
  const key = Int32Array.from(rows, (one) => keys.indexOf(one.key ?? ''))
  const said = Uint8Array.from(rows, (one) =>
    one.said === undefined ? 0 : one.said === 'split' ? SPLIT : JOIN,
  )
  const outcomes: TicketOutcomes = {
    offsets,
    at,
    done: Uint8Array.from(rows, ({ done = false }) => (done ? 1 : 0)),
    solved: numbers((one) => one.solvedAt),
    reopens: numbers((one) => one.reopens ?? 0),
    messages: numbers((one) => one.messages ?? 0),
    asked: numbers((one) => one.asked),
    answered: numbers((one) => one.answered),
  }
  return outcomesOf(numberCases({ offsets, at, activity, key, left: null, said }, gap), outcomes)
}

/** Ids of the tickets of each case of one person. */
export function idsOf(tickets: readonly TestTicket[], gap: Gap): string[][] {
  const { caseOf, size } = casesOf([tickets], gap)
  const ids = Array.from({ length: size }, (): string[] => [])
  tickets.forEach(({ id }, row) => ids[caseOf[row] ?? -1]?.push(id))
  return ids
}
