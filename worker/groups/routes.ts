import { Hono } from 'hono'
import { z } from 'zod'
import { needs } from '../auth/access.ts'
import { EVERYTHING } from '../boards/board.ts'
import { clearBoard } from '../boards/store.ts'
import { AppError } from '../errors.ts'
import type { AppEnv } from '../http.ts'
import { valid } from '../http.ts'
import { listSegments } from '../segments/store.ts'
import { deleteGroup, insertGroup, renameGroup, selectGroups } from './store.ts'

const key = z
  .string()
  .regex(/^[a-z0-9][a-z0-9_-]{0,63}$/, 'expected small letters, digits, _ and -, at most 64')
  // The board of all segments has this name.
  .refine((text) => text !== EVERYTHING, `"${EVERYTHING}" stands for all segments`)
const name = z.string().trim().min(1).max(100)
const keyParam = z.object({ key })

const missing = () => new AppError('not_found', 'There is no such group.')

export const groups = new Hono<AppEnv>()
  .get(
    '/v1/segment-groups',
    needs('read', 'Groups of segments, with their segments'),
    async (c) => {
      const account = c.get('account').id
      const rows = await c.get('db').all<{ key: string; name: string }>(selectGroups(account))
      const segments = await listSegments(c.get('db'), account)
      const items = rows.map((group) => ({
        ...group,
        segments: segments.filter((one) => one.group === group.key).map((one) => one.key),
      }))
      return c.json({ items, next: null, total: items.length }, 200)
    },
  )
  .post(
    '/v1/segment-groups',
    needs('admin', 'Make a group of segments'),
    valid('json', z.strictObject({ key, name })),
    async (c) => {
      const group = c.req.valid('json')
      const rows = await c.get('db').all(insertGroup(c.get('account').id, group, c.get('now')))
      if (rows.length === 0) throw new AppError('conflict', 'key: there is a group of this key.')
      return c.json({ ...group, segments: [] }, 201)
    },
  )
  .put(
    '/v1/segment-groups/:key',
    needs('admin', 'Rename a group'),
    valid('param', keyParam),
    valid('json', z.strictObject({ name })),
    async (c) => {
      const group = { ...c.req.valid('param'), ...c.req.valid('json') }
      const rows = await c.get('db').all(renameGroup(c.get('account').id, group.key, group.name))
      if (rows.length === 0) throw missing()
      return c.json(group, 200)
    },
  )
  .delete(
    '/v1/segment-groups/:key',
    needs('admin', 'Delete a group that has no segments, with its board'),
    valid('param', keyParam),
    async (c) => {
      const account = c.get('account').id
      const own = c.req.valid('param').key
      const segments = await listSegments(c.get('db'), account)
      const used = segments.filter((one) => one.group === own).map((one) => one.key)
      if (used.length > 0)
        throw new AppError('conflict', `Still in this group: ${used.join(', ')}.`)
      const meta = { now: c.get('now'), actor: c.get('caller').name }
      const statements = [deleteGroup(account, own), clearBoard(account, own, meta)]
      const [gone] = await c.get('db').batch(statements)
      if (gone?.rows.length !== 1) throw missing()
      return c.body(null, 204)
    },
  )
