import type { Reason } from '../customers/card.ts'
import type { Facts } from '../customers/facts.ts'
import { labelDays, scoreOn } from '../sentiment/daily.ts'
import { moodsOf } from '../tickets/facts.ts'
import { dayText } from '../time.ts'
import type { Word } from '../timeline/column.ts'
import { expire } from '../timeline/expiry.ts'
import { findInterval, intervalBuffer, OPEN } from '../timeline/intervals.ts'
import { stepAt, stepBuffer } from '../timeline/steps.ts'
import type { Compiled, FactLeaf, Node, RankLeaf } from './compile.ts'
import { orderWords } from './filter.ts'
import type { Chosen } from './leaf.ts'
import { lineOn } from './line.ts'
import { evaluateNode, isMember, rankedSteps, treeOf } from './membership.ts'
import { observedOn } from './observed.ts'
import { rankSize } from './rank.ts'

/** Reasons name at most so many events. */
const EVENTS = 5

/**
 * The facts that make entry i a member of a segment on a day: of `all` every condition, of `any` those that hold,
 * of `none` those that do not hold, marked `not`. Every reason, evaluated alone, says the same again. Empty when
 * the entry is no member that day.
 */
export function because(compiled: Compiled, segment: number, i: number, day: number): Reason[] {
  const root = compiled.roots[segment]
  if (root === undefined || !isMember(compiled, segment, i, day)) return []
  const reasons: Reason[] = []
  explain(compiled, root, i, day, true, reasons)
  return reasons
}

function holds(compiled: Compiled, node: Node, i: number, day: number): boolean {
  const days = intervalBuffer()
  evaluateNode(compiled, node, i, days)
  return findInterval(days, day) >= 0
}

function explain(
  compiled: Compiled,
  node: Node,
  i: number,
  day: number,
  wanted: boolean,
  reasons: Reason[],
): void {
  switch (node.kind) {
    case 'fact':
      reasons.push({ ...factReason(compiled, node, i, day), ...(!wanted && { not: true }) })
      return
    case 'rank':
      reasons.push({ ...rankReason(compiled, node, i, day), ...(!wanted && { not: true }) })
      return
    case 'segment': {
      const { fact, op, value } = node.condition
      const actual = node.segments
        .filter((segment) => isMember(compiled, segment, i, day))
        .map((segment) => compiled.keys[segment])
      reasons.push({ fact, op, value, actual, ...(!wanted && { not: true }) })
      return
    }
    default: {
      const parts = node.kind === 'none' ? !wanted : wanted
      for (const part of node.nodes) {
        if (holds(compiled, part, i, day) === parts) explain(compiled, part, i, day, parts, reasons)
      }
    }
  }
}

function factReason(compiled: Compiled, leaf: FactLeaf, i: number, day: number): Reason {
  const { fact, op, value, within, where } = leaf.condition
  const events = eventsOf(compiled.facts, leaf, i, day)
  return {
    fact,
    op,
    ...(value !== undefined && { value }),
    ...(within !== undefined && { within }),
    ...(where !== undefined && { where: where.map((one) => ({ ...one })) }),
    actual: actualOf(compiled.facts, leaf, i, day),
    ...(events.length > 0 && { events }),
  }
}

function rankReason(compiled: Compiled, leaf: RankLeaf, i: number, day: number): Reason {
  const { fact, within, where, rank } = leaf.condition
  const steps = stepBuffer()
  rankedSteps(compiled, leaf, i, steps)
  const actual = stepAt(steps, day)
  const tree = treeOf(compiled, leaf, i)
  const { value, n, tooFew } = lineOn(tree?.steps, day)
  return {
    fact,
    ...(within !== undefined && { within }),
    ...(where !== undefined && { where: where.map((one) => ({ ...one })) }),
    rank,
    actual: Number.isNaN(actual) ? null : actual,
    line: {
      value,
      n,
      k: rankSize(n, rank),
      distance: value === null || Number.isNaN(actual) ? null : actual - value,
      ...(tooFew && { tooFew }),
    },
  }
}

