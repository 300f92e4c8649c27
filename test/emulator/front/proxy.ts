import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http'
import { Agent, request as send } from 'node:http'

// Idle connections end before workerd ends them (5 s), so that no request meets a closed one.
const agent = new Agent({ keepAlive: true, maxSockets: 256, timeout: 3_000 })

/** Headers of one connection, not of the message; a proxy must not pass them on (RFC 9110, 7.6.1). */
const ofConnection = new Set([
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'expect',
])

/** Passes a request on, and the answer back, as streams: bodies are never held, decoded or changed. */
export function proxy(request: IncomingMessage, response: ServerResponse, target: URL): void {
  const upstream = send({
    agent,
    host: target.hostname,
    port: target.port,
    method: request.method ?? 'GET',
    path: request.url ?? '/',
    headers: passed(request),
  })
  upstream.on('response', (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.statusMessage, passed(answer))
    answer.pipe(response)
    answer.on('error', () => response.destroy())
  })
  upstream.on('error', () => {
    if (response.headersSent) response.destroy()
    else unavailable(response)
  })
  response.on('close', () => {
    if (!response.writableFinished) upstream.destroy()
  })
  request.on('error', () => upstream.destroy())
  request.pipe(upstream)
}

function passed(message: IncomingMessage): OutgoingHttpHeaders {
  const named = (message.headers.connection ?? '').toLowerCase().split(/\s*,\s*/)
  const kept: [string, string[]][] = Object.entries(message.headersDistinct).flatMap(
    ([name, values]) =>
      ofConnection.has(name) || named.includes(name) || values === undefined
        ? []
        : [[name, values] satisfies [string, string[]]],
  )
  return Object.fromEntries(
    kept.map(([name, values]) => [name, name === 'host' ? values[0] : values]),
  )
}

/** Said while workerd is being restarted. */
function unavailable(response: ServerResponse): void {
  const problem = {
    type: 'urn:rapport:problem:unavailable',
    title: 'Rapport is starting again',
    status: 503,
    detail: 'The local Worker does not answer at the moment; try again in a second.',
  }
  response.writeHead(503, { 'Content-Type': 'application/problem+json', 'Retry-After': '1' })
  response.end(JSON.stringify(problem))
}
