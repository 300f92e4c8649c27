import type { Sign } from './corpus.ts'

/** Figures of one set of texts. */
export interface Figures {
  n: number
  /** Share of right labels. */
  accuracy: number
  /** Mean of the F1 of the three labels; labels that the set lacks are left out. */
  macroF1: number
  /** Share of negative and positive texts that were given the opposite sign. */
  opposite: number
  /** Share of negative and positive texts on the right side when neutral is not allowed; ties count half. */
  forced: number
}

/** One text: its label, the label given, and a number whose sign is the side when neutral is not allowed. */
export interface Outcome {
  truth: Sign
  given: Sign
  side: number
}

/** Figures from outcomes. */
export function figuresOf(outcomes: readonly Outcome[]): Figures {
  let right = 0
  let opposite = 0
  let sided = 0
  let forced = 0
  const hit: Record<Sign, number> = { [-1]: 0, 0: 0, 1: 0 }
  const truths: Record<Sign, number> = { [-1]: 0, 0: 0, 1: 0 }
  const givens: Record<Sign, number> = { [-1]: 0, 0: 0, 1: 0 }
  for (const { truth, given, side } of outcomes) {
    truths[truth]++
    givens[given]++
    if (truth === given) {
      right++
      hit[truth]++
    }
    if (truth === 0) continue
    sided++
    if (truth === -given) opposite++
    if (Math.sign(side) === truth) forced++
    else if (side === 0) forced += 0.5
  }
  const f1: number[] = []
  for (const sign of [-1, 0, 1] as const)
    if (truths[sign] > 0) f1.push((2 * hit[sign]) / (truths[sign] + givens[sign]))
  const n = outcomes.length
  return {
    n,
    accuracy: n === 0 ? 0 : right / n,
    macroF1: f1.length === 0 ? 0 : f1.reduce((sum, value) => sum + value, 0) / f1.length,
    opposite: sided === 0 ? 0 : opposite / sided,
    forced: sided === 0 ? 0 : forced / sided,
  }
}
