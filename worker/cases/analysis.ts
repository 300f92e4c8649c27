import type { AppContext } from '../http.ts'
import { eachCases, type Look, type Period, shownFigures, within } from './answers.ts'
import { listed, type ListedCase } from './collect.ts'
import { type Tally, tally } from './figures.ts'
import type { Method } from './method.ts'

/** What cases can be told apart by. */
export const dimensions = ['key', 'channel', 'type', 'group', 'agent', 'segment'] as const
export type Dimension = (typeof dimensions)[number]

/** Figures of one method over a period. */
export async function figuresIn(c: AppContext, method: Method, period: Period) {
  const all = tally()
  await eachCases(c, [method], {}, ({ found }) => count(found[0], period, all))
  return shownFigures(all)
}

function count(found: Look['found'][number] | undefined, period: Period, into: Tally): void {
  if (found === undefined) return
  within(found, period, (n) => into.add(found.cases, n, found.person(n)))
}

/**
 * Figures of a period, of as many days before it, and by a dimension; a case of a person in several segments counts in
 * each.
 */
export async function metricsIn(
  c: AppContext,
  method: Method,
  period: Period,
  { by, business }: { by: Dimension | undefined; business: boolean },
) {
  const before = { from: 2 * period.from - period.to - 1, to: period.from - 1 }
  const [all, previous] = [tally(), tally()]
  const groups = new Map<string, Tally>()
  await eachCases(
    c,
    [method],
    { business, segments: by === 'segment' },
    ({ found, segmentsOf }) => {
      const [own] = found
      if (own === undefined) return
      count(own, before, previous)
      within(own, period, (n) => {
        const person = own.person(n)
        all.add(own.cases, n, person)
        if (by === undefined) return
        for (const key of by === 'segment' ? segmentsOf(n) : [own[by](n)]) {
          const group = groups.get(key) ?? tally()
          groups.set(key, group)
          group.add(own.cases, n, person)
        }
      })
    },
  )
  const told = [...groups].map(([key, group]) => ({ key, ...shownFigures(group) }))
  return {
    ...shownFigures(all),
    /** The same number of days before; what the method leaves out is missing there too. */
    previous: shownFigures(previous),
    groups: told.toSorted((a, b) => b.cases - a.cases || (a.key < b.key ? -1 : 1)),
  }
}

/** Tickets that are told of those that moved. */
const mostMoved = 200

/** Two methods side by side, with the tickets whose case begins with another ticket. */
export async function comparedIn(c: AppContext, methods: [Method, Method], period: Period) {
  const [left, right] = [tally(), tally()]
  const moved: { ticket: string; a: string; b: string }[] = []
  let totalMoved = 0
  await eachCases(c, methods, { ids: true }, ({ found: [a, b] }) => {
    if (a === undefined || b === undefined) return
    count(a, period, left)
    count(b, period, right)
    const { id, day } = a.facts.tickets
    const isIn = (row: number) => (day[row] ?? 0) >= period.from && (day[row] ?? 0) <= period.to
    for (let row = 0; row < id.length; row += 1) {
      const [inA, inB] = [a.cases.caseOf[row] ?? -1, b.cases.caseOf[row] ?? -1]
      if (inA < 0 || inB < 0) continue
      const [begunA, begunB] = [a.cases.first[inA] ?? 0, b.cases.first[inB] ?? 0]
      if (begunA === begunB || !isIn(begunA) || !isIn(begunB)) continue
      totalMoved += 1
      if (moved.length === mostMoved) continue
      moved.push({ ticket: id[row] ?? '', a: id[begunA] ?? '', b: id[begunB] ?? '' })
    }
  })
  return { a: shownFigures(left), b: shownFigures(right), moved, totalMoved }
}

/** Cases opened in a period, the latest first, as far as a page reaches; and how many there are. */
export async function listedIn(
  c: AppContext,
  method: Method,
  period: Period,
  { resolved, most }: { resolved: boolean | undefined; most: number },
): Promise<{ cases: ListedCase[]; total: number }> {
  let cases: ListedCase[] = []
  let total = 0
  await eachCases(c, [method], { ids: true }, ({ found: [own] }) => {
    if (own === undefined) return
    const chosen: number[] = []
    within(own, period, (n) => {
      if (resolved === undefined || resolved === (own.cases.resolved[n] === 1)) chosen.push(n)
    })
    total += chosen.length
    const { openedAt } = own.cases
    chosen.sort((a, b) => (openedAt[b] ?? 0) - (openedAt[a] ?? 0))
    // Those of one instant stay together: their order is by ticket.
    const last = openedAt[chosen[most - 1] ?? -1] ?? -Infinity
    const reach = chosen.filter((n) => (openedAt[n] ?? 0) >= last)
    cases = [...cases, ...reach.map((n) => listed(own, n))].toSorted(latestFirst).slice(0, most)
  })
  return { cases, total }
}

function latestFirst(a: ListedCase, b: ListedCase): number {
  return b.openedAt - a.openedAt || (a.tickets[0] ?? '').localeCompare(b.tickets[0] ?? '')
}

/** Figures of the same method with each of these gaps. */
export async function figuresByGap(
  c: AppContext,
  method: Method,
  period: Period,
  gaps: readonly number[],
) {
  // What humans said stays with the method, whatever the gap.
  const tried = gaps.map((gapHours) => ({ ...method, id: `${method.id}@${gapHours}`, gapHours }))
  const tallies = gaps.map(() => tally())
  await eachCases(c, tried, {}, ({ found }) =>
    tallies.forEach((one, k) => count(found[k], period, one)),
  )
  return tallies.map(shownFigures)
}
