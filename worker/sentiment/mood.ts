import type { Day } from '../time.ts'
import type { MessageRow } from '../tickets/facts.ts'
import { jsonObject } from '../timeline/rows.ts'
import type { MessageLabel, PersonLabel, Trend } from './catalog.ts'
import { dayMoods, labelDays } from './daily.ts'
import { moodFrom } from './history.ts'
import { countedOf } from './kept.ts'
import { LEAST_WEIGHT, type MoodState, readMood } from './person.ts'

const DAY = 86_400_000
/** Messages shown with their evidence. */
const shownMessages = 4

/** A scored message as the card shows it. */
export interface MoodMessage {
  id: string
  ticket: string
  /** RFC 3339. */
  at: string
  score: number
  label: MessageLabel
  /** Two labels were close, or praise stands beside a failure. */
  uncertain: boolean
  /** An agent said so. */
  corrected: boolean
  /** Masked words that moved the score. */
  evidence: string[]
}

/** What a card keeps of a mood, so that it can be read on any later day. */
export interface KeptMood {
  state: MoodState
  /** The label from a day on: the one in force, and those to come if nothing happens. */
  labels: { day: Day; label: PersonLabel }[]
  messages: MoodMessage[]
}

/** A person's mood as the card shows it. */
export interface CardSentiment {
  /** In [−1, 1]; null while there is too little evidence. */
  score: number | null
  label: PersonLabel
  trend: Trend
  /** False where scores do not agree with the account's own ratings; null while that is not known. */
  holds: boolean | null
  messages: MoodMessage[]
}

/** The mood of one person from the messages of the person's tickets; null when none was scored. */
export function keptMood(
  rows: readonly MessageRow[],
  dayOf: (instant: number) => Day,
  today: Day,
): KeptMood | null {
  const scored = rows.flatMap((row) => {
    if (row.sentiment === null || row.author !== 'customer' || row.public === 0) return []
    const column: Record<string, unknown> = {
      ...jsonObject(row.sentiment),
      corrected: row.corrected,
    }
    const counted = countedOf(column)
    return counted === null ? [] : [{ ...row, ...counted, column }]
  })
  if (scored.length === 0) return null
  const dated = scored.map(({ id, ticket, at, score }) => ({ id, ticket, day: dayOf(at), score }))
  const labels = labelDays(dayMoods(dated))
  const current = labels.findLastIndex(({ day }) => day <= today)
  return {
    state: moodFrom(dated.map((one) => ({ ...one, at: one.day * DAY }))),
    labels: labels.slice(Math.max(0, current)),
    messages: scored
      .toSorted((a, b) => b.at - a.at || (a.id < b.id ? 1 : -1))
      .slice(0, shownMessages)
      .map(({ id, ticket, at, score, label, column, corrected }) => ({
        id,
        ticket,
        at: new Date(at).toISOString(),
        score,
        label,
        uncertain: column['uncertain'] === true,
        corrected: corrected != null,
        evidence: evidenceIn(column['evidence']),
      })),
  }
}

function evidenceIn(value: unknown): string[] {
  if (!Array.isArray(value)) return []
  return value.flatMap((one) => (Array.isArray(one) && typeof one[0] === 'string' ? [one[0]] : []))
}

/** A kept mood on a day. */
export function showMood(
  kept: KeptMood | null | undefined,
  today: Day,
  holds: boolean | null,
): CardSentiment | null {
  if (kept == null) return null
  const { score, weight, trend } = readMood(kept.state, today * DAY)
  const label = kept.labels.findLast(({ day }) => day <= today)?.label ?? 'unknown'
  return {
    score: weight < LEAST_WEIGHT ? null : Math.round(score * 1_000) / 1_000,
    label,
    trend,
    holds,
    messages: kept.messages,
  }
}
