import type { PersonLabel } from './catalog.ts'
import {
  combine,
  crossings,
  decayTo,
  DEFAULT_PRIOR,
  EMPTY_MOOD,
  fadesAt,
  HYSTERESIS,
  moodOf,
  type MoodPrior,
  type MoodState,
  nextLabel,
  readMood,
  scaled,
} from './person.ts'

/** A scored public message of the person; what was left unscored is not among them. */
export interface ScoredMessage {
  id: string
  ticket: string
  at: number
  /** The score that counts: corrected or calibrated where that applies. */
  score: number
}

/** The label of a person from an instant on. */
export interface LabelStep {
  at: number
  label: PersonLabel
}

function inTimeOrder(messages: readonly ScoredMessage[]): ScoredMessage[] {
  return messages.toSorted((a, b) => a.at - b.at || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0))
}

/** The state after each instant with messages, oldest first; each message weighs 1/√(messages in its ticket so far). */
export function moodStates(messages: readonly ScoredMessage[]): MoodState[] {
  const tickets = new Map<string, { state: MoodState; count: number }>()
  const states: MoodState[] = []
  let total = EMPTY_MOOD
  for (const { ticket, at, score } of inTimeOrder(messages)) {
    const old = tickets.get(ticket)
    const state = combine(old?.state ?? EMPTY_MOOD, moodOf(at, score))
    const count = (old?.count ?? 0) + 1
    tickets.set(ticket, { state, count })
    if (old === undefined) total = combine(total, state)
    else {
      const taken = combine(total, scaled(old.state, -1 / Math.sqrt(old.count)))
      total = combine(taken, scaled(state, 1 / Math.sqrt(count)))
    }
    if (states.at(-1)?.at === at) states.pop()
    states.push(total)
  }
  return states
}

/** The state of a person from all scored messages, whatever their order. */
export function moodFrom(messages: readonly ScoredMessage[]): MoodState {
  return moodStates(messages).at(-1) ?? EMPTY_MOOD
}

/**
 * Every instant at which the score passes one of the thresholds or jumps: each message, and the solved
 * crossings between them and after the last. Between two of them the side of every threshold is constant.
 */
export function breakpoints(
  messages: readonly ScoredMessage[],
  thresholds: readonly number[],
  prior: MoodPrior = DEFAULT_PRIOR,
): number[] {
  const states = moodStates(messages)
  const instants = new Set<number>()
  states.forEach((state, i) => {
    const next = states[i + 1]?.at ?? Number.POSITIVE_INFINITY
    instants.add(state.at)
    for (const threshold of thresholds)
      for (const at of crossings(state, threshold, prior)) if (at < next) instants.add(at)
  })
  return [...instants].toSorted((a, b) => a - b)
}

/** The last state at or before an instant, decayed to it. */
export function stateAt(states: readonly MoodState[], at: number): MoodState {
  let found = EMPTY_MOOD
  for (const state of states) {
    if (state.at > at) break
    found = state
  }
  return decayTo(found, at)
}

/**
 * The person's label over time: stored scores replayed through the hysteresis, with the instants at which a
 * decaying score leaves a label, or fades to unknown, solved. The last step holds until the next message.
 */
export function labelSteps(
  messages: readonly ScoredMessage[],
  prior: MoodPrior = DEFAULT_PRIOR,
): LabelStep[] {
  const steps: LabelStep[] = []
  let label: PersonLabel = 'unknown'
  const enter = (at: number, state: MoodState) => {
    const { score, weight } = readMood(state, at, prior)
    const next = nextLabel(label, score, weight)
    if (next === label && steps.length > 0) return
    label = next
    steps.push({ at, label })
  }
  const states = moodStates(messages)
  states.forEach((state, i) => {
    const end = states[i + 1]?.at ?? Number.POSITIVE_INFINITY
    enter(state.at, state)
    const { enter: high, leave: low } = HYSTERESIS
    const between = [high, low, -low, -high].flatMap((line) => crossings(state, line, prior))
    const fades = fadesAt(state)
    if (fades !== null) between.push(fades)
    for (const at of between.toSorted((a, b) => a - b)) if (at < end) enter(at, state)
  })
  return steps
}

/** The label at an instant, `unknown` before the first message. */
export function labelAt(steps: readonly LabelStep[], at: number): PersonLabel {
  return steps.findLast((step) => step.at <= at)?.label ?? 'unknown'
}
