import * as fc from 'fast-check'
import type { Span } from '../../worker/journeys/movement.ts'

/** Up to three memberships of one person within 41 days, in order; the last may last until `open`. */
export function spansUntil(open: number): fc.Arbitrary<Span[]> {
  return fc
    .uniqueArray(fc.nat(40), { maxLength: 6 })
    .map((days) => days.toSorted((a, b) => a - b))
    .map((days) => {
      const found: Span[] = []
      for (let k = 0; k < days.length; k += 2) {
        found.push({ joined: days[k] ?? 0, left: days[k + 1] ?? open })
      }
      return found
    })
}
