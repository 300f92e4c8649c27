import { SignJWT, errors, jwtVerify } from 'jose'
import { z } from 'zod'
import type { Permissions } from '../accounts/account.ts'
import { AppError } from '../errors.ts'
import type { Role, Scope } from './catalog.ts'
import { roles } from './catalog.ts'

/** What an app session says, signed by the Worker. */
export interface Session {
  account: number
  /** The help desk's installation that opened it; another one ends it. */
  installation: string
  /** Help-desk user id. */
  user: string
  role: Role
  /** Epoch ms of the signed request that began it; renewing keeps it. */
  startedAt: number
}

const minutes = 60_000
/** A token is good for half an hour … */
const tokenLife = 30 * minutes
/** … and renewed for twelve hours from the signed request. */
const sessionLife = 12 * 60 * minutes
/** Sets these tokens apart from anything else the secret may come to sign. */
const audience = 'rapport:session'

const claims = z.strictObject({
  account: z.int().positive(),
  installation: z.string(),
  user: z.string(),
  role: z.enum(roles),
  startedAt: z.int(),
  aud: z.literal(audience),
  exp: z.int(),
})

/** Signs a session token; it never outlives the session. `expiresAt` is epoch ms, whole seconds. */
export async function mintSession(
  session: Session,
  secret: string,
  now: number,
): Promise<{ token: string; expiresAt: number }> {
  const ends = Math.min(now + tokenLife, session.startedAt + sessionLife)
  const exp = Math.floor(ends / 1_000)
  const token = await new SignJWT({ ...session })
    .setProtectedHeader({ alg: 'HS256' })
    .setAudience(audience)
    .setExpirationTime(exp)
    .sign(keyOf(secret))
  return { token, expiresAt: exp * 1_000 }
}

/**
 * The session of a token that this Worker signed, or null. With `renewing`, a token past its half hour is still
 * read while the session lasts, so that a laptop that slept can go on.
 */
export async function readSession(
  token: string,
  secret: string,
  now: number,
  options: { renewing?: boolean } = {},
): Promise<Session | null> {
  const key = keyOf(secret)
  try {
    const { payload } = await jwtVerify(token, key, {
      algorithms: ['HS256'],
      audience,
      requiredClaims: ['exp'],
      currentDate: new Date(now),
      clockTolerance: options.renewing === true ? sessionLife / 1_000 : 0,
    })
    const { account, installation, user, role, startedAt } = claims.parse(payload)
    if (now >= startedAt + sessionLife) return null
    return { account, installation, user, role, startedAt }
  } catch (error) {
    if (error instanceof errors.JOSEError || error instanceof z.ZodError) return null
    throw error
  }
}

/** What a help-desk user may do in the app. Ingesting and operating are for keys only. */
export function scopesOf(role: Role, user: string, permissions: Permissions): Scope[] {
  const { satisfaction } = permissions
  const sees = satisfaction.roles.includes(role) || satisfaction.users.includes(user)
  return [
    'read',
    ...(sees ? (['satisfaction'] as const) : []),
    ...(role === 'admin' ? (['admin'] as const) : []),
  ]
}

/** A short or missing secret would let anybody sign, so it stops every session. */
function keyOf(secret: string | undefined): Uint8Array {
  const key = new TextEncoder().encode(secret ?? '')
  if (key.length < 32) throw new AppError('internal', 'SESSION_SECRET has fewer than 32 bytes.')
  return key
}
