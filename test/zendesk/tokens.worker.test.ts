import { env } from 'cloudflare:workers'
import { describe, expect, test } from 'vitest'
import { accessOf } from '../../worker/zendesk/tokens.ts'
import { findConnection } from '../../worker/zendesk/store.ts'
import { readRing } from '../../worker/zendesk/vault.ts'
import { newDesk, type TestDesk } from '../support/worker/zendesk.ts'

const hour = 3_600_000

/** Asks for a token as an isolate of its own would: no memory is shared but the database. */
function ask(desk: TestDesk, refused: number | null = null) {
  return accessOf(desk.db(), desk.id, desk.means, refused)
}

async function connected(options: Parameters<typeof newDesk>[0] = {}) {
  const desk = await newDesk(options)
  await desk.connect()
  return desk
}

describe('logging in', () => {
  test('connects with the code of an admin’s yes, and keeps tokens sealed', async () => {
    const desk = await connected()
    const [token] = desk.oauth.tokens
    const row = await env.SHARD_00.prepare('SELECT * FROM connections WHERE account = ?')
      .bind(desk.id)
      .first()
    expect(row).toMatchObject({ state: 'connected', version: 1, connected_by: 'test' })
    for (const secret of [token?.access, token?.refresh]) {
      expect(JSON.stringify(row)).not.toContain(secret)
    }
    expect(await ask(desk)).toMatchObject({ ok: true, token: token?.access })
  })

  test('a state works once, for ten minutes, and for its own account only', async () => {
    const desk = await newDesk()
    const other = await newDesk()
    const approve = async () => new URL(String(desk.oauth.approve(await desk.login(), 1)))
    const back = await approve()
    expect(await other.comeBack(back)).toBe(false)
    expect(await desk.comeBack(back)).toBe(true)
    expect(await desk.comeBack(back)).toBe(false)
    const late = await approve()
    desk.clock.now += 600_001
    expect(await desk.comeBack(late)).toBe(false)
  })

  test('a code without its verifier is refused by the help desk', async () => {
    const desk = await newDesk()
    const [first, second] = [await desk.login(), await desk.login()]
    const stolen = new URL(String(desk.oauth.approve(first, 1)))
    stolen.searchParams.set('state', second.searchParams.get('state') ?? '')
    expect(await desk.comeBack(stolen)).toBe(false)
    expect(await findConnection(desk.db(), desk.id)).toBeNull()
  })
})

describe('renewing', () => {
  test('two isolates at once make one renewal and no lock-out, a hundred times', async () => {
    const desk = await connected()
    for (let round = 1; round <= 100; round += 1) {
      desk.clock.now += 2 * hour
      const before = desk.oauth.given()
      const both = await Promise.all([ask(desk), ask(desk)])
      expect(desk.oauth.given() - before).toBe(1)
      const token = desk.oauth.tokens[0]?.access
      expect(both).toMatchObject([
        { ok: true, token },
        { ok: true, token },
      ])
    }
    expect((await findConnection(desk.db(), desk.id))?.version).toBe(101)
  })

  test('a token that the help desk refuses is renewed though its time is not over', async () => {
    const desk = await connected()
    const first = await ask(desk)
    desk.oauth.tokens[0] = { ...(desk.oauth.tokens[0] ?? never()), access: 'another one' }
    await desk.run()
    expect(desk.oauth.given()).toBe(2)
    expect(await ask(desk)).not.toEqual(first)
    expect((await desk.shown()).state).toBe('connected')
  })

  test('an answer that is lost before it reached the help desk is asked for again', async () => {
    let broken = false
    const desk = await connected({
      faults: () => (broken ? { status: 502, body: 'Bad gateway' } : null),
    })
    desk.clock.now += 2 * hour
    broken = true
    expect(await ask(desk)).toEqual({ ok: false })
    expect((await desk.shown()).state).toBe('connected')
    broken = false
    expect(await ask(desk)).toMatchObject({ ok: true, version: 2 })
  })

  test('a pair that is no longer good breaks the connection, and says so', async () => {
    const desk = await connected()
    desk.oauth.tokens.length = 0
    await desk.run()
    expect(await desk.shown()).toMatchObject({ state: 'broken', trouble: 'unauthorized' })
    const asked = desk.asked.length
    await desk.run()
    expect(desk.asked).toHaveLength(asked)
    await desk.connect()
    expect(await desk.shown()).toMatchObject({ state: 'connected', trouble: null })
  })

  test('a refresh token past its days asks for a new login without a request', async () => {
    const desk = await connected()
    desk.clock.now += 91 * 24 * hour
    expect(await ask(desk)).toEqual({ ok: false })
    expect((await desk.shown()).state).toBe('broken')
    expect(desk.oauth.given()).toBe(1)
  })

  test('tokens are sealed again with the first key of the ring', async () => {
    const desk = await connected()
    const before = await ask(desk)
    const rest = env.TOKEN_KEYS ?? ''
    desk.means.ring = await readRing(`new:${btoa('n'.repeat(32))},${rest}`)
    await desk.run()
    const connection = await findConnection(desk.db(), desk.id)
    expect([connection?.access, connection?.refresh].every((one) => one?.startsWith('new.'))).toBe(
      true,
    )
    expect(await ask(desk)).toMatchObject({ token: before.ok ? before.token : '' })
  })
})

function never(): never {
  throw new Error('there is no token')
}
