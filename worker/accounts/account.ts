import { z } from 'zod'

/** `HH:MM` from 00:00 to 24:00. */
const clockTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/, 'expected HH:MM')
const dayText = z.iso.date()

function isZone(name: string): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: name }))
  } catch {
    return false
  }
}

export const zoneName = z.string().refine(isZone, 'unknown time zone')
export const currencyCode = z
  .string()
  .regex(/^[A-Z]{3}$/, 'expected an ISO 4217 code of three capital letters')

export const schedule = z.strictObject({
  from: dayText,
  timeZone: zoneName,
  intervals: z
    .array(z.strictObject({ day: z.int().min(1).max(7), start: clockTime, end: clockTime }))
    .max(100),
  holidays: z
    .array(z.strictObject({ from: dayText, to: dayText }))
    .max(500)
    .default([]),
})
export type Schedule = z.output<typeof schedule>

/** Who may see satisfaction figures, besides keys with the scope. */
export const permissions = z.strictObject({
  satisfaction: z.strictObject({
    roles: z.array(z.enum(['agent', 'admin'])).max(2),
    users: z.array(z.string().max(100)).max(1_000).default([]),
  }),
})
export type Permissions = z.output<typeof permissions>

export const settings = z.object({
  keepText: z.boolean().default(false),
  peerBenchmark: z.boolean().default(false),
  /** Messages whose mood is uncertain are shown to the platform's language model. */
  assistedSentiment: z.boolean().default(false),
  badRatingDays: z.int().min(1).max(3_650).default(90),
  retention: z.object({ messagesDays: z.int().min(1).nullable().default(null) }).prefault({}),
  permissions: permissions.default({ satisfaction: { roles: ['admin'], users: [] } }),
})
export type Settings = z.output<typeof settings>

/** How the help desk is recognised: its sub-domain, installation, signing key and framing origins. */
export const helpDesk = z.strictObject({
  subdomain: z.string().regex(/^[a-z0-9][a-z0-9-]{0,62}$/, 'expected a sub-domain'),
  installation: z.string().regex(/^\d{1,20}$/, 'expected a number'),
  publicKey: z.string().max(4_000).startsWith('-----BEGIN PUBLIC KEY-----'),
  frameOrigins: z
    .array(z.url().refine((url) => new URL(url).origin === url, 'expected an origin'))
    .max(5),
})

export const newAccount = z.strictObject({
  name: z.string().trim().min(1).max(200),
  timeZone: zoneName,
  currency: currencyCode,
  industry: z.string().trim().min(1).max(100).optional(),
})

export const accountChange = z
  .strictObject({
    name: newAccount.shape.name,
    timeZone: zoneName,
    currency: currencyCode,
    industry: newAccount.shape.industry.unwrap().nullable(),
    weekStart: z.int().min(1).max(7),
    countUnpaid: z.boolean(),
    schedules: z.array(schedule).max(100),
    keepText: z.boolean(),
    peerBenchmark: z.boolean(),
    assistedSentiment: z.boolean(),
    badRatingDays: z.int().min(1).max(3_650),
    retention: z.strictObject({ messagesDays: z.int().min(1).nullable() }),
    helpDesk,
  })
  .partial()
export type AccountChange = z.output<typeof accountChange>

/** One installation of the app: the tenant. */
export interface Account {
  id: number
  name: string
  timeZone: string
  currency: string
  industry: string | null
  /** First day of the week, 1 = Monday. */
  weekStart: number
  countUnpaid: boolean
  schedules: Schedule[]
  settings: Settings
  subdomain: string | null
  installation: string | null
  publicKey: string | null
  frameOrigins: string[]
  shard: string
  /** Raised by every change that makes all cards and columns stale. */
  revision: number
}

/** What the API shows of an account. */
export const accountShown = z.object({
  id: z.int(),
  name: z.string(),
  timeZone: zoneName,
  currency: currencyCode,
  industry: z.string().nullable(),
  weekStart: z.int().min(1).max(7),
  countUnpaid: z.boolean(),
  schedules: z.array(schedule),
  keepText: z.boolean(),
  peerBenchmark: z.boolean(),
  assistedSentiment: z.boolean(),
  badRatingDays: z.int(),
  retention: z.object({ messagesDays: z.int().nullable() }),
  helpDesk: z.object({
    subdomain: z.string().nullable(),
    installation: z.string().nullable(),
    frameOrigins: z.array(z.string()),
  }),
})

/** The account as the API shows it. */
export function accountView(account: Account): z.output<typeof accountShown> {
  const { id, name, timeZone, currency, industry, weekStart, countUnpaid, schedules } = account
  const { keepText, peerBenchmark, assistedSentiment, badRatingDays, retention } = account.settings
  const shown = { id, name, timeZone, currency, industry, weekStart, countUnpaid, schedules }
  const desk = {
    subdomain: account.subdomain,
    installation: account.installation,
    frameOrigins: account.frameOrigins,
  }
  const kept = { keepText, peerBenchmark, assistedSentiment, badRatingDays, retention }
  return { ...shown, ...kept, helpDesk: desk }
}

/** True when the change alters days, amounts or what counts, so that everything must be evaluated again. */
export function changesFigures(account: Account, change: AccountChange): boolean {
  return (
    (change.timeZone !== undefined && change.timeZone !== account.timeZone) ||
    (change.currency !== undefined && change.currency !== account.currency) ||
    (change.countUnpaid !== undefined && change.countUnpaid !== account.countUnpaid)
  )
}

/** The account after a change; what the change does not name stays. */
export function changed(account: Account, change: AccountChange): Account {
  const desk = change.helpDesk ?? account
  return {
    ...account,
    name: change.name ?? account.name,
    timeZone: change.timeZone ?? account.timeZone,
    currency: change.currency ?? account.currency,
    industry: change.industry === undefined ? account.industry : change.industry,
    weekStart: change.weekStart ?? account.weekStart,
    countUnpaid: change.countUnpaid ?? account.countUnpaid,
    schedules: change.schedules ?? account.schedules,
    settings: {
      ...account.settings,
      keepText: change.keepText ?? account.settings.keepText,
      peerBenchmark: change.peerBenchmark ?? account.settings.peerBenchmark,
      assistedSentiment: change.assistedSentiment ?? account.settings.assistedSentiment,
      badRatingDays: change.badRatingDays ?? account.settings.badRatingDays,
      retention: change.retention ?? account.settings.retention,
    },
    subdomain: desk.subdomain,
    installation: desk.installation,
    publicKey: desk.publicKey,
    frameOrigins: desk.frameOrigins,
    revision: account.revision + (changesFigures(account, change) ? 1 : 0),
  }
}
