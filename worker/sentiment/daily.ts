import type { Day } from '../time.ts'
import type { PersonLabel } from './catalog.ts'
import { moodStates, type ScoredMessage } from './history.ts'
import { DEFAULT_PRIOR, HYSTERESIS, LEAST_WEIGHT, nextLabel } from './person.ts'

const DAY = 86_400_000
const halfLife = 60
const { mean, strength } = DEFAULT_PRIOR

/** Mood of a person at the end of a day with messages: sums of decayed weights and of weight × score. */
export interface DayMood {
  day: Day
  weight: number
  value: number
}

/**
 * Moods after each day with scored messages. Ages are whole days of the account, so that a rule holds for a day, and
 * neither the hour of a message nor a clock change moves it.
 */
export function dayMoods(
  messages: readonly { id: string; ticket: string; day: Day; score: number }[],
): DayMood[] {
  const dated: ScoredMessage[] = messages.map((one) => ({ ...one, at: one.day * DAY }))
  return moodStates(dated).map(({ at, main }) => ({
    day: Math.round(at / DAY),
    weight: main.weight,
    value: main.value,
  }))
}

/** Nine decimals: what is left of rounding must not decide on which side of a line a score is. */
const settled = (x: number) => Math.round(x * 1e9) / 1e9

function decay(mood: DayMood, day: Day): number {
  return 2 ** (-(day - mood.day) / halfLife)
}

/** Weight of the evidence on a day at or after the mood's. */
export function weightOn(mood: DayMood, day: Day): number {
  return settled(mood.weight * decay(mood, day))
}

/** Shrunk score on a day at or after the mood's; NaN when there is too little evidence left. */
export function scoreOn(mood: DayMood, day: Day): number {
  return weightOn(mood, day) < LEAST_WEIGHT ? Number.NaN : shrunkOn(mood, day)
}

function shrunkOn(mood: DayMood, day: Day): number {
  const factor = decay(mood, day)
  return settled((strength * mean + mood.value * factor) / (strength + mood.weight * factor))
}

/** First day after `from` on which a monotone condition is no longer what it is on `from`, near a guess. */
function turn(guess: number, from: Day, holds: (day: Day) => boolean): Day {
  const before = holds(from)
  let day = Math.max(from + 1, Math.floor(guess) - 1)
  while (day > from + 1 && holds(day - 1) !== before) day -= 1
  while (holds(day) === before) day += 1
  return day
}

/** First day without enough evidence; the mood's own day when it never had. */
export function fadesOn(mood: DayMood): Day {
  if (weightOn(mood, mood.day) < LEAST_WEIGHT) return mood.day
  const guess = mood.day + halfLife * Math.log2(mood.weight / LEAST_WEIGHT)
  return turn(guess, mood.day, (day) => weightOn(mood, day) >= LEAST_WEIGHT)
}

/**
 * First day after the mood's on which the score stands otherwise to a threshold, if it ever does: a decaying score
 * moves towards zero and never turns. With f the decay, (κμ + Vf) / (κ + Wf) = θ gives f = κ(θ − μ) / (V − θW).
 */
function passesOn(mood: DayMood, threshold: number, atLeast: boolean): Day | null {
  const holds = (day: Day) =>
    atLeast ? shrunkOn(mood, day) >= threshold : shrunkOn(mood, day) <= threshold
  const now = holds(mood.day)
  // Where it ends when nothing happens: at the prior's mean.
  const atRest = atLeast ? mean >= threshold : mean <= threshold
  if (now === atRest) return null
  const f = (strength * (threshold - mean)) / (mood.value - threshold * mood.weight)
  const guess = f > 0 && f < 1 ? mood.day - halfLife * Math.log2(f) : mood.day
  const end = fadesOn(mood)
  if (!(guess < end + 2)) return null
  return turnBefore(guess, mood.day, end, holds)
}

function turnBefore(guess: number, from: Day, end: Day, holds: (day: Day) => boolean): Day | null {
  const before = holds(from)
  if (holds(end) === before) return null
  return turn(Math.min(guess, end), from, holds)
}

/**
 * Days on which a person's score may stand otherwise to some thresholds, with the score on each; NaN from the day on
 * which there is too little evidence. Between two of them no threshold is passed.
 */
export function scoreSteps(
  moods: readonly DayMood[],
  thresholds: readonly number[],
): { day: Day; score: number }[] {
  const steps: { day: Day; score: number }[] = []
  moods.forEach((mood, k) => {
    const next = moods[k + 1]?.day ?? Number.POSITIVE_INFINITY
    const days = new Set([mood.day, fadesOn(mood)])
    for (const threshold of thresholds) {
      for (const atLeast of [true, false]) {
        const day = passesOn(mood, threshold, atLeast)
        if (day !== null) days.add(day)
      }
    }
    for (const day of [...days].toSorted((a, b) => a - b)) {
      if (day < next) steps.push({ day, score: scoreOn(mood, day) })
    }
  })
  return steps
}

/** The score of every day from the first mood on, until the evidence has faded. */
export function scoreDays(moods: readonly DayMood[]): { day: Day; score: number }[] {
  return moods.flatMap((mood, k) => {
    const end = Math.min(fadesOn(mood), (moods[k + 1]?.day ?? Number.POSITIVE_INFINITY) - 1)
    return Array.from({ length: end - mood.day + 1 }, (_, n) => ({
      day: mood.day + n,
      score: scoreOn(mood, mood.day + n),
    }))
  })
}

/** A person's label by day, through the hysteresis; each holds until the next. */
export function labelDays(moods: readonly DayMood[]): { day: Day; label: PersonLabel }[] {
  const { enter, leave } = HYSTERESIS
  const steps: { day: Day; label: PersonLabel }[] = []
  let label: PersonLabel = 'unknown'
  moods.forEach((mood, k) => {
    const next = moods[k + 1]?.day ?? Number.POSITIVE_INFINITY
    const days = new Set([mood.day, fadesOn(mood)])
    for (const line of [enter, leave, -leave, -enter]) {
      for (const atLeast of [true, false]) {
        const day = passesOn(mood, line, atLeast)
        if (day !== null) days.add(day)
      }
    }
    for (const day of [...days].toSorted((a, b) => a - b)) {
      if (day >= next) break
      const now = nextLabel(label, shrunkOn(mood, day), weightOn(mood, day))
      if (now !== label || steps.length === 0) steps.push({ day, label: now })
      label = now
    }
  })
  return steps
}
