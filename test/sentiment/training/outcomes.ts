import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { withoutCourtesy } from '../../../worker/sentiment/courtesy.ts'
import { logOdds, type Model, scoreText } from '../../../worker/sentiment/model.ts'
import { normalise } from '../../../worker/sentiment/text.ts'
import { type Example, signOf } from './corpus.ts'
import type { Outcome } from './figures.ts'

/** What the model says of examples; courtesy is cleaned away first, as in the product. */
export function modelOutcomes(model: Model, examples: readonly Example[]): Outcome[] {
  return examples.map(({ text, sign }) => {
    const cleaned = withoutCourtesy(text)
    return {
      truth: sign,
      given: signOf[scoreText(model, cleaned).label],
      side: logOdds(model, normalise(cleaned).text).polarity,
    }
  })
}

/** Sum of AFINN scores of a text: by words where there are spaces, else by the longest words found in it. */
export type Lexicon = (text: string) => number

/** The AFINN list of a language as a scorer. */
export function afinn(language: string): Lexicon {
  const directory = join(import.meta.dirname, 'lexicon')
  if (!readdirSync(directory).includes(`${language}.tsv`)) return () => 0
  const scores = new Map(
    readFileSync(join(directory, `${language}.tsv`), 'utf8')
      .split('\n')
      .map((line): [string, number] => {
        const [word = '', score = '0'] = line.split('\t')
        return [word.toLowerCase(), Number(score)]
      }),
  )
  const spaced = !['ko', 'zh', 'ja', 'th'].includes(language)
  if (spaced)
    return (text) =>
      text
        .toLowerCase()
        .split(/[^\p{L}\p{M}'-]+/u)
        .reduce((sum, word) => sum + (scores.get(word) ?? 0), 0)
  const longest = Math.max(...[...scores.keys()].map((word) => word.length))
  return (text) => {
    let sum = 0
    for (let at = 0; at < text.length; at++)
      for (let size = Math.min(longest, text.length - at); size > 0; size--) {
        const score = scores.get(text.slice(at, at + size))
        if (score === undefined) continue
        sum += score
        at += size - 1
        break
      }
    return sum
  }
}

/** What a sum of word scores says of examples. */
export function lexiconOutcomes(lexicon: Lexicon, examples: readonly Example[]): Outcome[] {
  return examples.map(({ text, sign }) => {
    const side = lexicon(text)
    return { truth: sign, given: side > 0 ? 1 : side < 0 ? -1 : 0, side }
  })
}
