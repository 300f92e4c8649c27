import type { SigningDesk } from '../signing.ts'
import { claimsOf, sign, signingDesk } from '../signing.ts'
import { call, json, newAccount } from './api.ts'

/** An account whose help desk signs its requests with `desk`. */
export interface ConnectedAccount {
  id: number
  key: string
  origin: string
  desk: SigningDesk
}

let subdomains = 0

/** A fresh account, connected to a help desk of its own. */
export async function connectedAccount(
  overrides: Record<string, unknown> = {},
): Promise<ConnectedAccount> {
  const { id, key } = await newAccount(overrides)
  subdomains += 1
  const desk = await signingDesk(`shop-${id}-${subdomains}`)
  const origin = `https://${desk.subdomain}.zendesk.com`
  const { subdomain, installation, publicKey } = desk
  const helpDesk = { subdomain, installation, publicKey, frameOrigins: [origin] }
  await json('PATCH', `/v1/accounts/${id}`, { body: { helpDesk } })
  return { id, key, origin, desk }
}

const builtPage = `<!doctype html>
<html><head><script src="./app.js"></script><!--rapport-session--></head><body></body></html>`

/** The Worker over built pages of one line each; what it asks for decides which one it gets. */
export const pages: Fetcher = {
  fetch: async (input) => {
    const path = new URL(input instanceof Request ? input.url : input).pathname
    return path === '/sidebar.html' || path === '/nav_bar.html'
      ? new Response(builtPage.replace('<body>', `<body>${path}`))
      : new Response('', { status: 404 })
  },
  connect: () => {
    throw new Error('pages are fetched')
  },
}

/** Posts a token to a location as the help desk does. */
export function postToken(
  token: string | null,
  options: { location?: string; query?: string; pages?: Fetcher } = {},
): Promise<Response> {
  const query = options.query === undefined ? '' : `?${options.query}`
  return call('POST', `/zaf/${options.location ?? 'sidebar'}${query}`, {
    key: null,
    headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(token === null ? {} : { token }).toString(),
    env: { ASSETS: options.pages ?? pages },
  })
}

/** Opens the app as a user of the account does. */
export async function openApp(
  account: ConnectedAccount,
  options: { user?: string; location?: string; claims?: Record<string, unknown> } = {},
): Promise<Response> {
  const claims = claimsOf(account.desk, Date.now(), {
    sub: options.user ?? '42',
    ...options.claims,
  })
  return await postToken(await sign(account.desk, claims), {
    location: options.location ?? 'sidebar',
    query: `origin=${encodeURIComponent(account.origin)}&app_guid=g`,
  })
}

/** What the shell tells the app. */
export interface Boot {
  token: string
  expiresAt: string
  account: { id: number; name: string; timeZone: string; currency: string }
  user: { id: string; role: string }
  location: string
}

/** Reads the session out of a shell. */
export async function bootOf(response: Response): Promise<Boot> {
  const page = await response.text()
  const inside = /<script type="application\/json" id="rapport">(.*?)<\/script>/.exec(page)?.[1]
  if (inside === undefined) throw new Error(`no session in the page: ${response.status} ${page}`)
  return JSON.parse(inside)
}

/** Opens the app and returns its session token. */
export async function sessionOf(account: ConnectedAccount, user = '42'): Promise<string> {
  return (await bootOf(await openApp(account, { user }))).token
}
