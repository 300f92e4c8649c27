/** What is told of a ticket inside a case. Instants are epoch ms; null: it did not happen. */
export interface TicketOutcome {
  id: string
  at: number
  /** Solved or closed now. */
  done: boolean
  solvedAt: number | null
  reopens: number
  messages: number
  /** First message of the customer, and first public answer of a human after it. */
  asked: number | null
  answered: number | null
}

/** What became of a case. */
export interface CaseOutcome {
  tickets: string[]
  openedAt: number
  /** Every ticket is solved or closed now and has a solve time. */
  resolved: boolean
  /** Milliseconds from the first opening to the last solve; null while it is not resolved. */
  toResolve: number | null
  /** Milliseconds from the customer's first message to the first answer; null without one. */
  firstReply: number | null
  messages: number
  reopens: number
}

const calendar = (from: number, to: number) => to - from

/** The outcome of a case from its tickets, given in order; `between` tells how long it is from an instant to another. */
export function outcomeOf(
  tickets: readonly TicketOutcome[],
  between: (from: number, to: number) => number = calendar,
): CaseOutcome {
  const openedAt = tickets[0]?.at ?? 0
  const ids: string[] = []
  let resolved = true
  let lastSolve = 0
  let firstReply: number | null = null
  let messages = 0
  let reopens = 0
  for (const ticket of tickets) {
    ids.push(ticket.id)
    messages += ticket.messages
    reopens += ticket.reopens
    if (!ticket.done || ticket.solvedAt === null) resolved = false
    else lastSolve = Math.max(lastSolve, ticket.solvedAt)
    if (firstReply === null && ticket.asked !== null && ticket.answered !== null) {
      firstReply = between(ticket.asked, ticket.answered)
    }
  }
  const toResolve = resolved ? between(openedAt, lastSolve) : null
  return { tickets: ids, openedAt, resolved, toResolve, firstReply, messages, reopens }
}

/** A quantile by linear interpolation (type 7 of Hyndman and Fan 1996); null of nothing. `sorted` ascends. */
export function quantile(sorted: ArrayLike<number>, p: number): number | null {
  if (sorted.length === 0) return null
  const place = (sorted.length - 1) * p
  const below = Math.floor(place)
  const low = sorted[below] ?? 0
  const high = sorted[Math.min(below + 1, sorted.length - 1)] ?? low
  return low + (high - low) * (place - below)
}

/** Figures over cases. Durations in milliseconds. */
export interface CaseFigures {
  cases: number
  tickets: number
  ticketsPerCase: number | null
  resolved: number
  open: number
  resolutionRate: number | null
  firstReply: { median: number | null; p90: number | null }
  toResolve: { median: number | null; p90: number | null; longest: number | null }
  reopened: number
}

export function figuresOf(cases: readonly CaseOutcome[]): CaseFigures {
  let [resolved, tickets, reopened] = [0, 0, 0]
  const times: number[] = []
  const replies: number[] = []
  for (const one of cases) {
    tickets += one.tickets.length
    if (one.resolved) resolved += 1
    if (one.reopens > 0) reopened += 1
    if (one.toResolve !== null) times.push(one.toResolve)
    if (one.firstReply !== null) replies.push(one.firstReply)
  }
  const resolving = Float64Array.from(times).toSorted()
  const replying = Float64Array.from(replies).toSorted()
  return {
    cases: cases.length,
    tickets,
    ticketsPerCase: cases.length === 0 ? null : tickets / cases.length,
    resolved,
    open: cases.length - resolved,
    resolutionRate: cases.length === 0 ? null : resolved / cases.length,
    firstReply: { median: quantile(replying, 0.5), p90: quantile(replying, 0.9) },
    toResolve: {
      median: quantile(resolving, 0.5),
      p90: quantile(resolving, 0.9),
      longest: resolving.at(-1) ?? null,
    },
    reopened,
  }
}
