import type { Behind } from './catalog.ts'
import { LOG_OPEN, type MembershipLog } from './log.ts'
import { moveOf, type Question, type Span } from './movement.ts'
import type { Day } from '../time.ts'

/** Somebody behind an arrow. */
export interface Mover {
  person: number
  /** Latest day of coming into the source and into the target within the period's view; null: none. */
  sourceJoined: Day | null
  targetJoined: Day | null
  /** Between the two, where both are known. */
  days: number | null
}

function spansOf({ starts, days }: MembershipLog, i: number): Span[] {
  const spans: Span[] = []
  for (let k = starts[i] ?? 0; k < (starts[i + 1] ?? 0); k += 2) {
    spans.push({ joined: days[k] ?? 0, left: days[k + 1] ?? LOG_OPEN })
  }
  return spans
}

/** The persons behind a figure of an arrow, by ascending id. */
export function moversOf(question: Question, who: Behind) {
  const found: Mover[] = []
  return {
    add(
      persons: Int32Array,
      source: MembershipLog,
      target: MembershipLog,
      skip?: Uint8Array,
    ): void {
      for (let i = 0; i < persons.length; i += 1) {
        if (skip?.[i] === 1) continue
        const from = spansOf(source, i)
        const to = spansOf(target, i)
        const move = moveOf(from, to, question)
        const wanted = {
          moved: move.moved,
          sameDay: move.sameDay,
          joinedTarget: move.joined,
          source: move.inSource,
        }
        if (!wanted[who]) continue
        const until = question.end
        const into = move.joined ? to.findLast(({ joined }) => joined <= until) : undefined
        const before = into === undefined ? until : into.joined
        const outOf = from.findLast(({ joined }) =>
          move.sameDay ? joined <= before : joined < before,
        )
        found.push({
          person: persons[i] ?? 0,
          sourceJoined: outOf?.joined ?? null,
          targetJoined: into?.joined ?? null,
          days: move.days,
        })
      }
    },
    finish(): Mover[] {
      return found.toSorted((a, b) => a.person - b.person)
    },
  }
}
