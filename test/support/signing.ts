import { SignJWT, base64url, exportSPKI, generateKeyPair } from 'jose'

/** A help desk that signs requests with its own RSA key. */
export interface SigningDesk {
  subdomain: string
  installation: string
  publicKey: string
  privateKey: CryptoKey
}

export async function signingDesk(subdomain: string, installation = '7001'): Promise<SigningDesk> {
  const { publicKey, privateKey } = await generateKeyPair('RS256', { extractable: true })
  return { subdomain, installation, publicKey: await exportSPKI(publicKey), privateKey }
}

/** Claims of a request that user 42 makes now (epoch ms); each may be replaced, or left out with undefined. */
export function claimsOf(
  desk: SigningDesk,
  now: number,
  changes: Record<string, unknown> = {},
): Record<string, unknown> {
  const seconds = Math.floor(now / 1_000)
  const host = `https://${desk.subdomain}.zendesk.com`
  return {
    iss: `${desk.subdomain}.zendesk.com`,
    aud: `${host}/api/v2/apps/installations/${desk.installation}.json`,
    sub: `${host}/api/v2/users/42.json`,
    iat: seconds,
    nbf: seconds,
    exp: seconds + 60,
    context: { product: 'support', location: 'ticket_sidebar' },
    ...changes,
  }
}

/** Signs claims as the desk does. Each token differs from the others. */
export async function sign(
  desk: SigningDesk,
  claims: Record<string, unknown>,
  header: Record<string, unknown> = {},
): Promise<string> {
  return await new SignJWT({ jti: crypto.randomUUID(), ...claims })
    .setProtectedHeader({ typ: 'JWT', ...header, alg: 'RS256' })
    .sign(desk.privateKey)
}

/** A token that says it is not signed at all. */
export function unsigned(claims: Record<string, unknown>): string {
  return `${base64url.encode('{"alg":"none"}')}.${base64url.encode(JSON.stringify(claims))}.`
}

/** The classic confusion: HS256 with the public key's text as its secret. */
export async function signedWithPublicKey(
  desk: SigningDesk,
  claims: Record<string, unknown>,
): Promise<string> {
  return await new SignJWT(claims)
    .setProtectedHeader({ alg: 'HS256' })
    .sign(new TextEncoder().encode(desk.publicKey))
}

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

/** Another spelling of the same 2,048-bit signature: its last letter carries four bits that mean nothing. */
export function respelled(token: string): string {
  const last = letters.indexOf(token.at(-1) ?? 'A')
  return token.slice(0, -1) + letters.charAt(last ^ 1)
}
