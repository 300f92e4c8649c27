import { Hono } from 'hono'
import { z } from 'zod'
import { needs } from '../auth/access.ts'
import { AppError } from '../errors.ts'
import type { AppContext, AppEnv } from '../http.ts'
import { valid } from '../http.ts'
import { groupOf, readBoard, selectBoards } from '../boards/store.ts'
import { eachFacts, linesNow } from '../lines.ts'
import { segmentsIn } from '../lists/segments.ts'
import { readList, selectAllLists } from '../lists/store.ts'
import { waysOf } from '../push/settings.ts'
import { findSettings } from '../push/store.ts'
import { dayCounter, dayText } from '../time.ts'
import type { SegmentDefinition } from './definition.ts'
import { nameOf } from './definition.ts'
import { overviewOn } from './overview.ts'
import { namedSegments } from './rank.ts'
import { listSegments, listVersions, saveSegment } from './store.ts'
import { checkReferences, ruleSchema } from './validate.ts'

const key = z
  .string()
  .regex(/^[a-z0-9][a-z0-9_-]{0,63}$/, 'expected small letters, digits, _ and -, at most 64')
const body = z.strictObject({
  name: z.string().trim().min(1).max(100),
  rule: ruleSchema,
  basis: z.string().min(1).max(100).nullable().default(null),
  group: z.string().min(1).max(64).nullable().default(null),
})
const newSegment = body.extend({ key })
const changedSegment = body.extend({
  name: body.shape.name.nullable(),
  /** The version that was edited: another one meanwhile is a conflict. */
  version: z.int().min(1),
})
const keyParam = z.object({ key })
const missing = () => new AppError('not_found', 'There is no such segment.')

async function segmentOf(c: AppContext, wanted: string) {
  const segments = await listSegments(c.get('db'), c.get('account').id)
  const segment = segments.find((one) => one.key === wanted)
  if (segment === undefined) throw missing()
  return { segment, segments }
}

function view(segment: SegmentDefinition) {
  return { ...segment, name: nameOf(segment) }
}

function today(c: AppContext): number {
  return dayCounter(c.get('account').timeZone)(c.get('now'))
}

function checkNames(own: string, input: z.output<typeof body>, segments: SegmentDefinition[]) {
  const errors = checkReferences(own, input.rule, segments).map((error) => ({
    ...error,
    path: `rule.${error.path}`,
  }))
  if (errors.length > 0) {
    throw new AppError('invalid', `${errors[0]?.path}: ${errors[0]?.message}`, { errors })
  }
}

async function save(
  c: AppContext,
  segment: Omit<SegmentDefinition, 'isDefault'>,
  from: number,
  deleted = false,
) {
  const meta = { now: c.get('now'), actor: c.get('caller').name, deleted }
  const outcomes = await c.get('db').batch(saveSegment(c.get('account').id, segment, from, meta))
  if (outcomes[0]?.rows.length !== 1) {
    throw new AppError('conflict', 'Somebody else changed this segment; load it again.')
  }
}

/** All segments with what one pass over the facts tells of them. */
async function overview(c: AppContext) {
  const account = c.get('account')
  const segments = await listSegments(c.get('db'), account.id)
  const lines = await linesNow(c.get('db'), account, segments)
  const found = overviewOn(segments, today(c), lines)
  await eachFacts(c.get('db'), account, segments, (facts, skip) => found.add(facts, skip))
  const told = found.finish()
  const push = await findSettings(c.get('db'), account.id)
  return segments.map((segment) => {
    const { size, exactFrom } = told.get(segment.key) ?? { size: 0, exactFrom: null }
    return {
      ...view(segment),
      size,
      exactFrom: exactFrom === null ? null : dayText(exactFrom),
      pushed: waysOf(push, segment.key),
    }
  })
}

