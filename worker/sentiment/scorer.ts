import type { Db } from '../db.ts'
import { calibrated } from './calibration.ts'
import { judge } from './judge.ts'
import { type KeptSentiment, keptOf } from './kept.ts'
import { loadModel, type Model } from './model.ts'
import bytes from './model.bin'
import { readCalibration } from './store.ts'

let loaded: Model | null = null

/** Scores what a customer wrote; null where there is nothing to score. */
export type Scorer = (text: string) => KeptSentiment | null

/** The scorer of an account: the model, and what the account's own corrections add to it. */
export async function openScorer(db: Db, account: number): Promise<Scorer> {
  const model = (loaded ??= loadModel(bytes))
  const calibration = await readCalibration(db, account)
  return (text) => {
    const judgement = judge(model, { text })
    if (judgement.unscored !== null) return null
    return keptOf({ ...judgement, score: calibrated(judgement.score, calibration) })
  }
}
