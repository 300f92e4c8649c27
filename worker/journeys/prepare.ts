import { createdOf } from '../accounts/store.ts'
import { AppError } from '../errors.ts'
import type { AppContext } from '../http.ts'
import { computeLines, linesNow } from '../lines.ts'
import { eachRange, type Range } from '../load.ts'
import type { SegmentDefinition } from '../segments/definition.ts'
import type { Lines } from '../segments/line.ts'
import { needsOfSegments } from '../segments/needs.ts'
import { exactnessOf } from '../segments/overview.ts'
import { closureOf, isRanked } from '../segments/rank.ts'
import type { SegmentRule } from '../segments/rule.ts'
import { listCreated, listSegments } from '../segments/store.ts'
import { checkReferences } from '../segments/validate.ts'
import { type Day, dayCounter, parseDay } from '../time.ts'
import { limits } from './catalog.ts'
import { logsOf, type MembershipLog } from './log.ts'
import { type Memory, memoryOf } from './memory.ts'
import { nodeRules, printsOf } from './nodes.ts'
import type { Period } from './period.ts'
import type { Asked } from './question.ts'

/** Bytes of logs that one question holds. */
const MOST_HELD = 40_000_000

/** Some persons with their logs in the order of the keys; those with 1 in `skip` are elsewhere. */
export interface Part {
  persons: Int32Array
  skip: Uint8Array | undefined
  logs: readonly MembershipLog[]
}

/** What every answer of movement needs. */
export interface Prepared {
  keys: readonly string[]
  period: Period
  /** First day from which the memberships of a key are known; null: nothing is known yet. */
  knownFrom: ReadonlyMap<string, Day | null>
  /** Every person once. */
  each: (visit: (part: Part) => void) => Promise<void>
}

function today(c: AppContext): Day {
  return dayCounter(c.get('account').timeZone)(c.get('now'))
}

/** The days that are asked for; by default the last thirty. A day that is not over counts up to now. */
function periodOf(c: AppContext, asked: Pick<Asked, 'from' | 'to'>): Period {
  const last = today(c)
  const to = (asked.to === undefined ? null : parseDay(asked.to)) ?? last
  const from = (asked.from === undefined ? null : parseDay(asked.from)) ?? to - 29
  if (from > to) throw new AppError('invalid', 'from: after to.')
  if (to > last) throw new AppError('invalid', 'to: after today.')
  if (from < limits.days) throw new AppError('invalid', 'from: too long ago.')
  if (to - from >= limits.days) {
    throw new AppError('invalid', `from: more than ${limits.days} days before to.`)
  }
  return { from, to }
}

/** All rules that the nodes need, with an error for a node that names nothing or stands for a known one. */
function rulesFor(
  segments: readonly SegmentDefinition[],
  nodes: Asked['nodes'],
  keys: readonly string[],
): SegmentRule[] {
  const known = nodeRules(segments, [])
  const all = nodeRules(segments, nodes)
  nodes.forEach(({ key, rule }, at) => {
    const taken = known.some((one) => one.key === key) || nodes.findIndex((n) => n.key === key) < at
    if (taken) throw new AppError('invalid', `nodes[${at}].key: ${key} is another node.`)
    const [error] = checkReferences(key, rule, segments)
    if (error !== undefined) {
      throw new AppError('invalid', `nodes[${at}].rule.${error.path}: ${error.message}`)
    }
  })
  const missing = keys.find((key) => !all.some((one) => one.key === key))
  if (missing !== undefined) throw new AppError('invalid', `There is no segment "${missing}".`)
  return closureOf(all, keys)
}

