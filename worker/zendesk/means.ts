import type { Env } from '../env.ts'
import { clock } from '../http.ts'
import type { Means } from './tokens.ts'
import { readRing } from './vault.ts'

/** Where Zendesk sends an admin's browser back to, below our own address. */
export const callbackPath = '/connections/zendesk/callback'

/** What this deployment needs for talking to Zendesk; null while it has no client there. Throws for bad keys. */
export async function meansOf(env: Env, origin: string): Promise<Means | null> {
  const { ZENDESK_CLIENT_ID: id, ZENDESK_CLIENT_SECRET: secret, TOKEN_KEYS: keys } = env
  if (!id || !secret || !keys) return null
  return {
    client: { id, secret, redirectUri: new URL(callbackPath, origin).href },
    ring: await readRing(keys),
    outside: {
      fetch: (input, init) => fetch(input, init),
      now: () => clock(env),
      random: Math.random,
      marketplace: {
        'X-Zendesk-Marketplace-Name': 'Rapport',
        'X-Zendesk-Marketplace-Organization-Id': env.ZENDESK_ORGANIZATION_ID ?? '0',
        'X-Zendesk-Marketplace-App-Id': env.ZENDESK_APP_ID ?? '0',
      },
    },
  }
}
