import type { ZendeskAccount } from './account.ts'
import { nextId } from './fields.ts'
import type { ZCondition, ZField, ZTicket, ZTrigger } from './objects.ts'
import { type Answer, missing, ok } from './paging.ts'

const scores = ['good', 'bad', 'good_with_comment', 'bad_with_comment']
const priorities = ['low', 'normal', 'high', 'urgent']
const statuses = ['new', 'open', 'pending', 'hold', 'solved', 'closed']
const prefix = 'requester.custom_fields.'

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function userField(account: ZendeskAccount, subject: string): ZField | undefined {
  if (!subject.startsWith(prefix)) return undefined
  const key = subject.slice(prefix.length)
  return [...account.userFields.values()].find((one) => one.key === key)
}

/** Values that a field of users takes in triggers: of dropdowns the ids of options, never their tags. */
function takes({ type, custom_field_options: options }: ZField, value: string): boolean {
  if (type === 'checkbox') return value === 'true' || value === 'false'
  if (type === 'dropdown') return value === '' || options.some(({ id }) => String(id) === value)
  return true
}

function wrongCondition(account: ZendeskAccount, { field, operator, value }: ZCondition) {
  const simple: Record<string, readonly string[] | null> = {
    satisfaction_score: scores,
    status: statuses,
    priority: priorities,
    update_type: ['Create', 'Change'],
    group_id: null,
    current_tags: null,
  }
  const operators = field === 'current_tags' ? ['includes', 'not_includes'] : ['is', 'is_not']
  if (!operators.includes(operator)) return `operator "${operator}" is invalid for ${field}`
  const own = userField(account, field)
  if (own !== undefined)
    return takes(own, value) ? null : `value "${value}" is invalid for ${field}`
  if (!(field in simple)) return `${field} is no condition`
  const known = simple[field]
  return known == null || known.includes(value) ? null : `value "${value}" is invalid for ${field}`
}

function wrongAction(account: ZendeskAccount, { field, value }: ZTrigger['actions'][number]) {
  if (field === 'notification_webhook') {
    return Array.isArray(value) && account.webhooks.has(value[0] ?? '') ? null : 'no such webhook'
  }
  if (Array.isArray(value)) return `${field} takes one value`
  if (field === 'priority') return priorities.includes(value) ? null : 'priority is invalid'
  if (field === 'group_id') return account.groups.has(Number(value)) ? null : 'no such group'
  if (['set_tags', 'current_tags', 'remove_tags'].includes(field)) return null
  const own = userField(account, field)
  if (own === undefined) return `${field} is no action`
  return takes(own, value) ? null : `value "${value}" is invalid for ${field}`
}

function listOf<Item>(value: unknown): Item[] {
  return Array.isArray(value) ? value : []
}

/** Makes a trigger, or changes the one with this id. */
export function makeTrigger(
  account: ZendeskAccount,
  body: Record<string, unknown>,
  id?: string,
): Answer {
  const before = id === undefined ? undefined : account.triggers.get(Number(id))
  if (id !== undefined && before === undefined) return missing
  const given = { ...before, ...(isObject(body['trigger']) ? body['trigger'] : {}) }
  const conditions: Record<string, unknown> = isObject(given.conditions)
    ? { ...given.conditions }
    : {}
  const [all, any] = [listOf<ZCondition>(conditions['all']), listOf<ZCondition>(conditions['any'])]
  const actions = listOf<ZTrigger['actions'][number]>(given['actions'])
  const errors = [
    typeof given['title'] === 'string' ? null : 'title cannot be blank',
    all.length + any.length === 0 ? 'conditions cannot be blank' : null,
    actions.length === 0 ? 'actions cannot be blank' : null,
    ...[...all, ...any].map((one) => wrongCondition(account, one)),
    ...actions.map((one) => wrongAction(account, one)),
  ].filter((one) => one !== null)
  if (errors.length > 0) {
    return { status: 422, body: { error: 'RecordInvalid', description: errors.join('; ') } }
  }
  const trigger: ZTrigger = {
    id: before?.id ?? nextId(),
    title: String(given['title']),
    active: given['active'] !== false,
    position: before?.position ?? account.triggers.size + 1,
    conditions: { all, any },
    actions,
  }
  account.triggers.set(trigger.id, trigger)
  return { status: before === undefined ? 201 : 200, body: { trigger } }
}

export function showTrigger({ triggers }: ZendeskAccount, id: string): Answer {
  const trigger = triggers.get(Number(id))
  return trigger === undefined ? missing : { status: 200, body: { trigger } }
}

