import type { Answer } from './paging.ts'

export interface Plan {
  /** Requests a minute, of all tools of the account together. */
  requests: number
  /** Incremental exports a minute; users by cursor have as many again. */
  exports: number
}

/** Zendesk's limits by minute. A refusal is sometimes JSON, sometimes text, its header sometimes missing or 0. */
export function openLimits(plan: Plan, now: () => number) {
  let minute = 0
  const single = { second: 0, users: new Map<string, number>() }
  const used = new Map<string, number>()
  const refused: string[] = []
  const take = (name: string, most: number): number => {
    const current = Math.floor(now() / 60_000)
    if (current !== minute) {
      used.clear()
      single.users.clear()
    }
    minute = current
    const count = (used.get(name) ?? 0) + 1
    used.set(name, count)
    return most - count
  }
  const exportLimit = (path: string) =>
    path.startsWith('/api/v2/incremental/users')
      ? (['exports of users', 20] as const)
      : path.startsWith('/api/v2/incremental/')
        ? (['exports', plan.exports] as const)
        : null
  return {
    /** What was refused, by the name of its limit. */
    refused,
    /** Requests of the present minute. */
    used: (name: string) => used.get(name) ?? 0,
    /** One user changed by itself: one a second, each one five times a minute; the refusal is plain text. */
    checkSingle(user: string): Answer | null {
      const second = Math.floor(now() / 1_000)
      const count = (single.users.get(user) ?? 0) + 1
      if (single.second === second || count > 5) {
        refused.push('single users')
        return { status: 429, body: 'Rate limit for updating users exceeded, please wait' }
      }
      single.second = second
      single.users.set(user, count)
      return null
    },
    /** Counts a request; an answer when it is refused, else headers for its answer. */
    check(path: string): { refusal: Answer } | { headers: Record<string, string> } {
      const left = take('requests', plan.requests)
      const own = exportLimit(path)
      const ownLeft = own === null ? 1 : take(own[0], own[1])
      const headers: Record<string, string> = {
        'X-Rate-Limit': String(plan.requests),
        'X-Rate-Limit-Remaining': String(Math.max(0, left)),
      }
      const resets = 60 - Math.floor((now() / 1_000) % 60)
      if (own !== null) {
        headers['Zendesk-RateLimit-incremental-exports-user'] =
          `total=${own[1]}; remaining=${Math.max(0, ownLeft)}; resets=${resets}`
      }
      if (left >= 0 && ownLeft >= 0) return { headers }
      refused.push(left < 0 ? 'requests' : (own?.[0] ?? ''))
      return { refusal: refusalOf(refused.length, headers, resets) }
    },
  }
}

function refusalOf(turn: number, headers: Record<string, string>, resets: number): Answer {
  if (turn % 3 === 0)
    return { status: 429, body: 'Number of allowed API requests per minute exceeded', headers }
  const wait = turn % 3 === 1 ? { 'Retry-After': String(resets) } : { 'Retry-After': '0' }
  const body = {
    error: 'APIRateLimitExceeded',
    description: 'Number of allowed incremental export API requests per minute exceeded',
  }
  return { status: 429, body, headers: { ...headers, ...wait } }
}
