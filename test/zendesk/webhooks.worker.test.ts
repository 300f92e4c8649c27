import { describe, expect, test } from 'vitest'
import { testSecret } from '../../worker/zendesk/catalog.ts'
import type { ZWebhook } from '../emulator/zendesk/objects.ts'
import { deliveryHeaders, openWebhooks, signatureOf } from '../emulator/zendesk/webhooks.ts'
import { call } from '../support/worker/api.ts'
import { newDesk, stored, type TestDesk } from '../support/worker/zendesk.ts'
import { past } from '../support/zendesk-past.ts'

/** A connected desk whose clock is the machine's, as the Worker's is in these tests. */
async function hooked() {
  const desk = await newDesk({ fill: past(10, 30), keepText: true })
  await desk.connect()
  await desk.follow()
  desk.clock.now = Date.now()
  const [webhook] = desk.zendesk.webhooks.values()
  if (webhook === undefined) throw new Error('no webhook was made')
  return { desk, webhook }
}

function event(desk: TestDesk, subject: string): string {
  return JSON.stringify({ account_id: Number(desk.zendesk.number), subject, id: 'e1' })
}

async function deliver(webhook: ZWebhook, body: string, headers: Record<string, string>) {
  const response = await call('POST', new URL(webhook.endpoint).pathname, {
    key: null,
    body,
    headers,
  })
  return response.status
}

/** Hints that wait; the Worker’s own requests reach nobody here, so that none is looked at but by `run`. */
async function hints(desk: TestDesk) {
  const found = await desk.db().all<{ kind: string; id: string }>({
    text: 'SELECT kind, id FROM hints WHERE account = ?',
    params: [desk.id],
  })
  return found.map(({ kind, id }) => `${kind} ${id}`)
}

describe('deliveries', () => {
  test('a genuine delivery is a hint, and the ticket is looked at by itself', async () => {
    const { desk, webhook } = await hooked()
    const body = event(desk, 'zen:ticket:1004')
    expect(await deliver(webhook, body, deliveryHeaders(desk.zendesk, webhook, body))).toBe(204)
    expect(await hints(desk)).toEqual(['ticket 1004'])
    const row = desk.zendesk.tickets.get(1_004)?.row
    if (row !== undefined) row.subject = 'Changed'
    desk.clock.now += 31_000
    await desk.run()
    expect(await hints(desk)).toEqual([])
    const { tickets } = await stored(desk.id)
    expect(tickets.find(({ id }) => id === '1004')).toMatchObject({ subject: 'Changed' })
  })

  test('a forged delivery is refused', async () => {
    const { desk, webhook } = await hooked()
    const body = event(desk, 'zen:ticket:1004')
    const forged = deliveryHeaders(desk.zendesk, { ...webhook, secret: 'guessed' }, body)
    expect(await deliver(webhook, body, forged)).toBe(401)
    const changed = deliveryHeaders(desk.zendesk, webhook, body)
    expect(await deliver(webhook, body.replace('1004', '1005'), changed)).toBe(401)
    expect(await hints(desk)).toEqual([])
  })

  test('a delivery signed with the help desk’s public test secret is refused', async () => {
    const { desk, webhook } = await hooked()
    const body = event(desk, 'zen:ticket:1004')
    const headers = deliveryHeaders(desk.zendesk, { ...webhook, secret: testSecret }, body)
    expect(await deliver(webhook, body, headers)).toBe(401)
  })

  test('a replayed delivery does nothing', async () => {
    const { desk, webhook } = await hooked()
    const body = event(desk, 'zen:ticket:1004')
    const headers = deliveryHeaders(desk.zendesk, webhook, body, 'once')
    expect(await deliver(webhook, body, headers)).toBe(204)
    desk.clock.now += 31_000
    await desk.run()
    expect(await hints(desk)).toEqual([])
    expect(await deliver(webhook, body, headers)).toBe(204)
    expect(await hints(desk)).toEqual([])
  })

  test('a delivery of an hour ago is refused', async () => {
    const { desk, webhook } = await hooked()
    const body = event(desk, 'zen:ticket:1004')
    const timestamp = new Date(Date.now() - 3_600_000).toISOString()
    const headers = {
      ...deliveryHeaders(desk.zendesk, webhook, body),
      'X-Zendesk-Webhook-Signature-Timestamp': timestamp,
      'X-Zendesk-Webhook-Signature': signatureOf(webhook.secret, timestamp, body),
    }
    expect(await deliver(webhook, body, headers)).toBe(401)
  })

  test('a delivery of another account is refused, whatever it is signed with', async () => {
    const { desk, webhook } = await hooked()
    const other = await hooked()
    const body = event(desk, 'zen:ticket:1004')
    const theirs = deliveryHeaders(other.desk.zendesk, other.webhook, body)
    expect(await deliver(webhook, body, theirs)).toBe(401)
    expect(await deliver(webhook, body, deliveryHeaders(desk.zendesk, webhook, body))).toBe(204)
    const strange = {
      ...deliveryHeaders(desk.zendesk, webhook, body),
      'X-Zendesk-Account-Id': '1',
    }
    expect(await deliver(webhook, body, strange)).toBe(401)
    expect(await hints(other.desk)).toEqual([])
  })

  test('a delivery to nobody, and one without headers, are refused', async () => {
    const { desk, webhook } = await hooked()
    const body = event(desk, 'zen:ticket:1004')
    const headers = deliveryHeaders(desk.zendesk, webhook, body)
    expect(
      await deliver({ ...webhook, endpoint: 'https://x/webhooks/zendesk-0' }, body, headers),
    ).toBe(401)
    expect(await deliver({ ...webhook, endpoint: 'https://x/webhooks/other' }, body, headers)).toBe(
      401,
    )
    expect(await deliver(webhook, body, {})).toBe(401)
  })

  test('a signed event about something else is taken and forgotten', async () => {
    const { desk, webhook } = await hooked()
    const body = event(desk, 'zen:organization:5')
    expect(await deliver(webhook, body, deliveryHeaders(desk.zendesk, webhook, body))).toBe(204)
    expect(await hints(desk)).toEqual([])
  })

  test('lost, doubled and reordered deliveries end where none at all ends', async () => {
    const act = async (desk: TestDesk) => {
      for (const [turn, id] of [1_001, 1_002, 1_003, 1_004, 1_005, 1_006].entries()) {
        const row = desk.zendesk.tickets.get(id)?.row
        if (row === undefined) continue
        desk.zendesk.saveTicket({ ...row, subject: `Changed ${turn}`, status: 'pending' })
        if (turn % 2 === 0) desk.zendesk.deleteTicket(id + 10)
      }
    }
    const { desk: hurried, webhook } = await hooked()
    const { idle } = openWebhooks(hurried.zendesk, {
      mischief: (turn) => (['lost', 'doubled', 'late', null] as const)[turn % 4] ?? null,
      send: async (_endpoint, { headers, body }) => deliver(webhook, body, headers),
    })
    const { desk: slow } = await hooked()
    for (const desk of [hurried, slow]) await act(desk)
    await idle()
    for (const desk of [hurried, slow]) {
      await desk.run()
      desk.clock.now += 180_000
      await desk.follow()
    }
    expect(await stored(hurried.id)).toEqual(await stored(slow.id))
    expect((await stored(slow.id)).tickets).toHaveLength(27)
  })
})
