/** How often a card is asked for again, in ms. */
export const pace = {
  /** Changes are known to be on their way. */
  waiting: 1_500,
  /** Something just happened in the ticket, which may reach us only in a moment. */
  watching: 2_000,
  steady: 60_000,
  afterError: 30_000,
  afterErrors: 120_000,
  /** How long something that happened is watched for. */
  watch: 10_000,
} as const

/** Ms until the card is asked for again; false while nobody looks. */
export function nextRefresh(now: {
  active: boolean
  failures: number
  waiting: number
  watchedUntil: number
  at: number
}): number | false {
  if (!now.active) return false
  if (now.failures > 1) return pace.afterErrors
  if (now.failures === 1) return pace.afterError
  if (now.waiting > 0) return pace.waiting
  return now.at < now.watchedUntil ? pace.watching : pace.steady
}
