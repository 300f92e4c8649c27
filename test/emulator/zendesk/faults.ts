import type { Answer } from './paging.ts'

/** What goes wrong with a request before the account sees it; null when nothing does. */
export type Faults = (request: Request) => Answer | null | Promise<Answer | null>

/** Every so many requests, in turn: a refusal with text and no header, broken gateways, no answer at all. */
export function troubled(every: number): Faults & { count: () => number } {
  let turn = 0
  let count = 0
  const faults = (): Answer | null => {
    turn += 1
    if (turn % every !== 0) return null
    count += 1
    const kind = count % 5
    if (kind === 4) throw new Error('the connection was lost')
    if (kind === 0) return { status: 429, body: 'Too many requests' }
    if (kind === 1) return { status: 502, body: '<html><body>Bad gateway</body></html>' }
    if (kind === 2)
      return { status: 503, body: { error: 'DatabaseError' }, headers: { 'Retry-After': '1' } }
    return { status: 504, body: 'Gateway time-out' }
  }
  return Object.assign(faults, { count: () => count })
}
