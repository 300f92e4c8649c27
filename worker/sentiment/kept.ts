import { correctedScore } from './calibration.ts'
import { MESSAGE_LABELS, type MessageLabel } from './catalog.ts'
import type { Judgement } from './judge.ts'

/** What the JSON column of a message keeps of its sentiment. */
export interface KeptSentiment {
  score: number
  subjectivity: number
  label: MessageLabel
  confidence: number
  model: string
  /** The label may be wrong: shown so. */
  uncertain?: true
  /** Masked words that moved the score, at most three. */
  evidence?: [text: string, share: number][]
}

const round = (x: number) => Math.round(x * 1_000) / 1_000

/** The column of a judged message; null where there is nothing to score. */
export function keptOf(judgement: Judgement): KeptSentiment | null {
  if (judgement.unscored !== null) return null
  const { score, evidence, uncertain } = judgement
  return {
    score: score.score,
    subjectivity: score.subjectivity,
    label: score.label,
    confidence: score.confidence,
    model: score.model,
    ...(uncertain && { uncertain: true }),
    ...(evidence.length > 0 && {
      evidence: evidence
        .slice(0, 3)
        .map(({ text, share }): [string, number] => [text, round(share)]),
    }),
  }
}

function isLabel(value: unknown): value is MessageLabel {
  return MESSAGE_LABELS.some((label) => label === value)
}

/** Score and label that count, from the object in the column and what an agent `corrected`. Null without a score. */
export function countedOf(
  column: Readonly<Record<string, unknown>>,
): { score: number; label: MessageLabel } | null {
  const { score, label, corrected } = column
  if (typeof score !== 'number') return null
  if (isLabel(corrected)) return { score: correctedScore(score, corrected), label: corrected }
  return { score, label: isLabel(label) ? label : 'neutral' }
}
