/** What a way of writing adds to the log-odds of both heads. */
export interface Emphasis {
  polarity: number
  subjectivity: number
}

const calm: Emphasis = { polarity: 0, subjectivity: 0 }
const shouting: Emphasis = { polarity: -1.5, subjectivity: 2.5 }
const insisting: Emphasis = { polarity: -0.7, subjectivity: 1 }

const leastCapitals = 8
const capitalsShare = 0.7

/**
 * Capitals with two or more "!" or "?" are anger unless the words say otherwise; capitals alone are a habit.
 * Three question marks ask with impatience.
 */
export function emphasisOf(text: string): Emphasis {
  const plain = text.normalize('NFKC')
  if (!/[!?]{2}/u.test(plain)) return calm
  const capitals = plain.match(/\p{Lu}/gu)?.length ?? 0
  const small = plain.match(/\p{Ll}/gu)?.length ?? 0
  if (capitals >= leastCapitals && capitals >= capitalsShare * (capitals + small)) return shouting
  return /\?{3}/u.test(plain) ? insisting : calm
}
