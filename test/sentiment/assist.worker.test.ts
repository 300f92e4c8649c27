import { env } from 'cloudflare:workers'
import { expect, test, vi } from 'vitest'
import { askAssistant, assist, labelIn } from '../../worker/sentiment/assist.ts'
import { call, json, newAccount } from '../support/worker/api.ts'
import { keepUpWith } from '../support/worker/rebuild.ts'

/** Praise beside a failure: what the model calls uncertain. */
const sarcastic = 'Great, my parcel is late again.'

test.each([
  [{ response: 'negative' }, 'negative'],
  [{ response: ' Positive. ' }, 'positive'],
  [{ response: 'I think it is negative' }, null],
  [{ answer: 'negative' }, null],
  ['negative', null],
  [null, null],
])('reads %j as %j', (answer, label) => {
  expect(labelIn(answer)).toBe(label)
})

test('a late answer, and one that fails, is none', async () => {
  const never = { run: () => new Promise(() => {}) }
  expect(await askAssistant(never, 'Hello', 20)).toBeNull()
  const broken = { run: async () => Promise.reject(new Error('out of neurons')) }
  expect(await askAssistant(broken, 'Hello')).toBeNull()
})

/** Sends one message to an account with a language model beside it; returns what the model was asked. */
async function sent(text: string, assistedSentiment: boolean) {
  const run = vi.fn<(model: string, input: unknown) => Promise<unknown>>(async () => ({
    response: 'negative',
  }))
  const { id, key } = await newAccount()
  await json('PATCH', '/v1/account', { key, body: { assistedSentiment } })
  const at = new Date().toISOString()
  const requester = { id: 'zendesk:1' }
  const ticket = { id: 't', channel: 'email', requester, status: 'open', createdAt: at }
  await json('PUT', '/v1/tickets', { key, body: [ticket] })
  const message = { id: 'm', ticketId: 't', at, author: 'customer', public: true, text }
  await call('PUT', '/v1/messages', { key, body: [message], env: { AI: { run } } })
  await keepUpWith(id)
  const row = await env.SHARD_00.prepare('SELECT sentiment FROM messages WHERE account = ?')
    .bind(id)
    .first<{ sentiment: string }>()
  const card = await json<{ sentiment: { score: number } | null }>(
    'GET',
    '/v1/customers/lookup?zendeskUserId=1',
    { key },
  )
  return { run, kept: JSON.parse(row?.sentiment ?? '{}'), card }
}

test('an uncertain message is shown to the language model, whose label counts', async () => {
  const { run, kept, card } = await sent(sarcastic, true)
  expect(run).toHaveBeenCalledOnce()
  expect(run).toHaveBeenCalledWith(assist.model, expect.anything())
  expect(JSON.stringify(run.mock.calls)).toContain('late again')
  expect(kept).toMatchObject({ label: 'negative', score: -0.6 })
  expect(kept).not.toHaveProperty('uncertain')
  expect(card.sentiment?.score).toBeLessThan(0)
})

test('no message leaves the Worker where the account has not said so', async () => {
  const { run, kept } = await sent(sarcastic, false)
  expect(run).not.toHaveBeenCalled()
  expect(kept).toMatchObject({ uncertain: true })
})

test('a message that is clear is not shown to anybody', async () => {
  const { run } = await sent('Terrible service, I want my money back. The worst.', true)
  expect(run).not.toHaveBeenCalled()
})