/** The rows of a noun that are chosen and in the window on a day, in order of time. */
function rowsOn({ events, expiry }: Chosen, owner: number, day: number): number[] {
  const rows: number[] = []
  const end = events.offsets[owner + 1] ?? 0
  for (let k = events.offsets[owner] ?? 0; k < end; k += 1) {
    const on = events.day[k] ?? OPEN
    if (on > day) break
    if (events.mask !== null && events.mask[k] === 0) continue
    if (expiry === null || day < expire(expiry, on)) rows.push(k)
  }
  return rows
}

/** Which of the chosen events a fact speaks of. */
function rowsBehind(facts: Facts, { condition, source }: FactLeaf, i: number, day: number) {
  const { chosen } = source
  if (chosen === null) return []
  const owner = chosen.noun === 'order' ? i : (facts.source[i] ?? 0)
  const rows = rowsOn(chosen, owner, day)
  if (condition.fact.startsWith('orders.first.')) return rows.slice(0, 1)
  if (condition.fact.startsWith('orders.last.') || condition.fact === 'orders.daysSinceLast') {
    const latest = facts.orders.at[rows.at(-1) ?? -1]
    return rows.filter((row) => facts.orders.at[row] === latest).slice(0, 1)
  }
  return rows
}

function netOn({ orders }: Facts, order: number, i: number, day: number): number {
  let net = orders.value[order] ?? Number.NaN
  const end = orders.refunds.offsets[i + 1] ?? 0
  for (let r = orders.refunds.offsets[i] ?? 0; r < end; r += 1) {
    if (orders.refunds.order[r] === order && (orders.refunds.day[r] ?? OPEN) <= day) {
      net -= orders.refunds.amount[r] ?? 0
    }
  }
  return net
}

function eventsOf(facts: Facts, leaf: FactLeaf, i: number, day: number) {
  const { chosen } = leaf.source
  if (chosen === null) return []
  const { noun, events } = chosen
  const ids =
    chosen.ids ??
    (noun === 'order'
      ? facts.orders.id
      : noun === 'ticket'
        ? facts.tickets.id
        : noun === 'rating'
          ? facts.ratings.id
          : facts.messages.id)
  return rowsBehind(facts, leaf, i, day)
    .slice(-EVENTS)
    .toReversed()
    .map((row) => {
      const amount = noun === 'order' ? netOn(facts, row, i, day) : Number.NaN
      return {
        kind: noun,
        id: ids[row] ?? '',
        day: dayText(events.day[row] ?? 0),
        ...(!Number.isNaN(amount) && { amount }),
      }
    })
}

function oneOrAll(words: readonly Word[]): unknown {
  return words.length === 0 ? null : words.length === 1 ? words[0] : words
}

const ORDER_WORD = /^orders\.(?:first|last)\.(.+)$/

/** What the person has on a day, as the rule would write it: numbers, money in minor units, days as text. */
function actualOf(facts: Facts, leaf: FactLeaf, i: number, day: number): unknown {
  const { condition, source } = leaf
  const { fact } = condition
  if (fact === 'tag') return observedOn(facts, i, 'tag:', day)
  if (fact.startsWith('trait.'))
    return oneOrAll(observedOn(facts, i, `trait:${fact.slice(6)}`, day))
  const property = ORDER_WORD.exec(fact)?.[1]
  if (property !== undefined && property !== 'day') {
    const [row] = rowsBehind(facts, leaf, i, day)
    return row === undefined ? null : oneOrAll(orderWords(facts.orders, property, row))
  }
  if (fact.startsWith('sentiment.')) return moodOn(facts, i, fact, day)
  const steps = stepBuffer()
  source.fill(i, steps)
  const value = stepAt(steps, day)
  if (Number.isNaN(value)) return null
  if (source.reading.kind === 'since') return day - value
  return property === 'day' || fact === 'person.createdAt' ? dayText(value) : value
}

/** Score or label of a person's mood on a day; null while there is too little evidence. */
function moodOn(facts: Facts, i: number, fact: string, day: number): unknown {
  const moods = moodsOf(facts.sentiment, facts.source[i] ?? 0)
  if (fact === 'sentiment.label') {
    return labelDays(moods).findLast((step) => step.day <= day)?.label ?? null
  }
  const mood = moods.findLast((one) => one.day <= day)
  const score = mood === undefined ? Number.NaN : scoreOn(mood, day)
  return Number.isNaN(score) ? null : score
}
