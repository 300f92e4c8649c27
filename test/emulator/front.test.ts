import { request } from 'node:http'
import { gzipSync } from 'node:zlib'
import { afterAll, describe, expect, it } from 'vitest'
import { startDesk } from '../support/desk.ts'

/** A Worker that says what it got. */
const desk = await startDesk((incoming, response) => {
  if (incoming.url === '/v1/slow') {
    response.write('first')
    setTimeout(() => response.end('last'), 150)
    return
  }
  if (incoming.url === '/v1/gzip') {
    response.writeHead(200, { 'Content-Encoding': 'gzip', 'Content-Type': 'text/plain' })
    response.end(gzipSync('packed'))
    return
  }
  let bytes = 0
  incoming.on('data', (part: Buffer) => {
    bytes += part.length
  })
  incoming.on('end', () => {
    response.writeHead(200, { 'X-Request-Id': 'abc', 'Set-Cookie': ['a=1', 'b=2'] })
    response.end(JSON.stringify({ url: incoming.url, headers: incoming.headers, bytes }))
  })
})
afterAll(() => desk.stop())

interface Got {
  status: number
  headers: Record<string, string | string[] | undefined>
  body: Buffer
}

/** A plain request: `fetch` would decode bodies and set headers of its own. */
async function get(path: string, headers: Record<string, string> = {}): Promise<Got> {
  return await new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port: desk.port, path, headers }, (answer) => {
      const parts: Buffer[] = []
      answer.on('data', (part: Buffer) => parts.push(part))
      answer.on('end', () =>
        resolve({
          status: answer.statusCode ?? 0,
          headers: answer.headers,
          body: Buffer.concat(parts),
        }),
      )
    })
    sent.on('error', reject)
    sent.end()
  })
}

describe('the one door', () => {
  it('passes address and headers on, both ways', async () => {
    const got = await get('/v1/x?a=%20b', { Authorization: 'Bearer k', 'X-Own': '1' })
    const said = JSON.parse(got.body.toString('utf8'))
    expect(said.url).toBe('/v1/x?a=%20b')
    expect(said.headers).toMatchObject({
      authorization: 'Bearer k',
      'x-own': '1',
      host: `127.0.0.1:${desk.port}`,
    })
    expect(got.headers).toMatchObject({ 'x-request-id': 'abc', 'set-cookie': ['a=1', 'b=2'] })
  })

  it('leaves a packed body packed', async () => {
    const got = await get('/v1/gzip', { 'Accept-Encoding': 'gzip' })
    expect(got.headers['content-encoding']).toBe('gzip')
    expect(got.body.equals(gzipSync('packed'))).toBe(true)
  })

  it('hands on each part of an answer when it comes', async () => {
    const response = await fetch(`${desk.url}v1/slow`)
    const reader = response.body?.getReader()
    const first = await reader?.read()
    expect(new TextDecoder().decode(first?.value)).toBe('first')
  })

  it('takes an upload of 30 MB, also in parts of unknown number', async () => {
    const part = new Uint8Array(1_000_000)
    let left = 30
    const body = new ReadableStream({
      pull(controller) {
        if (left === 0) controller.close()
        else controller.enqueue(part)
        left -= 1
      },
    })
    const init: RequestInit & { duplex: 'half' } = { method: 'PUT', body, duplex: 'half' }
    const response = await fetch(`${desk.url}v1/orders`, init)
    expect(await response.json()).toMatchObject({ bytes: 30_000_000 })
  })

  it.each([
    ['another name for this machine', '/v1/x', { Host: 'evil.example' }, 421],
    ['a foreign page asking the desk', '/desk/start', { Origin: 'https://evil.example' }, 403],
    ['the desk at the app’s origin', '/', { Host: '127.0.0.1' }, 307],
    ['a path out of the page’s folder', '/desk/..%2fstart.ts', {}, 404],
  ])('refuses %s', async (_name, path, headers, status) => {
    const host = status === 307 ? {} : { Host: `localhost:${desk.port}` }
    expect((await get(path, { ...host, ...headers })).status).toBe(status)
  })

  it('serves the page with a policy that runs only its own files and frames only the app', async () => {
    const got = await get('/', { Host: `localhost:${desk.port}` })
    const policy = String(got.headers['content-security-policy'])
    expect(policy).toContain("script-src 'self'")
    expect(policy).toContain(`frame-src http://127.0.0.1:${desk.port}`)
    expect(policy).not.toContain('unsafe')
  })

  it('serves the page’s TypeScript without its types', async () => {
    const got = await get('/desk/zaf-host.ts', { Host: `localhost:${desk.port}` })
    expect(got.headers['content-type']).toContain('text/javascript')
    expect(got.body.toString('utf8')).not.toContain('interface ')
  })
})
