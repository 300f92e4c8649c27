import type { Facts } from '../customers/facts.ts'
import { orderValues } from '../segments/filter.ts'
import { compile } from '../segments/compile.ts'
import type { Lines } from '../segments/line.ts'
import { isMember } from '../segments/membership.ts'
import type { SegmentRule } from '../segments/rule.ts'
import type { WorkingHours } from '../schedule.ts'
import type { SurveyFacts } from '../tickets/surveys.ts'
import { type Level, levelOf } from '../tickets/level.ts'
import type { Day } from '../time.ts'
import type { Column } from '../timeline/column.ts'
import type { Dimension } from './catalog.ts'

/** What reading dimensions takes beyond the facts. */
export interface Surroundings {
  isWorking: WorkingHours
  segments: readonly SegmentRule[]
  lines: Lines
  /** The order property whose values are instances. */
  property: string
}

/**
 * Tells where a survey of entry i stands in a dimension: codes of `words`, none = without a value. `words` may grow
 * while rows are read. Day: of the rating, or of the offer.
 */
export interface Reader {
  readonly words: readonly string[]
  readonly codes: (row: number, i: number, day: Day) => ArrayLike<number>
  /** The code of every row, −1 without a value, where a row never has more and the day does not matter. */
  readonly plain: ArrayLike<number> | null
}

const MINUTE = 60_000
const NOTHING: readonly number[] = []
const HOURS = ['working', 'off']
const LEVELS = ['1', '2', '3', '4', '5']

/** Arrays of one code each, so that reading makes none. */
const single = Array.from({ length: 16 }, (_, code) => Int32Array.of(code))
const one = (code: number): ArrayLike<number> =>
  code < 0 ? NOTHING : (single[code] ?? Int32Array.of(code))

function columnReader({ words, codes, offsets }: Column): Reader {
  return {
    words: words.map(String),
    codes:
      offsets === null
        ? (row) => one(codes[row] ?? -1)
        : (row) => codes.subarray(offsets[row] ?? 0, offsets[row + 1] ?? 0),
    plain: offsets === null ? codes : null,
  }
}

/** A reader of codes that are known for every row. */
function plainReader(words: readonly string[], plain: ArrayLike<number>): Reader {
  return { words, codes: (row) => one(plain[row] ?? -1), plain }
}

/** What each score of a dictionary means; null for none. */
export function levelsOf({ score }: SurveyFacts): (Level | null)[] {
  return score.words.map((word) => {
    const [level, scale] = String(word).split('/').map(Number)
    return levelOf(level ?? 0, scale ?? 0)
  })
}

function levelReader(surveys: SurveyFacts): Reader {
  const places = levelsOf(surveys).map((level) => (level?.place ?? 0) - 1)
  return plainReader(
    LEVELS,
    surveys.score.codes.map((code) => places[code] ?? -1),
  )
}

/** Reasons count where they are asked. */
function reasonReader(surveys: SurveyFacts): Reader {
  const levels = levelsOf(surveys)
  const { words, codes } = columnReader(surveys.reason)
  const isAsked = (row: number) => levels[surveys.score.codes[row] ?? -1]?.asked === true
  return {
    words,
    codes: (row, i, day) => (isAsked(row) ? codes(row, i, day) : NOTHING),
    plain: null,
  }
}

function hoursReader({ contact }: SurveyFacts, isWorking: WorkingHours): Reader {
  const plain = new Uint8Array(contact.length)
  for (let row = 0; row < contact.length; row += 1) {
    if (!isWorking((contact[row] ?? 0) * MINUTE)) plain[row] = 1
  }
  return plainReader(HOURS, plain)
}

/** The segments of the person on the day. */
function segmentReader(facts: Facts, { segments, lines }: Surroundings): Reader {
  const compiled = compile(segments, facts, lines)
  const all = [...compiled.keys.keys()]
  return {
    words: compiled.keys,
    codes: (_, i, day) => all.filter((segment) => isMember(compiled, segment, i, day)),
    plain: null,
  }
}

/** The values of the order property over the person's counted orders up to the day. */
function instanceReader({ orders }: Facts, property: string): Reader {
  const { words, codes, offsets } = orderValues(orders, property)
  return {
    words: words.map(String),
    codes: (_, i, day) => {
      const found = new Set<number>()
      const end = orders.offsets[i + 1] ?? 0
      for (let order = orders.offsets[i] ?? 0; order < end; order += 1) {
        if ((orders.day[order] ?? 0) > day) break
        if (orders.counted[order] === 0) continue
        for (let k = offsets[order] ?? 0; k < (offsets[order + 1] ?? 0); k += 1) {
          found.add(codes[k] ?? -1)
        }
      }
      return [...found].toSorted((a, b) => a - b)
    },
    plain: null,
  }
}

export function readerOf(dimension: Dimension, facts: Facts, around: Surroundings): Reader {
  const { surveys } = facts
  switch (dimension) {
    case 'level':
      return levelReader(surveys)
    case 'reason':
      return reasonReader(surveys)
    case 'hours':
      return hoursReader(surveys, around.isWorking)
    case 'segment':
      return segmentReader(facts, around)
    case 'instance':
      return instanceReader(facts, around.property)
    case 'agent':
    case 'group':
    case 'channel':
    case 'type':
      return columnReader(surveys[dimension])
    default:
      return dimension satisfies never
  }
}

/** Dimensions in which a person can be in several at once: there a partition goes by exact combination. */
export function isCombined(dimension: Dimension): boolean {
  return dimension === 'segment' || dimension === 'instance'
}
