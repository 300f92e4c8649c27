import type { Db } from '../db.ts'
import { endLease, takeLease } from '../lease.ts'
import type { Outside } from './ask.ts'
import { pace } from './catalog.ts'
import type { Client, Tokens } from './oauth.ts'
import { readTokens, refreshBody } from './oauth.ts'
import {
  breakConnection,
  type Connection,
  findConnection,
  replaceTokens,
  type SealedTokens,
} from './store.ts'
import { isOld, type Ring, seal, unseal } from './vault.ts'

/** What turns a connection into requests. */
export interface Means {
  outside: Outside
  client: Client
  ring: Ring
}

/** A token is renewed when it would end within this (ms). */
const early = 120_000
/** One renews; the others look for its result this often, and so long. The lease outlives the slowest answer. */
const lease = { name: 'zendesk-token', duration: pace.timeout + 10_000 }
const wait = { pause: 50, most: 5_000 }

export type Access = { ok: true; token: string; version: number } | { ok: false }

/**
 * A token that works, renewed when it is about to end or when `refused` names the version that Zendesk no longer
 * takes. A renewal ends the pair it is made with, so only the holder of a lease makes one, whatever isolate it
 * is in, and the new pair is stored before anybody uses it.
 */
export async function accessOf(
  db: Db,
  account: number,
  means: Means,
  refused: number | null = null,
): Promise<Access> {
  const { now } = means.outside
  const holder = crypto.randomUUID()
  const until = performance.now() + wait.most
  for (;;) {
    const connection = await findConnection(db, account)
    if (connection === null || connection.state !== 'connected') return { ok: false }
    const fresh = connection.version !== refused && connection.expiresAt - early > now()
    if (fresh) return await opened(connection, account, means)
    const taken = await db.all(takeLease(account, lease.name, holder, now(), lease.duration))
    if (taken.length > 0) {
      try {
        return await renew(db, account, means, refused)
      } finally {
        await db.batch([endLease(account, lease.name, holder)])
      }
    }
    if (performance.now() > until) return { ok: false }
    await new Promise((resolve) => setTimeout(resolve, wait.pause))
  }
}

async function opened(connection: Connection, account: number, { ring }: Means): Promise<Access> {
  const token = connection.access === null ? null : await unseal(ring, account, connection.access)
  return token === null ? { ok: false } : { ok: true, token, version: connection.version }
}

/** Under the lease: looks again, because somebody may have just renewed, then trades the pair for a new one. */
async function renew(
  db: Db,
  account: number,
  means: Means,
  refused: number | null,
): Promise<Access> {
  const { outside, client, ring } = means
  const connection = await findConnection(db, account)
  if (connection === null || connection.state !== 'connected') return { ok: false }
  const { version } = connection
  if (version !== refused && connection.expiresAt - early > outside.now()) {
    return opened(connection, account, means)
  }
  const refresh = await unseal(ring, account, connection.refresh ?? '')
  if (refresh === null || connection.refreshExpiresAt <= outside.now()) {
    await db.batch([breakConnection(account, version, 'unauthorized')])
    return { ok: false }
  }
  const reply = await requestTokens(outside, connection.subdomain, refreshBody(client, refresh))
  if (reply === 'refused') {
    await db.batch([breakConnection(account, version, 'unauthorized')])
    return { ok: false }
  }
  if (reply === 'unavailable') return { ok: false }
  const sealed = await sealTokens(ring, account, reply)
  const saved = await db.all(replaceTokens(account, version, sealed))
  return saved.length === 0
    ? { ok: false }
    : { ok: true, token: reply.access, version: version + 1 }
}

/**
 * Asks the token address. `refused`: the code or pair is no longer good. `unavailable`: nobody knows; the same is
 * tried again, since the request may never have arrived.
 */
export async function requestTokens(
  outside: Outside,
  subdomain: string,
  body: unknown,
): Promise<Tokens | 'refused' | 'unavailable'> {
  const url = `https://${subdomain}.zendesk.com/oauth/tokens`
  try {
    const response = await outside.fetch(url, {
      method: 'POST',
      headers: { ...outside.marketplace, 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(pace.timeout),
    })
    if (response.status === 400 || response.status === 401 || response.status === 403) {
      return 'refused'
    }
    if (!response.ok) return 'unavailable'
    return readTokens(await response.json(), outside.now()) ?? 'unavailable'
  } catch {
    return 'unavailable'
  }
}

export async function sealTokens(
  ring: Ring,
  account: number,
  tokens: Tokens,
): Promise<SealedTokens> {
  const { expiresAt, refreshExpiresAt, scope } = tokens
  const [access, refresh] = await Promise.all([
    seal(ring, account, tokens.access),
    seal(ring, account, tokens.refresh),
  ])
  return { access, refresh, expiresAt, refreshExpiresAt, scope }
}

/** Seals a pair again that an older key of the ring sealed; true when it did. */
export async function rotate(
  db: Db,
  account: number,
  connection: Connection,
  ring: Ring,
): Promise<boolean> {
  const { access, refresh, version, expiresAt, refreshExpiresAt, scope } = connection
  if (access === null || refresh === null || !isOld(ring, refresh)) return false
  const [first, second] = [
    await unseal(ring, account, access),
    await unseal(ring, account, refresh),
  ]
  if (first === null || second === null) return false
  const tokens = { access: first, refresh: second, expiresAt, refreshExpiresAt, scope }
  const sealed = await sealTokens(ring, account, tokens)
  return (await db.all(replaceTokens(account, version, sealed))).length > 0
}
