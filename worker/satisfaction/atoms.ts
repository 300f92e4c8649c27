import type { Day } from '../time.ts'
import type { Span } from './periods.ts'

/**
 * Spans of days cut into atoms that do not overlap, so that every day is counted once: a span is the sum of its
 * atoms.
 */
export interface Atoms {
  readonly count: number
  /** Atom of a day; −1 when no span has it. */
  readonly of: (day: Day) => number
  /** Atoms of each span. */
  readonly bySpan: readonly (readonly number[])[]
}

export function atomsOf(spans: readonly Span[]): Atoms {
  const borders = [...new Set(spans.flatMap(({ from, to }) => [from, to + 1]))].toSorted(
    (a, b) => a - b,
  )
  const first = borders[0] ?? 0
  const last = borders.at(-1) ?? 0
  const atoms = new Int32Array(last - first).fill(-1)
  const starts: Day[] = []
  for (const [k, start] of borders.slice(0, -1).entries()) {
    if (!spans.some(({ from, to }) => from <= start && start <= to)) continue
    atoms.fill(starts.length, start - first, (borders[k + 1] ?? last) - first)
    starts.push(start)
  }
  return {
    count: starts.length,
    of: (day) => {
      const at = day - first
      return at < 0 || at >= atoms.length ? -1 : (atoms[at] ?? -1)
    },
    bySpan: spans.map(({ from, to }) =>
      [...starts.keys()].filter((atom) => {
        const start = starts[atom] ?? 0
        return from <= start && start <= to
      }),
    ),
  }
}
