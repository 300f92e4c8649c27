import { createExecutionContext, waitOnExecutionContext } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import worker from '../../../worker/index.ts'
import { guardedEnv } from './guard.ts'

/** Sends a request to the Worker with the operator key of the tests, or another bearer. */
export async function call(
  method: string,
  path: string,
  options: {
    body?: unknown
    key?: string | null
    headers?: Record<string, string>
    env?: Partial<typeof env>
  } = {},
): Promise<Response> {
  const headers = new Headers(options.headers)
  const key = options.key === undefined ? env.BOOTSTRAP_KEY : options.key
  if (key) headers.set('Authorization', `Bearer ${key}`)
  const init: RequestInit = { method, headers }
  if (options.body !== undefined) {
    if (!headers.has('Content-Type')) headers.set('Content-Type', 'application/json')
    init.body =
      typeof options.body === 'string' || options.body instanceof ReadableStream
        ? options.body
        : JSON.stringify(options.body)
  }
  const context = createExecutionContext()
  const request = new Request<unknown, IncomingRequestCfProperties>(
    `https://rapport.test${path}`,
    init as RequestInit<IncomingRequestCfProperties>,
  )
  const response = await worker.fetch(request, guardedEnv(options.env), context)
  await waitOnExecutionContext(context)
  return response
}

/** Sends a request and reads the JSON answer; fails when the status is not the expected one. */
export async function json<T = Record<string, unknown>>(
  method: string,
  path: string,
  options: { body?: unknown; key?: string | null; status?: number } = {},
): Promise<T> {
  const response = await call(method, path, options)
  const text = await response.text()
  const expected = options.status ?? 200
  if (response.status !== expected) {
    throw new Error(`${method} ${path} answered ${response.status}, not ${expected}: ${text}`)
  }
  return JSON.parse(text)
}

/** A fresh account with a key of all scopes: each test its own, nothing is shared. */
export async function newAccount(
  overrides: Record<string, unknown> = {},
): Promise<{ id: number; key: string }> {
  return await json('POST', '/v1/accounts', {
    body: { name: 'Test shop', timeZone: 'UTC', currency: 'GBP', ...overrides },
    status: 201,
  })
}
