import type { Change, Item, KeyedPart } from '../../worker/satisfaction/view.ts'
import type { Unit } from '../../worker/satisfaction/catalog.ts'
import { dayNumber, type Words } from '../words.ts'

const formats = new Map<string, Intl.NumberFormat>()

/** A difference of rates in percentage points, with its sign: −0.072 → "−7.2". */
export function points(words: Pick<Words, 'locale'>, part: number): string {
  const format =
    formats.get(words.locale) ??
    new Intl.NumberFormat(words.locale, {
      minimumFractionDigits: 1,
      maximumFractionDigits: 1,
      signDisplay: 'exceptZero',
    })
  formats.set(words.locale, format)
  return format.format(part * 100)
}

/** What a period is called: a day, the week of a day, a month. */
export function periodName(words: Words, unit: Unit, period: string): string {
  if (unit === 'week') return words.t('satisfaction.week', { day: words.day(period) })
  return unit === 'month' ? words.month(period) : words.day(period)
}

/** The same in few letters, for the foot of a chart. */
export function shortName(words: Words, unit: Unit, period: string): string {
  const options: Intl.DateTimeFormatOptions =
    unit === 'month' ? { month: 'short' } : { day: 'numeric', month: 'numeric' }
  const format = new Intl.DateTimeFormat(words.locale, { ...options, timeZone: 'UTC' })
  return format.format(dayNumber(period) * 86_400_000)
}

export type Direction = 'up' | 'down' | null

/** An arrow only where the interval of the change leaves out zero. */
export function directionOf(change: Pick<Change, 'value' | 'significant'> | null): Direction {
  if (change === null || !change.significant) return null
  return change.value > 0 ? 'up' : 'down'
}

/** The period looked at: the one of the address, else the latest with ratings, else the latest. */
export function chosenItem(items: readonly Item[], at: string): Item | null {
  const named = items.find(({ period }) => period === at)
  return named ?? items.findLast(({ ratings }) => ratings > 0) ?? items.at(-1) ?? null
}

/** The parts of one change over a partition, added up. */
export function sumsOf(parts: readonly KeyedPart[]): { rate: number; mix: number } {
  return parts.reduce((sum, part) => ({ rate: sum.rate + part.rate, mix: sum.mix + part.mix }), {
    rate: 0,
    mix: 0,
  })
}

/** The part that moved most in the direction of the change. */
export function largestPart(parts: readonly KeyedPart[], value: number): KeyedPart | null {
  const sign = value < 0 ? -1 : 1
  const size = ({ rate, mix }: KeyedPart) => sign * (rate + mix)
  const [largest] = parts.toSorted((a, b) => size(b) - size(a))
  return largest !== undefined && size(largest) > 0 ? largest : null
}
