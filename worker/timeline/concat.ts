import { type Column, type NamedColumn, takeRows, type Word } from './column.ts'

/** Offsets of lists one after another. */
export function concatOffsets(parts: readonly Int32Array[]): Int32Array {
  const owners = parts.reduce((sum, part) => sum + part.length - 1, 0)
  const out = new Int32Array(owners + 1)
  let owner = 0
  let rows = 0
  for (const part of parts) {
    for (let k = 1; k < part.length; k += 1) out[owner + k] = rows + (part[k] ?? 0)
    owner += part.length - 1
    rows += part[part.length - 1] ?? 0
  }
  return out
}

/** Number arrays one after another, in `out`, which has the right length. */
export function concatNumbers<List extends Float64Array | Int32Array | Uint8Array>(
  parts: readonly List[],
  make: (length: number) => List,
): List {
  const out = make(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    out.set(part, at)
    at += part.length
  }
  return out
}

/** A column of so many rows; null = none of them has a value. */
export interface Part {
  readonly column: Column | null
  readonly rows: number
}

/** Columns one after another, as if they had been built in one go: dictionaries become one, in order of sight. */
export function concatColumns(parts: readonly Part[]): Column {
  const words: Word[] = []
  const codeOf = new Map<Word, number>()
  const recode = ({ words: own, codes }: Column): Int32Array => {
    const mapped = Int32Array.from(own, (word) => {
      const known = codeOf.get(word)
      if (known !== undefined) return known
      codeOf.set(word, words.length)
      words.push(word)
      return words.length - 1
    })
    return codes.map((code) => mapped[code] ?? -1)
  }
  const several = parts.some(({ column }) => column !== null && column.offsets !== null)
  const columns = parts.map(({ column, rows }): Column => {
    if (column === null) {
      const offsets = several ? new Int32Array(rows + 1) : null
      return { words, codes: new Int32Array(several ? 0 : rows).fill(-1), offsets }
    }
    const codes = recode(column)
    return several && column.offsets === null
      ? withOffsets({ words, codes, offsets: null })
      : { words, codes, offsets: column.offsets }
  })
  return {
    words,
    codes: concatNumbers(
      columns.map(({ codes }) => codes),
      (length) => new Int32Array(length),
    ),
    offsets: several ? concatOffsets(columns.flatMap(({ offsets }) => offsets ?? [])) : null,
  }
}

/** The same column in the form of one where rows may have several values. */
function withOffsets({ words, codes }: Column): Column {
  const offsets = new Int32Array(codes.length + 1)
  codes.forEach((code, row) => {
    offsets[row + 1] = (offsets[row] ?? 0) + (code < 0 ? 0 : 1)
  })
  return { words, codes: codes.filter((code) => code >= 0), offsets }
}

/** Named columns one after another; who lacks a name has no values there. */
export function concatNamed(
  parts: readonly { readonly columns: readonly NamedColumn[]; readonly rows: number }[],
): NamedColumn[] {
  const names = new Set(parts.flatMap(({ columns }) => columns.map(({ name }) => name)))
  const found = parts.map(({ columns }) => new Map(columns.map((one) => [one.name, one.column])))
  return [...names].map((name) => ({
    name,
    column: concatColumns(
      parts.map(({ rows }, k) => ({ column: found[k]?.get(name) ?? null, rows })),
    ),
  }))
}

/** Rows of some owners: the offsets they get and the rows to take. */
export interface Taken {
  readonly offsets: Int32Array
  readonly rows: Int32Array
}

/** The rows of the owners `keep`, in that order. */
export function takeOwners(offsets: Int32Array, keep: Int32Array): Taken {
  const next = new Int32Array(keep.length + 1)
  for (let k = 0; k < keep.length; k += 1) {
    const owner = keep[k] ?? 0
    next[k + 1] = (next[k] ?? 0) + (offsets[owner + 1] ?? 0) - (offsets[owner] ?? 0)
  }
  const rows = new Int32Array(next[keep.length] ?? 0)
  let at = 0
  for (const owner of keep) {
    const end = offsets[owner + 1] ?? 0
    for (let row = offsets[owner] ?? 0; row < end; row += 1) {
      rows[at] = row
      at += 1
    }
  }
  return { offsets: next, rows }
}

/** The numbers at `rows`; of an array that was not loaded (it is empty), none. */
export function takeNumbers<List extends Float64Array | Int32Array | Uint8Array>(
  from: List,
  rows: Int32Array,
  make: (length: number) => List,
): List {
  if (from.length === 0) return from
  const out = make(rows.length)
  for (let k = 0; k < rows.length; k += 1) out[k] = from[rows[k] ?? 0] ?? 0
  return out
}

export function takeTexts<Text extends string | null>(
  from: readonly Text[],
  rows: Int32Array,
): Text[] {
  return from.length === 0 ? [] : Array.from(rows).flatMap((row) => from.slice(row, row + 1))
}

/** The rows of a column with a dictionary of just their words, in order of sight, as if built from these rows. */
export function takeTidy(column: Column, rows: Int32Array): Column {
  const taken = takeRows(column, rows)
  const words: Word[] = []
  const next = new Int32Array(column.words.length).fill(-1)
  const codes = taken.codes.map((code) => {
    if (code < 0) return code
    const known = next[code] ?? -1
    if (known >= 0) return known
    next[code] = words.length
    words.push(column.words[code] ?? '')
    return words.length - 1
  })
  return withoutOffsets({ words, codes, offsets: taken.offsets })
}

/** The plain form of a column where no row has several values; others as they are. */
function withoutOffsets(column: Column): Column {
  const { words, codes, offsets } = column
  if (offsets === null) return column
  const plain = new Int32Array(offsets.length - 1).fill(-1)
  for (let row = 0; row < plain.length; row += 1) {
    const first = offsets[row] ?? 0
    const count = (offsets[row + 1] ?? 0) - first
    if (count > 1) return column
    if (count === 1) plain[row] = codes[first] ?? -1
  }
  return { words, codes: plain, offsets: null }
}

/** The rows of named columns; those without any value there are left out. */
export function takeNamed(columns: readonly NamedColumn[], rows: Int32Array): NamedColumn[] {
  return columns.flatMap(({ name, column }) => {
    const taken = takeTidy(column, rows)
    return taken.words.length === 0 ? [] : [{ name, column: taken }]
  })
}
