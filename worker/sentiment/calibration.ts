import type { MessageLabel } from './catalog.ts'
import { sigmoid } from './logistic.ts'
import { type Score, scoreOf } from './model.ts'

/** What an account adds to the log-odds of every score; zero until its agents correct labels. */
export interface Calibration {
  polarity: number
  subjectivity: number
  /** Corrections it was learned from. */
  n: number
}

/** A message whose label an agent corrected. */
export interface Correction {
  score: Score
  label: MessageLabel
}

export const NO_CALIBRATION: Calibration = { polarity: 0, subjectivity: 0, n: 0 }

/** Corrections are made where the model was wrong, so they say little about the rest: shifts stay small. */
const priorVariance = 0.1
const largestShift = 1
const leastOdds = 0.01

function logit(p: number): number {
  const bounded = Math.max(leastOdds, Math.min(1 - leastOdds, p))
  return Math.log(bounded / (1 - bounded))
}

/** Both log-odds of a stored score, from P(+) − P(−) and P(not neutral). */
function oddsOf({ score, subjectivity }: Score): { polarity: number; subjectivity: number } {
  const p = subjectivity === 0 ? 0.5 : (score / subjectivity + 1) / 2
  return { polarity: logit(p), subjectivity: logit(subjectivity) }
}

/** Posterior mode of one shift: logistic likelihood, normal prior around zero, Newton's method. */
function shiftOf(odds: readonly number[], target: readonly number[]): number {
  let shift = 0
  for (let round = 0; round < 12; round++) {
    let slope = shift / priorVariance
    let curve = 1 / priorVariance
    odds.forEach((value, i) => {
      const p = sigmoid(value + shift)
      slope += p - (target[i] ?? 0)
      curve += p * (1 - p)
    })
    shift -= slope / curve
  }
  return Math.max(-largestShift, Math.min(largestShift, shift))
}

/** Shifts of one account from its own corrections, never from another's. */
export function calibrationFrom(corrections: readonly Correction[]): Calibration {
  const all = corrections.map(({ score, label }) => ({ odds: oddsOf(score), label }))
  const sided = all.filter(({ label }) => label !== 'neutral')
  return {
    polarity: shiftOf(
      sided.map(({ odds }) => odds.polarity),
      sided.map(({ label }) => (label === 'positive' ? 1 : 0)),
    ),
    subjectivity: shiftOf(
      all.map(({ odds }) => odds.subjectivity),
      all.map(({ label }) => (label === 'neutral' ? 0 : 1)),
    ),
    n: corrections.length,
  }
}

/** A score as the account sees it. */
export function calibrated(score: Score, calibration: Calibration): Score {
  if (calibration.n === 0) return score
  const odds = oddsOf(score)
  return scoreOf(
    odds.polarity + calibration.polarity,
    odds.subjectivity + calibration.subjectivity,
    score.model,
  )
}

const correctedStrength = 0.6

/** The number that counts once an agent has set the label; a score that agreed keeps its strength if larger. */
export function correctedScore(score: number, label: MessageLabel): number {
  if (label === 'neutral') return 0
  const sign = label === 'positive' ? 1 : -1
  return sign * Math.max(correctedStrength, score * sign)
}

/** How well scores agree with the ratings that the same customers gave. */
export interface Agreement {
  good: number
  bad: number
  /** Chance that a good rating's score is above a bad one's, ties half (the area under the ROC curve). */
  area: number | null
  low: number | null
  /** Null while there are too few ratings to say. */
  holds: boolean | null
}

const leastRatings = 10

/** Pairs in which the first list's number is larger, ties half (Mann and Whitney's U). */
function winsOver(high: readonly number[], low: readonly number[]): number {
  const sorted = Float64Array.from(low).toSorted()
  let below = 0
  let upTo = 0
  let wins = 0
  for (const value of Float64Array.from(high).toSorted()) {
    while (below < sorted.length && (sorted[below] ?? 0) < value) below++
    while (upTo < sorted.length && (sorted[upTo] ?? 0) <= value) upTo++
    wins += (below + upTo) / 2
  }
  return wins
}

/**
 * Checks scores against the account's own ratings. It holds when the lower end of the 95 % interval of the area
 * is above one half (standard error of Hanley and McNeil 1982).
 */
export function agreementOf(pairs: readonly { score: number; good: boolean }[]): Agreement {
  const good = pairs.filter((pair) => pair.good).map(({ score }) => score)
  const bad = pairs.filter((pair) => !pair.good).map(({ score }) => score)
  const n = good.length
  const m = bad.length
  if (n < leastRatings || m < leastRatings)
    return { good: n, bad: m, area: null, low: null, holds: null }
  const area = winsOver(good, bad) / (n * m)
  const q1 = area / (2 - area)
  const q2 = (2 * area * area) / (1 + area)
  const square = area * area
  const variance = (area * (1 - area) + (n - 1) * (q1 - square) + (m - 1) * (q2 - square)) / (n * m)
  const low = area - 1.96 * Math.sqrt(Math.max(0, variance))
  return { good: n, bad: m, area, low, holds: low > 0.5 }
}
