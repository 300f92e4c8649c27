import { describe, expect, it } from 'vitest'
import type { ZafAnswer, ZafPlace } from './desk/zaf-host.ts'
import { unknown, zafApp } from './desk/zaf-host.ts'

/** A place with one ticket, one action and an imitated network. */
function place(overrides: Partial<ZafPlace> = {}): ZafPlace {
  const values = new Map<string, unknown>([
    ['ticket.subject', 'Old'],
    ['ticket.requester', { id: 501, name: 'Mina' }],
  ])
  return {
    metadata: () => ({ appId: 77, settings: {} }),
    context: () => ({ location: 'ticket_sidebar', product: 'support' }),
    get: (path) => values.get(path),
    set(path, value) {
      if (path !== 'ticket.subject') return false
      values.set(path, value)
      return true
    },
    invoke: (action) => (action === 'resize' || action === 'track' ? undefined : unknown),
    request: async (): Promise<ZafAnswer> => ({ status: 200, statusText: 'OK', text: '{"a":1}' }),
    ...overrides,
  }
}

/** One instance, and what it was sent. */
function frame(guid = 'g', overrides: Partial<ZafPlace> = {}, app = zafApp()) {
  const sent: Record<string, unknown>[] = []
  const host = app.open(guid, place(overrides), (message) => sent.push(JSON.parse(String(message))))
  const say = async (message: Record<string, unknown>, asObject = false) => {
    const whole = { appGuid: guid, instanceGuid: guid, ...message }
    host.receive(asObject ? whole : JSON.stringify(whole))
    await new Promise((resolve) => setTimeout(resolve))
  }
  const ask = async (request: string, params: unknown) => {
    await say({ id: sent.length + 1, request, params })
    return sent.at(-1)
  }
  const on = (event: string, count = 1) =>
    say({ key: `iframe.on:${event}`, message: { subscriberCount: count } })
  return { app, host, sent, say, ask, on }
}

function broken(): never {
  throw new TypeError('broken')
}

