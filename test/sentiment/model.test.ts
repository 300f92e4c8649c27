import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { languageOf, LANGUAGES } from '../../worker/sentiment/language.ts'
import { exp, sigmoid } from '../../worker/sentiment/logistic.ts'
import { loadModel, scoreOf, scoreText } from '../../worker/sentiment/model.ts'
import { normalise } from '../../worker/sentiment/text.ts'
import { goldenScores } from './golden.ts'
import { arbitraryModel, modelBytes, modelKnowing, sampleTexts } from './models.ts'

const model = arbitraryModel()

test('scores of arbitrary weights are the recorded ones', () => {
  expect(sampleTexts.map((text) => scoreText(model, text))).toEqual(goldenScores)
})

test.each([
  { bytes: new ArrayBuffer(10), because: 'does not start like a model' },
  { bytes: new ArrayBuffer(4096), because: 'does not start like a model' },
  { bytes: modelBytes(() => undefined).slice(0, -1), because: 'expected' },
])('a file that $because is refused', ({ bytes, because }) => {
  expect(() => loadModel(bytes)).toThrow(because)
})

test('the same words in other forms have the same score', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...sampleTexts),
      fc.constantFrom('NFC', 'NFD', 'NFKD'),
      fc.constantFrom('', ' ', '\n', '\u3000', '  \t'),
      (text, form, space) => {
        expect(scoreText(model, `${space}${text.normalize(form)}${space}`)).toEqual(
          scoreText(model, text),
        )
      },
    ),
    { seed: 6 },
  )
})

test('full-width letters are letters', () => {
  const wide = [...'Bad order 42!'].map((letter) =>
    letter === ' ' ? '\u3000' : String.fromCodePoint((letter.codePointAt(0) ?? 0) + 0xfee0),
  )
  expect(scoreText(model, wide.join(''))).toEqual(scoreText(model, 'Bad order 42!'))
})

test.each([
  ['Order 48213 at https://a.test/x', 'order z0 at zurl', 'what numbers and links say is hidden'],
  ['Mail a.b@c.test or @ann', 'mail zmail or zuser', 'addresses and handles are hidden'],
  ['sooooo   GOOD!!!!!', 'sooo good!!!', 'runs are cut to three'],
  ['10/10, 5 stars', '10/10, 5 stars', 'small numbers are marks'],
  ['ﾊﾝｶｸ ＡＢＣ', 'ハンカク abc', 'half and full width are one'],
])('%j is normalised to %j, because %s', (text, expected) => {
  expect(normalise(text).text).toBe(expected)
})

test('every character of a normalised text points into the original', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), (original) => {
      const { text, origin } = normalise(original)
      expect(origin).toHaveLength(text.length + 1)
      expect([...origin].every((at, i) => i === 0 || at >= (origin[i - 1] ?? 0))).toBe(true)
      expect(Math.max(...origin)).toBeLessThanOrEqual(original.length)
    }),
    { seed: 6 },
  )
})

test('any text has a score in [-1, 1] and probabilities that add up', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
      const { score, subjectivity, confidence } = scoreText(model, text)
      expect(Math.abs(score)).toBeLessThanOrEqual(subjectivity + 0.001)
      expect(subjectivity).toBeLessThanOrEqual(1)
      expect(confidence).toBeGreaterThanOrEqual(0)
    }),
    { seed: 6 },
  )
})

test('two even log-odds are half positive, half negative of a half', () => {
  expect(scoreOf(0, 0, 'v')).toEqual({
    score: 0,
    label: 'neutral',
    subjectivity: 0.5,
    confidence: 0.25,
    model: 'v',
  })
})

test('the exponential is right to thirteen digits', () => {
  for (let x = -39; x <= 39; x += 0.37) expect(exp(x) / Math.exp(x)).toBeCloseTo(1, 12)
  expect(sigmoid(0)).toBe(0.5)
  expect(sigmoid(1000)).toBeCloseTo(1, 15)
})

test('a denied word is another word', () => {
  const knowing = modelKnowing({ good: 60 })
  expect(scoreText(knowing, 'good').label).toBe('positive')
  expect(scoreText(knowing, 'good').score).toBeGreaterThan(
    scoreText(knowing, 'not good').score + 0.2,
  )
})

test.each([
  { praise: '满意', plain: '很满意', denied: '不满意' },
  { praise: '問題', plain: '問題がある', denied: '問題がない' },
  { praise: '문제', plain: '문제 있어요', denied: '문제 없어요' },
])('$denied pulls less than $plain', ({ praise, plain, denied }) => {
  const knowing = modelKnowing({ [praise]: 40 })
  expect(scoreText(knowing, denied).score).toBeLessThan(scoreText(knowing, plain).score)
})

test.each([
  ['en', 'Where is my order?'],
  ['pt', 'Onde está o meu pedido? Ainda não chegou.'],
  ['es', '¿Dónde está mi pedido? Todavía no ha llegado.'],
  ['fr', "Où est ma commande ? Je n'ai rien reçu."],
  ['de', 'Wo ist meine Bestellung? Sie ist noch nicht da.'],
  ['ko', '주문한 iPhone 언제 오나요?'],
  ['ja', '注文番号5530の発送はいつですか'],
  ['zh', '订单5530什么时候发货'],
  ['th', 'ของยังไม่มา'],
  ['other', 'Где мой заказ?'],
  ['other', '😡'],
])('takes for %s: %s', (language, text) => {
  expect(LANGUAGES[languageOf(normalise(text).text)]).toBe(language)
})
