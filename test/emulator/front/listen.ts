import type { RequestListener, Server } from 'node:http'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** One listener on both loop-back addresses. */
export interface Listening {
  port: number
  close: () => Promise<void>
}

/**
 * Listens on 127.0.0.1 and, where the machine has it, on ::1, so that `localhost` and `127.0.0.1` are two
 * origins of one server. Port 0 takes any free port. Throws a sentence when the port is taken.
 */
export async function listenLocally(port: number, answer: RequestListener): Promise<Listening> {
  const four = makeServer(answer)
  await bind(four, port, '127.0.0.1')
  const taken = portOf(four)
  const servers = [four]
  const six = makeServer(answer)
  try {
    await bind(six, taken, '::1')
    servers.push(six)
  } catch (error) {
    if (error instanceof PortTaken) {
      await close(four)
      if (port !== 0) throw error
      return await listenLocally(0, answer)
    }
  }
  return {
    port: taken,
    async close() {
      await Promise.all(servers.map(close))
    },
  }
}

class PortTaken extends Error {
  constructor(port: number) {
    super(`Port ${port} is in use; stop what uses it, or set RAPPORT_PORT to another one.`)
    this.name = 'PortTaken'
  }
}

function makeServer(answer: RequestListener): Server {
  // Imports may take minutes; the Worker has its own limits.
  return createServer({ requestTimeout: 0, keepAliveTimeout: 30_000 }, answer)
}

async function bind(server: Server, port: number, host: string): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(error.code === 'EADDRINUSE' ? new PortTaken(port) : error),
    )
    server.listen({ port, host, ipv6Only: host === '::1' }, resolve)
  })
}

function portOf(server: Server): number {
  const address: string | AddressInfo | null = server.address()
  if (address === null || typeof address === 'string') throw new Error('The server has no port.')
  return address.port
}

async function close(server: Server): Promise<void> {
  server.closeAllConnections()
  await new Promise<void>((resolve) => server.close(() => resolve()))
}
