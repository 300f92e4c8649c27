import type { MessageLabel } from './catalog.ts'
import { emphasisOf } from './emphasis.ts'
import { featuresOf } from './features.ts'
import { sigmoid } from './logistic.ts'
import { languageOf, LANGUAGES } from './language.ts'
import { sentencesOf } from './sentences.ts'
import { normalise } from './text.ts'

/** Weights of both heads, one signed byte per bucket, and what turns sums into log-odds. */
export interface Model {
  version: string
  mask: number
  /** Of bucket b: polarity at 2 b, subjectivity at 2 b + 1, so that both come with one look into memory. */
  weights: Int8Array
  polarityUnit: number
  subjectivityUnit: number
  /** Added to the log-odds of polarity and subjectivity, by language. */
  polarityBias: Float64Array
  subjectivityBias: Float64Array
}

/** Score of one message. */
export interface Score {
  /** P(positive) − P(negative), in [−1, 1], rounded to a thousandth. */
  score: number
  label: MessageLabel
  /** P(not neutral), in [0, 1], rounded to a thousandth. */
  subjectivity: number
  /** Distance between the two likeliest labels, in [0, 1], rounded to a thousandth. */
  confidence: number
  model: string
}

export const MAGIC = 0x324e5352
export const VERSION_BYTES = 16
const headerBytes = 4 + VERSION_BYTES + 4 + 8 * (2 + 2 * LANGUAGES.length)

/** Bytes before the weights. */
export const HEADER_BYTES = headerBytes

/** Reads a model file; views, no copies. Throws when the bytes are not one. */
export function loadModel(bytes: ArrayBuffer): Model {
  const view = new DataView(bytes)
  if (bytes.byteLength < headerBytes || view.getUint32(0, true) !== MAGIC)
    throw new TypeError('sentiment model: the file does not start like a model')
  const bits = view.getUint32(4 + VERSION_BYTES, true)
  const size = 2 ** bits
  if (bytes.byteLength !== headerBytes + 2 * size)
    throw new TypeError(`sentiment model: expected ${headerBytes + 2 * size} bytes`)
  const version = new TextDecoder().decode(new Uint8Array(bytes, 4, VERSION_BYTES))
  let at = 4 + VERSION_BYTES + 4
  const next = () => {
    const value = view.getFloat64(at, true)
    at += 8
    return value
  }
  return {
    version: version.replaceAll('\0', ''),
    mask: size - 1,
    polarityUnit: next(),
    subjectivityUnit: next(),
    polarityBias: Float64Array.from(LANGUAGES, next),
    subjectivityBias: Float64Array.from(LANGUAGES, next),
    weights: new Int8Array(bytes, headerBytes, 2 * size),
  }
}

/** Log-odds of both heads. */
export interface Odds {
  polarity: number
  subjectivity: number
}

/** Log-odds of one piece of text. Sums are integers, so their order cannot matter. */
function oddsOfPiece(model: Model, text: string, language: number): Odds {
  const features = featuresOf(text)
  const { mask, weights } = model
  let p = 0
  let u = 0
  for (let i = 0; i < features.count; i++) {
    const at = 2 * ((features.hash[i] ?? 0) & mask)
    p += weights[at] ?? 0
    u += weights[at + 1] ?? 0
  }
  const scale = scaleOf(features.count)
  return {
    polarity: p * model.polarityUnit * scale + (model.polarityBias[language] ?? 0),
    subjectivity: u * model.subjectivityUnit * scale + (model.subjectivityBias[language] ?? 0),
  }
}

/** The mood of a message is that of its sentences with a mood: they weigh by their subjectivity, squared. */
function pooled(pieces: readonly Odds[]): Odds {
  let weights = 0
  let sum = 0
  let most = Number.NEGATIVE_INFINITY
  for (const { polarity, subjectivity } of pieces) {
    const u = sigmoid(subjectivity)
    weights += u * u
    sum += u * u * polarity
    most = Math.max(most, subjectivity)
  }
  return { polarity: sum / weights, subjectivity: most }
}

const pooledShare = 2 / 3

function mixed(whole: number, parts: number): number {
  return whole * (1 - pooledShare) + parts * pooledShare
}

/** Log-odds of a text made by `normalise`: a mixture of the whole and of its sentences. */
export function logOdds(model: Model, text: string): Odds {
  const language = languageOf(text)
  const whole = oddsOfPiece(model, text, language)
  const sentences = sentencesOf(text)
  if (sentences.length < 2) return whole
  const parts = pooled(sentences.map((sentence) => oddsOfPiece(model, sentence, language)))
  return {
    polarity: mixed(whole.polarity, parts.polarity),
    subjectivity: mixed(whole.subjectivity, parts.subjectivity),
  }
}

/** Value of one present feature in a text with `count` of them: long texts are not surer than short ones. */
export function scaleOf(count: number): number {
  return count === 0 ? 0 : 6 / Math.sqrt(count)
}

function thousandth(value: number): number {
  return Math.round(value * 1000) / 1000 + 0
}

/** A score nearer to zero than this has no side. */
const leastSide = 0.1

/** Label probabilities from log-odds. */
export function scoreOf(polarity: number, subjectivity: number, version: string): Score {
  const p = sigmoid(polarity)
  const u = sigmoid(subjectivity)
  const positive = u * p
  const negative = u * (1 - p)
  const neutral = 1 - u
  const side = Math.max(positive, negative)
  const sided = side > neutral && Math.abs(positive - negative) >= leastSide
  const label = sided ? (positive > negative ? 'positive' : 'negative') : 'neutral'
  const [second = 0, most = 0] = [positive, negative, neutral].toSorted((a, b) => a - b).slice(1)
  return {
    score: thousandth(positive - negative),
    label,
    subjectivity: thousandth(u),
    confidence: thousandth(most - second),
    model: version,
  }
}

/** Words this clearly positive are not taken for anger, however they are written. */
const clearPraise = 1

/** Scores a cleaned message. */
export function scoreText(model: Model, text: string): Score {
  const { polarity, subjectivity } = logOdds(model, normalise(text).text)
  if (polarity >= clearPraise) return scoreOf(polarity, subjectivity, model.version)
  const emphasis = emphasisOf(text)
  return scoreOf(polarity + emphasis.polarity, subjectivity + emphasis.subjectivity, model.version)
}
