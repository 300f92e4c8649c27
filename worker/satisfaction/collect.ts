import type { Facts } from '../customers/facts.ts'
import { type Day } from '../time.ts'
import { OPEN } from '../timeline/intervals.ts'
import { type Dimension, NONE } from './catalog.ts'
import { type Choice, type Chosen, chooser, hidesOffers } from './choose.ts'
import type { Span } from './periods.ts'
import { isCombined, levelsOf, type Reader, type Surroundings } from './readers.ts'

/** Counts of some ratings; of reasons that share a rating, `count` and `good` are fractions. */
export interface Tally {
  count: number
  good: number
  /** By place on the picture of five levels. */
  levels: [number, number, number, number, number]
  /** Ratings at levels that are asked for reasons. */
  asked: number
  offered: number
  answered: number
}

export interface SpanTally extends Tally {
  /** Ratings by how many levels their scale has. */
  scales: Map<number, number>
  /** Ratings that have a reason among those asked. */
  reasons: Map<string, number>
  /** By dimension and key. */
  groups: Map<Dimension, Map<string, Tally>>
}

const emptyTally = (): Tally => ({
  count: 0,
  good: 0,
  levels: [0, 0, 0, 0, 0],
  asked: 0,
  offered: 0,
  answered: 0,
})

export interface Collected {
  /** One for each span that was asked for. */
  spans: SpanTally[]
  /** Latest known name of each agent, by id. */
  agents: Map<string, string>
}

export interface Question extends Choice {
  spans: readonly Span[]
  by: readonly Dimension[]
}

/** Spans of which a day is one; spans may overlap. */
function spansByDay(spans: readonly Span[]) {
  const first = Math.min(...spans.map(({ from }) => from))
  const last = Math.max(...spans.map(({ to }) => to))
  const days = Array.from({ length: Math.max(0, last - first + 1) }, (): number[] => [])
  spans.forEach(({ from, to }, k) => {
    for (let day = from; day <= to; day += 1) days[day - first]?.push(k)
  })
  const none: readonly number[] = []
  return (day: Day): readonly number[] => days[day - first] ?? none
}

/** What two readings of the same dimension share: tallies by local code, found again by key. */
interface Cells {
  tallies: Map<string, Tally>[]
  byCode: (Tally | undefined)[][]
  none: (Tally | undefined)[]
}

function tallyIn(tallies: Map<string, Tally> | undefined, key: string): Tally {
  const known = tallies?.get(key) ?? emptyTally()
  tallies?.set(key, known)
  return known
}

/** Key of a combination: names in order, joined; names do not contain the sign. */
const JOIN = ' + '

function cellFinder(dimension: Dimension, { words }: Reader, cells: Cells) {
  const single = (span: number, code: number): Tally => {
    const list = (cells.byCode[span] ??= [])
    return (list[code] ??= tallyIn(cells.tallies[span], words[code] ?? NONE))
  }
  const none = (span: number) => (cells.none[span] ??= tallyIn(cells.tallies[span], NONE))
  const combined = (span: number, codes: ArrayLike<number>) => {
    const names = Array.from(codes, (code) => words[code] ?? NONE).toSorted()
    return tallyIn(cells.tallies[span], names.join(JOIN))
  }
  return (span: number, codes: ArrayLike<number>, visit: (tally: Tally, part: number) => void) => {
    const { length } = codes
    if (length === 0) visit(none(span), 1)
    else if (length > 1 && isCombined(dimension)) visit(combined(span, codes), 1)
    else for (let k = 0; k < length; k += 1) visit(single(span, codes[k] ?? -1), 1 / length)
  }
}

/**
 * Counts ratings and offers over spans of days, range by range. Offers are counted by their own day; beside a
 * filter that only answers can pass, not at all.
 */
