import { describe, expect, it } from 'vitest'
import { connectZaf, schemeOf, wrapZaf, type ZafClient } from '../../app/zaf.ts'

/** A client as either SDK gives it: bulk reads resolve with an `errors` part beside what was found. */
function fakeClient(facts: Record<string, unknown>) {
  const handlers = new Map<string, Set<(payload?: unknown) => void>>()
  const done: unknown[] = []
  const client: ZafClient = {
    on: (event, handler) =>
      void handlers.set(event, (handlers.get(event) ?? new Set()).add(handler)),
    off: (event, handler) => void handlers.get(event)?.delete(handler),
    get: async (paths) => ({
      ...Object.fromEntries(
        paths.filter((path) => path in facts).map((path) => [path, facts[path]]),
      ),
      errors: Object.fromEntries(
        paths.filter((path) => !(path in facts)).map((path) => [path, {}]),
      ),
    }),
    invoke: async (...args) => {
      done.push(args)
      if (args[0] === 'routeTo' && args[1] === 'user') throw new Error('not here')
    },
  }
  const fire = (event: string, payload?: unknown) => {
    for (const handler of handlers.get(event) ?? []) handler(payload)
  }
  return { zaf: wrapZaf(client), done, fire }
}

describe('connectZaf', () => {
  it('is null without an SDK, and where the SDK finds no help desk', () => {
    expect(connectZaf(undefined)).toBeNull()
    expect(connectZaf({ init: () => false })).toBeNull()
  })
})

describe('requester', () => {
  it("reads the ticket's requester with the first phone of the identities", async () => {
    const { zaf } = fakeClient({
      'ticket.requester': {
        id: 101,
        externalId: 'own:7',
        name: 'Kim Minji',
        email: 'minji@example.com',
        identities: [
          { type: 'email', value: 'minji@example.com' },
          { type: 'phone_number', value: '+821023456789' },
          { type: 'phone_number', value: '+821000000000' },
        ],
      },
    })
    await expect(zaf.requester()).resolves.toEqual({
      id: '101',
      externalId: 'own:7',
      name: 'Kim Minji',
      email: 'minji@example.com',
      phone: '+821023456789',
    })
  })

  it('reads the user of a user page', async () => {
    const { zaf } = fakeClient({ user: { id: '7', name: '', email: null } })
    await expect(zaf.requester()).resolves.toEqual({
      id: '7',
      externalId: null,
      name: null,
      email: null,
      phone: null,
    })
  })

  it.each([
    [{}],
    [{ 'ticket.requester': null }],
    [{ 'ticket.requester': { name: 'x' } }],
    [{ 'ticket.requester': 5 }],
  ])('is null for %o', async (facts) => {
    await expect(fakeClient(facts).zaf.requester()).resolves.toBeNull()
  })
})

describe('reading', () => {
  it('reads ticket, locale and scheme, and null for what a place does not know', async () => {
    const { zaf } = fakeClient({
      'ticket.id': 48213,
      currentUser: { locale: 'ko' },
      colorScheme: 'dark',
    })
    expect(await Promise.all([zaf.ticketId(), zaf.locale(), zaf.scheme()])).toEqual([
      '48213',
      'ko',
      'dark',
    ])
    const nothing = fakeClient({}).zaf
    expect(await Promise.all([nothing.ticketId(), nothing.locale(), nothing.scheme()])).toEqual([
      null,
      null,
      null,
    ])
  })

  it('believes two schemes only', () => {
    expect(['light', 'dark', 'blue', null, 1].map(schemeOf)).toEqual([
      'light',
      'dark',
      null,
      null,
      null,
    ])
  })
})

describe('acting', () => {
  it('resizes in the positional form that both SDKs pass on', () => {
    const { zaf, done } = fakeClient({})
    zaf.resize(421)
    expect(done).toEqual([['resize', { width: '100%', height: '421px' }]])
  })

  it('opens tickets and users, and does not mind a refusal', async () => {
    const { zaf, done } = fakeClient({})
    zaf.openTicket('12')
    zaf.openUser('7')
    await Promise.resolve()
    expect(done).toEqual([
      ['routeTo', 'ticket', '12'],
      ['routeTo', 'user', '7'],
    ])
  })

  it('passes events on until it is told to stop', () => {
    const { zaf, fire } = fakeClient({})
    const heard: unknown[] = []
    const stop = zaf.on('colorScheme.changed', (payload) => heard.push(payload))
    fire('colorScheme.changed', 'dark')
    stop()
    fire('colorScheme.changed', 'light')
    expect(heard).toEqual(['dark'])
  })
})
