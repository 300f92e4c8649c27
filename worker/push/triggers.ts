import type { Account } from '../accounts/account.ts'
import type { Db } from '../db.ts'
import { AppError } from '../errors.ts'
import type { Desk } from '../zendesk/desk.ts'
import { everyPage } from '../zendesk/pages.ts'
import * as deskShapes from '../zendesk/shapes.ts'
import { type Connection, saveTriggerWebhook } from '../zendesk/store.ts'
import { seal } from '../zendesk/vault.ts'
import type { Means } from '../zendesk/tokens.ts'
import * as shapes from './shapes.ts'
import { handing, type Starter, starters } from './catalog.ts'
import { fieldOfStarter, scoreSubject, starterTrigger, type TriggerDraft } from './starter.ts'
import { type KnownField, type PushState, saveTriggerGroup, saveTriggers } from './store.ts'

interface Bench {
  db: Db
  account: Account
  connection: Connection
  desk: Desk
  means: Means
  state: PushState
}

const upstream = (what: string) => new AppError('upstream', `The help desk did not take ${what}.`)

/**
 * Makes the triggers that are asked for and are not there, has those that can hand tickets to the group, and removes the
 * others of ours. Every field that one
 * names has to be there, and so has the rating among what triggers may ask for.
 */
export async function chooseTriggers(
  bench: Bench,
  wanted: readonly Starter[],
  group: string | null = bench.state.group,
): Promise<PushState['triggers']> {
  const { db, account, desk, state } = bench
  const found = await desk.ask({ path: '/api/v2/triggers/definitions.json' }, shapes.definitions)
  if (!found.ok) throw upstream('the question what triggers may ask for')
  const conditions = found.body.definitions.conditions_all.map(({ subject }) => subject)
  const missing = wanted.find((name) => !conditions.includes(subjectOf(name)))
  if (missing !== undefined) {
    throw new AppError(
      'conflict',
      `triggers: "${missing}" needs ${subjectOf(missing)}, which the help desk does not have; push its field first.`,
    )
  }
  const webhook = wanted.some((name) => name.endsWith('_rating'))
    ? await triggerWebhook(bench)
    : null
  const triggers = { ...state.triggers }
  for (const name of starters) {
    const id = triggers[name]
    if (!wanted.includes(name)) {
      if (id === undefined) continue
      if (!(await removeTrigger(desk, id))) throw upstream('that a trigger goes')
      delete triggers[name]
    } else if (id === undefined) {
      triggers[name] = await makeTrigger(desk, starterTrigger(name, { webhook, group }))
    } else {
      if (handing.includes(name)) await handOver(desk, id, group)
      continue
    }
    await db.batch([saveTriggers(account.id, triggers)])
  }
  await db.batch([saveTriggerGroup(account.id, group)])
  return triggers
}

/** Has a trigger hand tickets to a group, or to none; what admins changed in it besides stays. */
async function handOver(desk: Desk, id: string, group: string | null): Promise<void> {
  const path = `/api/v2/triggers/${id}.json`
  const found = await desk.ask({ path }, shapes.trigger)
  // Who removed it there does not want it.
  if (!found.ok && found.status === 404) return
  if (!found.ok) throw upstream('the question what a trigger does')
  const given = found.body.trigger.actions
  const before = given.filter(({ field }) => field === 'group_id')
  if (before.length === (group === null ? 0 : 1) && before.every(({ value }) => value === group)) {
    return
  }
  const others = given.filter(({ field }) => field !== 'group_id')
  const actions = group === null ? others : [...others, { field: 'group_id', value: group }]
  const changed = await desk.ask(
    { path, method: 'PUT', body: { trigger: { actions } } },
    shapes.anything,
  )
  if (!changed.ok) throw upstream('that a trigger hands tickets to a group')
}

/** Makes a trigger, or switches on the one of the same title that came with the app; returns its id. */
async function makeTrigger(desk: Desk, trigger: TriggerDraft): Promise<string> {
  const ids: string[] = []
  const list = '/api/v2/triggers.json?page[size]=100'
  const failure = await everyPage(desk, list, shapes.triggerPage, ({ triggers }) => {
    ids.push(...triggers.filter(({ title }) => title === trigger.title).map(({ id }) => id))
  })
  if (failure !== null) throw upstream('the question which triggers there are')
  const [id] = ids
  const method = id === undefined ? 'POST' : 'PUT'
  const path = id === undefined ? '/api/v2/triggers.json' : `/api/v2/triggers/${id}.json`
  const made = await desk.ask({ path, method, body: { trigger } }, shapes.triggerMade)
  if (!made.ok) throw upstream(`the trigger "${trigger.title}"`)
  return made.body.trigger.id
}

/** Removes a trigger; one that came with the app may only be switched off. False when neither was taken. */
async function removeTrigger(desk: Desk, id: string): Promise<boolean> {
  const path = `/api/v2/triggers/${id}.json`
  const gone = await desk.ask({ path, method: 'DELETE' }, shapes.anything)
  if (gone.ok || gone.status === 404) return true
  const body = { trigger: { active: false } }
  const off = await desk.ask({ path, method: 'PUT', body }, shapes.anything)
  return off.ok
}

function subjectOf(name: Starter): string {
  return name.endsWith('_rating') ? scoreSubject : `requester.custom_fields.${fieldOfStarter[name]}`
}

/** The webhook that triggers call; made once. */
async function triggerWebhook({ db, account, connection, desk, means }: Bench): Promise<string> {
  if (connection.triggerWebhook !== null) return connection.triggerWebhook
  const webhook = {
    name: 'Rapport triggers',
    description: 'Tells Rapport that a trigger of its starter kit has acted.',
    status: 'active',
    endpoint: new URL(`/webhooks/zendesk-${account.id}`, connection.origin).href,
    http_method: 'POST',
    request_format: 'json',
    subscriptions: ['conditional_ticket_events'],
  }
  const made = await desk.ask(
    { path: '/api/v2/webhooks', method: 'POST', body: { webhook } },
    deskShapes.webhookMade,
  )
  if (!made.ok) throw upstream('the webhook')
  const { id } = made.body.webhook
  const secret = await desk.ask(
    { path: `/api/v2/webhooks/${id}/signing_secret` },
    deskShapes.signingSecret,
  )
  if (!secret.ok) throw upstream('the question for the secret of the webhook')
  const sealed = await seal(means.ring, account.id, secret.body.signing_secret.secret)
  await db.batch([saveTriggerWebhook(account.id, id, sealed)])
  connection.triggerWebhook = id
  return id
}

/** Removes our triggers and their webhook from the help desk, and our fields where that is asked for. */
export async function removeOurs(
  desk: Desk,
  connection: Connection,
  state: PushState,
  { withFields }: { withFields: boolean },
): Promise<void> {
  const gone = (path: string) => desk.ask({ path, method: 'DELETE' }, shapes.anything)
  for (const id of Object.values(state.triggers)) await removeTrigger(desk, id)
  if (connection.triggerWebhook !== null)
    await gone(`/api/v2/webhooks/${connection.triggerWebhook}`)
  if (!withFields) return
  for (const { id } of ours(state.fields.users)) await gone(`/api/v2/user_fields/${id}.json`)
  for (const { id } of ours(state.fields.tickets)) await gone(`/api/v2/ticket_fields/${id}.json`)
}

/** Fields that we made and that are there. */
function ours(fields: Readonly<Record<string, KnownField>>): KnownField[] {
  return Object.values(fields).filter((one) => one.ours && !one.removed)
}
