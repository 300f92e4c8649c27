import type { Movement } from './shapes.ts'

type Cell = string | number | null

/** A cell; text that a spreadsheet would take for a formula gets an apostrophe. */
function cellText(cell: Cell): string {
  if (cell === null) return ''
  if (typeof cell === 'number') return String(cell)
  const safe = /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

const columns = [
  'source',
  'target',
  'from',
  'to',
  'moved',
  'same day',
  'joined target',
  'source size',
  'rate',
  'low',
  'high',
  'median days',
  'median of',
  'incomplete segment',
  'known from',
  'previous from',
  'previous to',
  'previous moved',
  'previous source size',
  'previous rate',
]

/** All figures of the arrows as a CSV file (RFC 4180), with the mark by which spreadsheets know UTF-8. */
export function fileOf(items: readonly Movement[], nameOf: (key: string) => string): string {
  const lines = items.map((one): Cell[] => {
    const { previous, incomplete } = one
    return [
      nameOf(one.source),
      nameOf(one.target),
      one.from,
      one.to,
      one.moved,
      one.sameDay,
      one.joinedTarget,
      one.sourceSize,
      one.rate,
      one.low,
      one.high,
      one.medianDays,
      one.n,
      incomplete === null ? null : nameOf(incomplete.segment),
      incomplete?.exactFrom ?? null,
      previous.from,
      previous.to,
      previous.moved,
      previous.sourceSize,
      previous.rate,
    ]
  })
  return `${[columns, ...lines].map((cells) => `${cells.map(cellText).join(',')}\r\n`).join('')}`
}
