import type { Facts } from '../customers/facts.ts'
import type { Day } from '../time.ts'
import { OPEN } from '../timeline/intervals.ts'
import { atomsOf } from './atoms.ts'
import { type Dimension, NONE } from './catalog.ts'
import { type Choice, type Chosen, chooser, hidesOffers } from './choose.ts'
import type { Span } from './periods.ts'
import { isCombined, levelsOf, type Reader, type Surroundings } from './readers.ts'
import { ANSWERED, OFFERED, type Table, tableOf, type Tally, tallyOf } from './tables.ts'

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
  offer: Int32Array
  /** 0 … 4 on the picture of five levels. */
  place: Int32Array
}

/** Key of a combination: names in order, joined; names do not contain the sign. */
const JOIN = ' + '

function addTo(numbers: Float64Array, at: number, value: number): void {
  numbers[at] = (numbers[at] ?? 0) + value
}

/** Counts rows under the one value that each has, column by column. */
function countPlain(
  { plain, words }: Reader,
  { rating, offer, place }: Counted,
  answered: Uint8Array,
  table: Table,
): void {
  const none = table.slotOf(NONE)
  const slots = Int32Array.from(words, (word) => table.slotOf(word))
  const { numbers } = table
  const codes = plain ?? []
  for (let row = 0; row < rating.length; row += 1) {
    const rated = rating[row] ?? -1
    const offered = offer[row] ?? -1
    if (rated < 0 && offered < 0) continue
    const code = codes[row] ?? -1
    const slot = code < 0 ? none : (slots[code] ?? none)
    if (rated >= 0) addTo(numbers, table.at(rated, slot) + (place[row] ?? 0), 1)
    if (offered >= 0) {
      const start = table.at(offered, slot)
      addTo(numbers, start + OFFERED, 1)
      addTo(numbers, start + ANSWERED, answered[row] ?? 0)
    }
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
      const offered = offer[row] ?? -1
      if (rated >= 0) {
        const slots = find(reader.codes(row, i, surveys.day[row] ?? OPEN))
        for (const slot of slots) {
          addTo(table.numbers, table.at(rated, slot) + (place[row] ?? 0), 1 / slots.length)
        }
      }
      if (offered >= 0 && dimension !== 'reason') {
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
  const whole = tableOf(atoms.count)
  const scales = tableOf(atoms.count)
  const mentions = tableOf(atoms.count)
  const tables = new Map(by.map((dimension) => [dimension, tableOf(atoms.count)]))
  const all = whole.slotOf('')
  const agents = new Map<string, string>()
  const withOffers = !hidesOffers(choice.filters)

  /** Reasons that a rating has count for each of them whole. */
  const countMentions = ({ surveys }: Facts, chosen: Chosen, { rating, place }: Counted) => {
    const reader = chosen.readerOf('reason')
    const slots = Int32Array.from(reader.words, (word) => mentions.slotOf(word))
    for (let row = 0; row < rating.length; row += 1) {
      const rated = rating[row] ?? -1
      // Good levels are not asked for reasons.
      if (rated < 0 || (place[row] ?? 0) > 2) continue
      const codes = reader.codes(row, 0, surveys.day[row] ?? OPEN)
      for (let k = 0; k < codes.length; k += 1) {
        addTo(mentions.numbers, mentions.at(rated, slots[codes[k] ?? -1] ?? 0), 1)
      }
    }
  }

  return {
    add(facts: Facts, skip?: Uint8Array): void {
      const { surveys } = facts
      if (surveys.day.length === 0) return
      const chosen = chooser(facts, choice, around)
      const levels = levelsOf(surveys)
      const places = levels.map((level) => (level?.place ?? 0) - 1)
      const { codes } = surveys.score
      const place = codes.map((code) => places[code] ?? -1)
      const counted: Counted = {
        rating: chosen.atoms(chosen.ratingDays, surveys.day, atoms.of, skip),
        offer: withOffers
          ? chosen.atoms(surveys.offered, surveys.offered, atoms.of, skip)
          : new Int32Array(place.length).fill(-1),
        place,
      }
      for (let row = 0; row < place.length; row += 1) {
        if ((place[row] ?? -1) < 0) counted.rating[row] = -1
      }
      const one: Reader = { words: [''], codes: () => [0], plain: new Uint8Array(place.length) }
      countPlain(one, counted, surveys.answered, whole)
      const words = surveys.score.words.map((word) => String(word).split('/')[1] ?? '')
      countPlain(
        { words, codes: () => [], plain: codes },
        { ...counted, offer: new Int32Array(place.length).fill(-1) },
        surveys.answered,
        scales,
      )
      countMentions(facts, chosen, counted)
      for (const [dimension, table] of tables) {
        const reader = chosen.readerOf(dimension)
        const own = dimension === 'level' ? withoutOffers(counted) : counted
        if (reader.plain === null) countSeveral(dimension, reader, facts, own, table)
        else countPlain(reader, own, surveys.answered, table)
      }
      if (by.includes('agent')) noteAgents(facts, agents)
    },
    finish(): Collected {
      return {
        agents,
        spans: atoms.bySpan.map((own) => ({
          ...tallyOf(whole, all, own),
          scales: new Map(
            counts(scales, own, ({ count }) => count).map(([key, count]) => [Number(key), count]),
          ),
          reasons: new Map(counts(mentions, own, ({ count }) => count)),
          groups: new Map(
            [...tables].map(([dimension, table]) => [
              dimension,
              new Map(
                tallies(table, own).filter(([, { count, offered }]) => count > 0 || offered > 0),
              ),
            ]),
          ),
        })),
      }
    },
  }
}

function withoutOffers(counted: Counted): Counted {
  return { ...counted, offer: new Int32Array(counted.rating.length).fill(-1) }
}

function tallies(table: Table, atoms: readonly number[]): [string, Tally][] {
  return table.keys.map((key, slot) => [key, tallyOf(table, slot, atoms)])
}

function counts(
  table: Table,
  atoms: readonly number[],
  read: (tally: Tally) => number,
): [string, number][] {
  return tallies(table, atoms)
    .map(([key, tally]): [string, number] => [key, read(tally)])
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
