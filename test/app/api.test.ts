import { describe, expect, it } from 'vitest'
import { ApiError, makeApi, searchOf } from '../../app/api.ts'

interface Sent {
  method: string
  path: string
  token: string
}

const json = (status: number, body: unknown, headers: Record<string, string> = {}) =>
  new Response(JSON.stringify(body), { status, headers })

/** An API over scripted answers; tells what was sent and waited. */
function scripted(answer: (sent: Sent, index: number) => Response | Error, online = true) {
  const sent: Sent[] = []
  const waited: number[] = []
  const api = makeApi({
    token: 'first',
    isOnline: () => online,
    wait: async (ms) => {
      waited.push(ms)
    },
    fetch: async (input, init) => {
      const one = {
        method: init?.method ?? 'GET',
        path: String(input),
        token: new Headers(init?.headers).get('Authorization') ?? '',
      }
      sent.push(one)
      init?.signal?.throwIfAborted()
      const result = answer(one, sent.length - 1)
      if (result instanceof Error) throw result
      return result
    },
  })
  return { api, sent, waited }
}

const failureOf = async (promise: Promise<unknown>) => {
  const error = await promise.then(
    () => null,
    (reason: unknown) => reason,
  )
  return error instanceof ApiError ? error : expect.fail(`no ApiError: ${String(error)}`)
}

describe('get', () => {
  it('sends the token as a bearer and leaves empty parameters out', async () => {
    const { api, sent } = scripted(() => json(200, { id: 1 }))
    await expect(
      api.get('/customers', { q: 'kim', segment: '', after: null, limit: 50 }),
    ).resolves.toEqual({ id: 1 })
    expect(sent).toEqual([
      { method: 'GET', path: '/v1/customers?q=kim&limit=50', token: 'Bearer first' },
    ])
  })

  it('renews a refused token once and asks again', async () => {
    const { api, sent } = scripted((one) => {
      if (one.path === '/v1/session') return json(200, { token: 'second', expiresAt: '' })
      return one.token === 'Bearer second' ? json(200, 'ok') : json(401, {})
    })
    await expect(api.get('/a')).resolves.toBe('ok')
    expect(sent.map(({ method, path, token }) => `${method} ${path} ${token}`)).toEqual([
      'GET /v1/a Bearer first',
      'POST /v1/session Bearer first',
      'GET /v1/a Bearer second',
    ])
  })

  it('renews once for many requests that were refused together', async () => {
    const { api, sent } = scripted((one) => {
      if (one.path === '/v1/session') return json(200, { token: 'second' })
      return one.token === 'Bearer second' ? json(200, 'ok') : json(401, {})
    })
    await Promise.all([api.get('/a'), api.get('/b'), api.get('/c')])
    expect(sent.filter(({ path }) => path === '/v1/session')).toHaveLength(1)
  })

  it.each([
    ['the renewal is refused', 401],
    ['the renewed token is refused too', 200],
  ])('says that the session ended when %s', async (_, status) => {
    const { api, sent } = scripted((one) =>
      one.path === '/v1/session'
        ? json(status, { token: 'x', requestId: 'r1' })
        : json(401, { requestId: 'r1' }),
    )
    expect(await failureOf(api.get('/a'))).toMatchObject({ failure: 'session', requestId: 'r1' })
    expect(sent.filter(({ path }) => path === '/v1/session')).toHaveLength(1)
  })

  it('does not call a session ended when only the renewal failed in passing', async () => {
    const { api } = scripted((one) => (one.path === '/v1/session' ? json(503, {}) : json(401, {})))
    expect(await failureOf(api.get('/a'))).toMatchObject({ failure: 'failed' })
  })

  it('tries three times over a passing failure, waiting as long as it is told', async () => {
    const { api, sent, waited } = scripted((_, index) =>
      index < 2
        ? json(index === 0 ? 429 : 503, {}, index === 0 ? { 'Retry-After': '3' } : {})
        : json(200, 'ok'),
    )
    await expect(api.get('/a')).resolves.toBe('ok')
    expect(sent).toHaveLength(3)
    expect(waited).toEqual([3_000, 1_600])
  })

  it('never waits longer than eight seconds', async () => {
    const { api, waited } = scripted((_, index) =>
      index === 0 ? json(429, {}, { 'Retry-After': '3600' }) : json(200, 'ok'),
    )
    await api.get('/a')
    expect(waited).toEqual([8_000])
  })

  it.each([
    [403, 'forbidden', 1],
    [404, 'missing', 1],
    [422, 'refused', 1],
    [500, 'failed', 1],
    [429, 'limited', 3],
    [503, 'failed', 3],
  ])('tells %d as %s after %d tries, with the request id', async (status, failure, tries) => {
    const { api, sent } = scripted(() =>
      json(
        status,
        { detail: 'because', requestId: 'req_7' },
        { 'Content-Type': 'application/problem+json' },
      ),
    )
    expect(await failureOf(api.get('/a'))).toMatchObject({
      failure,
      status,
      message: 'because',
      requestId: 'req_7',
    })
    expect(sent).toHaveLength(tries)
  })

  it('takes the request id from the header when the body is no problem', async () => {
    const { api } = scripted(
      () => new Response('<html>', { status: 500, headers: { 'X-Request-Id': 'req_8' } }),
    )
    expect(await failureOf(api.get('/a'))).toMatchObject({ failure: 'failed', requestId: 'req_8' })
  })

  it('tells an answer that is no JSON as a failure', async () => {
    const { api } = scripted(() => new Response('<html>', { status: 200 }))
    expect(await failureOf(api.get('/a'))).toMatchObject({ failure: 'failed' })
  })

  it('knows an unreachable server from a machine that is off line', async () => {
    const lost = scripted(() => new TypeError('Failed to fetch'))
    expect(await failureOf(lost.api.get('/a'))).toMatchObject({
      failure: 'unreachable',
      requestId: null,
    })
    expect(lost.sent).toHaveLength(3)
    const offline = scripted(() => new TypeError('Failed to fetch'), false)
    expect(await failureOf(offline.api.get('/a'))).toMatchObject({ failure: 'offline' })
    expect(offline.sent).toHaveLength(1)
  })

  it('passes on that it was given up, and tries no more', async () => {
    const { api, sent } = scripted(() => json(200, 'ok'))
    await expect(api.get('/a', {}, AbortSignal.abort())).rejects.toMatchObject({
      name: 'AbortError',
    })
    expect(sent).toHaveLength(1)
  })
})

describe('searchOf', () => {
  it('encodes what a person may type', () => {
    expect(searchOf({ q: 'a&b=c d+é' })).toBe('?q=a%26b%3Dc+d%2B%C3%A9')
    expect(searchOf({})).toBe('')
  })
})
