/**
 * e^x from additions, multiplications and divisions only, which IEEE 754 fixes to the last bit, so that every
 * engine gives the same number. Relative error below 1e-13 for |x| ≤ 40; beyond that it is clamped.
 */
export function exp(x: number): number {
  const bounded = Math.max(-40, Math.min(40, x))
  const k = Math.round(bounded / Math.LN2)
  const r = bounded - k * Math.LN2
  let sum = 1
  for (let i = 13; i > 0; i--) sum = 1 + (r * sum) / i
  let power = 1
  for (let i = Math.abs(k); i > 0; i--) power *= 2
  return k < 0 ? sum / power : sum * power
}

/** 1 / (1 + e^-x). */
export function sigmoid(x: number): number {
  return 1 / (1 + exp(-x))
}
