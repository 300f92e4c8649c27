import type { Share } from './interval.ts'

/** The ratings of one group of a partition in two periods; counts may be fractions. */
export interface Moved {
  key: string
  now: Share
  before: Share
}

/** What a group adds to a change: by its own rate, and by its share of all ratings. */
export interface Part {
  key: string
  rate: number
  mix: number
}

function sum(shares: readonly Share[]): Share {
  return shares.reduce(
    (total, { good, count }) => ({ good: total.good + good, count: total.count + count }),
    { good: 0, count: 0 },
  )
}

/**
 * Splits the change of a rate over the groups of a partition, exactly: with shares w and rates p before (0) and
 * now (1), rate = ½(w0 + w1)(p1 − p0), mix = (½(p0 + p1) − ½(P0 + P1))(w1 − w0); all parts sum to P1 − P0, and
 * with the periods exchanged every part changes its sign. A group that is empty in one period takes its rate from
 * the other. Nothing when a period has no ratings.
 */
export function partsOf(groups: readonly Moved[]): Part[] {
  const now = sum(groups.map((group) => group.now))
  const before = sum(groups.map((group) => group.before))
  if (now.count === 0 || before.count === 0) return []
  const middle = (now.good / now.count + before.good / before.count) / 2
  return groups
    .filter((group) => group.now.count > 0 || group.before.count > 0)
    .map((group) => {
      const w1 = group.now.count / now.count
      const w0 = group.before.count / before.count
      const own = group.now.count > 0 ? group.now : group.before
      const other = group.before.count > 0 ? group.before : group.now
      const p1 = own.good / own.count
      const p0 = other.good / other.count
      return {
        key: group.key,
        rate: ((w0 + w1) / 2) * (p1 - p0),
        mix: ((p0 + p1) / 2 - middle) * (w1 - w0),
      }
    })
}

/** The same by level: the change of the rate is that of the good levels' shares, nothing else. */
export function partsOfLevels(groups: readonly Moved[]): Part[] {
  const now = sum(groups.map((group) => group.now)).count
  const before = sum(groups.map((group) => group.before)).count
  if (now === 0 || before === 0) return []
  return groups
    .filter((group) => group.now.good > 0 || group.before.good > 0)
    .map((group) => ({
      key: group.key,
      rate: 0,
      mix: group.now.good / now - group.before.good / before,
    }))
}
