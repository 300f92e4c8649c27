import type { Day } from '../time.ts'
import { OPEN } from '../timeline/intervals.ts'
import { wordsOf } from '../timeline/column.ts'
import { levelOf } from './level.ts'
import type { SurveyFacts } from './surveys.ts'

/** A person's last bad rating that no good one has followed. */
export interface BadRating {
  ticket: string
  day: Day
  level: number
  scale: number
  reasons: string[]
}

/**
 * The bad-rating flag of person i, before its expiry: the last bad rating, unless a good one came later. A neutral
 * rating clears nothing.
 */
export function lastBadRating(surveys: SurveyFacts, i: number): BadRating | null {
  let found: BadRating | null = null
  // Rows stand by instant.
  const end = surveys.offsets[i + 1] ?? 0
  for (let row = surveys.offsets[i] ?? 0; row < end; row += 1) {
    const day = surveys.day[row] ?? OPEN
    const word = surveys.score.words[surveys.score.codes[row] ?? -1]
    if (day === OPEN || word === undefined) continue
    const [level = 0, scale = 0] = String(word).split('/').map(Number)
    const verdict = levelOf(level, scale)?.verdict
    if (verdict === 'good') found = null
    if (verdict !== 'bad') continue
    const reasons = wordsOf(surveys.reason, row).map(String)
    found = { ticket: surveys.ticket[row] ?? '', day, level, scale, reasons }
  }
  return found
}

/** First day on which a bad rating is not flagged any more, when no good one comes before. */
export function flagEnd({ day }: Pick<BadRating, 'day'>, days: number): Day {
  return day + days
}
