import type { Facts } from '../customers/facts.ts'
import { levelOf } from '../tickets/level.ts'
import type { Day } from '../time.ts'
import type { Starter } from './catalog.ts'

/** Persons whose requester's field a trigger asks for. */
export type Asked = Readonly<
  Record<Exclude<Starter, 'bad_rating' | 'good_rating'>, ReadonlySet<number>>
>

const shown = (set: ReadonlySet<string>) => ({
  tickets: set.size,
  samples: [...set].toSorted().slice(0, 5),
})

/**
 * How many tickets each trigger would have touched in the seven days up to today, with the fields as they are now:
 * ratings given in these days, and tickets made in them.
 */
export function lastWeek(today: Day, asked: Asked) {
  const tickets: Record<Starter, Set<string>> = {
    bad_rating: new Set(),
    good_rating: new Set(),
    vip: new Set(),
    negative: new Set(),
    at_risk: new Set(),
  }
  const isLately = (day: number | undefined) => day !== undefined && day <= today && day > today - 7
  return {
    add(facts: Facts, skip?: Uint8Array): void {
      const { surveys } = facts
      for (let i = 0; i < facts.persons.length; i += 1) {
        if (skip?.[i] === 1) continue
        const person = facts.persons[i] ?? 0
        for (let row = surveys.offsets[i] ?? 0; row < (surveys.offsets[i + 1] ?? 0); row += 1) {
          const word = surveys.score.words[surveys.score.codes[row] ?? -1]
          if (word === undefined || !isLately(surveys.day[row])) continue
          const [level = 0, scale = 0] = String(word).split('/').map(Number)
          const verdict = levelOf(level, scale)?.verdict
          if (verdict === 'bad') tickets.bad_rating.add(surveys.ticket[row] ?? '')
          if (verdict === 'good') tickets.good_rating.add(surveys.ticket[row] ?? '')
        }
        const own = facts.tickets
        for (let row = own.offsets[i] ?? 0; row < (own.offsets[i + 1] ?? 0); row += 1) {
          if (!isLately(own.day[row])) continue
          for (const name of ['vip', 'negative', 'at_risk'] as const) {
            if (asked[name].has(person)) tickets[name].add(own.id[row] ?? '')
          }
        }
      }
    },
    /** Numbers of tickets, and some of them, by trigger. */
    finish(): Record<Starter, { tickets: number; samples: string[] }> {
      return {
        bad_rating: shown(tickets.bad_rating),
        good_rating: shown(tickets.good_rating),
        vip: shown(tickets.vip),
        negative: shown(tickets.negative),
        at_risk: shown(tickets.at_risk),
      }
    },
  }
}
