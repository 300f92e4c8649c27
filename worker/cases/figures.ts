import type { CaseColumns } from './outcome.ts'

/**
 * The k-th smallest of some values; what is smaller comes before it, what is larger behind (Hoare 1961, "FIND"). The
 * values are moved about.
 */
function select(values: Float64Array, k: number): number {
  let [low, high] = [0, values.length - 1]
  while (low < high) {
    const pivot = values[(low + high) >> 1] ?? 0
    let [i, j] = [low, high]
    while (i <= j) {
      while ((values[i] ?? 0) < pivot) i += 1
      while ((values[j] ?? 0) > pivot) j -= 1
      if (i > j) break
      const held = values[i] ?? 0
      values[i] = values[j] ?? 0
      values[j] = held
      i += 1
      j -= 1
    }
    if (k <= j) high = j
    else if (k >= i) low = i
    else break
  }
  return values[k] ?? 0
}

/**
 * A quantile by linear interpolation (type 7 of Hyndman and Fan 1996); null of nothing. The values are moved about,
 * but stay the same ones.
 */
export function quantile(values: Float64Array, p: number): number | null {
  if (values.length === 0) return null
  const place = (values.length - 1) * p
  const below = Math.floor(place)
  const low = select(values, below)
  if (place === below) return low
  let next = Infinity
  for (let i = below + 1; i < values.length; i += 1) next = Math.min(next, values[i] ?? Infinity)
  return low + (next - low) * (place - below)
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
  customers: number
  /** Customers with more than one case. */
  repeatCustomers: number
}

/** Counts cases one after the other; those of a person must follow each other. */
export interface Tally {
  /** Counts case n of these columns, of this person. */
  add(cases: CaseColumns, n: number, person: number): void
  figures(): CaseFigures
}

export function tally(): Tally {
  let [count, tickets, resolved, reopened, customers, repeat] = [0, 0, 0, 0, 0, 0]
  let [person, times] = [-1, 0]
  const resolving: number[] = []
  const replying: number[] = []
  return {
    add(cases, n, of) {
      count += 1
      tickets += cases.tickets[n] ?? 0
      if (cases.resolved[n] === 1) {
        resolved += 1
        resolving.push(cases.toResolve[n] ?? 0)
      }
      if ((cases.reopens[n] ?? 0) > 0) reopened += 1
      const reply = cases.firstReply[n] ?? Number.NaN
      if (!Number.isNaN(reply)) replying.push(reply)
      times = of === person ? times + 1 : 1
      person = of
      if (times === 1) customers += 1
      if (times === 2) repeat += 1
    },
    figures() {
      const solves = new Float64Array(resolving)
      const replies = new Float64Array(replying)
      return {
        cases: count,
        tickets,
        ticketsPerCase: count === 0 ? null : tickets / count,
        resolved,
        open: count - resolved,
        resolutionRate: count === 0 ? null : resolved / count,
        firstReply: { median: quantile(replies, 0.5), p90: quantile(replies, 0.9) },
        toResolve: {
          median: quantile(solves, 0.5),
          p90: quantile(solves, 0.9),
          longest: quantile(solves, 1),
        },
        reopened,
        customers,
        repeatCustomers: repeat,
      }
    },
  }
}
