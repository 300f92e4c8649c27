import type { Facts } from '../customers/facts.ts'
import type { Day } from '../time.ts'
import { OPEN } from '../timeline/intervals.ts'
import { atomsOf } from './atoms.ts'
import { type Dimension, NONE } from './catalog.ts'
import { type Choice, chooser, hidesOffers } from './choose.ts'
import type { Span } from './periods.ts'
import { isCombined, levelsOf, type Reader, type Surroundings } from './readers.ts'
import { ANSWERED, FIELDS, OFFERED, type Table, tableOf, type Tally, tallyOf } from './tables.ts'

export interface SpanTally extends Tally {
  /** Ratings by how many levels their scale has. */
  scales: Map<number, number>
  /** Ratings that have a reason among those asked. */
  reasons: Map<string, number>
  /** By dimension and key. */
  groups: Map<Dimension, Map<string, Tally>>
}

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

/** Which rows of some facts are counted: their atoms (−1: not), and where their levels stand. */
interface Counted {
  rating: Int32Array
  /** null: offers are not counted. */
  offer: Int32Array | null
  /** 0 … 4 on the picture of five levels. */
  place: Int32Array
}

/** Key of a combination: names in order, joined; names do not contain the sign. */
const JOIN = ' + '

function addTo(numbers: Float64Array, at: number, value: number): void {
  numbers[at] = (numbers[at] ?? 0) + value
}

/** Counts rows under the one value that each has, column by column: the loops that take the time. */
function countPlain(
  words: readonly string[],
  codes: ArrayLike<number>,
  { rating, offer, place }: Counted,
  answered: Uint8Array,
  table: Table,
): void {
  const { width } = table
  // Where the counters of each code begin, 0 = no value.
  const starts = Int32Array.from([NONE, ...words], (word) => table.slotOf(word) * width)
  const { numbers } = table
  for (let row = 0; row < rating.length; row += 1) {
    const atom = rating[row] ?? -1
    if (atom < 0) continue
    const at = (starts[(codes[row] ?? -1) + 1] ?? 0) + atom * FIELDS + (place[row] ?? 0)
    numbers[at] = (numbers[at] ?? 0) + 1
  }
  if (offer === null) return
  for (let row = 0; row < offer.length; row += 1) {
    const atom = offer[row] ?? -1
    if (atom < 0) continue
    const at = (starts[(codes[row] ?? -1) + 1] ?? 0) + atom * FIELDS + OFFERED
    numbers[at] = (numbers[at] ?? 0) + 1
    numbers[at + 1] = (numbers[at + 1] ?? 0) + (answered[row] ?? 0)
  }
}

/** Slots of the values that a row has: its combination, or each of them for an equal part. */
function slotsOf(dimension: Dimension, reader: Reader, table: Table) {
  const alone = new Map<number, readonly number[]>()
  const none = [table.slotOf(NONE)]
  const wordOf = (code: number) => reader.words[code] ?? NONE
  return (codes: ArrayLike<number>): readonly number[] => {
    if (codes.length === 0) return none
    if (codes.length === 1) {
      const code = codes[0] ?? -1
      const known = alone.get(code) ?? [table.slotOf(wordOf(code))]
      alone.set(code, known)
      return known
    }
    if (!isCombined(dimension)) return Array.from(codes, (code) => table.slotOf(wordOf(code)))
    return [table.slotOf(Array.from(codes, wordOf).toSorted().join(JOIN))]
  }
}

/** Counts rows that may have several values, or other ones on other days. */
function countSeveral(
  dimension: Dimension,
  reader: Reader,
  facts: Facts,
  { rating, offer, place }: Counted,
  table: Table,
): void {
  const { surveys } = facts
  const find = slotsOf(dimension, reader, table)
  for (let i = 0; i < facts.persons.length; i += 1) {
    const end = surveys.offsets[i + 1] ?? 0
    for (let row = surveys.offsets[i] ?? 0; row < end; row += 1) {
      const rated = rating[row] ?? -1
      const offered = offer?.[row] ?? -1
      if (rated >= 0) {
        const slots = find(reader.codes(row, i, surveys.day[row] ?? OPEN))
        for (const slot of slots) {
          addTo(table.numbers, table.at(rated, slot) + (place[row] ?? 0), 1 / slots.length)
        }
      }
      if (offered >= 0) {
        const slots = find(reader.codes(row, i, surveys.offered[row] ?? OPEN))
        for (const slot of slots) {
          const start = table.at(offered, slot)
          addTo(table.numbers, start + OFFERED, 1)
          addTo(table.numbers, start + ANSWERED, surveys.answered[row] ?? 0)
        }
      }
    }
  }
}

/**
 * Counts ratings and offers over spans of days, range by range. Offers are counted by their own day; beside a
 * filter that only answers can pass, not at all.
 */
