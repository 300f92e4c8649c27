import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { decode, encode, type Tree } from '../../worker/columns/codec.ts'

const SEED = Number(process.env['RAPPORT_CODEC_SEED'] ?? 7)
const TREES = 3000
const say = (text: string) => process.stdout.write(`${text}\n`)

const numbers = fc.oneof(
  fc.integer(),
  fc.maxSafeInteger(),
  fc.double(),
  fc.constantFrom(0, -0, NaN, Infinity, -Infinity, 2 ** 31 - 1, -(2 ** 31), 2 ** 53 - 1),
)
const smallSteps = fc
  .tuple(fc.maxSafeInteger(), fc.integer({ min: 1, max: 1000 }), fc.array(fc.nat(300)))
  .map(([start, step, rises]) => {
    let value = Math.trunc(start / 2 ** 12)
    return rises.map((rise) => (value += rise * step))
  })
const whole = (min: number, max: number) => fc.array(fc.integer({ min, max }))
const typed = fc.oneof(
  whole(-(2 ** 31), 2 ** 31 - 1).map((list) => Int32Array.from(list)),
  smallSteps.map((list) => Int32Array.from(list)),
  fc.array(numbers).map((list) => Float64Array.from(list)),
  smallSteps.map((list) => Float64Array.from(list)),
  fc
    .tuple(smallSteps, fc.constantFrom(NaN, Infinity, -Infinity))
    .map(([list, special]) => Float64Array.from([...list, special])),
  whole(0, 255).map((list) => Uint8Array.from(list)),
  whole(-128, 127).map((list) => Int8Array.from(list)),
  whole(0, 65_535).map((list) => Uint16Array.from(list)),
  whole(-32_768, 32_767).map((list) => Int16Array.from(list)),
  whole(0, 2 ** 32 - 1).map((list) => Uint32Array.from(list)),
  fc.array(numbers).map((list) => Float32Array.from(list)),
)
const texts = fc.oneof(
  fc.string(),
  fc.string({ unit: 'binary' }),
  fc.constantFrom('\uFEFFmark', '\uD800', '', '__proto__'),
)
const { tree } = fc.letrec<{ tree: Tree }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom(null, true, false),
    numbers,
    texts,
    typed,
    fc.array(numbers, { minLength: 6 }),
    fc.array(fc.option(texts), { minLength: 6 }),
    fc.array(tie('tree')),
    fc.dictionary(texts, tie('tree'), { noNullPrototype: true }),
  ),
}))

/** Equal in value, type and the sign of zero. */
function same(a: unknown, b: unknown): boolean {
  if (typeof a !== 'object' || a === null || typeof b !== 'object' || b === null)
    return Object.is(a, b)
  if (Object.getPrototypeOf(a) !== Object.getPrototypeOf(b)) return false
  const [left, right] = [Object.entries(a), Object.entries(b)]
  return (
    left.length === right.length &&
    left.every(([name, value], k) => name === right[k]?.[0] && same(value, right[k]?.[1]))
  )
}

test('what is decoded equals what was encoded, for any tree', () => {
  let trees = 0
  fc.assert(
    fc.property(tree, (one) => {
      trees += 1
      expect(same(decode(encode(one)), one)).toBe(true)
    }),
    { seed: SEED, numRuns: TREES },
  )
  say(`codec: seed ${SEED}, ${trees} trees`)
})

test.each<[string, Tree, number]>([
  ['a constant takes no room', new Int32Array(100_000).fill(7), 300],
  [
    'days of three years take two bytes',
    Int32Array.from({ length: 100_000 }, (_, k) => 15_000 + ((k * 7919) % 1096)),
    200_300,
  ],
  [
    'growing offsets take one byte',
    Int32Array.from({ length: 100_000 }, (_, k) => k * 5 + (k % 3)),
    100_300,
  ],
  [
    'whole seconds in milliseconds take four bytes',
    Float64Array.from({ length: 100_000 }, (_, k) => 1.3e12 + ((k * 7919) % 100_000_000) * 1000),
    400_300,
  ],
  [
    'values with a gap take as many bytes as without',
    Float64Array.from({ length: 100_000 }, (_, k) => (k % 1000 === 0 ? NaN : (k * 7919) % 60_000)),
    200_300,
  ],
])('%s', (_, tree, most) => {
  const parts = encode(tree)
  expect(parts.join('').length * 0.75).toBeLessThan(most)
  expect(same(decode(parts), tree)).toBe(true)
})

test('a large tree comes in parts that fit into a value of the database', () => {
  const tree = { at: Float64Array.from({ length: 500_000 }, (_, k) => Math.sin(k)) }
  const parts = encode(tree)
  expect(parts.length).toBe(3)
  expect(Math.max(...parts.map((part) => part.length))).toBeLessThan(1_900_000)
  expect(same(decode(parts), tree)).toBe(true)
})

test('damaged, missing and foreign text counts as absent', () => {
  const parts = encode({ at: Float64Array.from({ length: 400_000 }, (_, k) => Math.sin(k)) })
  const [first = '', ...rest] = parts
  const changed = (at: number) =>
    first.slice(0, at) + (first[at] === 'A' ? 'B' : 'A') + first.slice(at + 1)
  expect(decode([changed(1000), ...rest])).toBe(null)
  expect(decode([changed(2), ...rest])).toBe(null)
  expect(decode([first])).toBe(null)
  expect(decode([first.slice(0, -4), ...rest])).toBe(null)
  expect(decode(['not base64!', ...rest])).toBe(null)
  expect(decode(rest)).toBe(null)
  expect(decode([])).toBe(null)
  expect(decode([''])).toBe(null)
})

test('decoding costs little', () => {
  const count = 400_000
  const one = {
    day: Int32Array.from({ length: count }, (_, k) => 15_000 + ((k * 7919) % 1096)),
    value: Float64Array.from({ length: count }, (_, k) => (k * 7919) % 100_003),
    channel: Int32Array.from({ length: count }, (_, k) => (k * 7919) % 5),
    counted: new Uint8Array(count).fill(1),
  }
  const parts = encode(one)
  const megabytes = parts.join('').length / 1e6
  let best = Infinity
  for (let k = 0; k < 5; k += 1) {
    const start = process.cpuUsage()
    const back = decode(parts)
    const { user, system } = process.cpuUsage(start)
    best = Math.min(best, (user + system) / 1000)
    expect(back).not.toBeNull()
  }
  say(
    `codec: ${(best / megabytes).toFixed(1)} ms CPU to decode a megabyte of text, ${megabytes.toFixed(1)} MB`,
  )
})
