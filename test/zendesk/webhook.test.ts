import { expect, test } from 'vitest'
import { testSecret } from '../../worker/zendesk/catalog.ts'
import { deliveryOf, hintOf, isGenuine, signatureOf } from '../../worker/zendesk/webhook.ts'

const at = '2021-07-25T10:00:00Z'
const now = Date.parse(at)
const body = '{"say": "hello"}'

function delivery(signature: string, timestamp = at) {
  return { signature, timestamp, webhook: 'w', invocation: 'i' }
}

test('signs timestamp and raw body with the secret as it is written', async () => {
  // Zendesk's public test secret; recomputed by hand: only this order of the two gives this text.
  expect(await signatureOf(testSecret, at, body)).toBe(
    'gf3v0LzLRHPUnIdhbvwRDVEvzSb07/QN0GYjSNlkBT0=',
  )
})

test('a delivery signed with the secret is genuine, for five minutes', async () => {
  const signed = delivery(await signatureOf('secret', at, body))
  expect(await isGenuine('secret', signed, body, now)).toBe(true)
  expect(await isGenuine('secret', signed, body, now + 300_000)).toBe(true)
  expect(await isGenuine('secret', signed, body, now + 300_001)).toBe(false)
  expect(await isGenuine('secret', signed, body, now - 300_001)).toBe(false)
})

test('another body, time or secret is not genuine', async () => {
  const signed = delivery(await signatureOf('secret', at, body))
  expect(await isGenuine('secret', signed, '{"say":"hello"}', now)).toBe(false)
  expect(await isGenuine('other', signed, body, now)).toBe(false)
  expect(
    await isGenuine('secret', { ...signed, timestamp: '2021-07-25T10:00:01Z' }, body, now),
  ).toBe(false)
  expect(await isGenuine('secret', { ...signed, timestamp: 'yesterday' }, body, now)).toBe(false)
  expect(await isGenuine('secret', { ...signed, signature: '!' }, body, now)).toBe(false)
})

test('the help desk’s public test secret proves nothing', async () => {
  const signed = delivery(await signatureOf(testSecret, at, body))
  expect(await isGenuine(testSecret, signed, body, now)).toBe(false)
})

test('a request without all four headers is no delivery', () => {
  const headers = new Headers({
    'X-Zendesk-Webhook-Signature': 's',
    'X-Zendesk-Webhook-Signature-Timestamp': at,
    'X-Zendesk-Webhook-Id': 'w',
    'X-Zendesk-Webhook-Invocation-Id': 'i',
  })
  expect(deliveryOf(headers)).toEqual({
    signature: 's',
    timestamp: at,
    webhook: 'w',
    invocation: 'i',
  })
  headers.delete('X-Zendesk-Webhook-Invocation-Id')
  expect(deliveryOf(headers)).toBeNull()
})

test.each([
  [{ subject: 'zen:ticket:42' }, { kind: 'ticket', id: '42' }],
  [{ subject: 'zen:user:7' }, { kind: 'user', id: '7' }],
  [{ subject: 'zen:organization:7' }, null],
  [{ subject: 'zen:ticket:42x' }, null],
  [{}, null],
  [null, null],
  ['zen:ticket:42', null],
])('%j hints at %j', (event, hint) => {
  expect(hintOf(event)).toEqual(hint)
})
