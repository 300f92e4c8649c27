import { type Decimal, multiply, parseDecimal } from './decimal.ts'
import type { ImportMap, Source, TextSource } from './maps/map.ts'

export interface Row {
  /** Line of the file on which the row ends; the header is line 1. */
  line: number
  cells: readonly string[]
}

/** What is wrong with a row: line of the file, column (or key of the record) and reason. */
export interface Problem {
  line: number
  column: string
  message: string
}

/** Reads rows of one file by column name. */
export interface Reader {
  /** The trimmed cell; '' when blank or one of the map's words for "unknown". */
  cell(row: Row, column: string): string
  text(row: Row, source: TextSource): string
  /** The exact product of cells. */
  product(row: Row, columns: readonly string[]): Decimal | Problem
  wanted(row: Row): boolean
}

/** All columns that a source reads. */
export function columnsOf(source: Source): string[] {
  if ('column' in source) return [source.column]
  if ('join' in source) return [...source.join]
  if ('sumOf' in source) return [...source.sumOf]
  if ('literal' in source) return []
  return [source.ifBlank, ...columnsOf(source.blank), ...columnsOf(source.filled)]
}

/** Names of columns that the map needs and the file lacks. */
export function missingColumns(map: ImportMap, header: readonly string[]): string[] {
  const latest = typeof map.speaker === 'object' ? [map.speaker.latest] : []
  const needed = [
    ...map.keep.map((condition) => condition.column),
    ...map.group,
    ...latest,
    ...Object.values(map.fields).flatMap(columnsOf),
  ]
  return [...new Set(needed)].filter((column) => !header.includes(column))
}

export function readerOf(map: ImportMap, header: readonly string[]): Reader {
  const indexOf = new Map(header.map((name, index) => [name, index]))
  const unknown = new Set(map.unknown)
  const raw = (row: Row, column: string) => (row.cells[indexOf.get(column) ?? -1] ?? '').trim()

  const reader: Reader = {
    cell(row, column) {
      const text = raw(row, column)
      return unknown.has(text) ? '' : text
    },
    text(row, source) {
      if ('literal' in source) return source.literal
      if ('ifBlank' in source) {
        const blank = reader.cell(row, source.ifBlank) === ''
        return reader.text(row, blank ? source.blank : source.filled)
      }
      const prefix = source.prefix ?? ''
      if ('join' in source) {
        return prefix + source.join.map((column) => reader.cell(row, column)).join('/')
      }
      const text = reader.cell(row, source.column)
      if (text === '') return ''
      const whole = source.integer === true ? text.replace(/\.0*$/, '') : text
      return prefix + (source.words?.[whole] ?? whole)
    },
    product(row, columns) {
      let product: Decimal = { units: 1n, scale: 0 }
      for (const column of columns) {
        const text = reader.cell(row, column)
        const factor = parseDecimal(text)
        if (factor === null) return { line: row.line, column, message: `"${text}" is not a number` }
        product = multiply(product, factor)
      }
      return product
    },
    wanted: (row) =>
      map.keep.every(({ column, is, not }) => {
        const text = raw(row, column)
        return (typeof is === 'string' ? text === is : is.test(text)) !== (not === true)
      }),
  }
  return reader
}