/** Lines of the rules: the stored ones where only segments rank. */
async function linesFor(
  c: AppContext,
  segments: readonly SegmentDefinition[],
  rules: readonly SegmentRule[],
): Promise<Lines> {
  const ranked = rules.filter(({ key }) => isRanked(rules, key))
  if (ranked.length === 0) return new Map()
  const own = ranked.some(({ key }) => !segments.some((one) => one.key === key))
  if (!own) return await linesNow(c.get('db'), c.get('account'), segments)
  const rest = { name: null, basis: null, group: null, version: 1, isDefault: false }
  const definitions = rules.map(({ key, rule }) => ({ key, rule, ...rest }))
  return await computeLines(c.get('db'), c.get('account'), definitions)
}

/** Days on which segments were made; nodes and default segments are as old as the account. */
async function creationDays(
  c: AppContext,
  segments: readonly SegmentDefinition[],
): Promise<(key: string) => Day> {
  const account = c.get('account')
  const dayOf = dayCounter(account.timeZone)
  const first = dayOf(await createdOf(c.get('control'), account.id))
  const made = await listCreated(c.get('db'), account.id)
  const own = new Map(
    segments.filter((one) => !one.isDefault).map(({ key }) => [key, made.get(key)]),
  )
  return (key) => {
    const at = own.get(key)
    return at === undefined ? first : dayOf(at)
  }
}

interface Evaluating {
  keys: readonly string[]
  rules: readonly SegmentRule[]
  lines: Lines
  memory: Memory
}

/** Logs of a range and of its tail. */
function partsIn({ facts, skip, tail, writing }: Range, asked: Evaluating): Part[] {
  const { keys, rules, lines, memory } = asked
  const known = memory.logsOf(writing)
  const missing = keys.filter((key) => !known.has(key))
  if (missing.length > 0) {
    logsOf(rules, missing, facts, lines).forEach((log, at) => known.set(missing[at] ?? '', log))
    memory.keep(writing, facts, known)
  }
  const own: Part = {
    persons: facts.persons,
    skip: skip.includes(1) ? skip : undefined,
    logs: keys.flatMap((key) => known.get(key) ?? []),
  }
  if (tail.persons.length === 0) return [own]
  return [own, { persons: tail.persons, skip: undefined, logs: logsOf(rules, keys, tail, lines) }]
}

function bytesOf({ logs }: Part): number {
  return logs.reduce((sum, { starts, days }) => sum + starts.byteLength + days.byteLength, 0)
}

/**
 * Rules, lines, period and first known days of the nodes `keys`, in one pass over all persons. What is known from when
 * must be known before anything is counted, so their logs are held; where that is too much, there is a second pass.
 */
export async function prepare(
  c: AppContext,
  asked: Asked,
  keys: readonly string[],
): Promise<Prepared> {
  const db = c.get('db')
  const account = c.get('account')
  const period = periodOf(c, asked)
  const segments = await listSegments(db, account.id)
  const rules = rulesFor(segments, asked.nodes, keys)
  const lines = await linesFor(c, segments, rules)
  const needs = [...needsOfSegments(rules)]
  const memory = memoryOf(c, keys, { prints: printsOf(rules, lines), needs })
  const evaluating = { keys, rules, lines, memory }
  const exact = exactnessOf(rules)
  let held: Part[] | null = []
  let size = 0
  for await (const range of eachRange(db, account, needs, memory.options)) {
    exact.add(range.facts, range.skip)
    exact.add(range.tail)
    if (held === null) continue
    const parts = partsIn(range, evaluating)
    for (const part of parts) size += bytesOf(part)
    if (size > MOST_HELD) held = null
    else held.push(...parts)
  }
  await memory.save()
  const knownFrom = new Map(exact.finish())
  if (asked.parity) {
    const madeOn = await creationDays(c, segments)
    for (const [key, day] of knownFrom) {
      if (day !== null) knownFrom.set(key, Math.max(day, madeOn(key)))
    }
  }
  return {
    keys,
    period,
    knownFrom,
    async each(visit) {
      if (held !== null) {
        held.forEach(visit)
        return
      }
      for await (const range of eachRange(db, account, needs, memory.options)) {
        partsIn(range, evaluating).forEach(visit)
      }
    },
  }
}
