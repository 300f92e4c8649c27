import { AppError } from '../errors.ts'
import type { AppContext } from '../http.ts'
import { wilson } from '../satisfaction/interval.ts'
import { listSegments } from '../segments/store.ts'
import { dayText } from '../time.ts'
import { type Behind, limits } from './catalog.ts'
import { arrowCounter, seenView, type View, viewOf } from './count.ts'
import { sizeCounter } from './matrix.ts'
import type { Movement, Question } from './movement.ts'
import { moversOf } from './people.ts'
import { type Period, periodBefore } from './period.ts'
import { type Part, type Prepared, prepare } from './prepare.ts'
import type { Asked } from './question.ts'

/** Two nodes by their keys. */
export interface Arrow {
  source: string
  target: string
}

/** The days and what is known of an arrow. */
export function questionOf({ knownFrom }: Prepared, arrow: Arrow, { from, to }: Period): Question {
  const known = (key: string) => knownFrom.get(key) ?? to + 1
  return { start: from, end: to, sourceFrom: known(arrow.source), targetFrom: known(arrow.target) }
}

/** The segment that is known from the latest day, where that is after the day before the period. */
function incompleteOf({ knownFrom }: Prepared, { source, target }: Arrow, { from }: Period) {
  const late = [source, target]
    .map((segment) => ({ segment, day: knownFrom.get(segment) ?? null }))
    .filter(({ day }) => day === null || day > from - 1)
    .toSorted((a, b) => (b.day ?? Infinity) - (a.day ?? Infinity))[0]
  if (late === undefined) return null
  return { segment: late.segment, exactFrom: late.day === null ? null : dayText(late.day) }
}

function figuresOf(prepared: Prepared, arrow: Arrow, period: Period, movement: Movement) {
  const share = { good: movement.moved, count: movement.sourceSize }
  const rate = share.count === 0 ? null : share.good / share.count
  const { low, high } = rate === null ? { low: null, high: null } : wilson(share)
  return {
    from: dayText(period.from),
    to: dayText(period.to),
    ...movement,
    rate,
    low,
    high,
    incomplete: incompleteOf(prepared, arrow, period),
  }
}

/** Where the ends of an arrow stand among the keys. */
function endsOf(keys: readonly string[], { source, target }: Arrow): readonly [number, number] {
  return [keys.indexOf(source), keys.indexOf(target)]
}

/** Views of all logs of some persons, in the order of the keys. */
function viewsIn({ keys, knownFrom }: Prepared, { logs, skip }: Part, period: Period): View[] {
  return logs.map((log, at) => {
    const known = knownFrom.get(keys[at] ?? '') ?? period.to + 1
    return skip === undefined ? seenView(log, period, known) : viewOf(log, period, known, skip)
  })
}

function addTo(
  counter: ReturnType<typeof arrowCounter>,
  views: readonly View[],
  [from, to]: readonly [number, number],
): void {
  const [source, target] = [views[from], views[to]]
  if (source !== undefined && target !== undefined) counter.add(source, target)
}

/** Figures of arrows in the period and in the one before, and the members of their nodes on its last day, in one pass. */
export async function counts(c: AppContext, asked: Asked, arrows: readonly Arrow[]) {
  const keys = [...new Set(arrows.flatMap(({ source, target }) => [source, target]))]
  const prepared = await prepare(c, asked, keys)
  const { period } = prepared
  const before = periodBefore(period)
  const counting = arrows.map((arrow) => ({
    arrow,
    at: endsOf(keys, arrow),
    now: arrowCounter(),
    before: arrowCounter(),
  }))
  const sizes = keys.map(() => 0)
  // Of days before anything is known there is nothing to count.
  const wasKnown = [...prepared.knownFrom.values()].some((day) => day !== null && day < before.to)
  await prepared.each((part) => {
    const now = viewsIn(prepared, part, period)
    now.forEach(({ members }, at) => {
      sizes[at] = (sizes[at] ?? 0) + members
    })
    for (const one of counting) addTo(one.now, now, one.at)
    if (!wasKnown) return
    const earlier = viewsIn(prepared, part, before)
    for (const one of counting) addTo(one.before, earlier, one.at)
  })
  return {
    from: dayText(period.from),
    to: dayText(period.to),
    parity: asked.parity,
    items: counting.map((one) => ({
      ...one.arrow,
      ...figuresOf(prepared, one.arrow, period, one.now.finish()),
      previous: figuresOf(prepared, one.arrow, before, one.before.finish()),
    })),
    nodes: keys.map((key, at) => ({ key, size: sizes[at] ?? 0 })),
  }
}

/** The full transition matrix of some segments, and the members of each at the beginning and the end. */
export async function matrix(c: AppContext, asked: Asked, group: string | undefined) {
  const segments = await listSegments(c.get('db'), c.get('account').id)
  const keys = segments
    .filter((one) => group === undefined || one.group === group)
    .map(({ key }) => key)
  if (keys.length > limits.matrix) {
    throw new AppError('invalid', `group: a matrix has at most ${limits.matrix} segments.`)
  }
  const prepared = await prepare(c, asked, keys)
  const { period } = prepared
  const sizes = keys.map(() => sizeCounter(period.from - 1, period.to))
  const pairs = keys.flatMap((source) => keys.map((target) => ({ source, target })))
  const counting = pairs
    .filter(({ source, target }) => source !== target)
    .map((arrow) => ({ arrow, at: endsOf(keys, arrow), counter: arrowCounter() }))
  await prepared.each((part) => {
    part.logs.forEach((log, at) => sizes[at]?.add(log, part.skip))
    const views = viewsIn(prepared, part, period)
    for (const { at, counter } of counting) addTo(counter, views, at)
  })
  return {
    from: dayText(period.from),
    to: dayText(period.to),
    parity: asked.parity,
    segments: keys.map((key, at) => ({ key, ...sizes[at]?.finish() })),
    items: counting.map(({ arrow, counter }) => ({
      ...arrow,
      ...figuresOf(prepared, arrow, period, counter.finish()),
    })),
  }
}

/** The persons behind a figure of an arrow, by ascending id. */
export async function people(c: AppContext, asked: Asked, arrow: Arrow, who: Behind) {
  const keys = [arrow.source, arrow.target]
  const prepared = await prepare(c, asked, keys)
  const movers = moversOf(questionOf(prepared, arrow, prepared.period), who)
  await prepared.each(({ persons, logs, skip }) => {
    const [source, target] = logs
    if (source !== undefined && target !== undefined) movers.add(persons, source, target, skip)
  })
  return { period: prepared.period, movers: movers.finish() }
}
