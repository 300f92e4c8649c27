import type { Facts } from '../customers/facts.ts'
import { compile } from '../segments/compile.ts'
import type { Lines } from '../segments/line.ts'
import { evaluate } from '../segments/membership.ts'
import type { SegmentRule } from '../segments/rule.ts'
import { OPEN } from '../timeline/intervals.ts'

/** Stands for a membership without a known end, and for any day after it: 5 June 2149. */
export const LOG_OPEN = 65_534

/**
 * The membership log of one segment over some facts: entry i was a member on the days [days[k], days[k + 1]) for every
 * even k from starts[i] to starts[i + 1]. Days are those since 1970, which half the memory holds; earlier ones are 0.
 */
export interface MembershipLog {
  readonly starts: Int32Array
  readonly days: Uint16Array
}

function dayIn(day: number): number {
  return day === OPEN || day > LOG_OPEN ? LOG_OPEN : Math.max(day, 0)
}

/** Logs of the segments named by `keys`; `rules` holds all that they name. */
export function logsOf(
  rules: readonly SegmentRule[],
  keys: readonly string[],
  facts: Facts,
  lines: Lines,
): MembershipLog[] {
  const compiled = compile(rules, facts, lines)
  const positions = keys.map((key) => compiled.keys.indexOf(key))
  const count = facts.persons.length
  const starts = keys.map(() => new Int32Array(count + 1))
  const days = keys.map(() => new Uint16Array(count * 2 + 16))
  for (let i = 0; i < count; i += 1) {
    for (let s = 0; s < keys.length; s += 1) {
      const own = starts[s] ?? new Int32Array(1)
      const { days: found, size } = evaluate(compiled, positions[s] ?? -1, i)
      const from = own[i] ?? 0
      own[i + 1] = from + size
      let room = days[s] ?? new Uint16Array(0)
      if (from + size > room.length) {
        room = grown(room, from + size)
        days[s] = room
      }
      for (let k = 0; k < size; k += 1) room[from + k] = dayIn(found[k] ?? OPEN)
    }
  }
  return keys.map((_, s) => {
    const own = starts[s] ?? new Int32Array(1)
    return { starts: own, days: (days[s] ?? new Uint16Array(0)).slice(0, own[count] ?? 0) }
  })
}

function grown(days: Uint16Array, least: number): Uint16Array<ArrayBuffer> {
  const room = new Uint16Array(Math.max(least, days.length * 2))
  room.set(days)
  return room
}
