import type { Route } from './call.ts'
import {
  addOption,
  deleteTicketField,
  deleteUserField,
  listUserFields,
  makeTicketField,
  makeUserField,
  shownUser,
} from './fields.ts'
import { jobStatus, jobStatuses, updateTickets, updateUser, updateUsers } from './many.ts'
import { listPage, missing, ok, problem } from './paging.ts'
import { definitions, deleteTrigger, makeTrigger, showTrigger } from './triggers.ts'

/** How admins change users, tickets, fields and triggers, many rows at once by jobs. */
export const changingRoutes: readonly (readonly [string, Route])[] = [
  [
    'GET /api/v2/users/show_many',
    ({ account, url }) => {
      const ids = (url.searchParams.get('ids') ?? '').split(',').slice(0, 100).map(Number)
      const users = ids.flatMap((id) => account.users.get(id)?.row ?? [])
      return ok({ users: users.map((user) => shownUser(account, user)), count: users.length })
    },
  ],
  ['PUT /api/v2/users/update_many', ({ account, url, body }) => updateUsers(account, url, body)],
  [
    'PUT /api/v2/users/:id',
    ({ account, body, id, options }) => {
      const refusal = options.limits.checkSingle(id)
      if (refusal !== null) return refusal
      const given = body['user']
      const row = typeof given === 'object' && given !== null ? { ...given } : {}
      const result = updateUser(account, { ...row, id: Number(id) })
      if ('error' in result) {
        return result.error === 'UserNotFound'
          ? missing
          : problem(422, 'RecordInvalid', result.details)
      }
      const user = account.users.get(result.id)?.row
      return user === undefined ? missing : ok({ user: shownUser(account, user) })
    },
  ],
  [
    'GET /api/v2/tickets/show_many',
    ({ account, url }) => {
      const ids = (url.searchParams.get('ids') ?? '').split(',').slice(0, 100).map(Number)
      const tickets = ids.flatMap((id) => account.tickets.get(id)?.row ?? [])
      return ok({ tickets: tickets.filter(({ status }) => status !== 'deleted') })
    },
  ],
  [
    'PUT /api/v2/tickets/update_many',
    ({ account, url, body }) => updateTickets(account, url, body),
  ],
  ['GET /api/v2/job_statuses/show_many', ({ account, url }) => jobStatuses(account, url)],
  ['GET /api/v2/job_statuses/:id', ({ account, id }) => jobStatus(account, id)],
  [
    'GET /api/v2/user_fields',
    ({ account, url }) => listPage(url, 'user_fields', listUserFields(account), ({ id }) => id),
  ],
  ['POST /api/v2/user_fields', ({ account, body }) => makeUserField(account, body)],
  ['DELETE /api/v2/user_fields/:id', ({ account, id }) => deleteUserField(account, id)],
  ['POST /api/v2/user_fields/:id/options', ({ account, body, id }) => addOption(account, id, body)],
  ['POST /api/v2/ticket_fields', ({ account, body }) => makeTicketField(account, body)],
  ['DELETE /api/v2/ticket_fields/:id', ({ account, id }) => deleteTicketField(account, id)],
  ['GET /api/v2/triggers/definitions', ({ account }) => definitions(account)],
  [
    'GET /api/v2/triggers',
    ({ account, url }) => listPage(url, 'triggers', [...account.triggers.values()], ({ id }) => id),
  ],
  ['POST /api/v2/triggers', ({ account, body }) => makeTrigger(account, body)],
  ['GET /api/v2/triggers/:id', ({ account, id }) => showTrigger(account, id)],
  ['PUT /api/v2/triggers/:id', ({ account, body, id }) => makeTrigger(account, body, id)],
  ['DELETE /api/v2/triggers/:id', ({ account, id }) => deleteTrigger(account, id)],
]
