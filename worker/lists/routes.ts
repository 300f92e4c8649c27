import { Hono } from 'hono'
import { z } from 'zod'
import { needs } from '../auth/access.ts'
import { listQuestion } from '../customers/query.ts'
import { AppError } from '../errors.ts'
import type { AppContext, AppEnv } from '../http.ts'
import { valid } from '../http.ts'
import { deleteList, insertList, readList, selectLists, updateList } from './store.ts'

/** Parameters of the customer list; what is wrong with one is said under its name. */
const query = z.record(z.string(), z.string()).superRefine((input, context) => {
  const { error } = listQuestion.safeParse(input)
  for (const { path, message } of error?.issues ?? []) {
    context.addIssue({ code: 'custom', path: [...path], message })
  }
})

const fresh = z.strictObject({
  name: z.string().trim().min(1).max(100),
  shared: z.boolean().default(false),
  query,
})
const changed = fresh.extend({ version: z.int().min(1) })
const idParam = z.object({ id: z.string().min(1).max(64) })

const missing = () => new AppError('not_found', 'There is no such list.')

/** A list that the caller may change: their own; those for everybody admins too. */
async function changeable(c: AppContext, id: string) {
  const { id: caller, scopes } = c.get('caller')
  const rows = await c
    .get('db')
    .all<Record<string, unknown>>(selectLists(c.get('account').id, caller))
  const list = rows.map(readList).find((one) => one.id === id)
  if (list === undefined) throw missing()
  if (list.owner !== caller && !scopes.has('admin')) {
    throw new AppError('forbidden', 'Only who made this list, and admins, may change it.')
  }
  return list
}

function view(c: AppContext, row: Record<string, unknown>) {
  const { owner, ...list } = readList(row)
  return { ...list, own: owner === c.get('caller').id }
}

export const lists = new Hono<AppEnv>()
  .get(
    '/v1/lists',
    needs('read', 'Saved lists of customers: the caller’s own and those for everybody'),
    async (c) => {
      const rows = await c
        .get('db')
        .all<Record<string, unknown>>(selectLists(c.get('account').id, c.get('caller').id))
      const items = rows.map((row) => view(c, row))
      return c.json({ items, next: null, total: items.length }, 200)
    },
  )
  .post('/v1/lists', needs('read', 'Save a list of customers'), valid('json', fresh), async (c) => {
    const list = { ...c.req.valid('json'), id: crypto.randomUUID(), owner: c.get('caller').id }
    const [row] = await c
      .get('db')
      .all<Record<string, unknown>>(insertList(c.get('account').id, list, c.get('now')))
    if (row === undefined) throw new AppError('internal', 'The list could not be saved.')
    return c.json(view(c, row), 201)
  })
  .put(
    '/v1/lists/:id',
    needs('read', 'Change a saved list that still has this version'),
    valid('param', idParam),
    valid('json', changed),
    async (c) => {
      const { id } = await changeable(c, c.req.valid('param').id)
      const list = { ...c.req.valid('json'), id }
      const [row] = await c
        .get('db')
        .all<Record<string, unknown>>(updateList(c.get('account').id, list, c.get('now')))
      if (row === undefined) {
        throw new AppError('conflict', 'version: somebody saved this list meanwhile.')
      }
      return c.json(view(c, row), 200)
    },
  )
  .delete(
    '/v1/lists/:id',
    needs('read', 'Delete a saved list'),
    valid('param', idParam),
    async (c) => {
      const { id } = await changeable(c, c.req.valid('param').id)
      await c.get('db').all(deleteList(c.get('account').id, id))
      return c.body(null, 204)
    },
  )
