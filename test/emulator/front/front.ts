import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Listening } from './listen.ts'
import { listenLocally } from './listen.ts'
import { proxy } from './proxy.ts'

export interface FrontOptions {
  /** 0 takes any free port. */
  port: number
  /** Address patterns of the Worker, as in `wrangler.toml`: `/v1/*` or a whole path. */
  workerFirst: readonly string[]
  worker: () => URL
  files: () => URL
  /** Answers what belongs to the practice desk; false when the request is not for the desk. */
  desk: (request: IncomingMessage, response: ServerResponse, port: number) => boolean
}

/**
 * The one door of a local run: the practice desk at `http://localhost:<port>/`, the interface and the app on
 * both `localhost` and `127.0.0.1`. Requests that name another host are refused, so that no foreign page
 * can reach the local data under a name of its own.
 */
export async function startFront(options: FrontOptions): Promise<Listening> {
  const isWorkers = matcher(options.workerFirst)
  let port = options.port
  const front = await listenLocally(options.port, (request, response) => {
    const host = request.headers.host ?? ''
    if (!/^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/i.test(host)) {
      response.writeHead(421, { 'Content-Type': 'text/plain' })
      response.end('This server answers only for localhost and 127.0.0.1.\n')
      return
    }
    const path = (request.url ?? '/').split('?', 1)[0] ?? '/'
    if (isWorkers(path)) proxy(request, response, options.worker())
    else if (!options.desk(request, response, port)) proxy(request, response, options.files())
  })
  port = front.port
  return front
}

function matcher(patterns: readonly string[]): (path: string) => boolean {
  const whole = new Set(patterns.filter((pattern) => !pattern.endsWith('/*')))
  const prefixes = patterns.filter((pattern) => pattern.endsWith('/*')).map((p) => p.slice(0, -1))
  return (path) => whole.has(path) || prefixes.some((prefix) => path.startsWith(prefix))
}
