import { decodeJwt, errors, importSPKI, jwtVerify } from 'jose'
import { hashOf } from './key.ts'

/** What a help desk's signature is checked against. */
export interface Desk {
  subdomain: string
  installation: string
  /** PEM of the app's RSA key. */
  publicKey: string
}

/** Why a signed request is refused; goes to the log, never to the page. */
export type Refusal =
  | 'malformed'
  | 'algorithm'
  | 'signature'
  | 'issuer'
  | 'audience'
  | 'subject'
  | 'expired'
  | 'not yet valid'
  | 'claims'

export type Verdict =
  | { ok: true; user: string; fingerprint: string; expiresAt: number }
  | { ok: false; reason: Refusal }

/** Seconds that clocks may differ. */
const leeway = 30
/** Seconds that a signed request may be old. */
const maxAge = 300

const shape = /^([\w-]+\.[\w-]+)\.[\w-]+$/
const issuer = /^(?:https:\/\/)?([a-z0-9][a-z0-9-]{0,62})\.zendesk\.com$/

/** Sub-domain that a token claims to come from, still unverified; null when it names none. */
export function claimedSubdomain(token: string): string | null {
  if (!shape.test(token)) return null
  try {
    const claimed = decodeJwt(token).iss
    return typeof claimed === 'string' ? (issuer.exec(claimed)?.[1] ?? null) : null
  } catch {
    return null
  }
}

/**
 * Verifies a help desk's signed request (RS256) at an instant. `user` is the help-desk user id. `fingerprint` is the
 * SHA-256 of what was signed, not of the whole token: the last letter of a signature can change without changing
 * the signature. `expiresAt` is the epoch ms from which the token is refused by its age alone.
 */
export async function verifySigned(token: string, desk: Desk, now: number): Promise<Verdict> {
  const signed = shape.exec(token)?.[1]
  if (signed === undefined) return { ok: false, reason: 'malformed' }
  const host = `${desk.subdomain}.zendesk.com`
  try {
    const key = await importSPKI(desk.publicKey, 'RS256')
    const { payload } = await jwtVerify(token, key, {
      algorithms: ['RS256'],
      issuer: [host, `https://${host}`],
      audience: audienceOf(desk),
      clockTolerance: leeway,
      maxTokenAge: maxAge,
      requiredClaims: ['exp', 'iat', 'sub'],
      currentDate: new Date(now),
    })
    const user = userOf(payload.sub ?? '', host)
    if (user === null) return { ok: false, reason: 'subject' }
    // A list of audiences would let one token open several installations.
    if (typeof payload.aud !== 'string') return { ok: false, reason: 'audience' }
    const ends = Math.ceil(Math.min(payload.exp ?? 0, (payload.iat ?? 0) + maxAge)) + leeway
    return { ok: true, user, fingerprint: await hashOf(signed), expiresAt: (ends + 1) * 1_000 }
  } catch (error) {
    return { ok: false, reason: refusalOf(error) }
  }
}

/** Address of the installation: the audience of its tokens. */
function audienceOf(desk: Desk): string {
  return `https://${desk.subdomain}.zendesk.com/api/v2/apps/installations/${desk.installation}.json`
}

/** `7` or `https://<host>/api/v2/users/7.json` → `7`. */
function userOf(subject: string, host: string): string | null {
  const prefix = `https://${host}/api/v2/users/`
  const id =
    subject.startsWith(prefix) && subject.endsWith('.json')
      ? subject.slice(prefix.length, -'.json'.length)
      : subject
  return /^\d{1,20}$/.test(id) ? id : null
}

const reasonOfClaim: Record<string, Refusal> = {
  iss: 'issuer',
  aud: 'audience',
  sub: 'subject',
  nbf: 'not yet valid',
  iat: 'not yet valid',
}

function refusalOf(error: unknown): Refusal {
  if (error instanceof errors.JWTExpired) return 'expired'
  if (error instanceof errors.JWTClaimValidationFailed) {
    return error.reason === 'missing' ? 'claims' : (reasonOfClaim[error.claim] ?? 'claims')
  }
  if (error instanceof errors.JWSSignatureVerificationFailed) return 'signature'
  if (error instanceof errors.JOSEAlgNotAllowed) return 'algorithm'
  return 'malformed'
}

/** True when a PEM text is an RSA key long enough for RS256. */
export async function isSigningKey(pem: string): Promise<boolean> {
  try {
    const { algorithm } = await importSPKI(pem, 'RS256')
    return 'modulusLength' in algorithm && Number(algorithm.modulusLength) >= 2_048
  } catch {
    return false
  }
}
