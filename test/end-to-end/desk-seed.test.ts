import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startRapport } from '../emulator/launcher/rapport.ts'
import type { Rapport } from '../emulator/launcher/rapport.ts'
import { smallWorld } from '../support/small-world.ts'

const state = mkdtempSync(join(tmpdir(), 'rapport-seed-'))
let rapport: Rapport

const start = () => startRapport({ state, seed: 'demo', world: smallWorld() })

beforeAll(async () => {
  rapport = await start()
})
afterAll(async () => {
  await rapport.stop()
  rmSync(state, { recursive: true, force: true })
})

async function post(path: string, body: unknown): Promise<Response> {
  return await fetch(`${rapport.url}desk/${path}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  })
}

describe('a world sent to the running Worker', () => {
  it('arrives without a rejected record', async () => {
    // The shop's: 1 customer, 1 order. The help desk's: 4 tickets, 7 messages, a survey offered and answered.
    expect(await rapport.seeded).toEqual({ state: 'done', sent: 15, total: 15 })
    expect(await rapport.api.call('GET', '/v1/account')).toMatchObject({
      name: 'Tern & Thistle',
      timeZone: 'Europe/London',
      helpDesk: { subdomain: 'ternandthistle', frameOrigins: [rapport.url.slice(0, -1)] },
    })
  })

  it('makes the desk’s agents members with their roles', async () => {
    expect(await rapport.api.call('GET', '/v1/members')).toMatchObject({
      items: [
        { id: '11', name: 'Ada Moss', role: 'admin' },
        { id: '12', name: 'Jun Ito', role: 'agent' },
      ],
    })
  })

  it('gets a message, an order and a rating made at the desk', async () => {
    const customer = { as: 'customer', agent: '11', text: 'Still nothing.' }
    const answers = [
      await post('tickets/1001/comments', customer),
      await post('tickets/1001/orders', { channel: 'web', title: 'Gift box', total: 6_400 }),
      await post('tickets/1001/ratings', { level: 2, reasons: ['Slow'] }),
    ]
    expect(answers.map((answer) => answer.status)).toEqual([200, 200, 200])
    // The webhook hurries the sync: the rating is in the card long before the export tells it.
    const card = () => rapport.api.call('GET', '/v1/customers/lookup?zendeskUserId=501')
    await expect
      .poll(async () => JSON.stringify(await card()), { timeout: 10_000 })
      .toMatch(/"badRating":\{.*"1001"/)
  })

  it('is not sent again at the next start, and the desk remembers what was done', async () => {
    await rapport.stop()
    rapport = await start()
    expect(await rapport.seeded).toMatchObject({ sent: 0 })
    const response = await fetch(`${rapport.url}desk/tickets/1001`)
    expect(await response.json()).toMatchObject({ rating: { level: 2, reasons: ['Slow'] } })
  })
})
