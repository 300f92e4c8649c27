import type { ObservationRow } from '../customers/facts.ts'
import { parseDay } from '../time.ts'

/** The day in a trait, as last seen of each person; what is no date is left out. Rows stand by instant. */
export function latestDays(rows: readonly ObservationRow[], name: string): Map<number, string> {
  const seen = new Map<number, { at: number; value: string }>()
  for (const row of rows) {
    if (row.name !== name) continue
    const known = seen.get(row.person)
    if (known === undefined || row.at >= known.at) {
      seen.set(row.person, { at: row.at, value: row.value })
    }
  }
  const days = new Map<number, string>()
  for (const [person, { value }] of seen) {
    const day = /^"(\d{4}-\d{2}-\d{2})/.exec(value)?.[1]
    if (day !== undefined && parseDay(day) !== null) days.set(person, day)
  }
  return days
}
