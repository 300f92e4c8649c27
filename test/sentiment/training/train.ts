import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { loadModel } from '../../../worker/sentiment/model.ts'
import { buildModel } from './build.ts'
import { joinedExamples, lexiconExamples, ownExamples, publicExamples } from './corpus.ts'
import { figuresOf } from './figures.ts'
import { afinn, lexiconOutcomes, modelOutcomes } from './outcomes.ts'

const bits = 21
const root = join(import.meta.dirname, '../../..')
const dataDirectory = process.argv[2] ?? join(root, '../shared/data/sentiment')
const target = process.argv[3] ?? join(root, 'worker/sentiment/model.bin')

const say = (line: string) => process.stdout.write(`${line}\n`)
const share = (value: number) => value.toFixed(3).replace(/^0/u, '')

const started = performance.now()
const written = ownExamples('written')
const examples = [
  ...publicExamples(dataDirectory),
  ...lexiconExamples(),
  ...written,
  ...joinedExamples(written),
  ...ownExamples('generated'),
]
const bytes = buildModel(examples, bits)
writeFileSync(target, bytes)
const model = loadModel(bytes.buffer)
const seconds = Math.round((performance.now() - started) / 1000)
say(
  `${model.version}: ${bytes.length} bytes, ${gzipSync(bytes, { level: 9 }).length} gzipped, ${seconds} s`,
)
say('')
say(
  '| held out | texts | accuracy | macro-F1 | opposite sign | side, if forced | AFINN accuracy | macro-F1 | opposite |',
)
say('|---|---|---|---|---|---|---|---|---|')
for (const set of new Set(examples.map((example) => example.set))) {
  const held = examples.filter((example) => example.set === set && example.heldOut)
  const language = held[0]?.language
  if (language === undefined) continue
  const ours = figuresOf(modelOutcomes(model, held))
  const theirs = figuresOf(lexiconOutcomes(afinn(language), held))
  const figures = [ours.accuracy, ours.macroF1, ours.opposite, ours.forced]
  const baseline = [theirs.accuracy, theirs.macroF1, theirs.opposite]
  say(`| ${set} | ${held.length} | ${[...figures, ...baseline].map(share).join(' | ')} |`)
}
