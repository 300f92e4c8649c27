/** A text made comparable, with the way back: `origin[i]` is where character i came from. */
export interface Normalised {
  text: string
  /** Index into the original text for every character, and one more for the end. */
  origin: Uint32Array
}

const url = /(?:https?:\/\/|www\.)[^\s<>"]+/gu
const email = /[\p{L}\p{N}._%+-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+/gu
const handle = /(?<![\p{L}\p{N}])@[\p{L}\p{N}_]+/gu
const longNumber = /\d[\d,.:-]+\d/gu
const runs = /(.)\1{3,}/gu

/** What a link, address, handle or number becomes: its kind matters, its content must not. */
function simplify(token: string): string {
  let text = token.normalize('NFKC').toLowerCase().replaceAll('’', "'").replaceAll('ß', 'ss')
  if (text.includes('://') || text.includes('www.')) text = text.replace(url, 'zurl')
  if (text.includes('@')) text = text.replace(email, 'zmail').replace(handle, 'zuser')
  return text.replace(longNumber, 'z0').replace(runs, '$1$1$1')
}

/**
 * Normalises for features: NFKC, lower case, placeholders for links, addresses, handles and numbers, runs of
 * one character cut to three, single spaces. Composed, decomposed and full-width forms give the same text.
 */
export function normalise(original: string): Normalised {
  const parts: string[] = []
  const origin: number[] = []
  const token = /\S+/gu
  for (let match = token.exec(original); match !== null; match = token.exec(original)) {
    const raw = match[0]
    const start = match.index
    const text = simplify(raw)
    if (text === '') continue
    if (parts.length > 0) {
      parts.push(' ')
      origin.push(start)
    }
    parts.push(text)
    const ratio = raw.length / text.length
    for (let i = 0; i < text.length; i++) origin.push(start + Math.floor(i * ratio))
  }
  origin.push(original.trimEnd().length)
  return { text: parts.join(''), origin: Uint32Array.from(origin) }
}
