/** How a character takes part in features: by words, by Hangul syllables, by ideographs, or as a sign. */
export const WORD = 1
export const HANGUL = 2
export const IDEOGRAPH = 3
export const SIGN = 4
export const SPACE = 0
export type CharClass = typeof SPACE | typeof WORD | typeof HANGUL | typeof IDEOGRAPH | typeof SIGN

const letterOrDigit = /[\p{L}\p{M}\p{N}]/u

function classify(code: number): CharClass {
  if (code <= 0x20 || code === 0xa0) return SPACE
  if (code === 0x27 || code === 0x2019) return WORD
  if ((code >= 0x1100 && code <= 0x11ff) || (code >= 0x3130 && code <= 0x318f)) return HANGUL
  if (code >= 0xac00 && code <= 0xd7a3) return HANGUL
  if (code === 0x3005 || (code >= 0x3041 && code <= 0x30ff && code !== 0x30fb)) return IDEOGRAPH
  if ((code >= 0x3400 && code <= 0x9fff) || (code >= 0xf900 && code <= 0xfaff)) return IDEOGRAPH
  // Thai, Lao, Burmese and Khmer are written without spaces between words.
  if (code >= 0x0e00 && code <= 0x0eff && code !== 0x0e3f) return IDEOGRAPH
  if ((code >= 0x1000 && code <= 0x109f) || (code >= 0x1780 && code <= 0x17ff)) return IDEOGRAPH
  if (code >= 0xd800 && code <= 0xdfff) return SIGN
  if (/\s/u.test(String.fromCharCode(code))) return SPACE
  return letterOrDigit.test(String.fromCharCode(code)) ? WORD : SIGN
}

const unknown = 255
const table = new Uint8Array(0x10000).fill(unknown)

/** Class of a UTF-16 code unit; halves of surrogate pairs (emoji) are signs. Filled as characters are met. */
export function classOf(code: number): number {
  const known = table[code] ?? SIGN
  if (known !== unknown) return known
  const found = classify(code)
  table[code] = found
  return found
}
