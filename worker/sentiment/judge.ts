import { LOW_CONFIDENCE } from './catalog.ts'
import { cleanMessage, type Message, type Unscored } from './clean.ts'
import { type Evidence, evidenceOf } from './evidence.ts'
import { type Model, type Score, scoreText } from './model.ts'

/** What is kept of a message's judgement: no text beyond the masked evidence. */
export type Judgement =
  | { unscored: Unscored }
  | {
      unscored: null
      score: Score
      evidence: Evidence[]
      /** The two likeliest labels are close, or praise stands beside failure: sarcasm and mixed feelings. */
      uncertain: boolean
    }

/** Praise surer than this is believed even beside a failure. */
const clearPraise = 0.9

const failure =
  /\b(?:delay|late|lost|broken|wrong|again|waiting|weeks|cancel|ignored?|atras|quebr|errad|esper|perd)|지연|또|고장|불량|째 답|잘못|遅|また|壊|不良|違う|待た|延迟|又|坏|错|丢|等了/iu

/** Cleans, scores and explains one message. Channel-made and empty ones are not scored. */
export function judge(model: Model, message: Message): Judgement {
  const cleaned = cleanMessage(message)
  if (cleaned.unscored !== null) return { unscored: cleaned.unscored }
  const score = scoreText(model, cleaned.text)
  const praiseOfFailure =
    score.label === 'positive' && score.confidence < clearPraise && failure.test(cleaned.text)
  return {
    unscored: null,
    score,
    evidence: evidenceOf(model, cleaned.text, score.label),
    uncertain: score.confidence < LOW_CONFIDENCE || praiseOfFailure,
  }
}
