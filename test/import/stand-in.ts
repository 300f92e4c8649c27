import { type IncomingMessage, type ServerResponse, createServer } from 'node:http'
import { gunzipSync } from 'node:zlib'

/** What the stand-in does to a request instead of answering it. */
type Fault = { status: number; retryAfter?: string } | 'drop'

export interface StandIn extends AsyncDisposable {
  url: string
  /** Accepted records by kind and id. */
  stored: Map<string, unknown>
  /** Records of each accepted body. */
  bodies: number[]
  /** Taken from the front, one for each request. */
  faults: Fault[]
}

const limit = 20_000_000
const required: Record<string, readonly string[]> = {
  orders: ['id', 'channel', 'customer', 'placedAt', 'status', 'currency', 'total'],
  refunds: ['id', 'customer', 'at', 'currency', 'amount'],
  tickets: ['id', 'channel', 'requester', 'status', 'createdAt'],
}

async function bytesOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(Buffer.from(chunk))
  return Buffer.concat(chunks)
}

function reply(response: ServerResponse, status: number, body: unknown): void {
  const type = status < 300 ? 'application/json' : 'application/problem+json'
  response.writeHead(status, { 'Content-Type': type })
  response.end(JSON.stringify(body))
}

/** A small HTTP server that takes NDJSON bodies as the ingest interface does, with its limits. */
export async function openStandIn(key: string): Promise<StandIn> {
  const stored = new Map<string, unknown>()
  const bodies: number[] = []
  const faults: Fault[] = []

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const fault = faults.shift()
    if (fault === 'drop') {
      request.destroy()
      return
    }
    const bytes = await bytesOf(request)
    if (fault !== undefined) {
      if (fault.retryAfter !== undefined) response.setHeader('Retry-After', fault.retryAfter)
      reply(response, fault.status, { title: 'fault' })
      return
    }
    if (request.headers.authorization !== `Bearer ${key}`) {
      reply(response, 401, { title: 'Not signed in', detail: 'The key is not known.' })
      return
    }
    const kind = /^\/v1\/(\w+)$/.exec(request.url ?? '')?.[1] ?? ''
    const must = required[kind]
    if (request.method !== 'PUT' || must === undefined) {
      reply(response, 404, { title: 'Not found' })
      return
    }
    if (request.headers['content-type'] !== 'application/x-ndjson') {
      reply(response, 415, { title: 'Unsupported content type' })
      return
    }
    const plain = request.headers['content-encoding'] === 'gzip' ? gunzipSync(bytes) : bytes
    if (plain.length > limit) {
      reply(response, 413, { title: 'The body is too large' })
      return
    }
    const lines = plain
      .toString()
      .split('\n')
      .filter((line) => line !== '')
    const errors: { line: number; path: string; message: string }[] = []
    let changed = 0
    lines.forEach((text, index) => {
      const record: Record<string, unknown> = JSON.parse(text)
      const missing = must.find((name) => record[name] === undefined)
      if (missing !== undefined) {
        errors.push({ line: index + 1, path: missing, message: 'is required' })
        return
      }
      const place = `${kind} ${String(record['id'])}`
      if (stored.get(place) !== text) changed += 1
      stored.set(place, text)
    })
    if (errors.length === lines.length) {
      reply(response, 422, { title: 'Some values are not valid', errors })
      return
    }
    bodies.push(lines.length)
    const unchanged = lines.length - changed - errors.length
    reply(response, 200, {
      received: lines.length,
      changed,
      unchanged,
      rejected: errors.length,
      errors,
    })
  }

  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => response.destroy(Error(String(error))))
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  return {
    url: `http://127.0.0.1:${port}`,
    stored,
    bodies,
    faults,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => {
        server.close(resolve)
      })
    },
  }
}
