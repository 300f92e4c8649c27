import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { COVERED_LANGUAGES } from '../../worker/sentiment/catalog.ts'
import { buildModel } from './training/build.ts'
import { isHeldOut, lexiconExamples, ownExamples, readSentences } from './training/corpus.ts'
import { generateAll } from './training/generate.ts'

const read = (kind: string, language: string) =>
  readSentences(join(import.meta.dirname, 'sentences', kind, `${language}.jsonl`))

test.each(COVERED_LANGUAGES)('%s has at least 400 sentences written by hand', (language) => {
  const sentences = read('written', language)
  expect(sentences.length).toBeGreaterThanOrEqual(400)
  expect(new Set(sentences.map(({ text }) => text)).size).toBe(sentences.length)
  expect(sentences.every((sentence) => sentence.language === language)).toBe(true)
  expect(sentences.some((sentence) => sentence.pattern !== undefined)).toBe(false)
  for (const label of ['negative', 'neutral', 'positive'])
    expect(sentences.filter((sentence) => sentence.label === label).length).toBeGreaterThan(100)
})

test('generated sentences are what their patterns make, and say which', () => {
  for (const [language, content] of generateAll()) {
    const file = join(import.meta.dirname, 'sentences/generated', `${language}.jsonl`)
    expect(readFileSync(file, 'utf8')).toBe(content)
    expect(content.split('\n').every((line) => line === '' || line.includes('"pattern":'))).toBe(
      true,
    )
  }
})

test('the held-out fifth goes by pattern: no pattern is on both sides', () => {
  for (const language of COVERED_LANGUAGES) {
    const sides = Map.groupBy(read('generated', language), ({ pattern }) => pattern)
    for (const made of sides.values()) expect(new Set(made.map(isHeldOut)).size).toBe(1)
  }
})

test('about a fifth of the written sentences is held out', () => {
  const written = ownExamples('written')
  const share = written.filter(({ heldOut }) => heldOut).length / written.length
  expect(share).toBeGreaterThan(0.17)
  expect(share).toBeLessThan(0.23)
})

test('training twice gives the same bytes, and others without the held-out fifth being seen', () => {
  const written = ownExamples('written')
  const examples = [...lexiconExamples().slice(0, 500), ...written.slice(0, 500)]
  const first = buildModel(examples, 12)
  expect(buildModel(examples, 12)).toEqual(first)
  const seen = examples.filter(({ heldOut }) => !heldOut)
  expect(buildModel(seen, 12)).toEqual(first)
  expect(buildModel(seen.slice(1), 12)).not.toEqual(first)
})
