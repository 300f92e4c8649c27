import { fromBase64, toBase64 } from './bytes.ts'
import { testSecret } from './catalog.ts'

/** What a delivery says of itself, beside its body. */
export interface Delivery {
  signature: string
  /** ISO 8601. */
  timestamp: string
  webhook: string
  invocation: string
}

/** A delivery may be this old, or this far ahead (ms). */
const leeway = 300_000

/** The delivery in the headers of a request; null when one is missing. */
export function deliveryOf(headers: Headers): Delivery | null {
  const read = (name: string) => headers.get(`X-Zendesk-Webhook-${name}`)
  const [signature, timestamp] = [read('Signature'), read('Signature-Timestamp')]
  const [webhook, invocation] = [read('Id'), read('Invocation-Id')]
  if (signature === null || timestamp === null || webhook === null || invocation === null)
    return null
  return { signature, timestamp, webhook, invocation }
}

/** base64(HMAC-SHA256(secret, timestamp + raw body)), the secret taken as text. */
export async function signatureOf(
  secret: string,
  timestamp: string,
  body: string,
): Promise<string> {
  const key = await keyOf(secret, 'sign')
  const bytes = await crypto.subtle.sign('HMAC', key, signedText(timestamp, body))
  return toBase64(new Uint8Array(bytes))
}

/** Whether a body was signed with the secret, lately. */
export async function isGenuine(
  secret: string,
  { signature, timestamp }: Delivery,
  body: string,
  now: number,
): Promise<boolean> {
  const at = Date.parse(timestamp)
  if (secret === testSecret || Number.isNaN(at) || Math.abs(now - at) > leeway) return false
  const bytes = fromBase64(signature)
  if (bytes === null) return false
  const key = await keyOf(secret, 'verify')
  return crypto.subtle.verify('HMAC', key, bytes, signedText(timestamp, body))
}

function keyOf(secret: string, use: 'sign' | 'verify'): Promise<CryptoKey> {
  const hash = { name: 'HMAC', hash: 'SHA-256' }
  return crypto.subtle.importKey('raw', new TextEncoder().encode(secret), hash, false, [use])
}

function signedText(timestamp: string, body: string) {
  return new TextEncoder().encode(timestamp + body)
}

/** A thing that may have changed, to be looked at by itself. */
export interface Hint {
  kind: 'ticket' | 'user' | 'rating' | 'survey'
  id: string
}

/** What an event, or a trigger of ours, tells of: tickets and users; null for anything else. */
export function hintOf(event: unknown): Hint | null {
  if (typeof event !== 'object' || event === null) return null
  if ('ticket' in event && /^\d{1,20}$/.test(String(event.ticket))) {
    return { kind: 'ticket', id: String(event.ticket) }
  }
  const subject = 'subject' in event ? String(event.subject) : ''
  const [, kind, id] = /^zen:(ticket|user):(\d{1,20})$/.exec(subject) ?? []
  return id !== undefined && (kind === 'ticket' || kind === 'user') ? { kind, id } : null
}
