import type { Scalar } from '../../worker/segments/rule.ts'

/** Values in one line with commas between them; one that would be read otherwise is in quotes, as in a CSV file. */
export function joined(values: readonly Scalar[]): string {
  return values
    .map(String)
    .map((one) => (/^\s|^"|,|\s$/.test(one) ? `"${one.replaceAll('"', '""')}"` : one))
    .join(', ')
}

/** The values that a line holds, and whether the last one is still being written. */
export function partsOf(text: string): { parts: string[]; isOpen: boolean } {
  const found = [...text.matchAll(/\s*(?:"((?:[^"]|"")*)("?)[^,]*|([^,]*))(,|$)/g)]
  const parts: string[] = []
  let isOpen = false
  for (const [, quoted, end, plain = '', comma] of found) {
    const part = quoted === undefined ? plain.trim() : quoted.replaceAll('""', '"')
    if (part === '') continue
    parts.push(part)
    isOpen = comma !== ',' && end !== '"'
  }
  return { parts, isOpen }
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
