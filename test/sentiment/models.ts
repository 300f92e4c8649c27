import { featuresOf } from '../../worker/sentiment/features.ts'
import {
  HEADER_BYTES,
  loadModel,
  MAGIC,
  type Model,
  VERSION_BYTES,
} from '../../worker/sentiment/model.ts'
import { normalise } from '../../worker/sentiment/text.ts'

const bits = 14
const size = 2 ** bits

/** Bytes of a model whose weights come from `fill`, without biases. */
export function modelBytes(
  fill: (polarity: Int8Array, subjectivity: Int8Array) => void,
  unit = 0.05,
): ArrayBuffer {
  const bytes = new ArrayBuffer(HEADER_BYTES + 2 * size)
  const view = new DataView(bytes)
  view.setUint32(0, MAGIC, true)
  new TextEncoder().encodeInto('test', new Uint8Array(bytes, 4, VERSION_BYTES))
  view.setUint32(4 + VERSION_BYTES, bits, true)
  view.setFloat64(8 + VERSION_BYTES, unit, true)
  view.setFloat64(16 + VERSION_BYTES, unit, true)
  const [polarity, subjectivity] = [new Int8Array(size), new Int8Array(size)]
  fill(polarity, subjectivity)
  for (let bucket = 0; bucket < size; bucket++) {
    view.setInt8(HEADER_BYTES + 2 * bucket, polarity[bucket] ?? 0)
    view.setInt8(HEADER_BYTES + 2 * bucket + 1, subjectivity[bucket] ?? 0)
  }
  return bytes
}

/** A model that knows some texts only: each of their features pulls with the given weight. */
export function modelKnowing(weights: Readonly<Record<string, number>>): Model {
  return loadModel(
    modelBytes((polarity, subjectivity) => {
      for (const [text, weight] of Object.entries(weights)) {
        const features = featuresOf(normalise(text).text)
        for (const hash of features.hash.subarray(0, features.count)) {
          polarity[hash & (size - 1)] = weight
          subjectivity[hash & (size - 1)] = Math.abs(weight)
        }
      }
    }),
  )
}

/** A model of pseudo-random weights (xorshift), the same everywhere. */
export function arbitraryModel(): Model {
  let state = 0x2545f491
  const next = () => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 24) - 128
  }
  return loadModel(
    modelBytes((polarity, subjectivity) => {
      for (let i = 0; i < size; i++) {
        polarity[i] = next()
        subjectivity[i] = next()
      }
    }, 0.004),
  )
}

/** Texts in many scripts, with negations, turns and signs. */
export const sampleTexts = [
  'My parcel has not arrived, and nobody answers!!',
  'Delivery was slow, but the dress is gorgeous 😍',
  'Não recomendo, veio quebrado.',
  '배송은 늦었지만 물건이 정말 좋아요 ㅠㅠ',
  '不満はまったくありません。でも少し高いです。',
  '质量不好，但是客服没有推卸责任',
  'สินค้าไม่ดีเลย',
  'Товар не пришёл :(',
  'x',
  '',
] as const
