import { Hono } from 'hono'
import { z } from 'zod'
import { needs } from '../auth/access.ts'
import { AppError } from '../errors.ts'
import type { AppContext, AppEnv } from '../http.ts'
import { valid } from '../http.ts'
import { splitBy } from '../instances/split.ts'
import { eachFacts, linesNow } from '../lines.ts'
import type { SegmentDefinition } from '../segments/definition.ts'
import type { SegmentHistory } from '../segments/history.ts'
import { historyOf } from '../segments/history.ts'
import { membersOn } from '../segments/members.ts'
import { listSegments } from '../segments/store.ts'
import { dayCounter, dayText, parseDay } from '../time.ts'

const segmentKey = z.string().min(1).max(64)
const keyParam = z.object({ key: segmentKey })
const day = z.iso.date()
/** `instance` is a value of `property`, or of the segment's basis; `(none)` are orders without one. */
const instance = {
  instance: z.string().max(500).optional(),
  property: z.string().min(1).max(100).optional(),
}
const membersQuery = z.strictObject({
  on: day.optional(),
  ...instance,
  after: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(200).default(50),
})
/** Length of the span in days, where its first day is not given. */
const days = z.coerce.number().int().min(1).max(4_000).default(90)
const historyQuery = z.strictObject({ from: day.optional(), to: day.optional(), days, ...instance })
const historiesQuery = z.strictObject({
  keys: z
    .string()
    .max(2_000)
    .transform((text) => text.split(','))
    .pipe(z.array(segmentKey).min(1).max(20)),
  from: day.optional(),
  to: day.optional(),
  days,
})

/** Longest stretch of days that one answer tells. */
const mostDays = 4_000

async function segmentOf(c: AppContext, wanted: string) {
  const segments = await listSegments(c.get('db'), c.get('account').id)
  const segment = segments.find((one) => one.key === wanted)
  if (segment === undefined) throw new AppError('not_found', `There is no segment "${wanted}".`)
  return { segment, segments }
}

function today(c: AppContext): number {
  return dayCounter(c.get('account').timeZone)(c.get('now'))
}

function dayOr(text: string | undefined, fallback: number): number {
  return text === undefined ? fallback : (parseDay(text) ?? fallback)
}

/** The days of a question, by default the last ninety. */
function spanOf(
  c: AppContext,
  query: { from?: string | undefined; to?: string | undefined; days: number },
) {
  const to = dayOr(query.to, today(c))
  const from = dayOr(query.from, to - query.days + 1)
  if (from > to) throw new AppError('invalid', 'from: after to.')
  if (to - from >= mostDays) {
    throw new AppError('invalid', `from: more than ${mostDays} days before to.`)
  }
  return { from, to }
}

/** Which instances are meant: those of one value of a property; null = persons. */
function instanceOf(
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

/** The segments with this one seen by a property: its lines are then ranked within each value. */
function seenBy(
  segments: readonly SegmentDefinition[],
  segment: SegmentDefinition,
  property: string | null,
): SegmentDefinition[] {
  if (property === null || property === segment.basis) return [...segments]
  return segments.map((one) =>
    one.key === segment.key ? { ...one, basis: property, version: -one.version } : one,
  )
}

function daysOf(history: SegmentHistory | undefined, from: number, to: number) {
  return Array.from({ length: to - from + 1 }, (_, d) => {
    const buyers = history?.buyers[d] ?? 0
    return {
      day: dayText(from + d),
      size: history?.size[d] ?? 0,
      joined: history?.joined[d] ?? 0,
      left: history?.left[d] ?? 0,
      totalOrderValue: history?.value[d] ?? 0,
      repurchaseRate: buyers === 0 ? null : (history?.repeatBuyers[d] ?? 0) / buyers,
    }
  })
}

export const members = new Hono<AppEnv>()
  .get(
    '/v1/segments/:key/members',
    needs('read', 'Members of a segment on a day'),
    valid('param', keyParam),
    valid('query', membersQuery),
    async (c) => {
      const { segment, segments } = await segmentOf(c, c.req.valid('param').key)
      const query = c.req.valid('query')
      const account = c.get('account')
      const only = instanceOf(segment, query)
      const seen = seenBy(segments, segment, only?.property ?? null)
      const lines = await linesNow(c.get('db'), account, seen)
      const on = dayOr(query.on, today(c))
      const found = membersOn(seen, segment.key, on, lines, only?.value)
      await eachFacts(c.get('db'), account, seen, (facts, skip) =>
        found.add(only === null ? facts : splitBy(facts, only.property), skip),
      )
      const persons = Array.from(found.finish().persons.toSorted())
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
    valid('query', historyQuery),
    async (c) => {
      const { segment, segments } = await segmentOf(c, c.req.valid('param').key)
      const query = c.req.valid('query')
      const account = c.get('account')
      const { from, to } = spanOf(c, query)
      const only = instanceOf(segment, query)
      const seen = seenBy(segments, segment, only?.property ?? null)
      const lines = await linesNow(c.get('db'), account, seen)
      const value = only === null ? {} : { only: only.value }
      const history = historyOf(seen, [segment.key], from, to, { lines, withValue: true, ...value })
      await eachFacts(c.get('db'), account, seen, (facts, skip) =>
        history.add(only === null ? facts : splitBy(facts, only.property), skip),
      )
      const items = daysOf(history.finish().get(segment.key), from, to)
      return c.json({ items, next: null, total: items.length, currency: account.currency }, 200)
    },
  )
  .get(
    '/v1/segment-histories',
    needs('read', 'Histories of several segments in one pass'),
    valid('query', historiesQuery),
    async (c) => {
      const { keys, ...span } = c.req.valid('query')
      const account = c.get('account')
      const { from, to } = spanOf(c, span)
      const segments = await listSegments(c.get('db'), account.id)
      const missing = keys.find((key) => !segments.some((one) => one.key === key))
      if (missing !== undefined) {
        throw new AppError('invalid', `keys: there is no segment "${missing}".`)
      }
      const lines = await linesNow(c.get('db'), account, segments)
      const histories = historyOf(segments, keys, from, to, { lines, withValue: true })
      await eachFacts(c.get('db'), account, segments, (facts, skip) => histories.add(facts, skip))
      const found = histories.finish()
      const items = keys.map((key) => ({ key, days: daysOf(found.get(key), from, to) }))
      return c.json({ items, next: null, total: items.length, currency: account.currency }, 200)
    },
  )
