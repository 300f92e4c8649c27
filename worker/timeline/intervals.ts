/** First day after everything: an interval that ends here has no known end. */
export const OPEN = 2_147_483_647

/** Earlier than every day. */
export const NEVER = -2_147_483_648

/**
 * Sorted, disjoint, non-touching day intervals [joined, left) in one growing array: `days[0..size)` holds
 * joined, left, joined, left … A buffer is written by one owner and used again.
 */
export interface Intervals {
  days: Int32Array
  /** Numbers in use: twice the count of intervals. */
  size: number
}

export interface Interval {
  joined: number
  /** First day outside; OPEN when no end is known. */
  left: number
}

export function intervalBuffer(capacity = 16): Intervals {
  return { days: new Int32Array(capacity), size: 0 }
}

/** Appends [joined, left); starts must not go back. What touches or overlaps the last interval extends it. */
export function pushInterval(out: Intervals, joined: number, left: number): void {
  if (joined >= left) return
  const { size } = out
  if (size > 0 && (out.days[size - 1] ?? 0) >= joined) {
    if ((out.days[size - 1] ?? 0) < left) out.days[size - 1] = left
    return
  }
  if (size + 2 > out.days.length) {
    const grown = new Int32Array(out.days.length * 2)
    grown.set(out.days)
    out.days = grown
  }
  out.days[size] = joined
  out.days[size + 1] = left
  out.size = size + 2
}

/** Days in both. */
export function intersect(a: Intervals, b: Intervals, out: Intervals): void {
  out.size = 0
  let i = 0
  let j = 0
  while (i < a.size && j < b.size) {
    const aEnd = a.days[i + 1] ?? 0
    const bEnd = b.days[j + 1] ?? 0
    const start = Math.max(a.days[i] ?? 0, b.days[j] ?? 0)
    pushInterval(out, start, Math.min(aEnd, bEnd))
    if (aEnd <= bEnd) i += 2
    if (bEnd <= aEnd) j += 2
  }
}

/** Days in either. */
export function unite(a: Intervals, b: Intervals, out: Intervals): void {
  out.size = 0
  let i = 0
  let j = 0
  while (i < a.size || j < b.size) {
    const takeA = j >= b.size || (i < a.size && (a.days[i] ?? 0) <= (b.days[j] ?? 0))
    if (takeA) {
      pushInterval(out, a.days[i] ?? 0, a.days[i + 1] ?? 0)
      i += 2
    } else {
      pushInterval(out, b.days[j] ?? 0, b.days[j + 1] ?? 0)
      j += 2
    }
  }
}

/** Days from `from` on that are not in `a`. */
export function complement(a: Intervals, from: number, out: Intervals): void {
  out.size = 0
  let start = from
  for (let i = 0; i < a.size; i += 2) {
    pushInterval(out, start, a.days[i] ?? 0)
    start = Math.max(start, a.days[i + 1] ?? 0)
  }
  pushInterval(out, start, OPEN)
}

/** Position in `days` of the interval that holds `day`; −1 when none does. */
export function findInterval(intervals: Intervals, day: number): number {
  for (let i = 0; i < intervals.size; i += 2) {
    if ((intervals.days[i] ?? 0) > day) return -1
    if (day < (intervals.days[i + 1] ?? 0)) return i
  }
  return -1
}

/** The intervals as plain objects, for answers and tests. */
export function listIntervals(intervals: Intervals): Interval[] {
  const list: Interval[] = []
  for (let i = 0; i < intervals.size; i += 2) {
    list.push({ joined: intervals.days[i] ?? 0, left: intervals.days[i + 1] ?? 0 })
  }
  return list
}
