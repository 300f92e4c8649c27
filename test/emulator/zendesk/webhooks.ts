import { createHmac, randomUUID } from 'node:crypto'
import type { ZendeskAccount } from './account.ts'
import type { ZWebhook } from './objects.ts'
import { iso } from './objects.ts'

export interface WebhookOptions {
  send: (
    endpoint: string,
    init: { headers: Record<string, string>; body: string },
  ) => Promise<number>
  /** Deliveries that are lost, doubled or held back until the next one; none by default. */
  mischief?: (turn: number) => 'lost' | 'doubled' | 'late' | null
}

/** The signature of a delivery: base64(HMAC-SHA256(secret, timestamp + body)). */
export function signatureOf(secret: string, timestamp: string, body: string): string {
  return createHmac('sha256', secret)
    .update(timestamp + body)
    .digest('base64')
}

/** Headers of a delivery as Zendesk sends it. */
export function deliveryHeaders(
  account: ZendeskAccount,
  webhook: ZWebhook,
  body: string,
  invocation: string = randomUUID(),
): Record<string, string> {
  const timestamp = iso(account.now())
  return {
    'Content-Type': 'application/json; charset=utf-8',
    'X-Zendesk-Account-Id': account.number,
    'X-Zendesk-Webhook-Id': webhook.id,
    'X-Zendesk-Webhook-Invocation-Id': invocation,
    'X-Zendesk-Webhook-Signature': signatureOf(webhook.secret, timestamp, body),
    'X-Zendesk-Webhook-Signature-Timestamp': timestamp,
  }
}

/** Delivers what happens in the account to the webhooks that asked for it; tries 409, 429 and 503 up to three times. */
export function openWebhooks(account: ZendeskAccount, options: WebhookOptions) {
  let turn = 0
  let work: Promise<unknown> = Promise.resolve()
  let held: (() => Promise<void>) | null = null
  const deliver = async (webhook: ZWebhook, body: string, invocation: string) => {
    for (let attempt = 0; attempt < 3; attempt += 1) {
      const headers = deliveryHeaders(account, webhook, body, invocation)
      const status = await options.send(webhook.endpoint, { headers, body }).catch(() => 503)
      if (status !== 409 && status !== 429 && status !== 503) return
    }
  }
  account.changed = (type, subject) => {
    for (const webhook of account.webhooks.values()) {
      if (webhook.status !== 'active') continue
      if (!webhook.subscriptions.includes(`zen:event-type:${type}`)) continue
      const event = {
        account_id: Number(account.number),
        id: randomUUID(),
        subject,
        time: iso(account.now()),
        type: `zen:event-type:${type}`,
        zendesk_event_version: '2022-11-06',
        detail: { id: subject.split(':').at(-1) },
        event: {},
      }
      const body = JSON.stringify(event)
      const invocation = randomUUID()
      turn += 1
      const what = options.mischief?.(turn) ?? null
      const once = () => deliver(webhook, body, invocation)
      if (what === 'lost') continue
      if (what === 'late') {
        held = once
        continue
      }
      const after = held
      held = null
      work = work
        .then(once)
        .then(() => (what === 'doubled' ? once() : undefined))
        .then(() => after?.())
    }
  }
  account.notify = (id, body) => {
    const webhook = account.webhooks.get(id)
    if (webhook?.status !== 'active') return
    work = work.then(() => deliver(webhook, body, randomUUID()))
  }
  /** Ends when everything that was told so far has been delivered. */
  return { idle: () => work }
}
