import { Hono } from 'hono'
import { z } from 'zod'
import { needs } from '../auth/access.ts'
import { journalPersons } from '../cards/store.ts'
import { findCustomers, listShape } from '../customers/query.ts'
import { AppError } from '../errors.ts'
import type { AppContext, AppEnv } from '../http.ts'
import { valid } from '../http.ts'
import { people } from '../journeys/answers.ts'
import { peopleBody } from '../journeys/question.ts'
import { saveAction } from './action-store.ts'
import { findState } from './store.ts'
import { actionsOf } from './try-out.ts'
import { markKey } from './wanted.ts'

const { columns: _columns, sort: _sort, groupBy: _groupBy, ...questionShape } = listShape
/** Names of actions are parts of keys and tags, which have no spaces. */
const name = z.string().regex(/^[a-z][a-z0-9_]{0,39}$/, 'expected a-z, 0-9 and _')
const action = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('tag'), name }),
  z.strictObject({ kind: z.literal('trait'), name, value: z.string().min(1).max(200) }),
  z.strictObject({ kind: z.literal('clear'), name }),
])
const actionBody = z
  .strictObject({
    query: z.strictObject(questionShape).optional(),
    /** The people behind an arrow of a journey. */
    movement: peopleBody.optional(),
    action,
  })
  .refine(({ query, movement }) => (query === undefined) !== (movement === undefined), {
    path: ['query'],
    message: 'expected either query or movement',
  })
type ActionBody = z.output<typeof actionBody>

/** Everybody whom an action is for. */
async function personsOf(
  c: AppContext,
  { query, movement }: Omit<ActionBody, 'action'>,
): Promise<number[]> {
  if (movement !== undefined) {
    const { source, target, who, ...asked } = movement
    const { movers } = await people(c, asked, { source, target }, who)
    return movers.map(({ person }) => person)
  }
  const sort = { key: 'totalOrderValue', descending: true } as const
  const { table, chosen } = await findCustomers(c, { view: 'person', ...query, sort })
  return [...new Set(chosen.map((row) => table.persons[row] ?? 0))]
}

export const actionRoutes = new Hono<AppEnv>()
  .get(
    '/v1/lists/actions',
    needs('admin', 'What was put on all customers of a list, the latest first'),
    async (c) => {
      const items = (await actionsOf(c)).map(({ name, type, actor, at, total }) => ({
        name,
        kind: type === 'checkbox' ? 'tag' : 'trait',
        field: markKey(name),
        by: actor,
        at: new Date(at).toISOString(),
        total,
      }))
      return c.json({ items, next: null, total: items.length }, 200)
    },
  )
  .post(
    '/v1/lists/actions',
    needs('admin', 'Put a tag or a trait on all customers of a list at the help desk', {
      202: z.object({ name: z.string(), field: z.string(), total: z.int() }),
    }),
    valid('json', actionBody),
    async (c) => {
      const { action, ...who } = c.req.valid('json')
      const [db, account, now] = [c.get('db'), c.get('account'), c.get('now')]
      const state = await findState(db, account.id)
      if (state?.settings.on !== true) {
        throw new AppError(
          'conflict',
          'Nothing is pushed to the help desk: switch the push on first.',
        )
      }
      const known = (await actionsOf(c)).find((one) => one.name === action.name)
      const type =
        action.kind === 'clear' ? known?.type : action.kind === 'tag' ? 'checkbox' : 'text'
      if (type === undefined) throw new AppError('not_found', 'There is no such action.')
      if (known !== undefined && known.type !== type) {
        throw new AppError(
          'conflict',
          `action.name: "${action.name}" is of the other kind already.`,
        )
      }
      const persons = await personsOf(c, who)
      const value = action.kind === 'tag' ? true : action.kind === 'trait' ? action.value : null
      const row = { name: action.name, type, actor: c.get('caller').name, at: now }
      await db.batch([
        ...saveAction(account.id, row, value, persons),
        ...journalPersons(account.id, persons, now),
      ])
      return c.json({ name: action.name, field: markKey(action.name), total: persons.length }, 202)
    },
  )
