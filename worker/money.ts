/** Money in minor units of its currency: an integer. */
export type Minor = number

/** Rounds to an integer, halves away from zero. */
export function roundHalfAway(amount: number): number {
  return amount < 0 ? -Math.floor(-amount + 0.5) : Math.floor(amount + 0.5)
}

const digits = new Map<string, number>()

/** Decimal places of a currency by ISO 4217: 2 for EUR, 0 for JPY, 3 for KWD. */
export function minorDigits(currency: string): number {
  const known = digits.get(currency)
  if (known !== undefined) return known
  const format = new Intl.NumberFormat('en', { style: 'currency', currency })
  const found = format.resolvedOptions().maximumFractionDigits ?? 2
  digits.set(currency, found)
  return found
}

/**
 * Minor units of another currency, rounded once, halves away from zero. `rate` is units of the target for one
 * unit of the source (not of their minor units).
 */
export function convert(amount: Minor, from: string, to: string, rate: number): Minor {
  if (from === to) return amount
  return roundHalfAway(amount * rate * 10 ** (minorDigits(to) - minorDigits(from)))
}

/** Decimal text as an exact integer count of 10^-scale; null when it is no plain decimal number. */
function scaled(text: string): { units: bigint; scale: number } | null {
  const match = /^([+-]?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d{1,2}))?$/.exec(text.trim())
  if (match === null) return null
  const fraction = match[3] ?? ''
  const exponent = Number(match[4] ?? 0)
  const units = BigInt(`${match[2] ?? '0'}${fraction}`)
  const signed = match[1] === '-' ? -units : units
  const scale = fraction.length - exponent
  return scale >= 0 ? { units: signed, scale } : { units: signed * 10n ** BigInt(-scale), scale: 0 }
}

/**
 * Sums products of decimal texts exactly and rounds the sum once to minor units, halves away from zero:
 * `sumExactly([['6', '2.55'], ['1', '0.005']], 'GBP')` is 1531. Null when a text is no decimal number.
 */
export function sumExactly(
  products: readonly (readonly string[])[],
  currency: string,
): Minor | null {
  let total = 0n
  let scale = 0
  for (const factors of products) {
    let units = 1n
    let places = 0
    for (const factor of factors) {
      const parsed = scaled(factor)
      if (parsed === null) return null
      units *= parsed.units
      places += parsed.scale
    }
    if (places > scale) {
      total *= 10n ** BigInt(places - scale)
      scale = places
    }
    total += units * 10n ** BigInt(scale - places)
  }
  const places = scale - minorDigits(currency)
  if (places <= 0) return Number(total * 10n ** BigInt(-places))
  const divisor = 10n ** BigInt(places)
  const size = total < 0n ? -total : total
  const rounded = (size * 2n + divisor) / (divisor * 2n)
  return Number(total < 0n ? -rounded : rounded)
}
