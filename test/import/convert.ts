import { type Cell, minorDigits, readCell } from './cell.ts'
import { type Decimal, add, roundHalfAway, zero } from './decimal.ts'
import { type FieldType, typeOf } from './fields.ts'
import { parseInstant } from './instant.ts'
import type { ImportMap, Source, SumSource } from './maps/map.ts'
import { type Problem, type Row, columnsOf, readerOf } from './reader.ts'

export interface RecordObject {
  [key: string]: Cell | RecordObject | RecordObject[]
}

export type Outcome = { line: number; record: RecordObject } | { problem: Problem }

export interface Conversion {
  /** Takes a row and answers with the records that it completes. */
  push(row: Row): Outcome[]
  /** Completes what waited for more rows. */
  end(): Iterable<Outcome>
  /** Records that wait for more rows. */
  waiting(): number
  /** Rows that the map does not want, so far. */
  leftOut(): number
  /** The columns behind a key path of a record, for messages. */
  columnOf(path: string): string
}

interface Field {
  key: string
  /** Where the value stands inside its record, or inside its line. */
  path: readonly string[]
  type: FieldType
  source: Source
}

interface Group {
  line: number
  speaker: Row
  at: string
  sums: Map<string, Decimal>
  lines: RecordObject[]
  problem: Problem | null
}

/** Keys under properties, fields and traits may contain dots themselves. */
function pathOf(key: string): string[] {
  const open = /^(properties|fields|traits)\.(.+)$/s.exec(key)
  return open === null ? key.split('.') : [open[1] ?? '', open[2] ?? '']
}

function fieldsOf(map: ImportMap): { own: Field[]; inLine: Field[] } {
  const own: Field[] = []
  const inLine: Field[] = []
  for (const [key, source] of Object.entries(map.fields)) {
    const type = typeOf(map.kind, key) ?? 'text'
    if (key.startsWith('lines.')) inLine.push({ key, path: pathOf(key.slice(6)), type, source })
    else own.push({ key, path: pathOf(key), type, source })
  }
  return { own, inLine }
}

function put(target: RecordObject, path: readonly string[], value: Cell): void {
  const [key = '', ...rest] = path
  if (rest.length === 0) {
    target[key] = value
    return
  }
  const inner = target[key]
  const next: RecordObject = typeof inner === 'object' && !Array.isArray(inner) ? inner : {}
  target[key] = next
  put(next, rest, value)
}

function minorOf(exact: Decimal, digits: number, source: SumSource): number {
  const minor = roundHalfAway(exact, digits)
  return Number(source.negate === true ? -minor : minor)
}

/**
 * Turns the rows of a file with this header into records, as the map says. A map that groups holds
 * its records until the end, because rows of one record may stand anywhere in the file.
 */
export function conversion(map: ImportMap, header: readonly string[]): Conversion {
  const reader = readerOf(map, header)
  const { own, inLine } = fieldsOf(map)
  const currencySource = map.fields['currency']
  const groups = new Map<string, Group>()
  let leftOut = 0

  const currencyOf = (row: Row) =>
    currencySource === undefined || 'sumOf' in currencySource
      ? ''
      : reader.text(row, currencySource)

  /** Fills a record from a row and the group's sums; answers with the first problem. */
  const fill = (
    target: RecordObject,
    fields: readonly Field[],
    row: Row,
    sums?: ReadonlyMap<string, Decimal>,
  ): Problem | null => {
    const currency = currencyOf(row)
    for (const { key, path, type, source } of fields) {
      if ('sumOf' in source) {
        const exact = sums?.get(key) ?? reader.product(row, source.sumOf)
        if ('message' in exact) return exact
        const digits = minorDigits(currency)
        if (digits === null) {
          return { line: row.line, column: 'currency', message: `no currency "${currency}"` }
        }
        put(target, path, minorOf(exact, digits, source))
      } else {
        const text = reader.text(row, source)
        if (text === '') continue
        const reading = readCell(text, type, map, currency)
        if ('problem' in reading) {
          const column = columnsOf(source)[0] ?? key
          return { line: row.line, column, message: reading.problem }
        }
        put(target, path, reading.value)
      }
    }
    return null
  }

  const finish = (group: Group): Outcome => {
    const record: RecordObject = {}
    const problem = group.problem ?? fill(record, own, group.speaker, group.sums)
    if (problem !== null) return { problem }
    if (inLine.length > 0) record['lines'] = group.lines
    return { line: group.line, record }
  }

  const speaksAt = (row: Row): string =>
    typeof map.speaker === 'string'
      ? ''
      : (parseInstant(reader.cell(row, map.speaker.latest), map.dates, map.zone) ?? '')

  const open = (row: Row): Group => ({
    line: row.line,
    speaker: row,
    at: speaksAt(row),
    sums: new Map(),
    lines: [],
    problem: null,
  })

  const join = (group: Group, row: Row): void => {
    if (typeof map.speaker === 'object') {
      const at = speaksAt(row)
      if (at >= group.at) {
        group.at = at
        group.speaker = row
      }
    }
    for (const { key, source } of own) {
      if (!('sumOf' in source)) continue
      const product = reader.product(row, source.sumOf)
      if ('message' in product) group.problem ??= product
      else group.sums.set(key, add(group.sums.get(key) ?? zero, product))
    }
    if (inLine.length === 0) return
    const line: RecordObject = {}
    const problem = fill(line, inLine, row)
    group.problem ??= problem
    group.lines.push(line)
  }

  return {
    push(row) {
      if (!reader.wanted(row)) {
        leftOut += 1
        return []
      }
      const key = JSON.stringify(map.group.map((column) => reader.cell(row, column)))
      const group = groups.get(key) ?? open(row)
      join(group, row)
      if (map.group.length === 0) return [finish(group)]
      groups.set(key, group)
      return []
    },
    *end() {
      for (const group of groups.values()) yield finish(group)
      groups.clear()
    },
    waiting: () => groups.size,
    leftOut: () => leftOut,
    columnOf(path) {
      const key = path.replace(/^lines[.[]\d+\]?\./, 'lines.')
      const source =
        map.fields[key] ??
        Object.entries(map.fields).find(([each]) => each.startsWith(`${key}.`))?.[1]
      const columns = source === undefined ? [] : columnsOf(source)
      return columns.length === 0 ? path : columns.join(' × ')
    },
  }
}
