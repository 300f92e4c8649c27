import { addMonths, dateOfDay, type Day, daysInMonth } from '../time.ts'

/** Days of a period, both included. */
export interface Period {
  from: Day
  to: Day
}

/**
 * The period before: as many calendar months where the days are whole months, else as many days.
 */
export function periodBefore({ from, to }: Period): Period {
  const first = dateOfDay(from)
  const last = dateOfDay(to)
  const whole = first.date === 1 && last.date === daysInMonth(last.year, last.month)
  const months = (last.year - first.year) * 12 + last.month - first.month + 1
  return { from: whole ? addMonths(from, -months) : from - (to - from + 1), to: from - 1 }
}
