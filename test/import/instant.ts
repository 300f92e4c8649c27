import { Temporal } from 'temporal-polyfill'

/** How a file writes its days: year first, day first or month first. */
export type DateOrder = 'iso' | 'dmy' | 'mdy'

const clock = String.raw`(?:[T ]+(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?)?`
const yearFirst = new RegExp(
  String.raw`^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})${clock}\s*(Z|[+-]\d{2}:?\d{2})?$`,
)
const yearLast = new RegExp(String.raw`^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})${clock}$`)

interface Clock {
  year: number
  month: number
  day: number
  hour: number
  minute: number
  second: number
}

function read(text: string, order: DateOrder): { clock: Clock; offset: string | undefined } | null {
  const match = (order === 'iso' ? yearFirst : yearLast).exec(text.trim())
  if (match === null) return null
  const [first = 0, second = 0, third = 0, hour = 0, minute = 0, seconds = 0] = match
    .slice(1, 7)
    .map((part) => Number(part ?? 0))
  const [year, month, day] =
    order === 'iso'
      ? [first, second, third]
      : order === 'dmy'
        ? [third, second, first]
        : [third, first, second]
  return { clock: { year, month, day, hour, minute, second: seconds }, offset: match[7] }
}

function offsetMinutes(offset: string): number {
  if (offset === 'Z') return 0
  const minutes = Number(offset.slice(1, 3)) * 60 + Number(offset.slice(-2))
  return offset.startsWith('-') ? -minutes : minutes
}

/**
 * Reads a day or a day with a time as RFC 3339 in UTC; null when the text is none. A text without an
 * offset is wall-clock time of `zone`; a time that a clock change skips moves forward.
 */
export function parseInstant(text: string, order: DateOrder, zone: string): string | null {
  const found = read(text, order)
  if (found === null) return null
  const { year, month, day, hour, minute, second } = found.clock
  const wall = new Date(Date.UTC(year, month - 1, day, hour, minute, second))
  if (wall.getUTCMonth() !== month - 1 || wall.getUTCDate() !== day) return null
  if (hour > 23 || minute > 59 || second > 59) return null
  if (found.offset === undefined && zone !== 'UTC') {
    return Temporal.PlainDateTime.from(found.clock).toZonedDateTime(zone).toInstant().toString()
  }
  const shift = found.offset === undefined ? 0 : offsetMinutes(found.offset) * 60_000
  return new Date(wall.getTime() - shift).toISOString().replace('.000Z', 'Z')
}