export function collector({ spans, by, ...choice }: Question, around: Surroundings) {
  const spansOn = spansByDay(spans)
  const tallies: SpanTally[] = spans.map(() => ({
    ...emptyTally(),
    scales: new Map(),
    reasons: new Map(),
    groups: new Map(by.map((dimension) => [dimension, new Map()])),
  }))
  const agents = new Map<string, string>()
  const withOffers = !hidesOffers(choice.filters)

  const cellsOf = (chosen: Chosen) =>
    by.map((dimension) => {
      const reader = chosen.readerOf(dimension)
      const cells = {
        tallies: tallies.map(({ groups }) => groups.get(dimension) ?? new Map<string, Tally>()),
        byCode: [],
        none: [],
      }
      return { dimension, codes: reader.codes, find: cellFinder(dimension, reader, cells) }
    })

  return {
    add(facts: Facts, skip?: Uint8Array): void {
      const { surveys } = facts
      if (surveys.day.length === 0) return
      const chosen = chooser(facts, choice, around)
      const levels = levelsOf(surveys)
      const scales = surveys.score.words.map((word) => Number(String(word).split('/')[1]))
      const cells = cellsOf(chosen)
      const reasons = chosen.readerOf('reason')
      const names = agentNames(facts, agents)
      for (let i = 0; i < facts.persons.length; i += 1) {
        if (skip?.[i] === 1) continue
        const end = surveys.offsets[i + 1] ?? 0
        for (let row = surveys.offsets[i] ?? 0; row < end; row += 1) {
          const ratingSpans = spansOn(chosen.ratingDay(row))
          if (ratingSpans.length > 0) {
            const day = surveys.day[row] ?? OPEN
            const code = surveys.score.codes[row] ?? -1
            const level = levels[code] ?? null
            if (level !== null && chosen.passes(row, i, day)) {
              names(row)
              const rate = (tally: Tally, part: number) => {
                tally.count += part
                if (level.verdict === 'good') tally.good += part
                const place = level.place - 1
                tally.levels[place] = (tally.levels[place] ?? 0) + part
                if (level.asked) tally.asked += part
              }
              const given = reasons.codes(row, i, day)
              for (const span of ratingSpans) {
                const tally = tallies[span]
                if (tally === undefined) continue
                rate(tally, 1)
                addTo(tally.scales, scales[code] ?? 0)
                for (let k = 0; k < given.length; k += 1) {
                  addTo(tally.reasons, reasons.words[given[k] ?? -1] ?? NONE)
                }
              }
              for (const { codes, find } of cells) {
                const found = codes(row, i, day)
                for (const span of ratingSpans) find(span, found, rate)
              }
            }
          }
          if (!withOffers) continue
          const offered = surveys.offered[row] ?? OPEN
          const offerSpans = offered === OPEN ? [] : spansOn(offered)
          if (offerSpans.length === 0 || !chosen.passes(row, i, offered)) continue
          const answered = surveys.answered[row] ?? 0
          const offer = (tally: Tally) => {
            tally.offered += 1
            tally.answered += answered
          }
          for (const span of offerSpans) {
            const tally = tallies[span]
            if (tally !== undefined) offer(tally)
          }
          for (const { dimension, codes, find } of cells) {
            if (dimension === 'level' || dimension === 'reason') continue
            const found = codes(row, i, offered)
            for (const span of offerSpans) find(span, found, offer)
          }
        }
      }
    },
    finish(): Collected {
      return { spans: tallies, agents }
    },
  }
}

function addTo<Key>(counts: Map<Key, number>, key: Key): void {
  counts.set(key, (counts.get(key) ?? 0) + 1)
}

/** Notes the name that goes with an agent's id. */
function agentNames({ surveys }: Facts, agents: Map<string, string>) {
  const latest = new Map<number, Day>()
  return (row: number) => {
    const code = surveys.agent.codes[row] ?? -1
    const name = surveys.agentName.words[surveys.agentName.codes[row] ?? -1]
    const day = surveys.day[row] ?? OPEN
    if (code < 0 || name === undefined || (latest.get(code) ?? -1) >= day) return
    latest.set(code, day)
    agents.set(String(surveys.agent.words[code]), String(name))
  }
}
