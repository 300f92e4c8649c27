/** What the platform gives the Worker: databases, static files, limits, secrets. */
export interface Env {
  CONTROL: D1Database
  SHARD_00: D1Database
  ASSETS: Fetcher
  KEY_LIMIT: RateLimit
  /** Signs app sessions; 32 bytes or more. */
  SESSION_SECRET: string
  /** An operator key: fixed in a local run; in production made at the first deployment, and removed once there are others. */
  BOOTSTRAP_KEY?: string
  /** An instant: the clock stands there at start and runs on. Local runs and tests only. */
  RAPPORT_NOW?: string
  /** Epoch milliseconds at which `RAPPORT_NOW` was true; without it the clock starts at the first call. */
  RAPPORT_STARTED?: string
}
