import type { Problem } from '../worker/errors.ts'

/** What went wrong, as far as the interface must tell it apart. */
export type ApiFailure =
  | 'offline'
  | 'unreachable'
  | 'session'
  | 'forbidden'
  | 'missing'
  | 'limited'
  | 'refused'
  | 'failed'

/** A request that gave no answer to use. */
export class ApiError extends Error {
  readonly failure: ApiFailure
  readonly status: number
  /** Names the request in the Worker's logs; null when it never got there. */
  readonly requestId: string | null

  constructor(failure: ApiFailure, message: string, status = 0, requestId: string | null = null) {
    super(message)
    this.name = 'ApiError'
    this.failure = failure
    this.status = status
    this.requestId = requestId
  }
}

export type Query = Readonly<Record<string, string | number | null | undefined>>

export interface Api {
  /** The answer of a GET below `/v1`, retried while that can help. */
  get<T>(path: string, query?: Query, signal?: AbortSignal): Promise<T>
  /** The same as plain text: files. */
  text(path: string, query?: Query, signal?: AbortSignal): Promise<string>
  /** The same with the answer's headers. */
  file(path: string, query?: Query): Promise<{ text: string; headers: Headers }>
  /** The same for a question that is too long for an address. */
  textFor(path: string, body: unknown): Promise<string>
  /** Changes something below `/v1`; sent once, because twice might not be the same. */
  send<T = null>(
    method: 'POST' | 'PUT' | 'PATCH' | 'DELETE',
    path: string,
    body?: unknown,
  ): Promise<T>
}

export interface ApiOptions {
  fetch: typeof fetch
  token: string
  /** Waits so many milliseconds; rejects when the signal aborts. */
  wait: (ms: number, signal?: AbortSignal) => Promise<void>
  isOnline: () => boolean
}

interface Rest {
  signal?: AbortSignal
  body?: unknown
}

/** Pauses before a second and a third try, in ms. */
const pauses = [400, 1_600]
const longestPause = 8_000
const passing = new Set([429, 502, 503, 504])

/** The only place that fetches. The token lives here and nowhere else; a refused one is renewed once. */
export function makeApi(options: ApiOptions): Api {
  let token = options.token
  let renewing: Promise<void> | null = null

  async function send(method: string, path: string, rest: Rest = {}): Promise<Response> {
    const { signal, body } = rest
    try {
      return await options.fetch(path, {
        method,
        headers: {
          Accept: 'application/json',
          Authorization: `Bearer ${token}`,
          ...(body !== undefined && { 'Content-Type': 'application/json' }),
        },
        cache: 'no-store',
        ...(signal && { signal }),
        ...(body !== undefined && { body: JSON.stringify(body) }),
      })
    } catch (error) {
      signal?.throwIfAborted()
      const failure = options.isOnline() ? 'unreachable' : 'offline'
      throw new ApiError(failure, error instanceof Error ? error.message : String(error))
    }
  }

  async function renew(): Promise<void> {
    const response = await send('POST', '/v1/session')
    if (!response.ok) {
      const error = await errorOf(response)
      throw passing.has(response.status) || response.status >= 500
        ? error
        : new ApiError('session', error.message, response.status, error.requestId)
    }
    const { token: next } = await jsonOf<{ token: string }>(response)
    token = next
  }

  async function authorised(method: string, path: string, rest: Rest): Promise<Response> {
    const used = token
    const response = await send(method, path, rest)
    if (response.status !== 401) return response
    if (used === token) {
      renewing ??= renew().finally(() => {
        renewing = null
      })
      await renewing
    }
    const again = await send(method, path, rest)
    if (again.status !== 401) return again
    const { message, requestId } = await errorOf(again)
    throw new ApiError('session', message, 401, requestId)
  }

  async function tried(
    path: string,
    signal: AbortSignal | undefined,
    at: number,
  ): Promise<Response> {
    const pause = pauses[at]
    try {
      const response = await authorised('GET', path, signal === undefined ? {} : { signal })
      if (pause === undefined || !passing.has(response.status)) return response
      const asked = Number(response.headers.get('Retry-After')) * 1_000
      await options.wait(Math.min(Math.max(pause, asked || 0), longestPause), signal)
    } catch (error) {
      const lost = error instanceof ApiError && error.failure === 'unreachable'
      if (pause === undefined || !lost) throw error
      await options.wait(pause, signal)
    }
    return tried(path, signal, at + 1)
  }

  return {
    async get<T>(path: string, query: Query = {}, signal?: AbortSignal) {
      const response = await tried(`/v1${path}${searchOf(query)}`, signal, 0)
      if (!response.ok) throw await errorOf(response)
      return jsonOf<T>(response)
    },
    async text(path, query = {}, signal) {
      const response = await tried(`/v1${path}${searchOf(query)}`, signal, 0)
      if (!response.ok) throw await errorOf(response)
      return response.text()
    },
    async file(path, query = {}) {
      const response = await tried(`/v1${path}${searchOf(query)}`, undefined, 0)
      if (!response.ok) throw await errorOf(response)
      return { text: await response.text(), headers: response.headers }
    },
    async textFor(path, body) {
      const response = await authorised('POST', `/v1${path}`, { body })
      if (!response.ok) throw await errorOf(response)
      return response.text()
    },
    async send<T>(method: string, path: string, body?: unknown) {
      const response = await authorised(method, `/v1${path}`, { body })
      if (!response.ok) throw await errorOf(response)
      if (response.headers.get('Content-Type') === null) return null as T
      return jsonOf<T>(response)
    },
  }
}

/** Parameters as a query string, empty ones left out. */
export function searchOf(query: Query): string {
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) {
    if (value !== null && value !== undefined && value !== '') search.set(name, String(value))
  }
  const text = search.toString()
  return text === '' ? '' : `?${text}`
}

/** The Worker's answers are typed by its own contract and are not checked a second time. */
async function jsonOf<T>(response: Response): Promise<T> {
  try {
    return await response.json()
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error
    throw new ApiError('failed', 'The answer is no JSON.', response.status, requestIdOf(response))
  }
}

async function errorOf(response: Response): Promise<ApiError> {
  const { status } = response
  const problem: Partial<Problem> = await response.json().catch(() => ({}))
  const requestId = problem.requestId ?? requestIdOf(response)
  return new ApiError(failureOf(status), problem.detail ?? `Status ${status}`, status, requestId)
}

function failureOf(status: number): ApiFailure {
  if (status === 401) return 'session'
  if (status === 403) return 'forbidden'
  if (status === 404) return 'missing'
  if (status === 429) return 'limited'
  return status < 500 ? 'refused' : 'failed'
}

function requestIdOf(response: Response): string | null {
  return response.headers.get('X-Request-Id')
}

/** A pause that an abort ends at once. */
export function waitFor(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, ms)
    signal?.addEventListener('abort', () => {
      clearTimeout(timer)
      reject(new DOMException('The request was given up.', 'AbortError'))
    })
  })
}
