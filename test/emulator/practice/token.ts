import { randomUUID, sign } from 'node:crypto'

export interface SignedUrlClaims {
  subdomain: string
  installation: string
  /** Help-desk user who opens the app. */
  user: string
  location: string
  /** Instant of signing, epoch milliseconds. */
  now: number
}

/** Seconds between signing and expiry. */
const lifetime = 120

/** The token that the help desk posts to the app's address: a JWT signed with RS256. */
export function signedUrlToken(claims: SignedUrlClaims, privateKey: string): string {
  const host = `${claims.subdomain}.zendesk.com`
  const issued = Math.floor(claims.now / 1_000)
  const payload = {
    iss: host,
    aud: `https://${host}/api/v2/apps/installations/${claims.installation}.json`,
    sub: `https://${host}/api/v2/users/${claims.user}.json`,
    iat: issued,
    exp: issued + lifetime,
    jti: randomUUID(),
    context: { product: 'support', location: claims.location },
  }
  const head = `${part({ alg: 'RS256', typ: 'JWT' })}.${part(payload)}`
  return `${head}.${sign('RSA-SHA256', Buffer.from(head), privateKey).toString('base64url')}`
}

function part(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url')
}
