import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Host } from '../launcher/outside.ts'
import type { World } from '../world.ts'
import { openAccount, type ZendeskAccount } from './account.ts'
import type { Faults } from './faults.ts'
import { fillAccount, numberOf } from './fill.ts'
import { openLimits, type Plan } from './limits.ts'
import { openOAuth, type Token } from './oauth.ts'
import type { ZField, ZTrigger, ZWebhook } from './objects.ts'
import type { SiteOptions } from './call.ts'
import { zendeskSite } from './site.ts'
import { openTriggers } from './triggers.ts'
import { openWebhooks, type WebhookOptions } from './webhooks.ts'

/** Rapport's registration at the practice desk. */
export const client = { id: 'zdg-rapport', secret: 'practice-client-secret' }

/** What makes a help desk another one than the practice shop's. */
export interface DeskMakeup {
  /** Puts more into it. */
  fill?: (account: ZendeskAccount) => void
  plan?: Plan
  faults?: Faults
  lost?: (request: Request) => boolean
}

interface DeskOptions {
  world: World
  now: () => Date
  /** Folder in which tokens and webhooks outlive a restart. */
  state: string
  send: WebhookOptions['send']
  makeup?: DeskMakeup
}

interface Kept {
  tokens: Token[]
  webhooks: ZWebhook[]
  userFields?: ZField[]
  ticketFields?: ZField[]
  triggers?: ZTrigger[]
  /** Users with values in their fields: id, values, tags. */
  users?: [number, Record<string, unknown>, string[]][]
}

/** Puts back what was made and set in an earlier start. */
function putBack(account: ZendeskAccount, kept: Kept): void {
  for (const webhook of kept.webhooks) account.webhooks.set(webhook.id, webhook)
  for (const field of kept.userFields ?? []) account.userFields.set(field.id, field)
  for (const trigger of kept.triggers ?? []) account.triggers.set(trigger.id, trigger)
  for (const options of kept.ticketFields ?? []) {
    const { id, title, type } = options
    account.fields.push({ id, title, type, removable: true, options })
  }
  for (const [id, values, tags] of kept.users ?? []) {
    const user = account.users.get(id)?.row
    if (user !== undefined) Object.assign(user, { user_fields: values, tags })
  }
}

function keptOf(account: ZendeskAccount, tokens: Token[]): Kept {
  return {
    tokens,
    webhooks: [...account.webhooks.values()],
    userFields: [...account.userFields.values()],
    ticketFields: account.fields.flatMap(({ options }) => options ?? []),
    triggers: [...account.triggers.values()],
    users: [...account.users.values()]
      .filter(({ row }) => Object.keys(row.user_fields).length > 0)
      .map(({ row }) => [row.id, row.user_fields, row.tags]),
  }
}

/** The practice desk as a Zendesk account: a large plan with the add-on for more exports. */
export function openZendesk({ world, now, state, send, makeup = {} }: DeskOptions) {
  const path = join(state, 'zendesk.json')
  const kept: Kept = existsSync(path)
    ? JSON.parse(readFileSync(path, 'utf8'))
    : { tokens: [], webhooks: [] }
  const account = openAccount(() => now().getTime())
  fillAccount(account, world)
  makeup.fill?.(account)
  putBack(account, kept)
  openTriggers(account)
  const save = () => {
    const text = JSON.stringify(keptOf(account, oauth.tokens))
    writeFileSync(`${path}.new`, text, { mode: 0o600 })
    renameSync(`${path}.new`, path)
  }
  const oauth = openOAuth({
    now: account.now,
    clientId: client.id,
    clientSecret: client.secret,
    redirectUris: (uri) => /^http:\/\/(127\.0\.0\.1|localhost):\d+\/connections\//.test(uri),
    tokens: kept.tokens,
    changed: save,
  })
  const webhooks = openWebhooks(account, { send })
  const limits = openLimits(makeup.plan ?? { requests: 2_500, exports: 30 }, account.now)
  const asked = new Map<string, number>()
  const options: SiteOptions = {
    account,
    oauth,
    limits,
    changed: save,
    satisfaction: () => new Set(['surveys']),
    told: (path) => asked.set(path, (asked.get(path) ?? 0) + 1),
    ...(makeup.faults && { faults: makeup.faults }),
    ...(makeup.lost && { lost: makeup.lost }),
  }
  const admin = world.agents.find(({ role }) => role === 'admin')?.id ?? '1'
  const site = zendeskSite(options)
  let done = 0
  const host: Host = async (request) => {
    const answer = await site(request)
    if (account.jobs.done !== done) save()
    done = account.jobs.done
    return answer
  }
  return {
    account,
    /** How often each address was asked. */
    asked,
    limits,
    options,
    webhooks,
    host,
    /** What nobody's log may hold: tokens, and who writes what. */
    secrets: () => [
      ...oauth.tokens.flatMap(({ access, refresh }) => [access, refresh]),
      ...[...account.webhooks.values()].map(({ secret }) => secret),
      ...[...account.users.values()].flatMap(({ row }) => [row.name, row.email ?? '']),
      ...[...account.comments.values()].flat().map(({ body }) => body.slice(0, 80)),
    ],
    approve: (url: URL) => oauth.approve(url, numberOf(admin)),
  }
}
