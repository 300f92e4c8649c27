import type { ZendeskAccount } from './account.ts'
import type { ZField, ZUser } from './objects.ts'
import { type Answer, missing } from './paging.ts'

/** Types of custom fields of users. */
const types = [
  'checkbox',
  'date',
  'decimal',
  'dropdown',
  'integer',
  'lookup',
  'multiselect',
  'regexp',
  'text',
  'textarea',
]
const ticketTypes = [...types.filter((one) => one !== 'dropdown'), 'tagger']

let lastId = 40_000_000

export function nextId(): number {
  lastId += 1
  return lastId
}

const texts = (value: unknown) =>
  typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {}

function invalid(text: string): Answer {
  const details = { base: [{ description: text }] }
  return { status: 422, body: { error: 'RecordInvalid', description: text, details } }
}

function fieldOf(given: Record<string, unknown>, key: string): ZField {
  const { title, description, active, tag, custom_field_options: options } = given
  return {
    id: nextId(),
    key,
    type: String(given['type']),
    title: String(title),
    description: typeof description === 'string' ? description : '',
    active: active !== false,
    tag: typeof tag === 'string' && tag !== '' ? tag : null,
    removable: true,
    custom_field_options: (Array.isArray(options) ? options : []).map((one) => ({
      id: nextId(),
      name: String(texts(one)['name']),
      value: String(texts(one)['value']),
    })),
  }
}

/** Makes a field of users; its key is there for ever, and once. */
export function makeUserField(account: ZendeskAccount, body: Record<string, unknown>): Answer {
  const given = texts(body['user_field'])
  const key = String(given['key'] ?? '')
  if (!/^\w+$/.test(key) || /^\d+$/.test(key)) return invalid('Key: is invalid')
  if (!types.includes(String(given['type']))) return invalid('Type: is invalid')
  if (typeof given['title'] !== 'string' || given['title'] === '') {
    return invalid('Title: cannot be blank')
  }
  if ([...account.userFields.values()].some((one) => one.key === key)) {
    return invalid(`Key: ${key} has already been taken`)
  }
  const field = fieldOf(given, key)
  account.userFields.set(field.id, field)
  return { status: 201, body: { user_field: field } }
}

/** Adds an option to a dropdown or multiselect; the others stay. */
export function addOption(
  account: ZendeskAccount,
  id: string,
  body: Record<string, unknown>,
): Answer {
  const field = account.userFields.get(Number(id))
  if (field === undefined) return missing
  const { name, value } = texts(body['custom_field_option'])
  if (typeof name !== 'string' || typeof value !== 'string') return invalid('Value: is invalid')
  const option = { id: nextId(), name, value }
  field.custom_field_options.push(option)
  return { status: 201, body: { custom_field_option: option } }
}

/** Deletes a field, and with it what stood in it. */
export function deleteUserField(account: ZendeskAccount, id: string): Answer {
  const found = [...account.userFields.values()].find(
    (one) => String(one.id) === id || one.key === id,
  )
  if (found === undefined) return missing
  account.userFields.delete(found.id)
  for (const { row } of account.users.values()) delete row.user_fields[found.key]
  return { status: 204, body: null }
}

export function makeTicketField(account: ZendeskAccount, body: Record<string, unknown>): Answer {
  const given = texts(body['ticket_field'])
  if (!ticketTypes.includes(String(given['type']))) return invalid('Type: is invalid')
  if (typeof given['title'] !== 'string') return invalid('Title: cannot be blank')
  const field = fieldOf(given, '')
  const { id, title, type } = field
  account.fields.push({ id, title, type, removable: true, options: field })
  return { status: 201, body: { ticket_field: { ...field, key: null } } }
}

export function deleteTicketField(account: ZendeskAccount, id: string): Answer {
  const before = account.fields.length
  account.fields = account.fields.filter((one) => String(one.id) !== id || !one.removable)
  return account.fields.length === before ? missing : { status: 204, body: null }
}

/** A value as the account keeps it; an error in words where its field does not take it. */
export function valueFor(field: Pick<ZField, 'type' | 'custom_field_options'>, value: unknown) {
  const wrong = { error: `is invalid for ${field.type}` }
  if (field.type === 'checkbox') {
    if (value === null) return { value: false }
    return typeof value === 'boolean' ? { value } : wrong
  }
  if (value === null || value === '') return { value: null }
  const isOption = (one: unknown) =>
    field.custom_field_options.some((option) => option.value === one)
  switch (field.type) {
    case 'integer':
      return Number.isInteger(value) ? { value } : wrong
    case 'decimal':
      return Number.isFinite(Number(value)) ? { value: Number(value) } : wrong
    case 'date':
      return typeof value === 'string' && /^\d{4}-\d{2}-\d{2}/.test(value)
        ? { value: `${value.slice(0, 10)}T00:00:00+00:00` }
        : wrong
    case 'dropdown':
    case 'tagger':
      return isOption(value) ? { value } : wrong
    case 'multiselect':
      return Array.isArray(value) && value.every(isOption) ? { value } : wrong
    default:
      return typeof value === 'string' ? { value: value.slice(0, 65_536) } : wrong
  }
}

/** Tags that a value of a field brings along. */
function tagsOf(field: ZField, value: unknown): string[] {
  if (field.type === 'checkbox') return value === true && field.tag !== null ? [field.tag] : []
  if (field.type === 'dropdown') return typeof value === 'string' ? [value] : []
  if (field.type === 'multiselect') return Array.isArray(value) ? value.map(String) : []
  return []
}

/** Sets a field of a user, and swaps its tags; false where the field does not take the value. */
export function setUserField(user: ZUser, field: ZField, given: unknown): boolean {
  const kept = valueFor(field, given)
  if ('error' in kept) return false
  const old = new Set(tagsOf(field, user.user_fields[field.key]))
  const fresh = tagsOf(field, kept.value)
  user.tags = [...new Set([...user.tags.filter((tag) => !old.has(tag)), ...fresh])]
  user.user_fields[field.key] = kept.value
  return true
}

/** A user as the API shows it: every field that there is, set or not. */
export function shownUser(account: ZendeskAccount, user: ZUser): ZUser {
  if (account.userFields.size === 0) return user
  const fields: Record<string, unknown> = { ...user.user_fields }
  for (const { key, type } of account.userFields.values()) {
    fields[key] ??= type === 'checkbox' ? false : type === 'multiselect' ? [] : null
  }
  return { ...user, user_fields: fields }
}

export function listUserFields({ userFields }: ZendeskAccount): ZField[] {
  return [...userFields.values()]
}
