/** An exact decimal number: units × 10^−scale. */
export interface Decimal {
  readonly units: bigint
  readonly scale: number
}

export const zero: Decimal = { units: 0n, scale: 0 }

const shape = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,3}))?$/

/** Reads a plain or scientific decimal, e.g. `-2.55` or `1e-3`; null when the text is no number. */
export function parseDecimal(text: string): Decimal | null {
  const match = shape.exec(text.trim())
  if (match === null) return null
  const [, sign, whole = '', fraction = '', exponent = '0'] = match
  if (whole === '' && fraction === '') return null
  const size = BigInt(whole + fraction)
  const units = sign === '-' ? -size : size
  const scale = fraction.length - Number(exponent)
  return scale < 0 ? { units: units * 10n ** BigInt(-scale), scale: 0 } : { units, scale }
}

export function multiply(a: Decimal, b: Decimal): Decimal {
  return { units: a.units * b.units, scale: a.scale + b.scale }
}

export function add(a: Decimal, b: Decimal): Decimal {
  if (a.scale === b.scale) return { units: a.units + b.units, scale: a.scale }
  if (a.scale < b.scale) return add(b, a)
  return { units: a.units + b.units * 10n ** BigInt(a.scale - b.scale), scale: a.scale }
}

/** The number in units of 10^−digits, rounded once, half away from zero. */
export function roundHalfAway(value: Decimal, digits: number): bigint {
  const excess = value.scale - digits
  if (excess <= 0) return value.units * 10n ** BigInt(-excess)
  const divisor = 10n ** BigInt(excess)
  const size = value.units < 0n ? -value.units : value.units
  const rounded = (size + divisor / 2n) / divisor
  return value.units < 0n ? -rounded : rounded
}
