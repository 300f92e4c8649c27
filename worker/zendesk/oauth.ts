import { base64url } from 'jose'
import { z } from 'zod'
import { unverified } from './catalog.ts'

/** Our registration at Zendesk: a global, confidential client. */
export interface Client {
  id: string
  secret: string
  redirectUri: string
}

/** Seconds: within what Zendesk allows (5 min … 2 days, 7 … 90 days). */
const lifetimes = { access: 3_600, refresh: 90 * 86_400 }

/** PKCE: what is sent first of a verifier (S256, RFC 7636). */
export async function challengeOf(verifier: string): Promise<string> {
  const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier))
  return base64url.encode(new Uint8Array(hash))
}

/** A random text of 43 letters, for verifiers and states. */
export function randomText(): string {
  return base64url.encode(crypto.getRandomValues(new Uint8Array(32)))
}

/** Where an admin says yes, in a browser. */
export function authorizeUrl(
  origin: string,
  client: Client,
  login: { state: string; challenge: string },
): string {
  const url = new URL('/oauth/authorizations/new', origin)
  url.search = new URLSearchParams({
    response_type: 'code',
    client_id: client.id,
    redirect_uri: client.redirectUri,
    scope: unverified.scopes,
    state: login.state,
    code_challenge: login.challenge,
    code_challenge_method: 'S256',
  }).toString()
  return url.href
}

/** Body of the request that turns a code into tokens. */
export function codeBody(client: Client, code: string, verifier: string) {
  return {
    grant_type: 'authorization_code',
    code,
    code_verifier: verifier,
    redirect_uri: client.redirectUri,
    ...common(client),
  }
}

/** Body of the request for a new pair; it ends the pair that it is asked with. */
export function refreshBody(client: Client, refreshToken: string) {
  return { grant_type: 'refresh_token', refresh_token: refreshToken, ...common(client) }
}

function common(client: Client) {
  return {
    client_id: client.id,
    client_secret: client.secret,
    scope: unverified.scopes,
    expires_in: lifetimes.access,
    refresh_token_expires_in: lifetimes.refresh,
  }
}

/** A pair of tokens; instants are epoch milliseconds. */
export interface Tokens {
  access: string
  refresh: string
  expiresAt: number
  refreshExpiresAt: number
  scope: string
}

const answer = z.object({
  access_token: z.string().min(1),
  refresh_token: z.string().min(1),
  expires_in: z.number().positive().default(1_800),
  refresh_token_expires_in: z
    .number()
    .positive()
    .default(30 * 86_400),
  scope: z.string().default(''),
})

/** The pair in an answer of the token address; null when there is none. */
export function readTokens(body: unknown, now: number): Tokens | null {
  const read = answer.safeParse(body)
  if (!read.success) return null
  const { access_token, refresh_token, expires_in, refresh_token_expires_in, scope } = read.data
  return {
    access: access_token,
    refresh: refresh_token,
    expiresAt: now + expires_in * 1_000,
    refreshExpiresAt: now + refresh_token_expires_in * 1_000,
    scope,
  }
}
