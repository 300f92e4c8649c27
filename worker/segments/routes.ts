import { Hono } from 'hono'
import { z } from 'zod'
import { needs } from '../auth/access.ts'
import { AppError } from '../errors.ts'
import type { AppContext, AppEnv } from '../http.ts'
import { valid } from '../http.ts'
import { splitBy } from '../instances/split.ts'
import { eachFacts, linesNow } from '../lines.ts'
import { dayCounter, dayText, parseDay } from '../time.ts'
import type { SegmentDefinition } from './definition.ts'
import { nameOf } from './definition.ts'
import { historyOf } from './history.ts'
import { membersOn } from './members.ts'
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
const day = z.iso.date()
/** `instance` is a value of `property`, or of the segment's basis; `(none)` are orders without one. */
const instance = {
  instance: z.string().max(500).optional(),
  property: z.string().min(1).max(100).optional(),
}
const onQuery = z.strictObject({
  on: day.optional(),
  ...instance,
  after: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(200).default(50),
})
const spanQuery = z.strictObject({ from: day.optional(), to: day.optional(), ...instance })

async function segmentOf(c: AppContext, wanted: string) {
  const segments = await listSegments(c.get('db'), c.get('account').id)
  const segment = segments.find((one) => one.key === wanted)
  if (segment === undefined) throw new AppError('not_found', 'There is no such segment.')
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

/** How facts are seen for an instance: split by its property, only its value. */
function seen(
  segment: SegmentDefinition,
  query: { instance?: string | undefined; property?: string | undefined },
) {
  if (query.instance === undefined) return null
  const property = query.property ?? segment.basis
  if (property === null) {
    throw new AppError('invalid', 'instance: this segment has no basis; give a property too.')
  }
  return { property, value: query.instance === '(none)' ? null : query.instance }
}

export const segmentRoutes = new Hono<AppEnv>()
  .get('/v1/segments', needs('read', 'Segments of the account'), async (c) => {
    const items = (await listSegments(c.get('db'), c.get('account').id)).map(view)
    return c.json({ items, next: null, total: items.length }, 200)
  })
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
      const { segment, segments } = await segmentOf(c, c.req.valid('param').key)
      const account = c.get('account')
      const lines = await linesNow(c.get('db'), account, segments)
      const members = membersOn(segments, segment.key, today(c), lines)
      await eachFacts(c.get('db'), account, segments, (facts, skip) => members.add(facts, skip))
      return c.json({ ...view(segment), size: members.finish().persons.length }, 200)
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
    '/v1/segments/:key/versions',
    needs('read', 'Versions of a segment, the latest first'),
    valid('param', keyParam),
    async (c) => {
      const { segment } = await segmentOf(c, c.req.valid('param').key)
      const items = await listVersions(c.get('db'), c.get('account').id, segment.key)
      return c.json({ items, next: null, total: items.length }, 200)
    },
  )
  .get(
    '/v1/segments/:key/members',
    needs('read', 'Members of a segment on a day'),
    valid('param', keyParam),
    valid('query', onQuery),
    async (c) => {
      const { segment, segments } = await segmentOf(c, c.req.valid('param').key)
      const query = c.req.valid('query')
      const account = c.get('account')
      const on = query.on === undefined ? today(c) : (parseDay(query.on) ?? today(c))
      const only = seen(segment, query)
      const based = withBasis(segments, segment, only?.property ?? null)
      const lines = await linesNow(c.get('db'), account, based)
      const members = membersOn(based, segment.key, on, lines, only?.value)
      await eachFacts(c.get('db'), account, based, (facts, skip) =>
        members.add(only === null ? facts : splitBy(facts, only.property), skip),
      )
      const persons = Array.from(members.finish().persons.toSorted())
      const page = persons.filter((id) => id > query.after).slice(0, query.limit)
      const last = page.at(-1)
      const next = last !== undefined && last !== persons.at(-1) ? String(last) : null
      return c.json({ items: page.map((id) => ({ id })), next, total: persons.length }, 200)
    },
  )
  .get(
    '/v1/segments/:key/history',
    needs('read', 'Size, joiners, leavers, value and repurchase rate by day'),
    valid('param', keyParam),
    valid('query', spanQuery),
    async (c) => {
      const { segment, segments } = await segmentOf(c, c.req.valid('param').key)
      const query = c.req.valid('query')
      const account = c.get('account')
      const to = query.to === undefined ? today(c) : (parseDay(query.to) ?? today(c))
      const from = query.from === undefined ? to - 89 : (parseDay(query.from) ?? to - 89)
      if (from > to) throw new AppError('invalid', 'from: after to.')
      if (to - from > 4_000) throw new AppError('invalid', 'from: more than 4,000 days before to.')
      const only = seen(segment, query)
      const based = withBasis(segments, segment, only?.property ?? null)
      const lines = await linesNow(c.get('db'), account, based)
      const history = historyOf(based, [segment.key], from, to, {
        lines,
        withValue: true,
        ...(only !== null && { only: only.value }),
      })
      await eachFacts(c.get('db'), account, based, (facts, skip) =>
        history.add(only === null ? facts : splitBy(facts, only.property), skip),
      )
      const found = history.finish().get(segment.key)
      const items = Array.from({ length: to - from + 1 }, (_, d) => {
        const buyers = found?.buyers[d] ?? 0
        return {
          day: dayText(from + d),
          size: found?.size[d] ?? 0,
          joined: found?.joined[d] ?? 0,
          left: found?.left[d] ?? 0,
          totalOrderValue: found?.value[d] ?? 0,
          repurchaseRate: buyers === 0 ? null : (found?.repeatBuyers[d] ?? 0) / buyers,
        }
      })
      return c.json({ items, next: null, total: items.length, currency: account.currency }, 200)
    },
  )

/** The segments with this one seen by a property: its lines are then ranked within each value. */
function withBasis(
  segments: readonly SegmentDefinition[],
  segment: SegmentDefinition,
  property: string | null,
): SegmentDefinition[] {
  if (property === null || property === segment.basis) return [...segments]
  return segments.map((one) =>
    one.key === segment.key ? { ...one, basis: property, version: -one.version } : one,
  )
}
