/** A value of a property: text, number or boolean keeps its type. */
export type Word = string | number | boolean

/**
 * Values of rows as codes of a dictionary. Without `offsets` row k has the one value `words[codes[k]]`, or none
 * when the code is −1. With `offsets` row k has the values of codes[offsets[k]] … codes[offsets[k + 1] − 1].
 */
export interface Column {
  readonly words: readonly Word[]
  readonly codes: Int32Array
  readonly offsets: Int32Array | null
}

export interface NamedColumn {
  readonly name: string
  readonly column: Column
}

/** Collects the values of rows, in order. Rows that were skipped have no value. */
export interface ColumnBuilder {
  /** Adds a value to a row; rows must not go back. */
  add(row: number, word: Word): void
  /** The column of so many rows; with offsets where a row has several values, or where asked for. */
  build(rows: number, withOffsets?: boolean): Column
}

export function columnBuilder(): ColumnBuilder {
  const words: Word[] = []
  const known = new Map<Word, number>()
  const rows: number[] = []
  const codes: number[] = []
  let single = true
  return {
    add(row, word) {
      let code = known.get(word)
      if (code === undefined) {
        code = words.length
        words.push(word)
        known.set(word, code)
      }
      if (rows.length > 0 && rows[rows.length - 1] === row) {
        for (let k = rows.length - 1; k >= 0 && rows[k] === row; k -= 1) {
          if (codes[k] === code) return
        }
        single = false
      }
      rows.push(row)
      codes.push(code)
    },
    build(count, withOffsets = false) {
      if (single && !withOffsets) {
        const plain = new Int32Array(count).fill(-1)
        rows.forEach((row, k) => {
          plain[row] = codes[k] ?? -1
        })
        return { words, codes: plain, offsets: null }
      }
      const offsets = new Int32Array(count + 1)
      for (const row of rows) offsets[row + 1] = (offsets[row + 1] ?? 0) + 1
      for (let row = 0; row < count; row += 1) {
        offsets[row + 1] = (offsets[row + 1] ?? 0) + (offsets[row] ?? 0)
      }
      return { words, codes: Int32Array.from(codes), offsets }
    },
  }
}

/** The values of one row. */
export function wordsOf(column: Column, row: number): Word[] {
  const start = column.offsets === null ? row : (column.offsets[row] ?? 0)
  const end = column.offsets === null ? row + 1 : (column.offsets[row + 1] ?? 0)
  const found: Word[] = []
  for (let k = start; k < end; k += 1) {
    const word = column.words[column.codes[k] ?? -1]
    if (word !== undefined) found.push(word)
  }
  return found
}

/** The rows `keep` of a column, in that order; the dictionary stays. */
export function takeRows(column: Column, keep: Int32Array): Column {
  if (column.offsets === null) {
    const codes = new Int32Array(keep.length)
    for (let k = 0; k < keep.length; k += 1) codes[k] = column.codes[keep[k] ?? 0] ?? -1
    return { words: column.words, codes, offsets: null }
  }
  const offsets = new Int32Array(keep.length + 1)
  for (let k = 0; k < keep.length; k += 1) {
    const row = keep[k] ?? 0
    const length = (column.offsets[row + 1] ?? 0) - (column.offsets[row] ?? 0)
    offsets[k + 1] = (offsets[k] ?? 0) + length
  }
  const codes = new Int32Array(offsets[keep.length] ?? 0)
  for (let k = 0; k < keep.length; k += 1) {
    const row = keep[k] ?? 0
    const from = column.offsets[row] ?? 0
    codes.set(column.codes.subarray(from, column.offsets[row + 1] ?? 0), offsets[k] ?? 0)
  }
  return { words: column.words, codes, offsets }
}
