/** Why a field holds what it holds; whoever shows it says it in the reader's language. Days as text. */
export type Reason =
  /** Counted orders, with the days of the latest and, where it matters, the first. */
  | { why: 'orders'; orders: number; last: string | null; first?: string | null }
  /** The segments that somebody is in. */
  | { why: 'segments'; segments: string[] }
  /** One segment; `until`: when it ends if nothing happens. */
  | { why: 'member'; since: string; until: string | null }
  /** What is in most counted orders of the last 12 months. */
  | { why: 'line' }
  | { why: 'trait'; name: string }
  | { why: 'mood' }
  /** A bad rating; `until`: the last day on which it counts. */
  | { why: 'rating'; ticket: string; until: string }
  /** Somebody acted on a list. */
  | { why: 'action' }
  /** Fields of the ticket's customer changed. */
  | { why: 'customer' }
  /** What was written before is no longer so. */
  | { why: 'over' }

/** Reasons by key of their field. */
export type Reasons = Record<string, Reason>

/** Reads reasons as we stored them. */
export function readReasons(text: string): Reasons {
  return JSON.parse(text)
}

/** The reason of a change: what is not wanted any more is over. */
export function reasonOf(reasons: Reasons, key: string): Reason {
  return reasons[key] ?? { why: 'over' }
}
