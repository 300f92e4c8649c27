/** Answers requests to one host of the outside world. */
export type Host = (request: Request) => Promise<Response> | Response

/**
 * The outside world of a local run: the hosts that are imitated, and nothing else. Every other host gets
 * 599, so that a request that would have left the machine is seen at once. `unknown` is told the host.
 */
export function outsideWorld(
  hosts: ReadonlyMap<string, Host>,
  unknown: (host: string) => void,
): (request: Request) => Promise<Response> {
  return async (request) => {
    const { hostname } = new URL(request.url)
    const host = hosts.get(hostname)
    if (host !== undefined) return await host(request)
    unknown(hostname)
    const message = `The practice world has no host ${hostname}.`
    return new Response(JSON.stringify({ error: message }), {
      status: 599,
      headers: { 'Content-Type': 'application/json' },
    })
  }
}
