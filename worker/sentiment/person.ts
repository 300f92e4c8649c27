import type { PersonLabel, Trend } from './catalog.ts'

/** Sums of decayed weights w, of w·score and of w², for one half-life, at the state's instant. */
export interface Sums {
  weight: number
  value: number
  squares: number
}

/**
 * Mood of a person as O(1) state. Adding, in whatever order, and decaying commute, so late events are added
 * like any other; only rounding differs.
 */
export interface MoodState {
  /** Instant the sums are decayed to (epoch ms). */
  at: number
  short: Sums
  main: Sums
  long: Sums
}

/** What the score leans towards while there is little evidence, and how many pseudo-tickets it weighs. */
export interface MoodPrior {
  mean: number
  strength: number
}

/** Mood of a person at an instant. */
export interface Mood {
  /** Shrunk, decayed mean in [−1, 1]. */
  score: number
  /** Sum of decayed weights: how much recent evidence there is. */
  weight: number
  /** Kish's effective number of messages. */
  effective: number
  trend: Trend
}

const DAY = 86_400_000
export const HALF_LIFE = { short: 14 * DAY, main: 60 * DAY, long: 90 * DAY } as const
export const DEFAULT_PRIOR: MoodPrior = { mean: 0, strength: 2 }
/** Below this weight the label is `unknown`. */
export const LEAST_WEIGHT = 0.5
/** A label is entered at `enter` and left below `leave`, on both sides. */
export const HYSTERESIS = { enter: 0.25, leave: 0.15 } as const
const trendStep = 0.25
const trendEvidence = 3

const none: Sums = { weight: 0, value: 0, squares: 0 }
export const EMPTY_MOOD: MoodState = { at: 0, short: none, main: none, long: none }

function decayed(sums: Sums, elapsed: number, halfLife: number): Sums {
  if (elapsed <= 0 || sums.weight === 0) return sums
  const factor = 2 ** (-elapsed / halfLife)
  return {
    weight: sums.weight * factor,
    value: sums.value * factor,
    squares: sums.squares * factor * factor,
  }
}

/** The state as it is at a later instant when nothing happens; an earlier instant leaves it as it is. */
export function decayTo(state: MoodState, at: number): MoodState {
  if (at <= state.at) return state
  const elapsed = at - state.at
  return {
    at,
    short: decayed(state.short, elapsed, HALF_LIFE.short),
    main: decayed(state.main, elapsed, HALF_LIFE.main),
    long: decayed(state.long, elapsed, HALF_LIFE.long),
  }
}

function added(a: Sums, b: Sums): Sums {
  return {
    weight: a.weight + b.weight,
    value: a.value + b.value,
    squares: a.squares + b.squares,
  }
}

/** Both states together, at the later of their instants. */
export function combine(a: MoodState, b: MoodState): MoodState {
  const at = Math.max(a.at, b.at)
  const x = decayTo(a, at)
  const y = decayTo(b, at)
  return {
    at,
    short: added(x.short, y.short),
    main: added(x.main, y.main),
    long: added(x.long, y.long),
  }
}

/** The state as if every weight were multiplied by a factor; a negative one takes weights away. */
export function scaled(state: MoodState, factor: number): MoodState {
  const scale = (sums: Sums): Sums => ({
    weight: sums.weight * factor,
    value: sums.value * factor,
    squares: sums.squares * factor * Math.abs(factor),
  })
  return {
    at: state.at,
    short: scale(state.short),
    main: scale(state.main),
    long: scale(state.long),
  }
}

/** State of one message with weight 1. */
export function moodOf(at: number, score: number): MoodState {
  const sums: Sums = { weight: 1, value: score, squares: 1 }
  return { at, short: sums, main: sums, long: sums }
}

function shrunk(sums: Sums, prior: MoodPrior): number {
  return (prior.strength * prior.mean + sums.value) / (prior.strength + sums.weight)
}

/** Mood at an instant not before the state's own (an earlier one reads as the state's own). */
export function readMood(state: MoodState, now: number, prior: MoodPrior = DEFAULT_PRIOR): Mood {
  const { short, main, long } = decayTo(state, now)
  const effective = main.squares > 0 ? (main.weight * main.weight) / main.squares : 0
  const difference = shrunk(short, prior) - shrunk(long, prior)
  const moved = Math.abs(difference) >= trendStep && effective >= trendEvidence
  const trend = moved ? (difference > 0 ? 'rising' : 'falling') : 'steady'
  return { score: shrunk(main, prior), weight: main.weight, effective, trend }
}

/** The label that follows `previous` at a score and weight: entered at ±0.25, kept down to ±0.15. */
export function nextLabel(previous: PersonLabel, score: number, weight: number): PersonLabel {
  if (weight < LEAST_WEIGHT) return 'unknown'
  if (score >= HYSTERESIS.enter) return 'positive'
  if (score <= -HYSTERESIS.enter) return 'negative'
  if (previous === 'positive' && score >= HYSTERESIS.leave) return 'positive'
  if (previous === 'negative' && score <= -HYSTERESIS.leave) return 'negative'
  return 'neutral'
}

/** First whole millisecond after `from` on the other side of a monotone condition near `guess`. */
function settle(guess: number, from: number, holds: (at: number) => boolean): number {
  const before = holds(from)
  let at = Math.max(from + 1, Math.ceil(guess) - 2)
  while (holds(at) === before) at++
  return at
}

/**
 * Instants after the state's own at which the score passes `threshold` when nothing happens: none or one,
 * because a decaying score moves towards the prior's mean and never turns. With d the decay factor,
 * (κμ + Vd) / (κ + Wd) = θ gives d = κ(θ − μ) / (V − θW), and the instant is at + H·log2(1/d).
 */
export function crossings(
  state: MoodState,
  threshold: number,
  prior: MoodPrior = DEFAULT_PRIOR,
): number[] {
  const { weight, value } = state.main
  const gap = value - threshold * weight
  const d = (prior.strength * (threshold - prior.mean)) / gap
  if (!(d > 1e-12 && d < 1)) return []
  const guess = state.at + HALF_LIFE.main * Math.log2(1 / d)
  const sinks = gap > 0
  const above = (at: number) => {
    const { main } = decayTo(state, at)
    const score = shrunk(main, prior)
    return sinks ? score >= threshold : score <= threshold
  }
  if (!above(state.at)) return []
  return [settle(guess, state.at, above)]
}

/** Instant at which the evidence falls under the least weight; null when it is there already. */
export function fadesAt(state: MoodState): number | null {
  const { weight } = state.main
  if (weight < LEAST_WEIGHT) return null
  const guess = state.at + HALF_LIFE.main * Math.log2(weight / LEAST_WEIGHT)
  return settle(guess, state.at, (at) => decayTo(state, at).main.weight >= LEAST_WEIGHT)
}
