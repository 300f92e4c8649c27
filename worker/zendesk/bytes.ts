/** Standard base64 of some bytes; short ones, such as keys and signatures. */
export function toBase64(bytes: Uint8Array): string {
  return btoa(String.fromCodePoint(...bytes))
}

/** The bytes of a standard base64 text; null when it is none. */
export function fromBase64(text: string): Uint8Array<ArrayBuffer> | null {
  try {
    return Uint8Array.from(atob(text), (letter) => letter.codePointAt(0) ?? 0)
  } catch {
    return null
  }
}
