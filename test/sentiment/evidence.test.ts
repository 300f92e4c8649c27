import { expect, test } from 'vitest'
import { evidenceOf } from '../../worker/sentiment/evidence.ts'
import { judge } from '../../worker/sentiment/judge.ts'
import { modelKnowing } from './models.ts'

const model = modelKnowing({
  terrible: -60,
  broken: -40,
  lovely: 50,
  最悪: -60,
  별로: -60,
})

test('the words that moved the score come first, as they were written', () => {
  const found = evidenceOf(model, 'The box is TERRIBLE, and the cup was Broken.', 'negative')
  expect(found.map(({ text }) => text)).toEqual(['TERRIBLE', 'Broken'])
  expect(found.reduce((sum, { share }) => sum + share, 0)).toBeLessThanOrEqual(1.001)
})

test('only what pulls to the label is shown', () => {
  const mixed = 'lovely shop, terrible delivery'
  expect(evidenceOf(model, mixed, 'positive').map(({ text }) => text)).toEqual(['lovely'])
  expect(evidenceOf(model, mixed, 'negative').map(({ text }) => text)).toEqual(['terrible'])
  expect(evidenceOf(model, mixed, 'neutral')).toEqual([])
})

test('at most three spans are shown', () => {
  const words = 'terrible. broken. terrible. broken. terrible.'
  expect(evidenceOf(model, words, 'negative')).toHaveLength(3)
})

test.each([
  ['この店は最悪です。', '最悪'],
  ['배송이 별로 였어요', '별로'],
])('finds the words inside %s', (text, part) => {
  expect(evidenceOf(model, text, 'negative')[0]?.text).toContain(part)
})

test('no word of a short clause is cut', () => {
  const knowing = modelKnowing({ 满意: 60 })
  expect(evidenceOf(knowing, '发货快，我很满意呢。', 'positive')[0]?.text).toBe('我很满意呢')
})

test('a span is not widened into its opposite', () => {
  const knowing = modelKnowing({ 失望: -60, 很好: 60 })
  expect(evidenceOf(knowing, '很好失望', 'negative')[0]?.text).toBe('失望')
})

test('personal data beside the words are hidden', () => {
  const knowing = modelKnowing({ 'terrible order 48213 ann@a.test': -60 })
  const [first] = evidenceOf(knowing, 'terrible order 48213 ann@a.test', 'negative')
  expect(first?.text).toBe('terrible order ••• •••')
})

test('a judgement keeps no text beyond its evidence', () => {
  const judged = judge(model, { text: 'My name is Ann Lee. It is terrible.\n\n> lovely' })
  expect(JSON.stringify(judged)).not.toContain('Ann')
  expect(judged).toMatchObject({ unscored: null, score: { label: 'negative', model: 'test' } })
})

test('what a machine wrote is not judged', () => {
  expect(judge(model, { text: 'terrible', channel: 'trigger' })).toEqual({ unscored: 'automatic' })
})

test('praise beside failure is marked uncertain', () => {
  const knowing = modelKnowing({ 'great job': 3 })
  expect(judge(knowing, { text: 'great job, another delay' })).toMatchObject({ uncertain: true })
})
