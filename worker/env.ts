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
  /** The platform's language model; only where a deployment asked for it. */
  AI?: { run: (model: string, input: unknown) => Promise<unknown> }
  /** Our global OAuth client at Zendesk; without it no help desk can be connected. */
  ZENDESK_CLIENT_ID?: string
  ZENDESK_CLIENT_SECRET?: string
  /** Seals tokens at rest: `name:base64` of 32 bytes, by commas; the first seals, all of them open. */
  TOKEN_KEYS?: string
  /** Names that Zendesk asks of marketplace apps: organisation and app id. */
  ZENDESK_ORGANIZATION_ID?: string
  ZENDESK_APP_ID?: string
  /** Where an admin signs in instead of the help desk's own address. Local runs only. */
  ZENDESK_LOGIN_ORIGIN?: string
  /** An instant: the clock stands there at start and runs on. Local runs and tests only. */
  RAPPORT_NOW?: string
  /** Epoch milliseconds at which `RAPPORT_NOW` was true; without it the clock starts at the first call. */
  RAPPORT_STARTED?: string
}
