import { env } from 'cloudflare:workers'
import { describe, expect, test } from 'vitest'
import { call, json, newAccount } from '../support/worker/api.ts'
import { keepUpWith } from '../support/worker/rebuild.ts'

const angry = 'This is terrible. I am so disappointed, the worst shop I know.'
const happy = 'Thank you so much, I love it! Wonderful service.'
const now = Date.now()
const ago = (days: number) => new Date(now - days * 86_400_000).toISOString()

interface CardShown {
  id: number
  sentiment: {
    score: number | null
    label: string
    trend: string
    messages: { id: string; label: string; corrected: boolean; evidence: string[] }[]
  } | null
  segments: { key: string; until: string | null }[]
}

/** An account with one person who wrote these messages, each on a ticket of its own. */
async function shop(
  messages: readonly { text: string; at: string; author?: string; public?: boolean }[],
) {
  const { id, key } = await newAccount()
  const tickets = messages.map(({ at }, n) => ({
    id: `t${n}`,
    channel: 'email',
    requester: { id: 'zendesk:1' },
    status: 'open',
    createdAt: at,
  }))
  await json('PUT', '/v1/tickets', { key, body: tickets })
  const body = messages.map((one, n) => ({
    id: `m${n}`,
    ticketId: `t${n}`,
    author: 'customer',
    public: true,
    ...one,
  }))
  await json('PUT', '/v1/messages', { key, body })
  await keepUpWith(id)
  const card = () => json<CardShown>('GET', '/v1/customers/lookup?zendeskUserId=1', { key })
  return { id, key, card, body }
}

describe('messages that come in', () => {
  test('are scored, and the person’s mood says so with the words that moved it', async () => {
    const { card } = await shop([
      { text: angry, at: ago(1) },
      { text: angry, at: ago(2) },
    ])
    const { sentiment } = await card()
    expect(sentiment).toMatchObject({ label: 'negative', messages: [{ label: 'negative' }, {}] })
    expect(sentiment?.score).toBeLessThan(-0.25)
    expect(sentiment?.messages[0]?.evidence.join(' ')).toMatch(/terrible|disappointed|worst/)
  })

  test('of agents, bots and inside the house say nothing of the customer', async () => {
    const { card } = await shop([
      { text: angry, at: ago(1), author: 'agent' },
      { text: angry, at: ago(1), author: 'bot' },
      { text: angry, at: ago(1), public: false },
    ])
    expect((await card()).sentiment).toBeNull()
  })

  test('leave no words behind where text is not kept but masked evidence', async () => {
    const { id } = await shop([
      { text: `${angry} Call me: +44 20 7946 0000, jo@example.com`, at: ago(1) },
    ])
    const row = await env.SHARD_00.prepare('SELECT text, sentiment FROM messages WHERE account = ?')
      .bind(id)
      .first<{ text: string | null; sentiment: string }>()
    expect(row?.text).toBeNull()
    expect(JSON.parse(row?.sentiment ?? '{}').evidence.length).toBeLessThanOrEqual(3)
    expect(row?.sentiment).not.toMatch(/7946|jo@example/)
  })

  test('stand in the customer list', async () => {
    const { key } = await shop([{ text: happy, at: ago(1) }])
    const list = await json<{ items: CardShown[] }>('GET', '/v1/customers', { key })
    expect(list.items[0]?.sentiment).toMatchObject({ label: 'positive', trend: 'steady' })
  })
})

describe('rules', () => {
  test('about the mood hold until the day on which it fades', async () => {
    const { key, card, id } = await shop([{ text: angry, at: ago(0) }])
    const rule = { all: [{ fact: 'sentiment.label', op: '=', value: 'negative' }] }
    const body = { key: 'upset', name: 'Upset', rule }
    await json('POST', '/v1/segments', { key, body, status: 201 })
    await keepUpWith(id)
    const upset = (await card()).segments.find((one) => one.key === 'upset')
    // One message weighs 1: half of it is left after 60 days, and the day after there is too little.
    expect(upset?.until).toBe(ago(-61).slice(0, 10))
  })
})

describe('a correction', () => {
  test('changes the person’s mood at once, sticks, and is learned from', async () => {
    const { key, card, body } = await shop([{ text: happy, at: ago(1) }])
    const before = await card()
    expect(before.sentiment?.label).toBe('positive')
    const path = '/v1/messages/m0/sentiment'
    const said = { customer: before.id, label: 'negative' }
    expect(await json('POST', path, { key, body: said })).toEqual({
      id: 'm0',
      ticket: 't0',
      label: 'negative',
      learnedFrom: 1,
    })
    const after = await card()
    expect(after.sentiment?.score).toBeLessThan(0)
    expect(after.sentiment?.messages[0]).toMatchObject({ label: 'negative', corrected: true })
    await json('PUT', '/v1/messages', { key, body: [{ ...body[0], text: `${happy} Great!` }] })
    expect((await card()).sentiment?.messages[0]).toMatchObject({ label: 'negative' })
    await json('POST', path, { key, body: { ...said, label: null } })
    expect((await card()).sentiment?.label).toBe('positive')
  })

  test('leans the account’s later scores, and no other account’s', async () => {
    const texts = Array.from({ length: 12 }, (_, n) => ({ text: `${happy} ${n}`, at: ago(n + 1) }))
    const { key, card } = await shop(texts)
    const other = await shop([])
    const { id: customer } = await card()
    for (const [n] of texts.entries()) {
      const said = { customer, label: 'negative' }
      await json('POST', `/v1/messages/m${n}/sentiment`, { key, body: said })
    }
    const scoreOf = async (account: { key: string }) => {
      const ticket = {
        id: 'later',
        channel: 'email',
        requester: { id: 'zendesk:9' },
        status: 'open',
        createdAt: ago(0.1),
      }
      await json('PUT', '/v1/tickets', { key: account.key, body: [ticket] })
      const message = { id: 'later', ticketId: 'later', at: ago(0.1), author: 'customer' }
      const body = [{ ...message, public: true, text: happy }]
      await json('PUT', '/v1/messages', { key: account.key, body })
      const path = '/v1/customers/lookup?zendeskUserId=9'
      return (await json<CardShown>('GET', path, { key: account.key })).sentiment?.score ?? 0
    }
    expect(await scoreOf({ key })).toBeLessThan(await scoreOf(other))
  })

  test('of a message that the customer does not have is refused', async () => {
    const { key, card } = await shop([{ text: happy, at: ago(1) }])
    const { id: customer } = await card()
    const body = { customer, label: 'negative' }
    const ask = async (message: string, sent: unknown) =>
      (await call('POST', `/v1/messages/${message}/sentiment`, { key, body: sent })).status
    expect(await ask('none', body)).toBe(404)
    expect(await ask('m0', { customer, label: 'furious' })).toBe(422)
    expect(await ask('m0', body)).toBe(200)
  })
})
