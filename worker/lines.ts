import type { Account } from './accounts/account.ts'
import type { Facts } from './customers/facts.ts'
import type { Need } from './customers/slices.ts'
import type { Db } from './db.ts'
import { splitBy } from './instances/split.ts'
import { eachRange } from './load.ts'
import { compile } from './segments/compile.ts'
import type { SegmentDefinition } from './segments/definition.ts'
import type { Lines, LineSteps } from './segments/line.ts'
import { constantLine, lineOn } from './segments/line.ts'
import { isMember } from './segments/membership.ts'
import { needsOfSegments } from './segments/needs.ts'
import { isRanked, lineCollector, lineStages } from './segments/rank.ts'
import type { LineState } from './segments/store.ts'
import {
  listSegments,
  readLines,
  readLineState,
  saveLines,
  selectLines,
  selectState,
  stepsText,
} from './segments/store.ts'
import { journalPersons, lastSeq } from './cards/store.ts'
import type { Day } from './time.ts'
import { dayCounter } from './time.ts'

/** What cards and lines of an account follow: another text means they must be made again. */
export function basisOf(account: Account, segments: readonly SegmentDefinition[]): string {
  return [account.revision, ...segments.map(({ key, version }) => `${key}:${version}`)].join(' ')
}

/**
 * Facts of every range with the persons that are seen in it, for accumulators: orders, what the segments read, and
 * what is needed besides.
 */
export async function eachFacts(
  db: Db,
  account: Account,
  segments: readonly SegmentDefinition[],
  visit: (facts: Facts, skip: Uint8Array | undefined) => void,
  besides: Iterable<Need> = [],
): Promise<void> {
  const needs = new Set<Need>(['orders', ...needsOfSegments(segments), ...besides])
  for await (const { facts, skip, tail } of eachRange(db, account, needs)) {
    visit(facts, skip)
    if (tail.persons.length > 0) visit(tail, undefined)
  }
}

/** The segments that rank, and those they name: what a pass for lines must evaluate. */
function rankedOf(segments: readonly SegmentDefinition[]): SegmentDefinition[] {
  return segments.filter(({ key }) => isRanked(segments, key))
}

/** Computes the histories of all lines of these segments, and of their instances, from all facts. */
export async function computeLines(
  db: Db,
  account: Account,
  segments: readonly SegmentDefinition[],
): Promise<Map<string, LineSteps>> {
  const lines = new Map<string, LineSteps>()
  for (const keys of lineStages(segments)) {
    const whole = lineCollector(segments, keys, lines)
    const bases = new Map(
      rankedOf(segments)
        .map(({ basis }) => basis)
        .filter((basis) => basis !== null)
        .map((basis) => [basis, lineCollector(segments, keys, lines)]),
    )
    await eachFacts(db, account, segments, (facts, skip) => {
      whole.add(facts, skip)
      for (const [basis, collector] of bases) collector.add(splitBy(facts, basis), skip)
    })
    for (const collector of [whole, ...bases.values()]) {
      for (const [key, steps] of collector.finish()) lines.set(key, steps)
    }
  }
  return lines
}

/** The stored lines when they are of this moment, else computed now. Segments that do not rank need none. */
export async function linesNow(
  db: Db,
  account: Account,
  segments: readonly SegmentDefinition[],
): Promise<Lines> {
  if (rankedOf(segments).length === 0) return new Map()
  const [state, stored, seq] = await db.batch([
    selectState(account.id),
    selectLines(account.id),
    lastSeq(account.id),
  ])
  const lines = readLineState(state?.rows[0]?.['lines'])
  const fresh =
    lines !== null &&
    lines.basis === basisOf(account, segments) &&
    lines.seq >= Number(seq?.rows[0]?.['seq'] ?? 0)
  return fresh ? readLines(stored?.rows ?? []) : await computeLines(db, account, segments)
}

/**
 * Computes lines when facts, rules or the day changed since; saves them, and journals the persons whose
 * membership the new lines decide otherwise. Returns whether there was anything to do.
 */
export async function refreshLines(db: Db, account: Account, now: number): Promise<boolean> {
  const [state, stored, last] = await db.batch([
    selectState(account.id),
    selectLines(account.id),
    lastSeq(account.id),
  ])
  const segments = await listSegments(db, account.id)
  const today = dayCounter(account.timeZone)(now)
  const seq = Number(last?.rows[0]?.['seq'] ?? 0)
  const basis = basisOf(account, segments)
  const before = readLineState(state?.rows[0]?.['lines'])
  if (before !== null && before.seq >= seq && before.basis === basis && before.day === today) {
    return false
  }
  const lines = await computeLines(db, account, segments)
  const old = readLines(stored?.rows ?? [])
  const changed = new Map(
    [...lines].filter(([key, steps]) => {
      const known = old.get(key)
      return known === undefined || stepsText(known) !== stepsText(steps)
    }),
  )
  const next: LineState = {
    seq,
    day: today,
    basis,
    lines: Object.fromEntries([...lines].map(([key, steps]) => [key, lineOn(steps, today)])),
  }
  const moved =
    changed.size === 0
      ? []
      : await decidedOtherwise(db, account, segments, { today, lines, before, changed, old })
  await db.batch([
    ...saveLines(account.id, next, changed),
    ...journalPersons(account.id, moved, now),
  ])
  return true
}

interface Comparison {
  today: Day
  lines: Lines
  before: LineState | null
  changed: ReadonlyMap<string, LineSteps>
  old: Lines
}

/** Persons who come in or go out today by the new lines; when a line's past changed, all its members too. */
async function decidedOtherwise(
  db: Db,
  account: Account,
  segments: readonly SegmentDefinition[],
  { today, lines, before, changed, old }: Comparison,
): Promise<number[]> {
  const keys = rankedOf(segments).map(({ key }) => key)
  const previous = new Map(
    Object.entries(before?.lines ?? {}).map(([key, line]) => [key, constantLine(line)]),
  )
  const pastChanged = [...changed].some(([key, steps]) => {
    const known = old.get(key)
    return known === undefined || lineOn(known, today - 1).value !== lineOn(steps, today - 1).value
  })
  const found: number[] = []
  await eachFacts(db, account, segments, (facts, skip) => {
    const now = compile(segments, facts, lines)
    const then = compile(segments, facts, previous)
    const positions = keys.map((key) => now.keys.indexOf(key))
    for (let i = 0; i < facts.persons.length; i += 1) {
      if (skip?.[i] === 1) continue
      const moves = positions.some((segment) => {
        const member = isMember(now, segment, i, today)
        return (member && pastChanged) || member !== isMember(then, segment, i, today)
      })
      if (moves) found.push(facts.persons[i] ?? 0)
    }
  })
  return found
}
