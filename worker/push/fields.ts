import type { z } from 'zod'
import type { Failure } from '../zendesk/ask.ts'
import type { Desk } from '../zendesk/desk.ts'
import { everyPage } from '../zendesk/pages.ts'
import { checkboxKey, moods, pace, type TicketField, ticketFields, userFields } from './catalog.ts'
import type { PushSettings } from './settings.ts'
import * as shapes from './shapes.ts'
import type { KnownField, KnownFields } from './store.ts'
import type { FieldType } from './values.ts'
import { keptTicketFields, markKey, tagOf } from './wanted.ts'

/** A field as it should be at the help desk. */
interface Draft {
  key: string
  type: FieldType
  title: string
  tag?: string
  options?: readonly { name: string; value: string }[]
}

/** Names of segments and actions that fields are made for. */
export interface Names {
  segments: readonly { key: string; name: string }[]
  actions: readonly { name: string; type: FieldType }[]
}

/** The fields of users that these settings need, as they should be made. */
export function draftsOf(
  settings: PushSettings,
  kept: ReadonlyMap<string, FieldType>,
  { segments, actions }: Names,
): Draft[] {
  const titles = new Map<string, string>(
    Object.values(userFields).map(({ key, title }) => [key, title]),
  )
  const chosen = segments.filter(({ key }) => settings.checkboxes.includes(key))
  const checkboxes = new Map(chosen.map((one) => [checkboxKey(one.key), one]))
  const marks = new Map(actions.map(({ name }) => [markKey(name), name]))
  return [...kept].map(([key, type]) => {
    const segment = checkboxes.get(key)
    const mark = marks.get(key)
    const title = titles.get(key) ?? `Rapport: ${segment?.name ?? mark ?? key}`
    const tag =
      mark !== undefined && type === 'checkbox'
        ? tagOf(mark)
        : settings.tags && segment !== undefined
          ? tagOf(segment.key)
          : settings.tags && key === userFields.badRating.key
            ? tagOf('bad_rating')
            : undefined
    const options = segments.map(({ key: value, name }) => ({ name, value: tagOf(value) }))
    return {
      key,
      type,
      title,
      ...(tag !== undefined && { tag }),
      ...(type === 'multiselect' && { options }),
    }
  })
}

/** Fields as far as they are known, and the reply that ended the look before its end. */
interface Looked<Fields> {
  fields: Fields
  failure: Failure | null
}

/**
 * Our fields at the help desk: those that are there, and those that are missing made, within an hour of the last
 * look, or a minute where one of them or an option is missing. A field that was there once and is gone was removed by
 * an admin, and stays away. What was made before a failure is known as ours.
 */
export async function freshFields(
  desk: Desk,
  known: KnownFields,
  drafts: readonly Draft[],
  settings: PushSettings,
  now: number,
): Promise<Looked<KnownFields>> {
  const complete =
    drafts.every(
      ({ key, options = [] }) =>
        key in known.users &&
        options.every(({ value }) => known.users[key]?.options?.includes(value)),
    ) && [...keptTicketFields(settings).keys()].every((name) => name in known.tickets)
  if (now - known.at < (complete ? pace.fields : pace.fieldsMissing)) {
    return { fields: known, failure: null }
  }
  const users: Record<string, KnownField> = { ...known.users }
  const there = new Map<string, z.output<typeof shapes.userField>>()
  const path = '/api/v2/user_fields.json?page[size]=100'
  const failure = await everyPage(desk, path, shapes.userFieldPage, (page) => {
    for (const one of page.user_fields) there.set(one.key, one)
  })
  if (failure !== null) return { fields: known, failure }
  for (const draft of drafts) {
    const found = there.get(draft.key)
    const before = users[draft.key]
    if (found === undefined && before !== undefined) {
      users[draft.key] = { ...before, removed: true }
      continue
    }
    const made = found ?? (await makeField(desk, draft))
    if ('ok' in made) return { fields: { ...known, users }, failure: made }
    users[draft.key] = {
      id: made.id,
      type: draft.type,
      ours: before?.ours ?? found === undefined,
      ...(draft.options && { options: await offered(desk, made, draft.options) }),
    }
  }
  const { fields: tickets, failure: ended } = await freshTicketFields(desk, known.tickets, settings)
  return { fields: { at: ended === null ? now : known.at, users, tickets }, failure: ended }
}

async function makeField(
  desk: Desk,
  { key, type, title, tag, options }: Draft,
): Promise<z.output<typeof shapes.userField> | Failure> {
  const body = {
    user_field: {
      key,
      type,
      title,
      description: 'Kept up to date by Rapport.',
      ...(tag !== undefined && { tag }),
      ...(options && { custom_field_options: options }),
    },
  }
  const made = await desk.ask(
    { path: '/api/v2/user_fields.json', method: 'POST', body },
    shapes.userFieldMade,
  )
  return made.ok ? made.body.user_field : made
}

/** Adds the options that are missing, one by one: a list of them would take away what stands in the others. */
async function offered(
  desk: Desk,
  field: z.output<typeof shapes.userField>,
  options: readonly { name: string; value: string }[],
): Promise<string[]> {
  const there = (field.custom_field_options ?? []).map(({ value }) => value)
  for (const { name, value } of options) {
    if (there.includes(value)) continue
    const path = `/api/v2/user_fields/${field.id}/options.json`
    const body = { custom_field_option: { name, value } }
    const made = await desk.ask({ path, method: 'POST', body }, shapes.anything)
    if (made.ok) there.push(value)
  }
  return there
}

async function freshTicketFields(
  desk: Desk,
  known: KnownFields['tickets'],
  settings: PushSettings,
): Promise<Looked<KnownFields['tickets']>> {
  const names = [...keptTicketFields(settings).keys()] as TicketField[]
  if (names.length === 0) return { fields: known, failure: null }
  const there = new Map<string, z.output<typeof shapes.ticketField>>()
  const path = '/api/v2/ticket_fields.json?page[size]=100'
  const failure = await everyPage(desk, path, shapes.ticketFieldPage, (page) => {
    for (const one of page.ticket_fields) there.set(one.title, one)
  })
  if (failure !== null) return { fields: known, failure }
  const tickets: Record<string, KnownField> = { ...known }
  for (const name of names) {
    const { title, type } = ticketFields[name]
    const before = tickets[name]
    const found = there.get(title)
    if (found === undefined && before !== undefined) {
      tickets[name] = { ...before, removed: true }
      continue
    }
    const options = moods.map((mood) => ({ name: mood, value: tagOf(mood) }))
    const body = {
      ticket_field: { title, type, ...(type === 'tagger' && { custom_field_options: options }) },
    }
    const made = found
      ? { ok: true as const, body: { ticket_field: found } }
      : await desk.ask(
          { path: '/api/v2/ticket_fields.json', method: 'POST', body },
          shapes.ticketFieldMade,
        )
    if (!made.ok) return { fields: tickets, failure: made }
    const { id } = made.body.ticket_field
    tickets[name] = { id, type, ours: before?.ours ?? found === undefined }
  }
  return { fields: tickets, failure: null }
}

/** Fields that can be written: kept, there, and not removed by an admin. */
export function writable(
  kept: ReadonlyMap<string, FieldType>,
  known: Readonly<Record<string, KnownField>>,
): Map<string, FieldType> {
  return new Map([...kept].filter(([key]) => known[key] !== undefined && !known[key].removed))
}
