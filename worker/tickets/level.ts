import type { Scale, Verdict } from './catalog.ts'

/** What a raw level of a scale means. */
export interface Level {
  verdict: Verdict
  /** Where it stands on the picture of five levels. */
  place: 1 | 2 | 3 | 4 | 5
  /** Reasons are asked at neutral or worse. */
  asked: boolean
}

const five = [1, 2, 3, 4, 5] as const

/** Level 1 is the worst of every scale; of two, 2 is good and 1 is bad. Unknown pairs are null. */
export function levelOf(level: number, scale: number): Level | null {
  const known: Scale | null = scale === 2 || scale === 3 || scale === 5 ? scale : null
  if (known === null || !Number.isInteger(level) || level < 1 || level > known) return null
  const place = five[known === 5 ? level - 1 : known === 3 ? 2 * level - 2 : 4 * level - 4]
  if (place === undefined) return null
  const verdict = place >= 4 ? 'good' : place === 3 ? 'neutral' : 'bad'
  return { verdict, place, asked: verdict !== 'good' }
}
