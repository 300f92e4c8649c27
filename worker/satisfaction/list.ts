import type { Facts } from '../customers/facts.ts'
import { levelOf } from '../tickets/level.ts'
import { compareText } from '../timeline/rows.ts'
import { type Column, type Word, wordsOf } from '../timeline/column.ts'
import { atomsOf } from './atoms.ts'
import { type Choice, chooser } from './choose.ts'
import type { Span } from './periods.ts'
import type { Surroundings } from './readers.ts'

/** A rating behind a figure. */
export interface Rated {
  person: number
  ticket: string
  id: string
  /** Epoch ms. */
  at: number
  level: number
  scale: number
  verdict: 'good' | 'neutral' | 'bad'
  reasons: string[]
  agent: string | null
  agentName: string | null
  group: string | null
  channel: string | null
  type: string | null
  hours: 'working' | 'off'
}

/** Where a page ends: instant and id of its last rating. */
export interface Place {
  at: number
  id: string
}

export interface RatedPage {
  /** The latest first. */
  items: Rated[]
  next: Place | null
  total: number
}

const MINUTE = 60_000

const textOf = (word: Word | undefined) => (word === undefined ? null : String(word))

/** Later first; of one moment the greater id. */
function order(a: Place, b: Place): number {
  return b.at - a.at || compareText(b.id, a.id)
}

function ratedOf({ surveys, persons }: Facts, i: number, row: number, around: Surroundings): Rated {
  const [level, scale] = String(first(surveys.score, row)).split('/').map(Number)
  const meaning = levelOf(level ?? 0, scale ?? 0)
  return {
    person: persons[i] ?? 0,
    ticket: surveys.ticket[row] ?? '',
    id: surveys.id[row] ?? '',
    at: surveys.at[row] ?? 0,
    level: level ?? 0,
    scale: scale ?? 0,
    verdict: meaning?.verdict ?? 'neutral',
    reasons: meaning?.asked === true ? wordsOf(surveys.reason, row).map(String) : [],
    agent: textOf(first(surveys.agent, row)),
    agentName: textOf(first(surveys.agentName, row)),
    group: textOf(first(surveys.group, row)),
    channel: textOf(first(surveys.channel, row)),
    type: textOf(first(surveys.type, row)),
    hours: around.isWorking((surveys.contact[row] ?? 0) * MINUTE) ? 'working' : 'off',
  }
}

function first(column: Column, row: number): Word | undefined {
  return wordsOf(column, row)[0]
}

export interface ListOptions extends Choice {
  span: Span
  /** The page begins after it; null = with the latest. */
  after: Place | null
  limit: number
}

/** The ratings of a span that pass the filters, page by page, range by range; memory is that of a few pages. */
export function ratedList({ span, after, limit, ...choice }: ListOptions, around: Surroundings) {
  const atoms = atomsOf([span])
  let kept: Rated[] = []
  let total = 0
  const cut = () => {
    kept = kept.toSorted(order).slice(0, limit + 1)
  }
  return {
    add(facts: Facts, skip?: Uint8Array): void {
      const { surveys } = facts
      if (surveys.day.length === 0) return
      const chosen = chooser(facts, choice, around)
      const counted = chosen.atoms(chosen.ratingDays, surveys.day, atoms.of, skip)
      for (let i = 0; i < facts.persons.length; i += 1) {
        const end = surveys.offsets[i + 1] ?? 0
        for (let row = surveys.offsets[i] ?? 0; row < end; row += 1) {
          if (counted[row] !== 0) continue
          total += 1
          const place = { at: surveys.at[row] ?? 0, id: surveys.id[row] ?? '' }
          if (after !== null && order(after, place) >= 0) continue
          kept.push(ratedOf(facts, i, row, around))
          if (kept.length > 4 * limit + 100) cut()
        }
      }
    },
    finish(): RatedPage {
      cut()
      const items = kept.slice(0, limit)
      const last = items.at(-1)
      const more = kept.length > limit && last !== undefined
      return { items, next: more ? { at: last.at, id: last.id } : null, total }
    },
  }
}