export function deleteTrigger({ triggers }: ZendeskAccount, id: string): Answer {
  return triggers.delete(Number(id)) ? { status: 204, body: null } : missing
}

/** What may stand in conditions and actions of this account. */
export function definitions(account: ZendeskAccount): Answer {
  const fields = [...account.userFields.values()].map(({ key, title, custom_field_options }) => ({
    subject: prefix + key,
    title,
    type: 'list',
    values: custom_field_options.map(({ id, name }) => ({ value: String(id), title: name })),
  }))
  const score = {
    subject: 'satisfaction_score',
    title: 'Satisfaction',
    type: 'list',
    values: scores.map((value) => ({ value, title: value })),
  }
  return ok({
    definitions: {
      conditions_all: [score, ...fields],
      conditions_any: [score, ...fields],
      actions: [
        { subject: 'priority', title: 'Priority', type: 'list' },
        { subject: 'group_id', title: 'Group', type: 'list' },
        { subject: 'current_tags', title: 'Add tags', type: 'text' },
        { subject: 'notification_webhook', title: 'Notify active webhook', type: 'text' },
        ...fields,
      ],
    },
  })
}

function isMet(account: ZendeskAccount, ticket: ZTicket, kind: string, one: ZCondition): boolean {
  const { field, operator, value } = one
  if (field === 'current_tags') {
    const has = value.split(' ').some((tag) => ticket.tags.includes(tag))
    return has === (operator === 'includes')
  }
  const rating = ticket.satisfaction_rating
  const score = rating?.score ?? ''
  const own = userField(account, field)
  const user = account.users.get(ticket.requester_id)?.row
  const is =
    field === 'satisfaction_score'
      ? score === value || `${score}${rating?.comment ? '_with_comment' : ''}` === value
      : field === 'update_type'
        ? kind === value
        : field === 'status'
          ? ticket.status === value
          : field === 'priority'
            ? ticket.priority === value
            : field === 'group_id'
              ? String(ticket.group_id) === value
              : own !== undefined && sameValue(own, user?.user_fields[own.key], value)
  return is === (operator === 'is')
}

function sameValue(field: ZField, has: unknown, value: string): boolean {
  if (field.type === 'checkbox') return String(has === true) === value
  if (field.type === 'dropdown') {
    const option = field.custom_field_options.find((one) => one.value === has)
    return String(option?.id ?? '') === value
  }
  return String(has ?? '') === value
}

function filled(text: string, ticket: ZTicket): string {
  return text.replace(/\{\{\s*ticket\.id\s*\}\}/g, String(ticket.id))
}

/**
 * Triggers in their order; after one has acted, all that have not acted yet are looked at again. Each acts once for
 * one change of a ticket.
 */
export function openTriggers(account: ZendeskAccount): { fired: () => number } {
  let fired = 0
  account.fire = (ticket, kind) => {
    let row = ticket
    const waiting = [...account.triggers.values()]
      .filter(({ active }) => active)
      .toSorted((a, b) => a.position - b.position)
    for (;;) {
      const at = waiting.findIndex(({ conditions: { all, any } }) => {
        const met = (one: ZCondition) => isMet(account, row, kind, one)
        return all.every(met) && (any.length === 0 || any.some(met))
      })
      const [trigger] = at < 0 ? [] : waiting.splice(at, 1)
      if (trigger === undefined) return row
      fired += 1
      row = acted(account, row, trigger)
    }
  }
  return { fired: () => fired }
}

function acted(account: ZendeskAccount, ticket: ZTicket, { actions }: ZTrigger): ZTicket {
  const row = { ...ticket, tags: [...ticket.tags] }
  for (const { field, value } of actions) {
    const text = String(value)
    const tags = text.split(' ')
    if (field === 'priority') row.priority = text
    else if (field === 'group_id') row.group_id = Number(text)
    else if (field === 'set_tags') row.tags = tags
    else if (field === 'current_tags') row.tags = [...new Set([...row.tags, ...tags])]
    else if (field === 'remove_tags') row.tags = row.tags.filter((tag) => !tags.includes(tag))
    else if (field === 'notification_webhook' && Array.isArray(value)) {
      account.notify(value[0] ?? '', filled(value[1] ?? '', row))
    } else {
      const own = userField(account, field)
      if (own === undefined) continue
      const option = own.custom_field_options.find(({ id }) => String(id) === text)
      const given = own.type === 'checkbox' ? text === 'true' : (option?.value ?? text)
      account.editUser(row.requester_id, { [own.key]: given })
    }
  }
  return row
}
