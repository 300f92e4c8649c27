import type { Score } from '../../worker/sentiment/model.ts'

/** Scores of `sampleTexts` under `arbitraryModel`, recorded in Node. */
export const goldenScores: readonly Score[] = [
  { score: -0.123, label: 'neutral', subjectivity: 0.188, confidence: 0.657, model: 'test' },
  { score: 0, label: 'neutral', subjectivity: 0.015, confidence: 0.978, model: 'test' },
  { score: 0.817, label: 'positive', subjectivity: 0.854, confidence: 0.689, model: 'test' },
  { score: 0.01, label: 'neutral', subjectivity: 0.01, confidence: 0.98, model: 'test' },
  { score: -0.303, label: 'negative', subjectivity: 0.827, confidence: 0.303, model: 'test' },
  { score: -0.158, label: 'neutral', subjectivity: 0.548, confidence: 0.099, model: 'test' },
  { score: 0.86, label: 'positive', subjectivity: 0.959, confidence: 0.86, model: 'test' },
  { score: -0.299, label: 'neutral', subjectivity: 0.368, confidence: 0.298, model: 'test' },
  { score: -0.163, label: 'negative', subjectivity: 0.662, confidence: 0.075, model: 'test' },
  { score: 0, label: 'neutral', subjectivity: 0.5, confidence: 0.25, model: 'test' },
]
