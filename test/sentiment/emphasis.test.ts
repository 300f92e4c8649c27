import { expect, test } from 'vitest'
import { emphasisOf } from '../../worker/sentiment/emphasis.ts'
import { scoreText } from '../../worker/sentiment/model.ts'
import { modelKnowing } from './models.ts'

test.each([
  { text: 'WHERE IS MY ORDER???', polarity: -1.5, because: 'capitals and marks are shouted' },
  { text: 'ＷＨＥＲＥ ＩＳ ＩＴ？？', polarity: -1.5, because: 'full-width capitals shout too' },
  { text: 'WHERE IS MY ORDER', polarity: 0, because: 'capitals alone are a habit' },
  { text: 'OK!!', polarity: 0, because: 'two letters are no shouting' },
  { text: 'Where is my order???', polarity: -0.7, because: 'three marks are impatient' },
  { text: 'Where is my order?', polarity: 0, because: 'a question is a question' },
])('$text adds $polarity, because $because', ({ text, polarity }) => {
  expect(emphasisOf(text).polarity).toBe(polarity)
})

test('shouted praise stays praise', () => {
  const model = modelKnowing({ 'thank you so much': 60 })
  expect(scoreText(model, 'THANK YOU SO MUCH!!!').label).toBe('positive')
})
