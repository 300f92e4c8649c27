import { createHash, randomBytes } from 'node:crypto'
import { type Answer, ok, problem } from './paging.ts'

export interface Token {
  access: string
  refresh: string
  /** User in whose name it acts. */
  user: number
  expiresAt: number
  refreshExpiresAt: number
  scope: string
}

interface Code {
  user: number
  challenge: string
  redirectUri: string
  expiresAt: number
  scope: string
}

export interface OAuth {
  /** What an admin's yes leads to: the address to go back to, with a code. */
  approve: (url: URL, user: number) => string | Answer
  token: (body: Record<string, unknown>) => Answer
  find: (access: string) => Token | undefined
  revoke: (access: string) => void
  tokens: Token[]
  /** Pairs given out so far. */
  given: () => number
}

export interface OAuthOptions {
  now: () => number
  clientId: string
  clientSecret: string
  redirectUris: (uri: string) => boolean
  /** Tokens of an earlier start. */
  tokens?: Token[]
  changed?: () => void
}

/** Seconds that Zendesk allows for a token, and a code. */
const limits = { access: [300, 172_800], refresh: [604_800, 7_776_000], code: 120 } as const

/** Zendesk's authorisation server: code with PKCE, expiring pairs, a refresh ends the pair before. */
export function openOAuth(options: OAuthOptions): OAuth {
  const { now, changed = () => {} } = options
  const codes = new Map<string, Code>()
  const tokens: Token[] = [...(options.tokens ?? [])]
  let given = 0
  const give = (user: number, scope: string, body: Record<string, unknown>): Answer => {
    const access = Number(body['expires_in'] ?? 1_800)
    const refresh = Number(body['refresh_token_expires_in'] ?? 30 * 86_400)
    if (!(access > limits.access[0] && access <= limits.access[1])) {
      return problem(400, 'invalid_request', 'expires_in is out of range')
    }
    if (!(refresh >= limits.refresh[0] && refresh <= limits.refresh[1])) {
      return problem(400, 'invalid_request', 'refresh_token_expires_in is out of range')
    }
    given += 1
    const token = {
      access: randomBytes(32).toString('hex'),
      refresh: randomBytes(32).toString('hex'),
      user,
      scope,
      expiresAt: now() + access * 1_000,
      refreshExpiresAt: now() + refresh * 1_000,
    }
    tokens.push(token)
    changed()
    return ok({
      access_token: token.access,
      refresh_token: token.refresh,
      token_type: 'bearer',
      scope,
      expires_in: access,
      refresh_token_expires_in: refresh,
    })
  }
  const drop = (token: Token) => {
    tokens.splice(tokens.indexOf(token), 1)
    changed()
  }
  return {
    tokens,
    given: () => given,
    approve(url, user) {
      const read = (name: string) => url.searchParams.get(name) ?? ''
      if (read('client_id') !== options.clientId || read('response_type') !== 'code') {
        return problem(400, 'invalid_client', 'The client is not known.')
      }
      if (!options.redirectUris(read('redirect_uri'))) {
        return problem(400, 'invalid_request', 'The redirect_uri is not registered.')
      }
      if (read('code_challenge_method') !== 'S256' || read('code_challenge') === '') {
        return problem(400, 'invalid_request', 'PKCE with S256 is required.')
      }
      const code = randomBytes(24).toString('hex')
      codes.set(code, {
        user,
        challenge: read('code_challenge'),
        redirectUri: read('redirect_uri'),
        expiresAt: now() + limits.code * 1_000,
        scope: read('scope'),
      })
      const back = new URL(read('redirect_uri'))
      back.searchParams.set('code', code)
      back.searchParams.set('state', read('state'))
      return back.href
    },
    token(body) {
      if (
        body['client_id'] !== options.clientId ||
        body['client_secret'] !== options.clientSecret
      ) {
        return problem(401, 'invalid_client', 'Client authentication failed.')
      }
      const bad = problem(400, 'invalid_grant', 'The grant is invalid, expired or revoked.')
      if (body['grant_type'] === 'authorization_code') {
        const code = codes.get(String(body['code']))
        codes.delete(String(body['code']))
        if (code === undefined || code.expiresAt < now()) return bad
        const hash = createHash('sha256').update(String(body['code_verifier'])).digest('base64url')
        if (hash !== code.challenge || body['redirect_uri'] !== code.redirectUri) return bad
        return give(code.user, code.scope, body)
      }
      if (body['grant_type'] === 'refresh_token') {
        const token = tokens.find(({ refresh }) => refresh === body['refresh_token'])
        if (token === undefined || token.refreshExpiresAt < now()) return bad
        const made = give(token.user, token.scope, body)
        if (made.status === 200) drop(token)
        return made
      }
      return problem(400, 'unsupported_grant_type', 'The grant type is not supported.')
    },
    find: (access) => tokens.find((one) => one.access === access && one.expiresAt > now()),
    revoke(access) {
      const token = tokens.find((one) => one.access === access)
      if (token !== undefined) drop(token)
    },
  }
}