export const segmentRoutes = new Hono<AppEnv>()
  .get(
    '/v1/segments',
    needs('read', 'Segments of the account, with their size today'),
    async (c) => {
      const items = await overview(c)
      return c.json({ items, next: null, total: items.length }, 200)
    },
  )
  .post('/v1/segments', needs('admin', 'Make a segment'), valid('json', newSegment), async (c) => {
    const input = c.req.valid('json')
    const segments = await listSegments(c.get('db'), c.get('account').id)
    if (segments.some((one) => one.key === input.key)) {
      throw new AppError('conflict', 'key: there is a segment of this key already.')
    }
    checkNames(input.key, input, segments)
    const versions = await listVersions(c.get('db'), c.get('account').id, input.key)
    const version = (versions[0]?.version ?? 0) + 1
    const segment = { ...input, version }
    await save(c, segment, version - 1)
    return c.json(view({ ...segment, isDefault: false }), 201)
  })
  .get(
    '/v1/segments/:key',
    needs('read', 'A segment and its size today'),
    valid('param', keyParam),
    async (c) => {
      const found = (await overview(c)).find((one) => one.key === c.req.valid('param').key)
      if (found === undefined) throw missing()
      return c.json(found, 200)
    },
  )
  .put(
    '/v1/segments/:key',
    needs('admin', 'Save a new version of a segment'),
    valid('param', keyParam),
    valid('json', changedSegment),
    async (c) => {
      const { segment, segments } = await segmentOf(c, c.req.valid('param').key)
      const { version: from, ...input } = c.req.valid('json')
      if (segment.version !== from) {
        throw new AppError('conflict', `Version ${segment.version} was saved meanwhile.`)
      }
      checkNames(segment.key, { ...input, name: input.name ?? nameOf(segment) }, segments)
      const next = { ...input, key: segment.key, version: from + 1 }
      await save(c, next, from)
      return c.json(view({ ...next, isDefault: segment.isDefault }), 200)
    },
  )
  .delete(
    '/v1/segments/:key',
    needs('admin', 'Delete a segment; its versions stay'),
    valid('param', keyParam),
    async (c) => {
      const { segment, segments } = await segmentOf(c, c.req.valid('param').key)
      const rest = segments.filter((one) => one.key !== segment.key)
      const broken = rest.find((one) => checkReferences(one.key, one.rule, rest).length > 0)
      if (broken !== undefined) {
        throw new AppError('conflict', `The segment "${nameOf(broken)}" is defined by this one.`)
      }
      await save(c, { ...segment, version: segment.version + 1 }, segment.version, true)
      return c.body(null, 204)
    },
  )
  .get(
    '/v1/segments/:key/uses',
    needs('read', 'Where a segment is used: in other segments, in saved lists, on journey boards'),
    valid('param', keyParam),
    async (c) => {
      const account = c.get('account').id
      const { segment, segments } = await segmentOf(c, c.req.valid('param').key)
      const [rows, drawn] = await c
        .get('db')
        .batch([selectAllLists(account), selectBoards(account)])
      const boards = (drawn?.rows ?? []).map((row) => readBoard(groupOf(row), row))
      const lists = (rows?.rows ?? [])
        .map(readList)
        .filter(({ query }) => segmentsIn(query).includes(segment.key))
        .filter(({ shared, owner }) => shared || owner === c.get('caller').id)
      return c.json(
        {
          segments: segments
            .filter(({ rule }) => namedSegments(rule).includes(segment.key))
            .map((one) => ({ key: one.key, name: nameOf(one) })),
          lists: lists.map(({ id, name }) => ({ id, name })),
          boards: boards
            .filter(({ nodes }) =>
              nodes.some(
                ({ key, rule }) =>
                  key === segment.key ||
                  (rule !== undefined && namedSegments(rule).includes(segment.key)),
              ),
            )
            .map(({ group }) => group),
        },
        200,
      )
    },
  )
  .get(
    '/v1/segments/:key/versions',
    needs('read', 'Versions of a segment, the latest first'),
    valid('param', keyParam),
    async (c) => {
      const { segment } = await segmentOf(c, c.req.valid('param').key)
      const items = await listVersions(c.get('db'), c.get('account').id, segment.key)
      return c.json({ items, next: null, total: items.length }, 200)
    },
  )
