import { Hono } from 'hono'
import { z } from 'zod'
import { needs } from '../auth/access.ts'
import { AppError } from '../errors.ts'
import { selectGroups } from '../groups/store.ts'
import type { AppContext, AppEnv } from '../http.ts'
import { valid } from '../http.ts'
import { eachRange } from '../load.ts'
import { nodeRules } from '../journeys/nodes.ts'
import { listSegments } from '../segments/store.ts'
import { rhythmOf } from '../segments/templates.ts'
import { checkReferences } from '../segments/validate.ts'
import { dayCounter, dayText } from '../time.ts'
import { boardChange, type Drawing, EVERYTHING } from './board.ts'
import { shopNeeds, shopWords } from './shop.ts'
import { clearBoard, groupOf, readBoard, saveBoard, selectBoard, selectBoards } from './store.ts'
import { boardTemplates } from './templates.ts'

const groupParam = z.object({ group: z.string().regex(/^[a-z0-9][a-z0-9_-]{0,63}$/) })
const missing = () => new AppError('not_found', 'There is no such group.')

async function groupsOf(c: AppContext) {
  return await c.get('db').all<{ key: string; name: string }>(selectGroups(c.get('account').id))
}

async function demandGroup(c: AppContext, group: string): Promise<void> {
  if (group === EVERYTHING) return
  if (!(await groupsOf(c)).some(({ key }) => key === group)) throw missing()
}

/** Every node must be a segment, an outcome, or bring a rule that holds together. */
async function checkNodes(c: AppContext, { nodes }: Drawing): Promise<void> {
  const segments = await listSegments(c.get('db'), c.get('account').id)
  const known = new Set(nodeRules(segments, []).map(({ key }) => key))
  nodes.forEach(({ key, rule }, at) => {
    if (rule === undefined && !known.has(key)) {
      throw new AppError('invalid', `nodes[${at}].key: there is no segment "${key}".`)
    }
    if (rule === undefined) return
    if (known.has(key)) throw new AppError('invalid', `nodes[${at}].key: ${key} has its own rule.`)
    const [error] = checkReferences(key, rule, segments)
    if (error === undefined) return
    throw new AppError('invalid', `nodes[${at}].rule.${error.path}: ${error.message}`)
  })
}

export const boards = new Hono<AppEnv>()
  .get(
    '/v1/boards',
    needs('read', 'Journey boards: of all segments and of each group'),
    async (c) => {
      const rows = await c.get('db').all<Record<string, unknown>>(selectBoards(c.get('account').id))
      const drawn = new Map(rows.map((row) => [groupOf(row), row]))
      const groups = [{ key: EVERYTHING, name: null }, ...(await groupsOf(c))]
      const items = groups.map(({ key, name }) => {
        const { nodes, arrows, ...board } = readBoard(key, drawn.get(key))
        return { ...board, name, nodes: nodes.length, arrows: arrows.length }
      })
      // Which days are over is for the account to say, not for the reader's clock.
      const today = dayText(dayCounter(c.get('account').timeZone)(c.get('now')))
      return c.json({ items, next: null, total: items.length, today }, 200)
    },
  )
  .get(
    '/v1/board-templates',
    needs('read', 'Boards to begin with, in the words of this shop'),
    async (c) => {
      const words = shopWords()
      const rhythm = rhythmOf()
      const account = c.get('account')
      for await (const { facts, skip, tail } of eachRange(c.get('db'), account, shopNeeds)) {
        for (const one of [words, rhythm]) {
          one.add(facts, skip)
          one.add(tail)
        }
      }
      const found = rhythm.finish()
      const items = boardTemplates(words.finish(), found)
      return c.json({ items, next: null, total: items.length, rhythm: found }, 200)
    },
  )
  .get(
    '/v1/boards/:group',
    needs('read', 'The journey board of a group, or of all segments'),
    valid('param', groupParam),
    async (c) => {
      const { group } = c.req.valid('param')
      await demandGroup(c, group)
      const row = await c
        .get('db')
        .first<Record<string, unknown>>(selectBoard(c.get('account').id, group))
      return c.json(readBoard(group, row ?? undefined), 200)
    },
  )
  .put(
    '/v1/boards/:group',
    needs('admin', 'Save a board that has not changed since it was read'),
    valid('param', groupParam),
    valid('json', boardChange),
    async (c) => {
      const { group } = c.req.valid('param')
      const { version: from, ...drawn } = c.req.valid('json')
      await demandGroup(c, group)
      await checkNodes(c, drawn)
      const meta = { from, now: c.get('now'), actor: c.get('caller').name }
      const account = c.get('account').id
      const [row] = await c
        .get('db')
        .all<{ version: number }>(saveBoard(account, group, drawn, meta))
      if (row === undefined) {
        throw new AppError('conflict', 'Somebody else has changed this board; load it again.')
      }
      const saved = { updatedAt: new Date(meta.now).toISOString(), updatedBy: meta.actor }
      return c.json({ group, version: row.version, ...saved, ...drawn }, 200)
    },
  )
  .delete(
    '/v1/boards/:group',
    needs('admin', 'Clear a board'),
    valid('param', groupParam),
    async (c) => {
      const { group } = c.req.valid('param')
      await demandGroup(c, group)
      const meta = { now: c.get('now'), actor: c.get('caller').name }
      const rows = await c.get('db').all(clearBoard(c.get('account').id, group, meta))
      if (rows.length === 0) throw new AppError('not_found', 'Nobody has drawn on this board.')
      return c.body(null, 204)
    },
  )
