const DIGIT = 11
const DIGITS = 1 << DIGIT
const PASSES = 3

/** Numbers being sorted: a key each, and which number it is of. */
interface Sorting {
  keys: Uint32Array
  order: Int32Array
  spareKeys: Uint32Array
  spareOrder: Int32Array
}

/** Sorts by 32-bit keys, equals staying as they are: 11 bits a pass, lowest first, passes without effect left out. */
function radixSort(sorting: Sorting): void {
  const { length } = sorting.order
  const starts = new Int32Array(DIGITS * PASSES)
  for (const key of sorting.keys) {
    for (let pass = 0; pass < PASSES; pass += 1) {
      const at = pass * DIGITS + ((key >>> (pass * DIGIT)) & (DIGITS - 1))
      starts[at] = (starts[at] ?? 0) + 1
    }
  }
  for (let pass = 0; pass < PASSES; pass += 1) {
    const base = pass * DIGITS
    let sum = 0
    let alone = false
    for (let at = base; at < base + DIGITS; at += 1) {
      const count = starts[at] ?? 0
      if (count === length) alone = true
      starts[at] = sum
      sum += count
    }
    if (alone) continue
    const { keys, order, spareKeys, spareOrder } = sorting
    for (let k = 0; k < length; k += 1) {
      const key = keys[k] ?? 0
      const at = base + ((key >>> (pass * DIGIT)) & (DIGITS - 1))
      const to = starts[at] ?? 0
      starts[at] = to + 1
      spareKeys[to] = key
      spareOrder[to] = order[k] ?? 0
    }
    sorting.keys = spareKeys
    sorting.order = spareOrder
    sorting.spareKeys = keys
    sorting.spareOrder = order
  }
}

const SIGN = 0x80000000

/** One word of doubles as a key whose unsigned order is the order of the numbers, negative ones turned round. */
function wordKeys(words: Uint32Array, { order, keys }: Sorting, high: boolean): void {
  for (let k = 0; k < order.length; k += 1) {
    const index = order[k] ?? 0
    const upper = words[index * 2 + 1] ?? 0
    const word = high ? upper : (words[index * 2] ?? 0)
    keys[k] = upper >= SIGN ? ~word : high ? word ^ SIGN : word
  }
}

/** The numbers in ascending order, as indexes; NaN anywhere. */
function ascending(numbers: Float64Array): Int32Array {
  const { length } = numbers
  const sorting: Sorting = {
    keys: new Uint32Array(length),
    order: new Int32Array(length),
    spareKeys: new Uint32Array(length),
    spareOrder: new Int32Array(length),
  }
  let whole = true
  for (let k = 0; k < length; k += 1) {
    const value = numbers[k] ?? 0
    sorting.order[k] = k
    sorting.keys[k] = value ^ SIGN
    if (value === value && value !== (value | 0)) whole = false
  }
  if (whole) {
    radixSort(sorting)
    return sorting.order
  }
  // Adding 0 makes −0 and 0 the same bits.
  const words = new Uint32Array(Float64Array.from(numbers, (value) => value + 0).buffer)
  for (const high of [false, true]) {
    wordKeys(words, sorting, high)
    radixSort(sorting)
  }
  return sorting.order
}

/**
 * The place of each number among the distinct numbers, ascending, and these numbers. NaN has place −1. Linear: one
 * radix sort when all are 32-bit integers, two otherwise.
 */
export function placesOf(numbers: Float64Array): { places: Int32Array; distinct: Float64Array } {
  const order = ascending(numbers)
  const places = new Int32Array(numbers.length).fill(-1)
  let place = -1
  let before = Number.NaN
  for (let k = 0; k < order.length; k += 1) {
    const index = order[k] ?? 0
    const value = numbers[index] ?? 0
    if (value !== value) continue
    if (value !== before) place += 1
    before = value
    places[index] = place
  }
  const distinct = new Float64Array(place + 1)
  for (let k = 0; k < places.length; k += 1) {
    const at = places[k] ?? -1
    if (at >= 0) distinct[at] = (numbers[k] ?? 0) + 0
  }
  return { places, distinct }
}
