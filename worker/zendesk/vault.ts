import { fromBase64, toBase64 } from './bytes.ts'

/** Keys that seal tokens: `name:base64` of 32 bytes each, by commas; the first seals, all of them open. */
export interface Ring {
  current: string
  keys: ReadonlyMap<string, CryptoKey>
}

/** Reads the text of a ring. Throws when it has no key, or one of another length. */
export async function readRing(text: string): Promise<Ring> {
  const keys = new Map<string, CryptoKey>()
  for (const entry of text.split(',').map((one) => one.trim())) {
    const [name = '', body = ''] = entry.split(':')
    const bytes = fromBase64(body)
    if (!/^\w{1,20}$/.test(name) || bytes?.length !== 32) {
      throw new Error('TOKEN_KEYS: expected name:base64 of 32 bytes, separated by commas')
    }
    const uses = ['encrypt', 'decrypt']
    keys.set(name, await crypto.subtle.importKey('raw', bytes, 'AES-GCM', false, uses))
  }
  const [current = ''] = keys.keys()
  return { current, keys }
}

/** Seals a text for one account (AES-GCM, fresh nonce): `<key>.<nonce>.<cipher>`. Other accounts cannot open it. */
export async function seal(ring: Ring, account: number, text: string): Promise<string> {
  const key = ring.keys.get(ring.current)
  if (key === undefined) throw new Error('TOKEN_KEYS: no key to seal with')
  const nonce = crypto.getRandomValues(new Uint8Array(12))
  const cipher = await crypto.subtle.encrypt(
    cipherOf(nonce, account),
    key,
    new TextEncoder().encode(text),
  )
  return [ring.current, toBase64(nonce), toBase64(new Uint8Array(cipher))].join('.')
}

/** Opens what was sealed for the account; null when no key of the ring opens it. */
export async function unseal(ring: Ring, account: number, sealed: string): Promise<string | null> {
  const [name = '', nonce = '', cipher = ''] = sealed.split('.')
  const key = ring.keys.get(name)
  const [start, body] = [fromBase64(nonce), fromBase64(cipher)]
  if (key === undefined || start === null || body === null) return null
  try {
    const text = await crypto.subtle.decrypt(cipherOf(start, account), key, body)
    return new TextDecoder().decode(text)
  } catch {
    return null
  }
}

/** True when a sealed text was made with a key that is no longer the first of the ring. */
export function isOld(ring: Ring, sealed: string): boolean {
  return !sealed.startsWith(`${ring.current}.`)
}

function cipherOf(nonce: Uint8Array<ArrayBuffer>, account: number) {
  return {
    name: 'AES-GCM',
    iv: nonce,
    additionalData: new TextEncoder().encode(`account ${account}`),
  }
}
