import { expect, test } from 'vitest'
import { scoreText } from '../../worker/sentiment/model.ts'
import { goldenScores } from './golden.ts'
import { arbitraryModel, sampleTexts } from './models.ts'

test('scores in the Worker are those recorded in Node', () => {
  const model = arbitraryModel()
  expect(sampleTexts.map((text) => scoreText(model, text))).toEqual(goldenScores)
})
