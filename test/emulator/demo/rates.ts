import type { ApiRate } from '../world.ts'
import { dayText } from './calendar.ts'
import type { Random } from './random.ts'

/** Euro in pounds for each day from first to last: a slow wander between 0.82 and 0.90. */
export function ratesOf(random: Random, first: number, last: number): ApiRate[] {
  const rates: ApiRate[] = []
  let points = 8600
  for (let day = first; day <= last; day += 1) {
    points = Math.min(9000, Math.max(8200, points + random.int(-25, 25)))
    rates.push({ day: dayText(day), from: 'EUR', to: 'GBP', rate: points / 10_000 })
  }
  return rates
}
