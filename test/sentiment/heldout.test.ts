import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { COVERED_LANGUAGES } from '../../worker/sentiment/catalog.ts'
import { judge } from '../../worker/sentiment/judge.ts'
import { loadModel } from '../../worker/sentiment/model.ts'
import { joinedExamples, ownExamples } from './training/corpus.ts'
import { figuresOf } from './training/figures.ts'
import { afinn, lexiconOutcomes, modelOutcomes } from './training/outcomes.ts'

const file = readFileSync(join(import.meta.dirname, '../../worker/sentiment/model.bin'))
const bytes = new Uint8Array(file).buffer
const model = loadModel(bytes)
const written = ownExamples('written')
const held = [...written, ...ownExamples('generated'), ...joinedExamples(written)].filter(
  ({ heldOut }) => heldOut,
)

test('the model is at most one megabyte compressed', () => {
  expect(gzipSync(file, { level: 9 }).length).toBeLessThanOrEqual(1_000_000)
})

test.each(COVERED_LANGUAGES)('in %s it beats AFINN on what it never saw', (language) => {
  const examples = held.filter((example) => example.language === language)
  const ours = figuresOf(modelOutcomes(model, examples))
  const theirs = figuresOf(lexiconOutcomes(afinn(language), examples))
  expect(examples.length).toBeGreaterThan(300)
  expect(ours.accuracy).toBeGreaterThan(theirs.accuracy + 0.15)
  expect(ours.macroF1).toBeGreaterThan(theirs.macroF1 + 0.15)
  expect(ours.forced).toBeGreaterThan(theirs.forced)
  expect(ours.opposite).toBeLessThan(theirs.opposite)
})

test.each([
  { text: 'Still no refund and nobody answers. I am really upset!', label: 'negative' },
  { text: 'Where can I find the invoice for my order?', label: 'neutral' },
  { text: 'Thank you so much, everything arrived and it is perfect.', label: 'positive' },
  { text: '불량품 신고는 어디서 하나요?', label: 'neutral' },
  { text: '물건이 깨져서 왔고 답변도 없네요. 정말 실망이에요.', label: 'negative' },
  { text: '商品破损怎么理赔？', label: 'neutral' },
  { text: '没有任何问题，非常满意！', label: 'positive' },
  { text: '注文した商品が壊れていました。がっかりです。', label: 'negative' },
  { text: '不満はまったくありません。とても気に入りました。', label: 'positive' },
  { text: 'Chegou tudo certinho, adorei!', label: 'positive' },
  { text: 'Produto veio quebrado e ninguém responde, péssimo.', label: 'negative' },
])('$text is $label', ({ text, label }) => {
  expect(judge(model, { text })).toMatchObject({ unscored: null, score: { label } })
})

test('a long message is scored within the budget', () => {
  const text = 'The parcel is late and nobody answers my mails. Não gostei. 배송이 늦어요. 太慢了。'
    .repeat(60)
    .slice(0, 4_000)
  for (let i = 0; i < 20; i++) judge(model, { text })
  const started = performance.now()
  for (let i = 0; i < 20; i++) judge(model, { text })
  expect((performance.now() - started) / 20).toBeLessThan(50)
})
