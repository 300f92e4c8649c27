/**
 * Bytes in one part: in base64 it stays below the 2 MB of a D1 value. A multiple of 3, so that only the last part
 * is padded.
 */
const PART_BYTES = 1_399_998

/** Newer engines have these; the type library does not know them yet. */
interface Native {
  toBase64?: () => string
  setFromBase64?: (text: string) => { written: number }
}

function native(bytes: object): Native {
  return bytes
}

/** Base64 of bytes, in parts. */
export function toParts(bytes: Uint8Array): string[] {
  const parts: string[] = []
  for (let at = 0; at < bytes.length; at += PART_BYTES) {
    parts.push(base64(bytes.subarray(at, at + PART_BYTES)))
  }
  return parts
}

function base64(bytes: Uint8Array): string {
  const own = native(bytes)
  if (own.toBase64 !== undefined) return own.toBase64()
  let text = ''
  for (let at = 0; at < bytes.length; at += 8_192) {
    text += String.fromCharCode(...bytes.subarray(at, at + 8_192))
  }
  return btoa(text)
}

function sizeOf(part: string): number {
  const padding = part.endsWith('==') ? 2 : part.endsWith('=') ? 1 : 0
  return (part.length / 4) * 3 - padding
}

/** The bytes of parts; null when one is no base64. */
export function fromParts(parts: readonly string[]): Uint8Array | null {
  if (parts.some((part) => part.length % 4 !== 0)) return null
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + sizeOf(part), 0))
  let at = 0
  for (const part of parts) {
    const target = bytes.subarray(at, at + sizeOf(part))
    if (!read(part, target)) return null
    at += target.length
  }
  return bytes
}

function read(part: string, target: Uint8Array): boolean {
  try {
    const own = native(target)
    if (own.setFromBase64 !== undefined) return own.setFromBase64(part).written === target.length
    const text = atob(part)
    for (let k = 0; k < text.length; k += 1) target[k] = text.charCodeAt(k)
    return text.length === target.length
  } catch {
    return false
  }
}
