import type { Scalar } from '../../worker/segments/rule.ts'

/** Values in one line: commas between them, and one that has a comma itself in quotes. */
export function joined(values: readonly Scalar[]): string {
  return values.map((one) => (String(one).includes(',') ? `"${one}"` : String(one))).join(', ')
}

/** The values that a line holds; the last may still be written. */
export function partsOf(text: string): string[] {
  return [...text.matchAll(/\s*(?:"([^"]*)"?|([^,]*))\s*(?:,|$)/g)]
    .map(([, quoted, plain = '']) => (quoted ?? plain).trim())
    .filter((one) => one !== '')
}

/**
 * What a typed text stands for: the shop's own value where it has one that reads so, else a number where it is
 * written as one. "17.0" is a text, 17 a number.
 */
export function scalarOf(text: string, known: readonly Scalar[] = []): Scalar {
  const own = known.find((one) => String(one) === text)
  if (own !== undefined) return own
  if (text === 'true' || text === 'false') return text === 'true'
  return String(Number(text)) === text ? Number(text) : text
}
