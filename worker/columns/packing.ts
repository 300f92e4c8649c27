/**
 * How a list of numbers is stored. `width` bytes each: 0 (all are `base`), 1, 2, 4 or 6, as
 * base + code · step; with `delta` that is the distance from the one before. Codes above `most` are NaN, Infinity,
 * −Infinity in this order. Width 8: doubles as they are.
 */
export interface Packing {
  readonly width: 0 | 1 | 2 | 4 | 6 | 8
  readonly base: number
  readonly step: number
  readonly delta: boolean
  readonly most: number
  /** Some are NaN or infinite. */
  readonly special: boolean
}

const RAW: Packing = { width: 8, base: 0, step: 1, delta: false, most: 0, special: false }
const SPECIALS = 3

interface Survey {
  min: number
  max: number
  special: boolean
  /** Largest number that divides the distances between all of them; 0 when there are none. */
  step: number
}

/** Looks through whole numbers; null when one is neither a safe integer nor a special, or they lie too far apart. */
function survey(numbers: Float64Array): Survey | null {
  let min = Infinity
  let max = -Infinity
  let special = false
  let first = 0
  let step = 0
  for (let k = 0; k < numbers.length; k += 1) {
    const value = numbers[k] ?? 0
    if (value - value !== 0) {
      special = true
      continue
    }
    if (!Number.isSafeInteger(value) || Object.is(value, -0)) return null
    if (min > max) first = value
    if (value < min) min = value
    if (value > max) max = value
    if (step !== 1) step = commonDivisor(step, Math.abs(value - first))
  }
  if (min > max) return { min: 0, max: -1, special, step: 1 }
  return Number.isSafeInteger(max - min) ? { min, max, special, step } : null
}

function commonDivisor(a: number, b: number): number {
  while (b !== 0) {
    const rest = a % b
    a = b
    b = rest
  }
  return a
}

function widthOf(codes: number): Packing['width'] {
  if (codes <= 1) return 0
  if (codes <= 2 ** 8) return 1
  if (codes <= 2 ** 16) return 2
  if (codes <= 2 ** 32) return 4
  return codes <= 2 ** 48 ? 6 : 8
}

function packingFor({ min, max, special, step }: Survey, delta: boolean): Packing {
  const stride = step === 0 ? 1 : step
  const most = Math.ceil((max - min) / stride)
  const width = widthOf(most + 1 + (special ? SPECIALS : 0))
  return width === 8 ? RAW : { width, base: min, step: stride, delta, most, special }
}

/** Chooses the narrowest way to store numbers exactly. */
export function packingOf(numbers: Float64Array): Packing {
  const whole = survey(numbers)
  if (whole === null) return RAW
  const plain = packingFor(whole, false)
  if (whole.special || plain.width <= 1) return plain
  const changes = new Float64Array(numbers.length - 1)
  for (let k = 1; k < numbers.length; k += 1) {
    changes[k - 1] = (numbers[k] ?? 0) - (numbers[k - 1] ?? 0)
  }
  const between = survey(changes)
  if (between === null) return plain
  const delta = packingFor(between, true)
  return delta.width < plain.width ? delta : plain
}

/** Bytes that a packing takes for so many numbers: a multiple of 8, so that the next list is aligned. */
export function packedSize({ width, delta }: Packing, length: number): number {
  return Math.ceil(((delta ? 8 : 0) + width * length) / 8) * 8
}

function lowCodes(buffer: ArrayBufferLike, start: number, width: number, length: number) {
  if (width === 1) return new Uint8Array(buffer, start, length)
  if (width === 2) return new Uint16Array(buffer, start, length)
  return new Uint32Array(buffer, start, length)
}

/** The upper two bytes of six, behind the lower four of all. */
function highCodes(buffer: ArrayBufferLike, start: number, width: number, length: number) {
  return width === 6 ? new Uint16Array(buffer, start + 4 * length, length) : null
}

/** Writes numbers into `bytes` at `at`, a multiple of 8; little-endian, as all machines that run this are. */
export function pack(numbers: Float64Array, packing: Packing, bytes: Uint8Array, at: number): void {
  const { width, base, step, delta, most } = packing
  const { length } = numbers
  let start = bytes.byteOffset + at
  if (delta) {
    new Float64Array(bytes.buffer, start, 1)[0] = numbers[0] ?? 0
    start += 8
  }
  if (width === 0) return
  if (width === 8) {
    new Float64Array(bytes.buffer, start, length).set(numbers)
    return
  }
  const low = lowCodes(bytes.buffer, start, width, length)
  const high = highCodes(bytes.buffer, start, width, length)
  for (let k = delta ? 1 : 0; k < length; k += 1) {
    const value = numbers[k] ?? 0
    const distance = delta ? value - (numbers[k - 1] ?? 0) : value
    const code =
      distance - distance === 0
        ? (distance - base) / step
        : most + (distance > 0 ? 2 : distance < 0 ? 3 : 1)
    low[k] = code
    if (high !== null) high[k] = Math.floor(code / 2 ** 32)
  }
}

const specials = [Number.NaN, Infinity, -Infinity]

/**
 * Numbers that `pack` wrote. All arithmetic is on doubles: loops over one kind of array run several times faster
 * than loops over many, and conversions between kinds cost next to nothing.
 */
export function unpack(
  packing: Packing,
  bytes: Uint8Array,
  at: number,
  length: number,
): Float64Array {
  const { width, base, step, delta, most, special } = packing
  const out = new Float64Array(length)
  const { buffer } = bytes
  let start = bytes.byteOffset + at
  const first = delta ? (new Float64Array(buffer, start, 1)[0] ?? 0) : 0
  if (delta) start += 8
  if (width === 8) {
    out.set(new Float64Array(buffer, start, length))
    return out
  }
  if (width > 0) out.set(lowCodes(buffer, start, width, length))
  const high = highCodes(buffer, start, width, length)
  if (high !== null) {
    for (let k = 0; k < length; k += 1) out[k] = (out[k] ?? 0) + (high[k] ?? 0) * 2 ** 32
  }
  if (delta) {
    let value = first - base
    for (let k = 0; k < length; k += 1) {
      value += base + (out[k] ?? 0) * step
      out[k] = value
    }
  } else if (special) {
    for (let k = 0; k < length; k += 1) {
      const code = out[k] ?? 0
      out[k] = code > most ? (specials[code - most - 1] ?? Number.NaN) : base + code * step
    }
  } else if (base !== 0 || step !== 1) {
    for (let k = 0; k < length; k += 1) out[k] = base + (out[k] ?? 0) * step
  }
  return out
}