export function collector({ spans, by, ...choice }: Question, around: Surroundings) {
  const atoms = atomsOf(spans)
  /** By scale; all of them together are the whole. */
  const scales = tableOf(atoms.count)
  const mentions = tableOf(atoms.count)
  const counted = by.filter((dimension) => dimension !== 'level')
  const tables = new Map(counted.map((dimension) => [dimension, tableOf(atoms.count)]))
  const agents = new Map<string, string>()
  const withOffers = !hidesOffers(choice.filters)

  return {
    add(facts: Facts, skip?: Uint8Array): void {
      const { surveys } = facts
      if (surveys.day.length === 0) return
      const chosen = chooser(facts, choice, around)
      const places = Int32Array.from(levelsOf(surveys), (level) => (level?.place ?? 0) - 1)
      const { codes, words } = surveys.score
      const rating = chosen.atoms(chosen.ratingDays, surveys.day, atoms.of, skip)
      const place = new Int32Array(codes.length)
      for (let row = 0; row < place.length; row += 1) {
        const at = places[codes[row] ?? -1] ?? -1
        place[row] = at
        if (at < 0) rating[row] = -1
      }
      const offer = withOffers
        ? chosen.atoms(surveys.offered, surveys.offered, atoms.of, skip)
        : null
      const rows = { rating, offer, place }
      const scaleWords = words.map((word) => String(word).split('/')[1] ?? '')
      countPlain(scaleWords, codes, rows, surveys.answered, scales)
      countMentions(chosen.readerOf('reason'), rows, mentions)
      for (const [dimension, table] of tables) {
        const reader = chosen.readerOf(dimension)
        // An offer has no reason.
        const own = dimension === 'reason' ? { ...rows, offer: null } : rows
        if (reader.plain === null) countSeveral(dimension, reader, facts, own, table)
        else countPlain(reader.words, reader.plain, own, surveys.answered, table)
      }
      if (by.includes('agent')) noteAgents(facts, agents)
    },
    finish(): Collected {
      return {
        agents,
        spans: atoms.bySpan.map((own) => {
          const whole = tallyOf(scales, [...scales.keys.keys()], own)
          const groups = new Map<Dimension, Map<string, Tally>>(
            [...tables].map(([dimension, table]) => [
              dimension,
              new Map(
                tallies(table, own).filter(([, { count, offered }]) => count > 0 || offered > 0),
              ),
            ]),
          )
          if (by.includes('level')) groups.set('level', levelGroups(whole))
          return {
            ...whole,
            scales: new Map(counts(scales, own).map(([key, count]) => [Number(key), count])),
            reasons: new Map(counts(mentions, own)),
            groups,
          }
        }),
      }
    },
  }
}

/** Ratings by reason, each reason counting whole; good levels are not asked for any. */
function countMentions(reader: Reader, { rating, place }: Counted, table: Table): void {
  const slots = Int32Array.from(reader.words, (word) => table.slotOf(word))
  for (let row = 0; row < rating.length; row += 1) {
    const atom = rating[row] ?? -1
    if (atom < 0 || (place[row] ?? 0) > 2) continue
    const codes = reader.codes(row, 0, OPEN)
    for (let k = 0; k < codes.length; k += 1) {
      addTo(table.numbers, table.at(atom, slots[codes[k] ?? -1] ?? 0), 1)
    }
  }
}

/** Groups by place on the picture of five levels. */
function levelGroups({ levels }: Tally): Map<string, Tally> {
  return new Map(
    levels.flatMap((count, place) => {
      const good = place > 2 ? count : 0
      const own = levels.map((_, at) => (at === place ? count : 0))
      const tally = { count, good, levels: own, asked: count - good, offered: 0, answered: 0 }
      return count > 0 ? [[String(place + 1), tally] as const] : []
    }),
  )
}

function tallies(table: Table, atoms: readonly number[]): [string, Tally][] {
  return table.keys.map((key, slot) => [key, tallyOf(table, [slot], atoms)])
}

function counts(table: Table, atoms: readonly number[]): [string, number][] {
  return tallies(table, atoms)
    .map(([key, { count }]): [string, number] => [key, count])
    .filter(([, count]) => count > 0)
}

/** Notes the latest name that goes with an agent's id. */
function noteAgents({ surveys }: Facts, agents: Map<string, string>): void {
  const { agent, agentName, day } = surveys
  const latest = new Int32Array(agent.words.length).fill(-1)
  const name = new Int32Array(agent.words.length).fill(-1)
  for (let row = 0; row < day.length; row += 1) {
    const code = agent.codes[row] ?? -1
    const called = agentName.codes[row] ?? -1
    const on: Day = Math.min(day[row] ?? OPEN, surveys.offered[row] ?? OPEN)
    if (code < 0 || called < 0 || on < (latest[code] ?? -1)) continue
    latest[code] = on
    name[code] = called
  }
  agent.words.forEach((id, code) => {
    const called = agentName.words[name[code] ?? -1]
    if (called !== undefined) agents.set(String(id), String(called))
  })
}
