/** Labels of a single message. */
export const MESSAGE_LABELS = ['negative', 'neutral', 'positive'] as const
export type MessageLabel = (typeof MESSAGE_LABELS)[number]

/** Labels of a person: `unknown` while there is too little, or only old, evidence. */
export const PERSON_LABELS = ['unknown', 'negative', 'neutral', 'positive'] as const
export type PersonLabel = (typeof PERSON_LABELS)[number]

/** Directions of the trend arrow. */
export const TRENDS = ['falling', 'steady', 'rising'] as const
export type Trend = (typeof TRENDS)[number]

/** Languages with hand-written sentences of their own; others are scored, with larger error. */
export const COVERED_LANGUAGES = ['en', 'ko', 'zh', 'ja', 'pt'] as const

/** A message whose two likeliest labels are closer than this is shown as uncertain. */
export const LOW_CONFIDENCE = 0.2
