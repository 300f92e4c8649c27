/** A key names its account, so that its hash is looked up inside that account only. */
const shape = /^rk_(\d{1,12})_([\w-]{43})$/

/** Account of a key text, or null when the text is not a key at all. */
export function accountOfKey(text: string): number | null {
  const account = shape.exec(text)?.[1]
  return account === undefined ? null : Number(account)
}

/** Makes a key of 256 random bits for an account. */
export function makeKey(account: number, random: Uint8Array<ArrayBuffer>): string {
  return `rk_${account}_${base64Url(random)}`
}

/** SHA-256 in hexadecimal: all that is kept of a key or token. */
export async function hashOf(text: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** Compares two secrets in a time that does not depend on where they differ. */
export async function sameSecret(left: string, right: string): Promise<boolean> {
  const [a, b] = await Promise.all([hashOf(left), hashOf(right)])
  let difference = 0
  for (let i = 0; i < a.length; i += 1) difference |= a.charCodeAt(i) ^ b.charCodeAt(i)
  return difference === 0
}

function base64Url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')
}
