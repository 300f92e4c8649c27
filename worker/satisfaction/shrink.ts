import type { Share } from './interval.ts'

/** What is believed of a rate before its own ratings are seen: as if `strength` ratings had the rate `mean`. */
export interface Belief {
  mean: number
  /** Infinity: the groups differ by no more than chance makes them. */
  strength: number
}

/**
 * How much groups really differ, from the groups themselves (beta-binomial, method of moments: the variance between
 * rates beyond what chance alone gives). Null without ratings.
 */
export function beliefOf(groups: readonly Share[]): Belief | null {
  const rated = groups.filter(({ count }) => count > 0)
  const count = rated.reduce((sum, group) => sum + group.count, 0)
  if (count === 0) return null
  const mean = rated.reduce((sum, group) => sum + group.good, 0) / count
  const chance = mean * (1 - mean)
  const spread = rated.reduce(
    (sum, group) => sum + group.count * (group.good / group.count - mean) ** 2,
    0,
  )
  const squares = rated.reduce((sum, group) => sum + group.count ** 2, 0)
  const room = count - squares / count
  const between = room <= 0 ? 0 : (spread - (rated.length - 1) * chance) / room
  return { mean, strength: between <= 0 ? Infinity : Math.max(0, chance / between - 1) }
}

/** A rate drawn towards the mean, the more so the fewer ratings stand behind it. */
export function shrunk({ good, count }: Share, { mean, strength }: Belief): number {
  if (strength === Infinity) return mean
  return count + strength === 0 ? mean : (good + strength * mean) / (count + strength)
}
