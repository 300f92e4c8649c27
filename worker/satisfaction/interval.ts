/** Shares with their uncertainty. All shares lie in [0, 1]; counts may be fractions. */

/** Two-sided 95 % of the normal distribution. */
const Z = 1.959963984540054

export interface Share {
  good: number
  count: number
}

export interface Interval {
  low: number
  high: number
}

/** The share of good ones; null of nothing. */
export function rateOf({ good, count }: Share): number | null {
  return count === 0 ? null : good / count
}

/**
 * 95 % score interval of a share (E. B. Wilson, 1927), no continuity correction. Of nothing: everything.
 */
export function wilson({ good, count }: Share, z = Z): Interval {
  if (count === 0) return { low: 0, high: 1 }
  const p = good / count
  const centre = p + (z * z) / (2 * count)
  const spread = z * Math.sqrt((p * (1 - p)) / count + (z * z) / (4 * count * count))
  const scale = 1 + (z * z) / count
  return {
    // The formula ends exactly at 0 and 1, rounding may not.
    low: good === 0 ? 0 : Math.max(0, (centre - spread) / scale),
    high: good === count ? 1 : Math.min(1, (centre + spread) / scale),
  }
}

/**
 * 95 % interval of the difference `now` − `before` of two independent shares: the hybrid of their score intervals
 * (R. G. Newcombe, 1998, method 10).
 */
export function newcombe(now: Share, before: Share, z = Z): Interval {
  if (now.count === 0 || before.count === 0) return { low: -1, high: 1 }
  const p1 = now.good / now.count
  const p0 = before.good / before.count
  const one = wilson(now, z)
  const other = wilson(before, z)
  return {
    low: p1 - p0 - Math.hypot(p1 - one.low, other.high - p0),
    high: p1 - p0 + Math.hypot(one.high - p1, p0 - other.low),
  }
}

/** True when an interval of a difference leaves out zero: only then a change is shown as one. */
export function excludesZero({ low, high }: Interval): boolean {
  return low > 0 || high < 0
}

/** More ratings than this are never asked for. */
const MOST_NEEDED = 10_000_000

/**
 * The smallest number of ratings that, added to `now` at its rate, makes the difference to `before` exclude zero:
 * 0 when it does already, null when no number does (the rates are equal, or `before` alone is too unsure).
 */
export function neededRatings(now: Share, before: Share): number | null {
  if (now.count === 0 || before.count === 0) return null
  const rate = now.good / now.count
  const suffices = (more: number) => {
    const count = now.count + more
    return excludesZero(newcombe({ good: rate * count, count }, before))
  }
  if (suffices(0)) return 0
  if (rate === before.good / before.count) return null
  let enough = 1
  while (!suffices(enough)) {
    enough *= 2
    if (enough > MOST_NEEDED) return null
  }
  let short = Math.floor(enough / 2)
  while (enough - short > 1) {
    const middle = Math.floor((short + enough) / 2)
    if (suffices(middle)) enough = middle
    else short = middle
  }
  return enough
}
