import type { IncomingMessage } from 'node:http'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { unzipSync } from 'fflate'
import { generate } from 'selfsigned'
import { type Problem, problemsOf } from './rules.ts'

/** A help desk that does one thing: it judges app packages. */
export interface Validator {
  port: number
  /** Its certificate, for clients that are to trust it. */
  certificate: string
  /** What was found in the packages sent so far. */
  judged: { files: string[]; problems: Problem[] }[]
  stop(): Promise<void>
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(Buffer.from(part))
  return Buffer.concat(parts)
}

/** Judges packages on 127.0.0.1 by the rules of this folder: 200, or 400 with a description of what is wrong. */
export async function startValidator(): Promise<Validator> {
  const { cert, private: key } = await generate([{ name: 'commonName', value: '127.0.0.1' }], {
    keyType: 'ec',
    extensions: [{ name: 'subjectAltName', altNames: [{ type: 7, ip: '127.0.0.1' }] }],
  })
  const judged: Validator['judged'] = []
  const server = createServer({ cert, key }, (request, response) => {
    const answer = (status: number, body: object) => {
      response.writeHead(status, { 'Content-Type': 'application/json' })
      response.end(JSON.stringify(body))
    }
    const judge = async () => {
      const body = await bodyOf(request)
      if (request.method !== 'POST' || request.url !== '/api/v2/apps/validate') {
        return answer(404, { error: 'RecordNotFound' })
      }
      if (request.headers.authorization === undefined) {
        return answer(401, { error: 'Couldn’t authenticate you' })
      }
      const type = request.headers['content-type'] ?? ''
      const form = await new Response(new Uint8Array(body), {
        headers: { 'Content-Type': type },
      }).formData()
      const file = form.get('file')
      if (!(file instanceof Blob)) return answer(400, { description: 'no file' })
      const zip = unzipSync(new Uint8Array(await file.arrayBuffer()))
      const files = new Map(Object.entries(zip).filter(([path]) => !path.endsWith('/')))
      const problems = problemsOf(files)
      judged.push({ files: [...files.keys()].toSorted(), problems })
      if (problems.length === 0) return answer(200, {})
      const description = problems.map(({ path, reason }) => `${path} ${reason}`).join('; ')
      return answer(400, { code: 'InvalidAppPackage', description })
    }
    judge().catch((error: unknown) => answer(500, { description: String(error) }))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    port: portOf(server.address()),
    certificate: cert,
    judged,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

function portOf(address: string | AddressInfo | null): number {
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address.port
}