describe('the help desk’s half of the app framework', () => {
  it('answers a handshake with metadata and context', async () => {
    const { sent, say } = frame()
    await say({ key: 'iframe.handshake', message: { version: '2.0.9' } })
    expect(sent).toEqual([
      {
        key: 'zaf.app.registered',
        message: {
          metadata: { appId: 77, settings: {} },
          context: { location: 'ticket_sidebar', product: 'support', instanceGuid: 'g' },
        },
        instanceGuid: 'g',
      },
    ])
  })

  it.each([
    [
      'get of one path',
      'get',
      ['ticket.requester'],
      { 'ticket.requester': { id: 501, name: 'Mina' } },
    ],
    [
      'get of several, one of them unknown',
      'get',
      ['ticket.subject', 'nope.path'],
      {
        'ticket.subject': 'Old',
        errors: {
          'nope.path': { name: 'APIUndefinedError', message: 'No such Api', path: 'nope.path' },
        },
      },
    ],
    [
      'get of the instances',
      'get',
      ['instances'],
      { instances: { g: { location: 'ticket_sidebar', product: 'support', instanceGuid: 'g' } } },
    ],
    ['set', 'set', { 'ticket.subject': 'new' }, { 'ticket.subject': 'new' }],
    [
      'set of what cannot be set',
      'set',
      { 'ticket.id': 2 },
      {
        errors: {
          'ticket.id': { name: 'APIUndefinedError', message: 'No such Api', path: 'ticket.id' },
        },
      },
    ],
    ['resize', 'invoke', { resize: [{ width: '100%', height: '421px' }] }, {}],
    ['tracking by Zendesk’s own SDK', 'invoke', { track: [{ type: 'click' }] }, {}],
    [
      'an unknown action',
      'invoke',
      { fly: [] },
      { errors: { fly: { name: 'APIUndefinedError', message: 'No such Api', path: 'fly' } } },
    ],
  ])('replies to %s', async (_name, request, params, result) => {
    const { ask } = frame()
    expect(await ask(request, params)).toEqual({ id: 1, result })
  })

  it('sets a value that the next get sees', async () => {
    const { ask } = frame()
    await ask('set', { 'ticket.subject': 'new' })
    expect(await ask('get', ['ticket.subject'])).toMatchObject({
      result: { 'ticket.subject': 'new' },
    })
  })

  it('turns a failing place into an error of the whole call', async () => {
    const { ask } = frame('g', { get: broken })
    expect(await ask('get', ['x'])).toEqual({
      id: 1,
      error: { name: 'TypeError', message: 'broken' },
    })
  })

  it('delivers an event only between on and off', async () => {
    const { host, sent, say, on } = frame()
    host.fire('ticket.status.changed', 'open')
    await on('ticket.status.changed')
    host.fire('ticket.status.changed', 'pending')
    await say({ key: 'iframe.off:ticket.status.changed', message: { subscriberCount: 0 } })
    host.fire('ticket.status.changed', 'solved')
    expect(sent).toEqual([
      { key: 'zaf.ticket.status.changed', message: 'pending', instanceGuid: 'g' },
    ])
  })

  it('tells a late listener that the pane is active, first load and later ones apart', async () => {
    const { host, sent, on } = frame()
    host.setActive(true)
    await on('app.activated')
    host.setActive(false)
    host.setActive(true)
    expect(sent.map(({ key, message }) => [key, message])).toEqual([
      ['zaf.app.activated', { firstLoad: true }],
      ['zaf.app.activated', { firstLoad: false }],
    ])
  })

  it.each([
    [{ status: 200, statusText: 'OK', text: '{"a":1}' }, false, 'done', { a: 1 }],
    [{ status: 200, statusText: 'OK', text: 'plain' }, false, 'done', 'plain'],
    [
      { status: 201, statusText: 'Created', text: '{"a":1}' },
      true,
      'done',
      { status: 201, statusText: 'Created', responseText: '{"a":1}', responseJSON: { a: 1 } },
    ],
    [
      { status: 404, statusText: 'Not Found', text: '{"error":"x"}' },
      false,
      'fail',
      {
        status: 404,
        statusText: 'Not Found',
        responseText: '{"error":"x"}',
        responseJSON: { error: 'x' },
      },
    ],
  ])('passes on a request: %o, complete %s → %s', async (answer, complete, outcome, expected) => {
    const { sent, say } = frame('g', { request: async () => answer })
    await say({
      key: 'request:1',
      message: { url: '/api/v2/me.json', httpCompleteResponse: complete },
    })
    expect(sent[0]?.['key']).toBe(`zaf.request:1.${outcome}`)
    expect(sent[0]?.['message']).toMatchObject({
      responseArgs: [expected, expect.anything(), expect.anything()],
    })
  })

  it('reports a request that never got an answer as failed with status 0', async () => {
    const { sent, say } = frame('g', { request: () => Promise.reject(new Error('offline')) })
    await say({ key: 'request:7', message: { url: '/x' } })
    expect(sent[0]).toMatchObject({
      key: 'zaf.request:7.fail',
      message: { responseArgs: [{ status: 0 }, 'error', 'offline'] },
    })
  })

  it('asks a hook and takes the answer, which comes as an object', async () => {
    const { host, sent, say, on } = frame()
    expect(await host.ask('ticket.save')).toEqual({ ok: true })
    await on('ticket.save')
    const free = host.ask('ticket.save')
    expect(sent.at(-1)).toEqual({ key: 'zaf.ticket.save', needsReply: true, instanceGuid: 'g' })
    await say({ key: 'iframe.reply:ticket.save' }, true)
    expect(await free).toEqual({ ok: true })
    const vetoed = host.ask('ticket.save')
    await say({ key: 'iframe.reply:ticket.save', error: { msg: 'not now' } }, true)
    expect(await vetoed).toEqual({ ok: false, message: 'not now' })
  })

  it('lets instances watch, call and trigger each other', async () => {
    const one = frame('one')
    const two = frame('two', { get: () => 'of two' }, one.app)
    await one.say({
      key: 'iframe.on:hello',
      message: { subscriberCount: 1 },
      instanceGuid: 'two',
    })
    two.host.fire('hello', 1)
    expect(one.sent).toEqual([{ key: 'zaf.hello', message: 1, instanceGuid: 'two' }])
    await one.say({ id: 9, request: 'get', params: ['x'], instanceGuid: 'two' })
    expect(one.sent.at(-1)).toEqual({ id: 9, result: { x: 'of two' } })
    await one.say({ key: 'iframe.trigger:ping', message: { a: 1 }, instanceGuid: 'two' })
    expect(two.sent.at(-1)).toEqual({ key: 'zaf.ping', message: { a: 1 }, instanceGuid: 'two' })
    await one.say({ key: 'iframe.trigger:all', message: 2 })
    expect([one.sent.at(-1)?.['key'], two.sent.at(-1)?.['key']]).toEqual(['zaf.all', 'zaf.all'])
    two.host.close()
    expect(await one.ask('get', ['instances.two'])).toMatchObject({
      result: { errors: { 'instances.two': { name: 'APIUndefinedError' } } },
    })
  })

  it.each([
    ['session.live of Zendesk’s own SDK', { key: 'session.live' }],
    ['its tracking', { key: '__track__', message: { type: 'hover' } }],
    ['a message of another app', { key: 'iframe.handshake', appGuid: 'other' }],
    ['a message without a key', { hello: 1 }],
  ])('stays silent on %s', async (_name, message) => {
    const { sent, say } = frame()
    await say(message)
    expect(sent).toEqual([])
  })

  it('stays silent on what is not JSON', () => {
    const { host, sent } = frame()
    for (const data of ['{', 'text', null, 7, undefined, []]) host.receive(data)
    expect(sent).toEqual([])
  })
})
