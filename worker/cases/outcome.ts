import type { Groupable, Numbered } from './group.ts'

/** What is told of tickets inside a case, row by row. Instants are epoch ms, NaN: it did not happen. */
export interface TicketOutcomes extends Pick<Groupable, 'offsets' | 'at'> {
  /** 1: solved or closed now. */
  readonly done: Uint8Array
  readonly solved: Float64Array
  readonly reopens: ArrayLike<number>
  readonly messages: ArrayLike<number>
  /** First message of the customer, and first public answer of a human after it. */
  readonly asked: Float64Array
  readonly answered: Float64Array
}

/** What became of cases, case by case. */
export interface CaseColumns extends Numbered {
  /** Whose case it is, and the rows of its first and its last ticket. */
  readonly owner: Int32Array
  readonly first: Int32Array
  readonly last: Int32Array
  readonly openedAt: Float64Array
  readonly tickets: Int32Array
  readonly messages: Int32Array
  readonly reopens: Int32Array
  /** 1: every ticket is solved or closed now and has a solve time. */
  readonly resolved: Uint8Array
  /** Milliseconds from the first opening to the last solve; NaN while it is not resolved. */
  readonly toResolve: Float64Array
  /** Milliseconds from the customer's first message to the first answer; NaN without one. */
  readonly firstReply: Float64Array
}

const calendar = (from: number, to: number) => to - from

/** The outcomes of cases from their tickets; `between` tells how long it is from an instant to another. */
export function outcomesOf(
  { size, caseOf }: Numbered,
  tickets: TicketOutcomes,
  between: (from: number, to: number) => number = calendar,
): CaseColumns {
  const { offsets, at, done, solved, asked, answered } = tickets
  const owner = new Int32Array(size)
  const first = new Int32Array(size).fill(-1)
  const last = new Int32Array(size)
  const openedAt = new Float64Array(size)
  const count = new Int32Array(size)
  const messages = new Int32Array(size)
  const reopens = new Int32Array(size)
  const resolved = new Uint8Array(size).fill(1)
  const lastSolve = new Float64Array(size)
  const firstReply = new Float64Array(size).fill(Number.NaN)
  for (let person = 0; person + 1 < offsets.length; person += 1) {
    const end = offsets[person + 1] ?? 0
    for (let row = offsets[person] ?? 0; row < end; row += 1) {
      const n = caseOf[row] ?? -1
      if (n < 0) continue
      if (first[n] === -1) {
        owner[n] = person
        first[n] = row
        openedAt[n] = at[row] ?? 0
      }
      last[n] = row
      count[n] = (count[n] ?? 0) + 1
      messages[n] = (messages[n] ?? 0) + (tickets.messages[row] ?? 0)
      reopens[n] = (reopens[n] ?? 0) + (tickets.reopens[row] ?? 0)
      const solve = solved[row] ?? Number.NaN
      if (done[row] === 0 || Number.isNaN(solve)) resolved[n] = 0
      else if (solve > (lastSolve[n] ?? 0)) lastSolve[n] = solve
      const heard = asked[row] ?? Number.NaN
      const reply = answered[row] ?? Number.NaN
      if (!Number.isNaN(heard) && !Number.isNaN(reply) && Number.isNaN(firstReply[n] ?? 0)) {
        firstReply[n] = between(heard, reply)
      }
    }
  }
  const toResolve = new Float64Array(size).fill(Number.NaN)
  for (let n = 0; n < size; n += 1) {
    if (resolved[n] === 1) toResolve[n] = between(openedAt[n] ?? 0, lastSolve[n] ?? 0)
  }
  const told = { owner, first, last, openedAt, tickets: count, messages, reopens, resolved }
  return { size, caseOf, ...told, toResolve, firstReply }
}
