const DIGIT = 11
const DIGITS = 1 << DIGIT

/** Reorders `order` by one digit of the keys, keeping the order of equals. */
function sortByDigit(
  keys: Uint32Array,
  shift: number,
  order: Int32Array,
  out: Int32Array,
  starts: Int32Array,
): boolean {
  starts.fill(0)
  for (let k = 0; k < order.length; k += 1) {
    const digit = ((keys[order[k] ?? 0] ?? 0) >>> shift) & (DIGITS - 1)
    starts[digit] = (starts[digit] ?? 0) + 1
  }
  let sum = 0
  for (let digit = 0; digit < DIGITS; digit += 1) {
    const count = starts[digit] ?? 0
    if (count === order.length) return false
    starts[digit] = sum
    sum += count
  }
  for (let k = 0; k < order.length; k += 1) {
    const index = order[k] ?? 0
    const digit = ((keys[index] ?? 0) >>> shift) & (DIGITS - 1)
    out[starts[digit] ?? 0] = index
    starts[digit] = (starts[digit] ?? 0) + 1
  }
  return true
}

/** Keys whose unsigned order is the order of the numbers: the high words of doubles, the low words, or integers as they are. */
function keysOf(values: Float64Array, part: 'whole' | 'low' | 'high'): Uint32Array {
  const keys = new Uint32Array(values.length)
  if (part === 'whole') {
    for (let k = 0; k < values.length; k += 1) keys[k] = ((values[k] ?? 0) ^ 0x80000000) >>> 0
    return keys
  }
  // Turning negative numbers round bit by bit puts them in order, below the positive ones.
  const words = new Uint32Array(values.buffer, values.byteOffset, values.length * 2)
  for (let k = 0; k < values.length; k += 1) {
    const high = words[k * 2 + 1] ?? 0
    const negative = high >>> 31 === 1
    const word = part === 'high' ? high : (words[k * 2] ?? 0)
    const turned = negative ? ~word : part === 'high' ? word ^ 0x80000000 : word
    keys[k] = turned >>> 0
  }
  return keys
}

/**
 * The place of each number among the distinct numbers, ascending, and these numbers. NaN has place −1. Linear: a
 * radix sort over 3 digits when all are 32-bit integers, over 6 otherwise.
 */
export function placesOf(numbers: Float64Array): { places: Int32Array; distinct: Float64Array } {
  const values = new Float64Array(numbers.length)
  let whole = true
  for (let k = 0; k < numbers.length; k += 1) {
    // −0 and 0 are one number.
    const value = (numbers[k] ?? 0) + 0
    values[k] = value
    if (value === value && value !== (value | 0)) whole = false
  }
  let order = Int32Array.from(values, (_, k) => k)
  let spare = new Int32Array(order.length)
  const starts = new Int32Array(DIGITS)
  for (const part of whole ? (['whole'] as const) : (['low', 'high'] as const)) {
    const keys = keysOf(values, part)
    for (let shift = 0; shift < 32; shift += DIGIT) {
      if (!sortByDigit(keys, shift, order, spare, starts)) continue
      const sorted = spare
      spare = order
      order = sorted
    }
  }
  const places = new Int32Array(values.length).fill(-1)
  const distinct = new Float64Array(values.length)
  let size = 0
  for (let k = 0; k < order.length; k += 1) {
    const index = order[k] ?? 0
    const value = values[index] ?? 0
    if (value !== value) continue
    if (size === 0 || distinct[size - 1] !== value) {
      distinct[size] = value
      size += 1
    }
    places[index] = size - 1
  }
  return { places, distinct: distinct.slice(0, size) }
}
